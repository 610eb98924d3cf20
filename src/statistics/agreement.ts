import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { CasedrawError } from "../errors.js";
import { upperProbability } from "./confidence.js";
import { requireSameLength, requireThat, requireWhole } from "./refusals.js";
import type { Interval } from "./wilson.js";

/** What two reviews said of each case. */
export interface PairedReviews {
  /** Category of each case in the first review, a whole number from 0. */
  readonly first: ArrayLike<number>;
  /** The same in the second. */
  readonly second: ArrayLike<number>;
  /** How many categories there are, used or not; 2 or more. */
  readonly categories: number;
  /** With which probability each case was chosen for a second review, a fraction in (0, 1]; by default all alike. */
  readonly probabilities?: ArrayLike<number>;
}

/** Agreement beyond chance. */
export interface Agreement extends Interval {
  readonly coefficient: number;
  readonly standardError: number;
  /** How many of the cases, weighted, were given the same category, a fraction. */
  readonly observed: number;
  /** How many would be by chance, a fraction. */
  readonly byChance: number;
}

/** How a coefficient understands chance. */
export interface Chance {
  /** Agreement by chance, from the shares of the categories in both reviews. */
  readonly agreement: (first: Float64Array, second: Float64Array) => number;
  /** Half the derivative of that with the weight of a case: what the case has to do with it. */
  readonly ofCase: (pair: readonly [number, number], first: Float64Array, second: Float64Array) => number;
}

/**
 * (p_a − p_e)/(1 − p_e), its linearised variance over cases with replacement, and a t interval cut at −1 and 1, beyond
 * which there is no agreement.
 *
 * @throws CasedrawError `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE`, `INCLUSION_PROBABILITY_OUT_OF_RANGE`,
 *   `CONFIDENCE_OUT_OF_RANGE`; `AGREEMENT_UNDEFINED` where chance alone gives full agreement
 * @see Gwet (2014) Handbook of Inter-Rater Reliability, 4th ed., ch. 5
 */
export function agreementBeyondChance(
  reviews: PairedReviews,
  chance: Chance,
  confidence?: number,
): Agreement {
  const upper = upperProbability(confidence);
  const { first, second, categories } = reviews;
  const n = first.length;
  requireWhole("Number of categories", categories, 2);
  requireWhole("Number of cases reviewed twice", n, 2);
  requireSameLength("Second review", second.length, n);
  const weights = shares(reviews, n);
  const [inFirst, inSecond] = [new Float64Array(categories), new Float64Array(categories)];
  let observed = 0;
  for (let k = 0; k < n; k++) {
    const [one, other, weight] = [first[k] as number, second[k] as number, weights[k] as number];
    for (const code of [one, other]) {
      requireThat(Number.isInteger(code) && code >= 0 && code < categories, {
        what: "Category of a review",
        rule: `it is a whole number from 0 to ${categories - 1}`,
        value: code,
        next: "Number the categories from 0.",
      });
    }
    inFirst[one] = (inFirst[one] as number) + weight;
    inSecond[other] = (inSecond[other] as number) + weight;
    if (one === other) observed += weight;
  }
  const byChance = chance.agreement(inFirst, inSecond);
  if (!(byChance < 1 - 1e-12)) {
    throw new CasedrawError(
      "AGREEMENT_UNDEFINED",
      `Agreement beyond chance: the reviews use two categories or more, got one for all ${n} cases. ` +
        "Give the share of agreement alone.",
      { cases: n },
    );
  }
  const coefficient = (observed - byChance) / (1 - byChance);
  let squares = 0;
  for (let k = 0; k < n; k++) {
    const pair = [first[k] as number, second[k] as number] as const;
    const agreed = (pair[0] === pair[1] ? 1 : 0) - observed;
    const byLuck = 2 * (chance.ofCase(pair, inFirst, inSecond) - byChance);
    const influence = ((weights[k] as number) * (agreed - (1 - coefficient) * byLuck)) / (1 - byChance);
    squares += influence * influence;
  }
  const standardError = Math.sqrt((n / (n - 1)) * squares);
  const half = tQuantile(upper, n - 1) * standardError;
  return {
    coefficient,
    standardError,
    lower: Math.max(-1, coefficient - half),
    upper: Math.min(1, coefficient + half),
    observed,
    byChance,
  };
}

/** Weights 1/π that sum to 1. */
function shares({ probabilities }: PairedReviews, n: number): Float64Array {
  const weights = new Float64Array(n).fill(1 / n);
  if (probabilities === undefined) return weights;
  requireSameLength("Probabilities", probabilities.length, n);
  let total = 0;
  for (let k = 0; k < n; k++) {
    const probability = probabilities[k] as number;
    if (!(probability > 0 && probability <= 1)) {
      throw new CasedrawError(
        "INCLUSION_PROBABILITY_OUT_OF_RANGE",
        `Probability of a second review: it is above 0 and at most 1, got ${probability}. Correct the file.`,
        { unit: k, probability },
      );
    }
    weights[k] = 1 / probability;
    total += 1 / probability;
  }
  return weights.map((weight) => weight / total);
}
