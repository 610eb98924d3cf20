// The cube method on made-up frames: time and margins, and R's sampling::samplecube beside it where R can do it.
// node bench/cube.mjs [--rows 150000,1000000] [--size 600] [--seeds 50] [--peer-rows 1000,10000] [--rounds 3]
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inTemporaryFolder, machine, median, option, requireBuild } from "./measure.mjs";

const rows = option("rows", "150000,1000000").split(",").map(Number);
const peerRows = option("peer-rows", "1000,10000").split(",").map(Number);
const sampleSize = Number(option("size", "600"));
const seeds = Number(option("seeds", "50"));
const rounds = Number(option("rounds", "3"));

requireBuild();
const { cubeSample } = await import("../dist/sampling/cube/cube.js");
const { indicatorRows } = await import("../dist/sampling/cube/indicators.js");
const { stream } = await import("../dist/random/streams.js");

/** A category of which level i is about 1 / (1 + skew·i) as frequent as the first. */
function category(name, count, skew, units, next) {
  const weights = Array.from({ length: count }, (_, i) => 1 / (1 + skew * i));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const codes = Int32Array.from({ length: units }, () => {
    let at = 0;
    for (let left = next() * total; at < count - 1 && left >= weights[at]; at++) left -= weights[at];
    return at;
  });
  return { name, kind: "category", levels: weights.map((_, i) => `level ${i}`), codes };
}

/** Up to three of some items a unit, the first items the most frequent. */
function list(name, count, units, next) {
  const levels = [];
  const known = new Map();
  const codes = Int32Array.from({ length: units }, () => {
    const items = Array.from({ length: Math.floor(next() * 4) }, () => Math.floor(next() * next() * count));
    const text = [...new Set(items.map((item) => `item ${item}`))].sort().join("\u001e");
    if (!known.has(text)) known.set(text, levels.push(text) - 1);
    return known.get(text);
  });
  return { name, kind: "list", levels, codes };
}

/** Eight strata with proportional sizes, and six fields that give about sixty columns. */
function makeFrame(populationSize, wanted) {
  const next = stream("bench", "synth");
  const fields = [
    category("age_band", 5, 0.2, populationSize, next),
    category("gender", 4, 8, populationSize, next),
    category("disability", 4, 6, populationSize, next),
    category("ethnic_group", 19, 1.5, populationSize, next),
    list("factors", 15, populationSize, next),
    category("service_area", 19, 0.1, populationSize, next),
  ];
  const strata = category("stratum", 8, 0.4, populationSize, next).codes;
  const held = new Array(8).fill(0);
  for (const code of strata) held[code]++;
  const sizes = held.map((count) => Math.floor((wanted * count) / populationSize));
  for (let code = 0; sizes.reduce((sum, size) => sum + size, 0) < wanted; code++) sizes[code]++;
  const probabilities = Float64Array.from(strata, (code) => sizes[code] / held[code]);
  const units = Int32Array.from({ length: populationSize }, (_, unit) => unit);
  const indicators = indicatorRows(units, fields);
  // Every level, the references too: as a list a field has one column an item.
  const every = indicatorRows(
    units,
    fields.map((field) => ({ ...field, kind: "list" })),
  );
  return { strata, sizes, probabilities, indicators, every };
}

function draw(frame, seed) {
  const start = process.hrtime.bigint();
  const drawn = cubeSample({ ...frame, next: stream(seed, "cube") });
  return { drawn, seconds: Number(process.hrtime.bigint() - start) / 1e9 };
}

/** |count − Σπx| of every level, and whether each stratum's size is exact. */
function margins({ strata, sizes, probabilities, every }, drawn) {
  const left = [...sizes];
  const errors = new Float64Array(every.count);
  for (let unit = 0; unit < drawn.length; unit++) {
    left[strata[unit]] -= drawn[unit];
    const off = drawn[unit] - probabilities[unit];
    for (let at = every.starts[unit]; at < every.starts[unit + 1]; at++) errors[every.columns[at]] += off;
  }
  const distances = errors.map((error) => Math.abs(error));
  return {
    mean: mean(distances),
    worst: Math.max(...distances),
    exact: left.every((missing) => missing === 0),
  };
}

function say(found) {
  const exact = found.filter((draw) => draw.exact).length;
  return (
    `mean ${mean(found.map((draw) => draw.mean)).toFixed(2)}, ` +
    `mean of maxima ${mean(found.map((draw) => draw.worst)).toFixed(2)}, ` +
    `worst ${Math.max(...found.map((draw) => draw.worst)).toFixed(2)}, sizes exact in ${exact} of ${found.length}`
  );
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const thousands = (count) => count.toLocaleString("en-GB");

console.log(`${machine()}, ${sampleSize} of each frame, eight strata`);
for (const [at, populationSize] of rows.entries()) {
  const frame = makeFrame(populationSize, sampleSize);
  const times = [];
  const errors = [];
  // The margins of many seeds are those of the first frame; of a larger one a few draws are timed.
  for (let seed = 1; seed <= (at === 0 ? seeds : rounds); seed++) {
    const { drawn, seconds } = draw(frame, `bench ${seed}`);
    times.push(seconds);
    errors.push(margins(frame, drawn));
  }
  console.log(
    `N = ${thousands(populationSize)}, ${frame.indicators.count} columns, ${times.length} draws: ` +
      `first ${times[0].toFixed(2)} s, median ${median(times).toFixed(2)} s, slowest ${Math.max(...times).toFixed(2)} s; ` +
      `|count − Σπx| over ${frame.every.count} levels: ${say(errors)}`,
  );
}

const script = fileURLToPath(new URL("peers/cube.R", import.meta.url));
const found = spawnSync("Rscript", ["-e", "cat(as.character(packageVersion('sampling')))"], {
  encoding: "utf8",
});
if (found.status !== 0) {
  console.log("skipped: R with the package sampling is not installed (Debian: r-base-core, r-cran-sampling)");
  process.exit(0);
}
console.log(
  `beside R's sampling ${found.stdout} (samplecube, landing by dropping columns), in turn, ${rounds} rounds`,
);
inTemporaryFolder((folder) => {
  for (const populationSize of peerRows) {
    const frame = makeFrame(populationSize, Math.floor(populationSize / 5));
    const { strata, probabilities, indicators } = frame;
    // R gets the sizes of the strata and the same columns, as the undivided a_k = x_k.
    const lines = Array.from(probabilities, (probability, unit) => {
      const row = new Array(frame.sizes.length + indicators.count).fill(0);
      row[strata[unit]] = 1;
      for (let at = indicators.starts[unit]; at < indicators.starts[unit + 1]; at++) {
        row[frame.sizes.length + indicators.columns[at]] = 1;
      }
      return [probability, ...row].join(",");
    });
    const input = join(folder, "frame.csv");
    writeFileSync(input, `${lines.join("\n")}\n`);
    const ours = [];
    const theirs = [];
    const errors = { ours: [], theirs: [] };
    let failure;
    for (let round = 1; round <= rounds && failure === undefined; round++) {
      const { drawn, seconds } = draw(frame, `peer ${round}`);
      ours.push(seconds);
      errors.ours.push(margins(frame, drawn));
      const answer = spawnSync("Rscript", [script, input, String(round)], {
        encoding: "utf8",
        timeout: 300_000,
      });
      if (answer.status === 0) {
        const [time, list] = answer.stdout.trim().split("\n");
        theirs.push(Number(time));
        errors.theirs.push(margins(frame, Uint8Array.from(list ?? "", Number)));
      } else {
        failure = answer.stderr.trim().split("\n").at(-1) || "no answer within 300 s";
      }
    }
    const peer =
      failure === undefined
        ? `median ${median(theirs).toFixed(3)} s, ${say(errors.theirs)}; ratio ${(median(theirs) / median(ours)).toFixed(1)}`
        : `failed: ${failure}`;
    console.log(`N = ${thousands(populationSize)}, n = ${thousands(Math.floor(populationSize / 5))}`);
    console.log(`  casedraw  median ${median(ours).toFixed(3)} s, ${say(errors.ours)}`);
    console.log(`  R         ${peer}`);
  }
});
