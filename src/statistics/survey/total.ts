import { requireSameLength } from "../refusals.js";
import { type Estimate, estimateOf } from "./estimate.js";
import type { Domain, SampleDesign } from "./sample-design.js";

/**
 * Horvitz–Thompson total: Σ w_k y_k over the units of a domain.
 *
 * @param values - y_k of each responding unit; 0 or 1 to count
 * @param options.domain - 1 for units that belong to it; by default all
 * @throws CasedrawError `ROWS_MISMATCHED`
 * @remarks Units outside the domain stay in the variance as zeros: how many of a domain come into a sample is chance too.
 * @see Horvitz & Thompson (1952) JASA 47:663–685
 * @example
 * const design = stratifiedDesign({ strata: [{ key: "", populationSize: 10 }], stratumOf: [0, 0] });
 * surveyTotal(Float64Array.of(1, 3), { design }).estimate // → 20; 5·1 + 5·3
 */
export function surveyTotal(
  values: Float64Array,
  options: { readonly design: SampleDesign; readonly domain?: Domain },
): Estimate {
  const { design, domain } = options;
  const { weights } = design;
  requireSameLength("Values", values.length, weights.length);
  if (domain !== undefined) requireSameLength("Domain", domain.length, weights.length);
  let [estimate, sampleSize] = [0, 0];
  const linearised = values.map((value, unit) => {
    if (domain !== undefined && domain[unit] === 0) return 0;
    estimate += (weights[unit] as number) * value;
    sampleSize++;
    return value;
  });
  return estimateOf(design, { estimate, linearised, sampleSize });
}
