// How long cases last by area, where none truly differs or three do: families of a synthetic windowed export keep their children and
// are given areas at random, as many to each as it has.

const kinds = [
  { label: "share still open at 26 weeks", of: "survival", until: 182 },
  { label: "weeks open within a year", of: "restricted-mean", until: 364 },
];
const exports = [
  { rows: 50_000, by: ["DFJ area", "local authority"] },
  { rows: 25_000, by: ["local authority"] },
];
/** Endings of planted areas take this many times as long from their entry on. */
const slower = 1.5;
const powerWorlds = 100;
const strict = 0.002;
const falseDiscoveries = 0.05;

/** @param hold - (label, value, holds, rule), as for shares */
export async function durations({ load, worlds, hold }) {
  const { synthesise } = await load("synth/synthesise.js");
  const { stream } = await load("random/streams.js");
  const { clusteredCases } = await load("statistics/placed-cases.js");
  const { caseInfluence } = await load("statistics/case-influence.js");
  const { clusterInfluence, groupDeviations } = await load("statistics/group-deviations.js");
  const { benjaminiHochberg } = await load("statistics/benjamini-hochberg.js");
  const { leastCases, leastEndings } = await load("analysis/regional/judge-duration.js");

  const influenceOf = ({ entry, exit, event, watchedTo, families }, { of, until }) => {
    const followUp = { entry, exit, event };
    return caseInfluence(clusteredCases(followUp, families), { of, until, watchedTo });
  };
  const byFamily = (influence, { families }) =>
    clusterInfluence(influence, {
      clusters: families,
      groups: { codes: new Uint8Array(families.codes.length), count: 1 },
    });
  const test = (influence, areas) => {
    const deviations = groupDeviations({ ...influence, groups: areas.codes }, areas.count);
    return deviations.flatMap(({ pValue, clusters, expected }, area) => {
      const enough = clusters >= leastCases && expected >= leastEndings;
      return enough && pValue !== undefined ? [{ area, pValue }] : [];
    });
  };
  const flaggedByBh = (tests) =>
    benjaminiHochberg(tests.map(({ pValue }) => pValue)).map((p) => p < falseDiscoveries);

  for (const { rows, by } of exports) {
    const made = watchedOf(synthesise({ rows, seed: "regional durations" }));
    for (const field of by) {
      const areas = areasOfFamilies(made, field);
      for (const kind of kinds) {
        const influence = influenceOf(made, kind);
        const families = byFamily(influence, made);
        // As if each child were alone: its variance, and the skewness of single ones.
        const single = clusterInfluence(influence, {
          clusters: { codes: made.families.codes.map((_, at) => at), count: made.families.codes.length },
          groups: { codes: new Uint8Array(made.families.codes.length), count: 1 },
        });
        const alone = {
          ...families,
          variances: summed(single.variances, made.families),
          skewness: single.skewness,
        };
        const next = stream(`durations ${rows} ${field} ${kind.of}`, "areas");
        const sum = { tests: 0, flags: 0, any: 0, anyBh: 0, alone: 0, aloneBh: 0 };
        const codes = Int32Array.from(areas.codes);
        for (let world = 0; world < worlds; world++) {
          shuffle(codes, next);
          const labels = { codes, count: areas.count };
          const tests = test(families, labels);
          const flags = tests.filter(({ pValue }) => pValue < strict).length;
          sum.tests += tests.length;
          sum.flags += flags;
          sum.any += flags > 0 ? 1 : 0;
          sum.anyBh += flaggedByBh(tests).includes(true) ? 1 : 0;
          const plain = test(alone, labels);
          sum.alone += plain.filter(({ pValue }) => pValue < strict).length;
          sum.aloneBh += flaggedByBh(plain).includes(true) ? 1 : 0;
        }
        const mean = (n) => n / worlds;
        const nominal = mean(sum.tests) * strict;
        const sizes = [...countsOf(areas)].sort((a, b) => a - b);
        console.log(
          `\nNo area differs: ${kind.label}; ${made.exit.length} children of ${families.values.length} families in ${areas.count} areas (${field}) of ${sizes[0]} to ${sizes.at(-1)} families, ${mean(sum.tests).toFixed(0)} with enough (${leastCases} families, ${leastEndings} endings)`,
        );
        hold(
          "flagged a world at 99.8 %",
          mean(sum.flags),
          mean(sum.flags) <= 1.3 * nominal,
          `at most ${(1.3 * nominal).toFixed(3)}; nominal ${nominal.toFixed(3)}`,
        );
        hold("share of worlds with a flag at 99.8 %", mean(sum.any), true, "for information");
        hold(
          "share of worlds with a flag, Benjamini-Hochberg at 5 %",
          mean(sum.anyBh),
          mean(sum.anyBh) <= 0.06,
          "at most 0.06",
        );
        hold(
          "families ignored: flagged a world at 99.8 %",
          mean(sum.alone),
          mean(sum.alone) > 2 * nominal,
          "must exceed twice the nominal",
        );
        hold(
          "families ignored: share of worlds with a flag, BH",
          mean(sum.aloneBh),
          mean(sum.aloneBh) > 0.06,
          "must exceed 0.06",
        );
      }
    }
  }

  for (const field of exports[0].by) {
    const made = watchedOf(synthesise({ rows: exports[0].rows, seed: "regional durations" }));
    const areas = areasOfFamilies(made, field);
    const counts = countsOf(areas);
    const ranked = [...counts.keys()].sort((a, b) => counts[a] - counts[b]);
    const planted = [0.3, 0.6, 0.95].map((share) => ranked[Math.floor(share * ranked.length)]);
    for (const kind of kinds) {
      const next = stream(`durations power ${field} ${kind.of}`, "areas");
      const codes = Int32Array.from(areas.codes);
      const found = { strict: planted.map(() => 0), adjusted: planted.map(() => 0) };
      const falsely = { strict: 0, adjusted: 0 };
      for (let world = 0; world < powerWorlds; world++) {
        shuffle(codes, next);
        const slowed = slowedIn(made, codes, new Set(planted));
        const tests = test(byFamily(influenceOf(slowed, kind), slowed), { codes, count: areas.count });
        const adjusted = flaggedByBh(tests);
        for (const [at, { area, pValue }] of tests.entries()) {
          const place = planted.indexOf(area);
          for (const [way, flag] of [
            ["strict", pValue < strict],
            ["adjusted", adjusted[at]],
          ]) {
            if (!flag) continue;
            if (place === -1) falsely[way]++;
            else found[way][place]++;
          }
        }
      }
      console.log(
        `\nThree of ${areas.count} areas (${field}) in which endings take ${slower} times as long; ${kind.label}; ${powerWorlds} worlds`,
      );
      for (const [way, label] of [
        ["strict", "99.8 %"],
        ["adjusted", "Benjamini-Hochberg"],
      ]) {
        const each = planted.map(
          (area, at) => `${(found[way][at] / powerWorlds).toFixed(2)} with ${counts[area]} families`,
        );
        console.log(
          `  ${label.padEnd(20)} found: ${each.join(", ")}   false alarms a world ${(falsely[way] / powerWorlds).toFixed(3)}`,
        );
      }
    }
  }
}

/** Children of public law, followed through the export's window. */
function watchedOf(made) {
  const place = (header) => made.headers.indexOf(header);
  const dayOf = (iso) => Date.parse(iso) / 86_400_000;
  const dateOf = (text) => dayOf(text.split("/").reverse().join("-"));
  const [from, to] = [dayOf(made.windowFrom), dayOf(made.referenceDate)];
  const held = { entry: [], exit: [], event: [], watchedTo: [], family: [], rows: [] };
  const families = new Map();
  for (const row of made.rows()) {
    if (row[place("law type")] !== "public") continue;
    const begun = dateOf(row[place("application date")]);
    const closed = row[place("closed date")];
    const ended = closed === "" ? Number.POSITIVE_INFINITY : dateOf(closed);
    if (!(begun <= to && ended >= from && ended >= begun)) continue;
    const entry = Math.max(0, from - begun);
    const least = entry + 0.5;
    const name = row[place("case ID")];
    if (!families.has(name)) families.set(name, families.size);
    held.entry.push(entry);
    held.exit.push(Math.max(least, Math.min(ended, to) - begun));
    held.event.push(ended <= to ? 1 : 0);
    held.watchedTo.push(Math.max(least, to - begun));
    held.family.push(families.get(name));
    held.rows.push(row);
  }
  return {
    entry: Float64Array.from(held.entry),
    exit: Float64Array.from(held.exit),
    event: Uint8Array.from(held.event),
    watchedTo: Float64Array.from(held.watchedTo),
    families: { codes: Int32Array.from(held.family), count: families.size },
    areaOf: (at, field) => held.rows[at][place(field)],
  };
}

/** Each family in the area of its first child. */
function areasOfFamilies({ families, areaOf }, field) {
  const codes = new Int32Array(families.count).fill(-1);
  const names = new Map();
  for (const [at, family] of families.codes.entries()) {
    if (codes[family] !== -1) continue;
    const name = areaOf(at, field);
    if (!names.has(name)) names.set(name, names.size);
    codes[family] = names.get(name);
  }
  return { codes, count: names.size };
}

function countsOf({ codes, count }) {
  const counts = new Array(count).fill(0);
  for (const area of codes) counts[area]++;
  return counts;
}

function slowedIn(made, areas, planted) {
  const [exit, event] = [Float64Array.from(made.exit), Uint8Array.from(made.event)];
  for (const [at, family] of made.families.codes.entries()) {
    if (event[at] === 0 || !planted.has(areas[family])) continue;
    const later = Math.max(
      made.entry[at] + 0.5,
      Math.round(made.entry[at] + slower * (exit[at] - made.entry[at])),
    );
    if (later > made.watchedTo[at]) event[at] = 0;
    exit[at] = Math.min(later, made.watchedTo[at]);
  }
  return { ...made, exit, event };
}

function summed(values, { codes, count }) {
  const sums = new Float64Array(count);
  for (const [at, family] of codes.entries()) sums[family] += values[at];
  return sums;
}

function shuffle(codes, next) {
  for (let at = codes.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    [codes[at], codes[other]] = [codes[other], codes[at]];
  }
}
