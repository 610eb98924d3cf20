import type { Agreement, PairedReviews } from "../../statistics/agreement.js";
import { clopperPearsonInterval } from "../../statistics/clopper-pearson.js";
import { cohensKappa } from "../../statistics/cohens-kappa.js";
import { gwetsAc1 } from "../../statistics/gwets-ac1.js";
import { kornGraubardInterval } from "../../statistics/korn-graubard.js";
import type { Interval } from "../../statistics/wilson.js";
import type { FindingColumn } from "./estimate-findings.js";

/** What two reviews said of the same cases, in one column of findings. */
export interface ReviewPairs {
  readonly column: string;
  readonly kind: FindingColumn["kind"];
  /** All answers that either review gave; yes and no are always two. */
  readonly categories: readonly string[];
  readonly pairs: readonly { readonly unit: number; readonly first: string; readonly second: string }[];
}

/** Agreement beyond chance, with an interval or why there is none. */
export interface Coefficient {
  readonly coefficient: number;
  readonly standardError?: number;
  readonly interval?: Interval;
  readonly withoutInterval?: "few" | "all-agree" | "one-answer";
}

/** How far the two reviews agree in one column. */
export interface AgreementRow {
  readonly column: string;
  readonly kind: FindingColumn["kind"];
  readonly categories: number;
  readonly pairs: number;
  readonly agreeing: number;
  /** Share of pairs with the same answer, weighted where chances are known. */
  readonly observed?: { readonly estimate: number; readonly interval: Interval };
  /** Absent where all reviews give one answer: chance alone then gives full agreement. */
  readonly kappa?: Coefficient;
  readonly ac1?: Coefficient;
  /** Why nothing is said: numbers, no pair, or a single one. */
  readonly refused?: "number" | "nobody" | "one";
  /** Whether a count from 1 to the threshold could be worked out from the figures. */
  readonly suppressed: boolean;
}

/** Below this many pairs the intervals of the coefficients are not to be trusted, however few categories there are. */
const fewestPairs = 20;

/** A standard error below this is a rounding error of 0. */
const noError = 1e-9;

/**
 * How many pairs the intervals of agreement beyond chance need: 2k² for k categories, and 20 or more.
 *
 * @see Cicchetti (1981) Applied Psychological Measurement 5:101–104; Fleiss, Levin & Paik (2003) Statistical Methods for Rates
 *   and Proportions, 3rd ed., §18.2. 2k² alone is 8 for yes and no, where the interval of kappa was seen to hold as few as 37 %
 */
export function pairsNeeded(categories: number): number {
  return Math.max(fewestPairs, 2 * categories * categories);
}

/**
 * Agreement of first and second reviews: observed, Cohen's kappa and Gwet's AC1.
 *
 * @param options.weights - by unit, how many eligible units each pair stands for: one over the chance of being in the sample and
 *   of being chosen for a second review; without it, pairs count alike and speak for themselves alone
 * @param options.threshold - rows that rest on 1 to so many pairs are marked; 0 marks none
 * @remarks The observed share has Clopper and Pearson's interval; weighted, Korn and Graubard's with pairs for degrees of freedom,
 *   and where all or none agree Clopper and Pearson's on Kish's effective size, rounded down. The coefficients have t intervals
 *   from linearised values. All of it takes pairs for drawn with replacement and looks at no strata: usually a little too wide.
 */
export function reviewAgreement(
  reviews: ReviewPairs,
  options: { readonly weights: ReadonlyMap<number, number> | undefined; readonly threshold: number },
): AgreementRow {
  const { column, kind, pairs } = reviews;
  const categories = Math.max(2, reviews.categories.length);
  const agreeing = pairs.filter(({ first, second }) => first === second).length;
  const base = { column, kind, categories, pairs: pairs.length, agreeing };
  if (kind === "number")
    return { ...base, refused: "number", suppressed: isSmall(pairs.length, options.threshold) };
  const suppressed = hasSmallCount(reviews, agreeing, options.threshold);
  if (pairs.length < 2) {
    const refused = pairs.length === 0 ? ("nobody" as const) : ("one" as const);
    return { ...base, refused, suppressed };
  }
  const code = new Map(reviews.categories.map((level, at) => [level, at]));
  const weights = options.weights && pairs.map(({ unit }) => options.weights?.get(unit) as number);
  const lightest = weights && Math.min(...weights);
  const paired: PairedReviews = {
    first: pairs.map(({ first }) => code.get(first) as number),
    second: pairs.map(({ second }) => code.get(second) as number),
    categories,
    // Only their ratios count, and a calibrated weight may be below 1.
    ...(weights && { probabilities: weights.map((weight) => (lightest as number) / weight) }),
  };
  const ac1 = gwetsAc1(paired);
  const [firsts, seconds] = [
    new Set(pairs.map(({ first }) => first)),
    new Set(pairs.map(({ second }) => second)),
  ];
  const oneAnswer = new Set([...firsts, ...seconds]).size === 1;
  // A reviewer who always says the same agrees as often as chance would, whatever the cases: kappa is 0, and knows no spread.
  const kappa: Coefficient =
    firsts.size === 1 || seconds.size === 1
      ? { coefficient: 0, withoutInterval: "one-answer" }
      : coefficientOf(cohensKappa(paired), base);
  return {
    ...base,
    observed: observedShare(pairs, { agreeing, observed: ac1.observed, weights }),
    ...(oneAnswer ? {} : { kappa }),
    ac1: coefficientOf(ac1, base),
    suppressed,
  };
}

function coefficientOf(
  { coefficient, standardError, lower, upper }: Agreement,
  { pairs, categories }: { readonly pairs: number; readonly categories: number },
): Coefficient {
  if (pairs < pairsNeeded(categories)) return { coefficient, withoutInterval: "few" };
  if (standardError < noError) return { coefficient, withoutInterval: "all-agree" };
  return { coefficient, standardError, interval: { lower, upper } };
}

function observedShare(
  pairs: ReviewPairs["pairs"],
  {
    agreeing,
    observed,
    weights,
  }: {
    readonly agreeing: number;
    readonly observed: number;
    readonly weights: readonly number[] | undefined;
  },
): { readonly estimate: number; readonly interval: Interval } {
  const n = pairs.length;
  if (weights === undefined) {
    return { estimate: agreeing / n, interval: clopperPearsonInterval(agreeing, n) };
  }
  const total = weights.reduce((all, weight) => all + weight, 0);
  if (agreeing === 0 || agreeing === n) {
    const squares = weights.reduce((all, weight) => all + weight * weight, 0);
    // Kish (1965) Survey Sampling, §11.7; 1 or more, and the rounding error of equal weights is not to cost a pair.
    const effective = Math.floor((total * total) / squares + 1e-9);
    return {
      estimate: agreeing / n,
      interval: clopperPearsonInterval(agreeing === 0 ? 0 : effective, effective),
    };
  }
  const squares = pairs.reduce((all, { first, second }, at) => {
    const deviation = ((weights[at] as number) / total) * ((first === second ? 1 : 0) - observed);
    return all + deviation * deviation;
  }, 0);
  const { lower, upper } = kornGraubardInterval(
    { proportion: observed, variance: (squares * n) / (n - 1) },
    { sampleSize: n, degreesOfFreedom: n - 1 },
  );
  return { estimate: observed, interval: { lower, upper } };
}

/** From observed agreement and both coefficients the whole table of a yes/no column follows: all its counts are looked at. */
function hasSmallCount({ categories, pairs }: ReviewPairs, agreeing: number, threshold: number): boolean {
  const count = (of: (pair: ReviewPairs["pairs"][number]) => boolean): number => pairs.filter(of).length;
  const cells = categories.flatMap((one) =>
    categories.map((other) => count(({ first, second }) => first === one && second === other)),
  );
  const counts = [
    pairs.length,
    agreeing,
    pairs.length - agreeing,
    ...categories.flatMap((level) => [
      count(({ first }) => first === level),
      count(({ second }) => second === level),
    ]),
    ...(categories.length === 2 ? cells : []),
  ];
  return counts.some((value) => isSmall(value, threshold));
}

function isSmall(count: number, threshold: number): boolean {
  return count >= 1 && count <= threshold;
}
