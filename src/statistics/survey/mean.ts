import type { Estimate } from "./estimate.js";
import { surveyRatio } from "./ratio.js";
import type { Domain, SampleDesign } from "./sample-design.js";

/**
 * Hájek mean of a domain, Σ w_k y_k / Σ w_k, its variance by linearisation over the whole design. Of 0 and 1 it is a
 * proportion.
 *
 * @param values - y_k of each responding unit; what stands outside the domain is not looked at
 * @param options.domain - 1 for units that belong to it; by default all
 * @throws CasedrawError `DOMAIN_EMPTY`, `ROWS_MISMATCHED`
 * @remarks Of a whole stratified sample it is Σ W_h·ȳ_h. Where some cases were not answered, the answered ones are the domain.
 * @see Hájek (1971) in Godambe & Sprott, Foundations of Statistical Inference, p. 236; Särndal, Swensson & Wretman (1992)
 *   Model Assisted Survey Sampling, §10.3
 * @example
 * const strata = [{ key: "a", populationSize: 30 }, { key: "b", populationSize: 10 }];
 * const design = stratifiedDesign({ strata, stratumOf: [0, 0, 1, 1] });
 * surveyMean(Float64Array.of(1, 1, 0, 0), { design }).estimate // → 0.75; ¾·1 + ¼·0
 */
export function surveyMean(
  values: Float64Array,
  options: { readonly design: SampleDesign; readonly domain?: Domain },
): Estimate {
  const denominator = new Float64Array(values.length).fill(1);
  return surveyRatio({ numerator: values, denominator }, options);
}
