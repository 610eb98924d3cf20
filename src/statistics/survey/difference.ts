import { type Estimate, estimateOf } from "./estimate.js";
import type { SampleDesign } from "./sample-design.js";

/**
 * Difference of two estimates from one sample. Its variance is that of the difference of their linearised values, which
 * has in it the covariance of strata, clusters and balancing variables that both share.
 *
 * @param estimates - means, totals or ratios under the same design
 * @returns the first less the second; the sample size is that of both
 * @throws CasedrawError of the design
 * @see Särndal, Swensson & Wretman (1992) Model Assisted Survey Sampling, §5.5 and §10.4
 * @example
 * const design = stratifiedDesign({ strata: [{ key: "", populationSize: 10 }], stratumOf: [0, 0, 0, 0] });
 * const values = Float64Array.of(1, 1, 1, 0);
 * const first = surveyMean(values, { design, domain: [1, 1, 0, 0] });
 * const second = surveyMean(values, { design, domain: [0, 0, 1, 1] });
 * surveyDifference({ first, second }, { design }).estimate // → 0.5; 1 less ½
 */
export function surveyDifference(
  { first, second }: { readonly first: Estimate; readonly second: Estimate },
  { design }: { readonly design: SampleDesign },
): Estimate {
  return estimateOf(design, {
    estimate: first.estimate - second.estimate,
    linearised: first.linearised.map((value, unit) => value - (second.linearised[unit] as number)),
    sampleSize: first.sampleSize + second.sampleSize,
  });
}
