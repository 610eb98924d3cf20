import { upperProbability } from "../../statistics/confidence.js";
import { differenceSampleSize } from "../../statistics/difference-sample-size.js";
import { discoverySampleSize } from "../../statistics/discovery-sample-size.js";
import type { NeededSize, SizeOptions } from "../../statistics/finite-size.js";
import { requireInnerFraction, requireThat } from "../../statistics/refusals.js";
import { waldSampleSize } from "../../statistics/wald-sample-size.js";
import { wilsonSampleSize } from "../../statistics/wilson-sample-size.js";
import { type Assumptions, type Goals, otherProportion, type SizeGroup } from "./question.js";

/** How many cases one group needs for each goal that was named; a difference takes both halves together. */
export interface Needed {
  readonly group: SizeGroup;
  readonly margin?: NeededSize;
  readonly difference?: NeededSize;
  readonly rare?: NeededSize;
}

/**
 * The least sizes that meet the goals in a group.
 *
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @example neededSizes({ characteristic: "all", level: "all", designEffect: 1 }, { margin: 0.05 },
 *   { proportion: 0.5, confidence: 0.95, power: 0.8, method: "wilson" }).margin // → { exact: 380.3044, sampleSize: 381 } to 4 places
 */
export function neededSizes(group: SizeGroup, goals: Goals, assumptions: Assumptions): Needed {
  const { margin, difference, rare } = goals;
  return {
    group,
    ...(margin === undefined ? {} : { margin: forMargin(group, margin, assumptions) }),
    ...(difference === undefined ? {} : { difference: forDifference(group, difference, assumptions) }),
    ...(rare === undefined ? {} : { rare: forRare(group, rare, assumptions) }),
  };
}

/** The units that have a practice which `rare` or more of N have; a whole number, and 1 at the least. */
export function fewestWith(rare: number, populationSize: number): number {
  return Math.max(1, Math.ceil(rare * populationSize * (1 - 1e-12)));
}

function forMargin(group: SizeGroup, margin: number, assumptions: Assumptions): NeededSize {
  const { proportion, confidence, method } = assumptions;
  const sizeFor = method === "wald" ? waldSampleSize : wilsonSampleSize;
  // The population of one needs its one; the formulas start at two.
  if (group.populationSize === 1) return { exact: 1, sampleSize: 1 };
  const infinite = sizeFor({ margin, proportion }, { confidence, designEffect: group.designEffect });
  return group.populationSize === undefined
    ? infinite
    : sizeFor({ margin, proportion }, options(group, confidence));
}

/** Both halves together, each of half the population. */
function forDifference(group: SizeGroup, difference: number, assumptions: Assumptions): NeededSize {
  const { proportion, confidence, power } = assumptions;
  const { populationSize, designEffect } = group;
  const proportions = { first: proportion, second: secondProportion(proportion, difference) };
  const infinite = differenceSampleSize(proportions, { confidence, power, designEffect });
  if (populationSize === undefined) return both(infinite.first);
  const half = Math.floor(populationSize / 2);
  if (half < 2) return { exact: populationSize, sampleSize: populationSize };
  const halves = { first: half, second: populationSize - half };
  const { first, second } = differenceSampleSize(proportions, {
    confidence,
    power,
    designEffect,
    populationSizes: halves,
  });
  return { exact: first.exact + second.exact, sampleSize: first.sampleSize + second.sampleSize };
}

function both({ exact, sampleSize }: NeededSize): NeededSize {
  return { exact: 2 * exact, sampleSize: 2 * sampleSize };
}

function secondProportion(proportion: number, difference: number): number {
  requireInnerFraction("Difference", difference);
  requireInnerFraction("Expected proportion", proportion);
  const second = otherProportion(proportion, difference);
  requireThat(second > 0 && second < 1, {
    what: "Difference",
    rule: `from ${proportion} it does not reach 0 or 1`,
    value: difference,
    next: "Give a smaller difference.",
  });
  return second;
}

function forRare({ populationSize }: SizeGroup, rare: number, { confidence }: Assumptions): NeededSize {
  requireInnerFraction("Share with the practice", rare);
  if (populationSize === undefined) {
    upperProbability(confidence);
    const exact = Math.log(1 - confidence) / Math.log1p(-rare); // (1 − p)ⁿ = 1 − confidence
    return { exact, sampleSize: Math.ceil(exact * (1 - 1e-12)) };
  }
  const cases = fewestWith(rare, populationSize);
  const sampleSize = discoverySampleSize({ populationSize, cases }, { confidence });
  return { exact: sampleSize, sampleSize };
}

function options({ populationSize, designEffect }: SizeGroup, confidence: number): SizeOptions {
  return { confidence, designEffect, ...(populationSize === undefined ? {} : { populationSize }) };
}
