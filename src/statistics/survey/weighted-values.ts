import { CasedrawError } from "../../errors.js";
import { requireSameLength } from "../refusals.js";

/** w_k·y_k. @throws CasedrawError `ROWS_MISMATCHED` */
export function weighted(values: Float64Array, weights: Float64Array): Float64Array {
  requireSameLength("Values", values.length, weights.length);
  return values.map((value, unit) => value * (weights[unit] as number));
}

/**
 * 1/π_k.
 *
 * @throws CasedrawError `ROWS_MISMATCHED`, `INCLUSION_PROBABILITY_OUT_OF_RANGE`
 */
export function weightsOf(probabilities: Float64Array, units: number): Float64Array {
  requireSameLength("Inclusion probabilities", probabilities.length, units);
  return probabilities.map((probability, unit) => {
    if (probability > 0 && probability <= 1) return 1 / probability;
    throw new CasedrawError(
      "INCLUSION_PROBABILITY_OUT_OF_RANGE",
      `Inclusion probability of a drawn unit: it is above 0 and at most 1, got ${probability}. ` +
        "Take it from the sample's own list.",
      { unit, probability },
    );
  });
}
