import { differencePower } from "../../statistics/difference-sample-size.js";
import { waldMargin } from "../../statistics/wald-sample-size.js";
import { wilsonMargin } from "../../statistics/wilson-sample-size.js";
import { type Assumptions, otherProportion, type SampledGroup } from "./question.js";
import { type Rarest, rarestFound } from "./rarest.js";

/** What the sample of a group says. */
export interface Reached {
  readonly group: SampledGroup;
  /** Half the width of the interval, a fraction; absent where nobody of the group is drawn. */
  readonly margin?: number;
  /** The least that is found with the power wanted, a fraction; absent where none is. */
  readonly difference?: number;
  /** The rarest practice of which one is found with the confidence wanted; absent where none is. */
  readonly rarest?: Rarest;
}

/** @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE` */
export function reachedBy(group: SampledGroup, assumptions: Assumptions): Reached {
  const { effectiveSize, compared, places } = group;
  const margin = effectiveSize > 0 ? marginAt(effectiveSize, assumptions) : undefined;
  const difference = leastDifference(compared, assumptions);
  const rarest = places === undefined ? undefined : rarestFound(places, assumptions.confidence);
  return {
    group,
    ...(margin === undefined ? {} : { margin }),
    ...(difference === undefined ? {} : { difference }),
    ...(rarest === undefined ? {} : { rarest }),
  };
}

/**
 * The margin of error at an effective size.
 *
 * @param effectiveSize - above 0; +∞ for a census
 */
export function marginAt(effectiveSize: number, assumptions: Assumptions): number {
  const { proportion, confidence, method } = assumptions;
  if (effectiveSize === Number.POSITIVE_INFINITY) return 0;
  // One case under a design effect of 1/n* says as much as n*, which need not be a whole number.
  const marginOf = method === "wald" ? waldMargin : wilsonMargin;
  return marginOf({ sampleSize: 1, proportion }, { confidence, designEffect: 1 / effectiveSize });
}

/** Sizes are told the test to a thousandth of a case, a census as one of 10⁹. */
const parts = 1000;
const most = 1e9;

/** The least difference between two samples that the test finds with the power wanted, by halving; 0 between censuses. */
function leastDifference(
  [first, second]: readonly [number, number],
  { proportion, confidence, power }: Assumptions,
): number | undefined {
  if (first === Number.POSITIVE_INFINITY && second === first) return 0; // two censuses
  const inParts = (size: number): number => Math.round(Math.min(size, most) * parts);
  const sampleSizes = { first: inParts(first), second: inParts(second) };
  if (sampleSizes.first < 1 || sampleSizes.second < 1) return undefined;
  const found = (difference: number): boolean =>
    differencePower(
      { first: proportion, second: otherProportion(proportion, difference) },
      { confidence, sampleSizes, designEffect: parts },
    ) >= power;
  let [low, high] = [0, Math.max(proportion, 1 - proportion) * (1 - 1e-9)];
  if (!found(high)) return undefined;
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (found(middle)) high = middle;
    else low = middle;
  }
  return high;
}
