// How often the intervals of `estimate` hold the true share, on populations whose share is known. Ends with 1 where a criterion
// is missed.
// node bench/coverage.mjs [--replications 10000]
import { countChances, countDraw, eachOutcome } from "./coverage-counts.mjs";
import { percent } from "./coverage-text.mjs";
import { option, requireBuild } from "./measure.mjs";

const replications = Number(option("replications", "10000"));

requireBuild();
const { stream } = await import("../dist/random/streams.js");
const { stratifiedDesign } = await import("../dist/statistics/survey/stratified.js");
const { surveyMean } = await import("../dist/statistics/survey/mean.js");
const { kornGraubardInterval } = await import("../dist/statistics/korn-graubard.js");
const { effectiveWilsonInterval } = await import("../dist/statistics/effective-wilson.js");
const { exactStratifiedInterval } = await import("../dist/statistics/exact-stratified.js");
const { cappedCoverage } = await import("./coverage-caps.mjs");

/** Up to so many outcomes are enumerated. */
const mostOutcomes = 20_000;
/** Outcomes rarer than this are left out; what is left out is far below a printed digit. */
const rarest = 1e-10;
/** As in `estimate`: below this part of p(1 − p) a variance is 0, and the exact limits by stratum are taken. */
const noVariance = 1e-12;

const shares = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5]; // 1 − p has the coverage of p
/** The share of each stratum by that of all strata: alike, or from a quarter to seven quarters. */
const spreads = {
  alike: () => 1,
  apart: (stratum, strata) => 0.25 + (1.5 * stratum) / (strata - 1),
};

/** Proportional: strata of one size, and of sizes 1 to H; n_h is a tenth of N_h. */
function proportional() {
  const cells = [];
  for (const strata of [1, 3, 8]) {
    for (const mean of [10, 20, 50, 100]) {
      for (const share of shares) {
        for (const spread of strata === 1 ? ["alike"] : ["alike", "apart"]) {
          for (const sizes of strata === 1 ? ["equal"] : ["equal", "unequal"]) {
            const sampleSizes = Array.from({ length: strata }, (_, h) =>
              sizes === "equal" ? mean : Math.max(2, Math.round((2 * mean * (h + 1)) / (strata + 1))),
            );
            cells.push({
              label: `H=${strata} n_h=${mean} ${sizes} ${spread} p=${share}`,
              parts: sampleSizes.map((sampleSize, h) => ({
                sampleSize,
                populationSize: 10 * sampleSize,
                share: share * spreads[spread](h, strata),
              })),
            });
          }
        }
      }
    }
  }
  return cells;
}

/** Equal numbers from strata of 1 : 4 : 20; the practice alike, or only in the largest stratum, whose weights are largest. */
function unequal() {
  return [20, 50, 100].flatMap((sampleSize) =>
    shares.flatMap((share) =>
      ["alike", "largest only"].map((where) => ({
        label: `1:4:20 n_h=${sampleSize} ${where} p=${share}`,
        parts: [1, 4, 20].map((times) => ({
          sampleSize,
          populationSize: 2 * sampleSize * times,
          share: where === "alike" ? share : times === 20 ? share * 1.25 : 0,
        })),
      })),
    ),
  );
}

function coverageOf({ label, parts }) {
  const strata = parts.map(({ sampleSize, populationSize, share }) => ({
    sampleSize,
    populationSize,
    having: Math.round(share * populationSize),
  }));
  const n = strata.reduce((sum, { sampleSize }) => sum + sampleSize, 0);
  const population = strata.reduce((sum, { populationSize }) => sum + populationSize, 0);
  const truth = strata.reduce((sum, { having }) => sum + having, 0) / population;
  const expected = strata.reduce((sum, s) => sum + (s.sampleSize * s.having) / s.populationSize, 0);
  const stratumOf = strata.flatMap(({ sampleSize }, h) => new Array(sampleSize).fill(h));
  const design = stratifiedDesign({
    strata: strata.map((s, h) => ({ key: String(h), populationSize: s.populationSize })),
    stratumOf,
  });
  const sizing = { sampleSize: n, degreesOfFreedom: design.degreesOfFreedom() };
  const values = new Float64Array(n);
  const known = new Map();
  const [total, exact, kornGraubard, wilson, above] = [0, 0, 0, 0, 0].map((sum) => ({ sum }));
  const see = (counts, chance) => {
    for (let h = 0, at = 0; h < strata.length; h++) {
      for (let i = 0; i < strata[h].sampleSize; i++) values[at++] = i < counts[h] ? 1 : 0;
    }
    const { estimate: proportion, variance } = surveyMean(values, { design });
    const flat = variance <= noVariance * proportion * (1 - proportion);
    const key = flat ? counts.join() : `${proportion.toPrecision(12)} ${variance.toPrecision(10)}`;
    let holds = known.get(key);
    if (holds === undefined) {
      holds = flat ? fromLimits(counts) : fromVariance({ proportion, variance });
      known.set(key, holds);
    }
    total.sum += chance;
    if (flat) exact.sum += chance;
    if (holds.kornGraubard) kornGraubard.sum += chance;
    if (holds.wilson) wilson.sum += chance;
    if (holds.above) above.sum += chance;
  };
  const within = ({ lower, upper }) => lower <= truth + 1e-12 && truth - 1e-12 <= upper;
  const fromLimits = (counts) => {
    const { lower, upper } = exactStratifiedInterval(
      strata.map(({ sampleSize, populationSize }, h) => ({ sampleSize, populationSize, count: counts[h] })),
    );
    const held = within({ lower: lower / population, upper: upper / population });
    return { kornGraubard: held, wilson: held, above: false };
  };
  const fromVariance = (estimate) => {
    const interval = kornGraubardInterval(estimate, sizing);
    return {
      kornGraubard: within(interval),
      wilson: within(effectiveWilsonInterval(estimate, sizing)),
      above: interval.effectiveSize > n,
    };
  };
  const chancesOf = strata.map(countChances);
  const outcomes = chancesOf.reduce(
    (product, chances) => product * chances.filter((chance) => chance > rarest).length,
    1,
  );
  const enumerated = outcomes <= mostOutcomes;
  if (enumerated) eachOutcome(chancesOf, rarest, see);
  else {
    const next = stream("coverage", `bench/${label}`);
    const draws = chancesOf.map((chances) => countDraw(chances, next));
    for (let k = 0; k < replications; k++)
      see(
        draws.map((draw) => draw()),
        1,
      );
  }
  const share = ({ sum }) => sum / total.sum;
  return {
    label,
    expected,
    enumerated,
    exact: share(exact),
    kornGraubard: share(kornGraubard),
    wilson: share(wilson),
    above: share(above),
  };
}

const least = (cells, of) => cells.reduce((found, cell) => (cell[of] < found[of] ? cell : found));
const average = (cells, of) => cells.reduce((sum, cell) => sum + cell[of], 0) / cells.length;

function summarise(title, cells) {
  const [kg, wilson] = [least(cells, "kornGraubard"), least(cells, "wilson")];
  console.log(
    `\n${title}: ${cells.length} cells, ${cells.filter(({ enumerated }) => enumerated).length} of them exact`,
  );
  console.log(
    `  Korn–Graubard: least ${percent(kg.kornGraubard)} % (${kg.label}), mean ${percent(average(cells, "kornGraubard"))} %`,
  );
  console.log(
    `  Wilson:        least ${percent(wilson.wilson)} % (${wilson.label}), mean ${percent(average(cells, "wilson"))} %`,
  );
}

function list(cells) {
  console.log("   expected   Korn–   Wilson   exact  n_eff");
  console.log("        yes  Graubard         limits    > n");
  for (const { label, expected, enumerated, exact, kornGraubard, wilson, above } of cells) {
    console.log(
      `${expected.toFixed(1).padStart(11)}  ${percent(kornGraubard)}   ${percent(wilson)}  ${percent(exact)} ${percent(above)}  ${enumerated ? "exact    " : "simulated"} ${label}`,
    );
  }
}

const cells = proportional().map(coverageOf);
const enough = cells.filter(({ expected }) => expected >= 5);
const few = cells.filter(({ expected }) => expected < 5);
const weighted = unequal().map(coverageOf);
console.log("Proportional allocation, per cent; fraction 1 in 10");
list(cells);
console.log("\nEqual numbers from strata of very unequal size, per cent");
list(weighted);
summarise("Proportional, 5 or more expected yes", enough);
summarise("Proportional, fewer expected yes (rare practice)", few);
summarise(
  "Unequal weights, 5 or more expected yes",
  weighted.filter(({ expected }) => expected >= 5),
);
summarise(
  "Unequal weights, fewer expected yes",
  weighted.filter(({ expected }) => expected < 5),
);

const missed = [];
const lowest = least(enough, "kornGraubard");
if (lowest.kornGraubard < 0.945)
  missed.push(`Korn–Graubard at least 94.5 %, got ${percent(lowest.kornGraubard)} (${lowest.label})`);
const mean = average(enough, "wilson");
if (mean < 0.94 || mean > 0.965) missed.push(`Wilson 94 to 96.5 % on average, got ${percent(mean)}`);
missed.push(...cappedCoverage({ replications }));
for (const criterion of missed) console.error(`MISSED: ${criterion}`);
process.exitCode = missed.length > 0 ? 1 : 0;
