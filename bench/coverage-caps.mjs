// Estimates under caps on practitioners, with probabilities estimated from the product's own number of replays, beside nearly
// exact ones from many more.
import { percent } from "./coverage-text.mjs";

const { stream } = await import("../dist/random/streams.js");
const { capReplays } = await import("../dist/sampling/capped.js");
const { eachCappedReplay, replayCaps } = await import("../dist/sampling/caps/replay.js");
const { unequalProbabilityDesign } = await import("../dist/statistics/survey/unequal-probability.js");
const { surveyMean } = await import("../dist/statistics/survey/mean.js");
const { kornGraubardInterval } = await import("../dist/statistics/korn-graubard.js");
const { effectiveWilsonInterval } = await import("../dist/statistics/effective-wilson.js");

/** In the product each sample has estimates of its own; here draws take turns with so many sets of them. */
const sets = 10;
const nearlyExact = 20 * capReplays;

/** 300 children in three strata; 30 practitioners with 2 to 30 of them. `share` is of the caseload's place from 0 (least) to 1. */
const populations = [
  { label: "cap 4, alike", cap: 4, share: () => 0.3 },
  { label: "cap 4, more yes in large caseloads", cap: 4, share: (place) => 0.1 + 0.4 * place },
  { label: "cap 3, alike", cap: 3, share: () => 0.3 },
  { label: "cap 3, more yes in large caseloads", cap: 3, share: (place) => 0.1 + 0.4 * place },
  { label: "cap 3, fewer yes in large caseloads", cap: 3, share: (place) => 0.5 - 0.4 * place },
  {
    label: "cap 3, practitioners all yes or all no",
    cap: 3,
    share: (place) => (Math.round(place * 29) % 3 === 0 ? 1 : 0),
  },
];

function populationOf({ label, cap, share }) {
  const next = stream("coverage", `bench/${label}`);
  const groups = [];
  const yes = [];
  for (let practitioner = 0; practitioner < 30; practitioner++) {
    const place = practitioner / 29;
    const caseload = 2 + Math.round(28 * place * place * place);
    for (let i = 0; i < caseload; i++) {
      groups.push(practitioner);
      yes.push(next() < share(place) ? 1 : 0);
    }
  }
  const stratumOf = groups.map(() => Math.floor(Math.sqrt(next()) * 3));
  const strata = [0, 1, 2].map((h) => {
    const units = Int32Array.from(stratumOf.keys()).filter((unit) => stratumOf[unit] === h);
    return { key: String(h), units, sampleSize: Math.round(units.length / 5) };
  });
  const values = Array.from({ length: 30 }, (_, g) => String(g));
  const caps = {
    fields: [{ name: "practitioner", cap, groupCount: 30, groups: Int32Array.from(groups), values }],
  };
  return { strata, caps, yes, stratumOf, truth: yes.reduce((sum, value) => sum + value, 0) / yes.length };
}

/** What the draws say under some probabilities; of draw k those at k modulo their number. */
function judge({ strata, caps, yes, stratumOf, truth }, probabilitySets, replications) {
  const found = { draws: 0, sum: 0, squares: 0, variance: 0, kornGraubard: 0, wilson: 0 };
  eachCappedReplay(strata, caps, { seed: "coverage", replays: replications }, (accepted) => {
    const units = Array.from(accepted);
    const probabilities = probabilitySets[found.draws % probabilitySets.length];
    const design = unequalProbabilityDesign({
      keys: strata.map(({ key }) => key),
      stratumOf: units.map((unit) => stratumOf[unit]),
      probabilities: Float64Array.from(units, (unit) => probabilities[unit]),
    });
    const { estimate, variance } = surveyMean(
      Float64Array.from(units, (unit) => yes[unit]),
      { design },
    );
    const sizing = { sampleSize: units.length, degreesOfFreedom: design.degreesOfFreedom() };
    const within = ({ lower, upper }) => (lower <= truth && truth <= upper ? 1 : 0);
    found.draws++;
    found.sum += estimate;
    found.squares += (estimate - truth) * (estimate - truth);
    found.variance += variance;
    found.kornGraubard += within(kornGraubardInterval({ proportion: estimate, variance }, sizing));
    found.wilson += within(effectiveWilsonInterval({ proportion: estimate, variance }, sizing));
  });
  const bias = found.sum / found.draws - truth;
  const empirical = found.squares / found.draws - bias * bias;
  return {
    draws: found.draws,
    bias,
    errorOfBias: Math.sqrt(empirical / found.draws),
    standardError: Math.sqrt(empirical),
    ratio: found.variance / found.draws / empirical,
    kornGraubard: found.kornGraubard / found.draws,
    wilson: found.wilson / found.draws,
  };
}

/** Prints the study; returns the criteria that were missed, in words. */
export function cappedCoverage({ replications }) {
  const missed = [];
  console.log(
    `\nCaps: 30 practitioners, 1 in 5 of each stratum, ${replications} draws; probabilities from ${capReplays} and ${nearlyExact} replays`,
  );
  console.log("  share     bias  ± (2 se)  true se   v̂ / v   Korn–G.  Wilson");
  for (const spec of populations) {
    const population = populationOf(spec);
    const { strata, caps, yes, truth } = population;
    const estimated = (seed, replays) =>
      replayCaps(strata, caps, { seed, replays, unitCount: yes.length }).probabilities;
    const own = Array.from({ length: sets }, (_, k) => estimated(`probabilities ${k}`, capReplays));
    for (const [what, probabilities] of [
      ["estimated", own],
      ["nearly exact", [estimated("nearly exact", nearlyExact)]],
      ["as if no cap", [nominal(population)]],
    ]) {
      const of = judge(population, probabilities, replications);
      console.log(
        `  ${truth.toFixed(3)} ${of.bias.toFixed(5).padStart(9)}  ${(2 * of.errorOfBias).toFixed(5)}  ${of.standardError.toFixed(4)}   ${of.ratio.toFixed(3)}  ` +
          `${percent(of.kornGraubard)}  ${percent(of.wilson)}  ${spec.label}: ${what}`,
      );
      if (what === "estimated" && of.kornGraubard < 0.945)
        missed.push(
          `Korn–Graubard under caps at least 94.5 %, got ${percent(of.kornGraubard)} (${spec.label})`,
        );
    }
  }
  return missed;
}

/** n_h/N_h of each unit. */
function nominal({ strata, yes }) {
  const probabilities = new Float64Array(yes.length);
  for (const { units, sampleSize } of strata)
    for (const unit of units) probabilities[unit] = sampleSize / units.length;
  return probabilities;
}
