// Survival on many rows and the case bootstrap, on made-up cases; each within one process, after a first run that is not counted.
// node bench/statistics.mjs [--rows 1000000] [--children 54000] [--replicates 1000] [--rounds 5]
import { machine, median, option, requireBuild } from "./measure.mjs";

const rows = Number(option("rows", "1000000"));
const children = Number(option("children", "54000"));
const replicates = Number(option("replicates", "1000"));
const rounds = Number(option("rounds", "5"));

requireBuild();
const { kaplanMeier } = await import("../dist/statistics/kaplan-meier.js");
const { logRank } = await import("../dist/statistics/log-rank.js");
const { aalenJohansen } = await import("../dist/statistics/aalen-johansen.js");
const { caseBootstrap } = await import("../dist/statistics/case-bootstrap.js");
const { groupRatios } = await import("../dist/statistics/group-ratios.js");
const { stream } = await import("../dist/random/streams.js");

/** Cases open up to three years, in days or to the millisecond; some were open when the window began. */
function followUp(count, inDays) {
  const next = stream("bench", "synth");
  const [exit, entry] = [new Float64Array(count), new Float64Array(count)];
  const [event, codes] = [new Uint8Array(count), new Int32Array(count)];
  for (let at = 0; at < count; at++) {
    codes[at] = Math.floor(next() * 19);
    const began = next() < 0.3 ? next() * 300 : 0;
    const lasted = began + 0.5 - Math.log(1 - next()) * (200 + 5 * codes[at]);
    entry[at] = inDays ? Math.floor(began) : began;
    exit[at] = Math.min(1095, inDays ? Math.ceil(lasted) : lasted);
    event[at] = exit[at] === 1095 || next() < 0.2 ? 0 : next() < 0.1 ? 2 : 1;
  }
  return { exit, entry, event, groups: { codes, count: 19 } };
}

/** Children of cases, about 1.7 each, in 43 areas. */
function areaRows(count) {
  const next = stream("bench", "synth");
  const [cases, areas, numerator] = [new Int32Array(count), new Int32Array(count), new Float64Array(count)];
  let clusters = 0;
  for (let at = 0, area = 0; at < count; at++) {
    if (at === 0 || next() < 0.6) {
      clusters++;
      area = Math.floor(next() * 43);
    }
    cases[at] = clusters - 1;
    areas[at] = area;
    numerator[at] = next() < 0.3 ? 1 : 0;
  }
  return { clusters: { codes: cases, count: clusters }, groups: { codes: areas, count: 43 }, numerator };
}

function time(what, run) {
  run();
  const seconds = Array.from({ length: rounds }, () => {
    const start = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - start) / 1e9;
  });
  console.log(
    `${what}: fastest ${Math.min(...seconds).toFixed(2)} s, median ${median(seconds).toFixed(2)} s, slowest ${Math.max(...seconds).toFixed(2)} s`,
  );
}

const thousands = (count) => count.toLocaleString("en-GB");

console.log(`${machine()}, ${rounds} rounds`);
for (const inDays of [true, false]) {
  const { groups, ...cases } = followUp(rows, inDays);
  const events = { ...cases, event: cases.event.map((kind) => Math.min(1, kind)) };
  const fromStart = { exit: events.exit, event: events.event };
  console.log(`${thousands(rows)} rows, ${inDays ? "times in days" : "times all different"}`);
  time("  Kaplan–Meier", () => kaplanMeier(fromStart));
  time("  Kaplan–Meier, delayed entry", () => kaplanMeier(events, { minimumAtRisk: 10 }));
  const two = { codes: groups.codes.map((code) => code % 2), count: 2 };
  time("  log-rank, 2 groups", () => logRank(fromStart, { groups: two }));
  time("  log-rank, 19 groups", () => logRank(fromStart, { groups }));
  time("  Kaplan–Meier and log-rank, 2 groups", () => {
    kaplanMeier(fromStart);
    logRank(fromStart, { groups: two });
  });
  time("  Aalen–Johansen, 2 kinds", () => aalenJohansen({ ...fromStart, event: cases.event }, { causes: 2 }));
}
const rowsOfAreas = areaRows(children);
time(
  `${thousands(replicates)} replicates of an indicator of 43 areas, ${thousands(children)} children of ${thousands(rowsOfAreas.clusters.count)} cases`,
  () =>
    caseBootstrap({
      clusters: rowsOfAreas.clusters.count,
      statistic: groupRatios(rowsOfAreas),
      stream: (k) => stream("bench", `bootstrap/${k}`),
      replicates,
    }),
);
