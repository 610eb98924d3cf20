import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { normalMultiplier } from "./confidence.js";
import { finiteSize, infiniteSize, type NeededSize } from "./finite-size.js";
import { requireInnerFraction, requireThat } from "./refusals.js";

/** Two proportions that are expected of two groups. */
interface ExpectedProportions {
  /** A fraction in (0, 1). */
  readonly first: number;
  /** A fraction in (0, 1), another one. */
  readonly second: number;
}

/** What the comparison of two groups rests on. */
interface ComparisonOptions {
  /** 1 − α of the two-sided test; a fraction in (0, 1), default 0.95. */
  readonly confidence?: number;
  /** N of each group; without it both are taken as very large. */
  readonly populationSizes?: { readonly first: number; readonly second: number };
  /** How many times larger the variance is than under simple random sampling; default 1. */
  readonly designEffect?: number;
}

/**
 * How many cases of each of two groups show a difference of proportions, by the two-sided z test with pooled variance.
 *
 * @param options.power - the chance of finding the difference where it is there; a fraction in (0.5, 1), default 0.8
 * @returns of each group; the same for both but for their population sizes
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks No continuity correction.
 * @see Fleiss, Levin & Paik (2003) Statistical Methods for Rates and Proportions, 3rd ed., eq. 4.14; R, `power.prop.test`
 * @example differenceSampleSize({ first: 0.5, second: 0.75 }, { power: 0.9 }).first // → { exact: 76.71, sampleSize: 77 } to 2 places
 */
export function differenceSampleSize(
  { first, second }: ExpectedProportions,
  options: ComparisonOptions & { readonly power?: number } = {},
): { readonly first: NeededSize; readonly second: NeededSize } {
  const { power = 0.8, populationSizes } = options;
  const z = normalMultiplier(options.confidence);
  refuseProportions({ first, second });
  requireThat(power > 0.5 && power < 1, {
    what: "Power",
    rule: "it lies between 0.5 and 1",
    value: power,
    next: "Write 80 % as 0.8.",
  });
  const { pooled, apart } = spreads({ first, second });
  const root = (z * pooled + normalQuantile(power, 0, 1) * apart) / (first - second);
  const size = (populationSize: number | undefined): NeededSize =>
    finiteSize(root * root, {
      ...designOf(options),
      ...(populationSize === undefined ? {} : { populationSize }),
    });
  return { first: size(populationSizes?.first), second: size(populationSizes?.second) };
}

/**
 * The other way round: the chance that samples of these sizes show a difference of proportions that is there.
 *
 * @param options.sampleSizes - of each group; whole numbers of 1 or more
 * @returns power, a fraction; 1 where both groups are taken whole
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @see {@link differenceSampleSize}
 * @example differencePower({ first: 0.5, second: 0.75 }, { sampleSizes: { first: 50, second: 50 } }) // → 0.7402 to 4 places
 */
export function differencePower(
  { first, second }: ExpectedProportions,
  options: ComparisonOptions & { readonly sampleSizes: { readonly first: number; readonly second: number } },
): number {
  const z = normalMultiplier(options.confidence);
  refuseProportions({ first, second });
  const share = (group: "first" | "second"): number => {
    const populationSize = options.populationSizes?.[group];
    const sizes = { ...designOf(options), ...(populationSize === undefined ? {} : { populationSize }) };
    return 1 / infiniteSize(options.sampleSizes[group], sizes);
  };
  const [ofFirst, ofSecond] = [share("first"), share("second")];
  if (ofFirst + ofSecond === 0) return 1;
  const common = (first * ofSecond + second * ofFirst) / (ofFirst + ofSecond);
  const pooled = Math.sqrt(common * (1 - common) * (ofFirst + ofSecond));
  const apart = Math.sqrt(first * (1 - first) * ofFirst + second * (1 - second) * ofSecond);
  return normalCdf((Math.abs(first - second) - z * pooled) / apart, 0, 1);
}

function refuseProportions({ first, second }: ExpectedProportions): void {
  requireInnerFraction("Expected proportion of the first group", first);
  requireInnerFraction("Expected proportion of the second group", second);
  requireThat(first !== second, {
    what: "Expected proportions",
    rule: "they are not the same",
    value: first,
    next: "Give the smallest difference that matters.",
  });
}

function designOf({ designEffect }: ComparisonOptions): { readonly designEffect?: number } {
  return designEffect === undefined ? {} : { designEffect };
}

/** Root of twice the pooled variance, and of the sum of both. */
function spreads({ first, second }: ExpectedProportions): {
  readonly pooled: number;
  readonly apart: number;
} {
  const mean = (first + second) / 2;
  return {
    pooled: Math.sqrt(2 * mean * (1 - mean)),
    apart: Math.sqrt(first * (1 - first) + second * (1 - second)),
  };
}
