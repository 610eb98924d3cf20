import { CasedrawError } from "../../errors.js";
import type { Frame } from "../../frame/frame.js";
import { thousands } from "../../frame/words.js";
import { stream } from "../../random/streams.js";
import { allocate } from "../allocation/allocate.js";
import type { Design } from "../design.js";
import { refuseOtherCall } from "../draw-call.js";
import { stratify } from "../strata.js";
import { type CountFrequencies, CountTally } from "./count-tally.js";
import { type GroupIndex, groupIndex, type SimulatedGroup, sumByGroup } from "./groups.js";
import { PlainDraw, type Pool } from "./plain-draw.js";
import { planDraw } from "./plan-draw.js";

/** What one design gives, by group. */
export interface SimulatedDesign {
  /** Σ π of each group's units. */
  readonly expected: Float64Array;
  /** Of each group, over the draws that count. */
  readonly frequencies: readonly CountFrequencies[];
}

/** Many draws of a design, and as many of the two plain designs beside it. */
export interface Simulation {
  readonly groups: readonly SimulatedGroup[];
  /** Draws that count. */
  readonly draws: number;
  /** Draws that could not fill every stratum under the caps: left out, of all three designs. */
  readonly short: number;
  /** n, as the design means it. */
  readonly sampleSize: number;
  readonly plan: SimulatedDesign;
  /** As many units from all eligible ones alike. */
  readonly simpleRandom: SimulatedDesign;
  /** As many units from the plan's strata, in proportion to their size, without minima. */
  readonly proportional: SimulatedDesign;
  /** By group: whether the plan's design gives the same count in every draw. */
  readonly fixed: readonly boolean[];
  /** π of each unit of the frame as the design means it; where it avoids an earlier sample, given what that took. */
  readonly nominal: Float64Array;
  /** In how many of the draws that count each unit of the frame was drawn. */
  readonly hits: Int32Array;
}

/** The seeds and streams of draw k, k from 1. */
export const simulationStreams = {
  plan: "<seed>|simulate/<k>|v1",
  simple_random: "simulate/<k>/simple-random",
  proportional: "simulate/<k>/proportional",
} as const;

/**
 * Draws a design again and again, before it is used: draw k with the seed `<seed>|simulate/<k>|v1` and the code that draws
 * samples. Beside it simple random and proportional stratified samples of the same size.
 *
 * @param options.seed - any text, used exactly as given
 * @param options.draws - K; whole number ≥ 2
 * @param options.progress - told how many of the draws are done
 * @throws CasedrawError `CALL_INVALID`, `DRAWS_OUT_OF_RANGE`, `CAPS_SHORTFALL` where every draw falls short, and those of a draw
 */
export function simulateDesign(
  frame: Frame,
  design: Design,
  options: { readonly seed: string; readonly draws: number; readonly progress?: (done: number) => void },
): Simulation {
  const { seed, draws, progress = () => {} } = options;
  refuseOtherCall({ frame, design, seed });
  refuseDraws(draws);
  const index = groupIndex(frame, design);
  const drawPlan = planDraw(frame, design);
  const pools = plainPools(frame, design);
  const [simple, proportional] = [new PlainDraw(pools.simpleRandom), new PlainDraw(pools.proportional)];
  const tallies = {
    plan: new CountTally(index),
    simple: new CountTally(index),
    strata: new CountTally(index),
  };
  const hits = new Int32Array(frame.ids.length);
  let short = 0;
  for (let k = 1; k <= draws; k++) {
    const units = drawPlan(`${seed}|simulate/${k}|v1`);
    progress(k);
    if (units === undefined) {
      short++;
      continue;
    }
    for (const unit of units) hits[unit] = (hits[unit] as number) + 1;
    tallies.plan.add(units);
    tallies.simple.add(simple.run(stream(seed, `simulate/${k}/simple-random`)));
    tallies.strata.add(proportional.run(stream(seed, `simulate/${k}/proportional`)));
  }
  if (short === draws) throw allShort(draws);
  const nominal = design.conditional ?? design.probabilities;
  const plain = (own: readonly Pool[], { frequencies }: CountTally): SimulatedDesign => ({
    expected: sumByGroup(index, poolProbabilities(frame, own)),
    frequencies,
  });
  return {
    groups: index.list,
    draws: draws - short,
    short,
    sampleSize: sampleSizeOf(design),
    plan: { expected: sumByGroup(index, nominal), frequencies: tallies.plan.frequencies },
    simpleRandom: plain(pools.simpleRandom, tallies.simple),
    proportional: plain(pools.proportional, tallies.strata),
    fixed: fixedCounts(index, design, nominal),
    nominal,
    hits,
  };
}

function sampleSizeOf({ strata }: Design): number {
  return strata.reduce((sum, { sampleSize }) => sum + sampleSize, 0);
}

function refuseDraws(draws: number): void {
  if (Number.isSafeInteger(draws) && draws >= 2) return;
  throw new CasedrawError(
    "DRAWS_OUT_OF_RANGE",
    `Number of draws: a simulation takes a whole number from 2, got ${draws}. 1,000 is usual.`,
    { draws },
  );
}

function allShort(draws: number): CasedrawError {
  return new CasedrawError(
    "CAPS_SHORTFALL",
    `Caps leave the sample short: not one of ${thousands(draws)} simulated draws could fill every stratum, because the caps ` +
      "were full. Raise a cap in sample.caps, or lower the allocation of the strata that share its groups.",
    { draws },
  );
}

/** What the two plain designs draw from. The strata are the plan's own, also where the design splits or leaves out some. */
function plainPools(frame: Frame, design: Design) {
  const { plan } = design;
  const sampleSize = sampleSizeOf(design);
  const strata = stratify(frame.fields, plan.strata, frame.eligible).map((each) => ({
    ...each,
    populationSize: each.units.length,
  }));
  const sizes = allocate(strata, { sampleSize, allocation: { method: "proportional", min: 0 } });
  const simpleRandom: readonly Pool[] = [{ units: frame.eligible, sampleSize }];
  const proportional: readonly Pool[] = strata.map(({ units }, at) => ({
    units,
    sampleSize: sizes[at] as number,
  }));
  return { simpleRandom, proportional };
}

function poolProbabilities(frame: Frame, pools: readonly Pool[]): Float64Array {
  const probabilities = new Float64Array(frame.ids.length);
  for (const { units, sampleSize } of pools)
    for (const unit of units) probabilities[unit] = sampleSize / units.length;
  return probabilities;
}

/**
 * A group's count is fixed where in every stratum all units whose draw is left to chance are in the group, or none of them: the
 * stratum's size is fixed. Where an earlier sample is avoided sizes vary.
 */
function fixedCounts({ list, starts, groups }: GroupIndex, design: Design, nominal: Float64Array): boolean[] {
  const fixed = list.map(() => true);
  const counts = new Int32Array(list.length);
  for (const { units } of design.strata) {
    counts.fill(0);
    let open = 0;
    for (const unit of units) {
      const probability = nominal[unit] as number;
      if (probability === 0 || probability === 1) continue;
      open++;
      for (let at = starts[unit] as number; at < (starts[unit + 1] as number); at++) {
        const group = groups[at] as number;
        counts[group] = (counts[group] as number) + 1;
      }
    }
    for (const [group, count] of counts.entries()) {
      if (count > 0 && (count < open || design.conditional !== undefined)) fixed[group] = false;
    }
  }
  return fixed;
}
