import { requireThat } from "../refusals.js";
import type { Estimate } from "./estimate.js";
import type { Domain, SampleDesign } from "./sample-design.js";

/**
 * Design effect of a mean: its variance over that of a simple random sample, without replacement, of as many units of the
 * domain.
 *
 * @param mean - of {@link values}, under the design
 * @param options.values - y_k of each responding unit
 * @param options.domain - the one that the mean is of; by default all
 * @returns 1 for a simple random sample; below 1 where strata help, above where weights differ or clusters are alike
 * @throws CasedrawError `VALUE_OUT_OF_RANGE` where the domain has one unit, all its values are equal, or it was taken whole
 * @see Kish (1965) Survey Sampling, §8.2; R package survey, `svymean(deff = TRUE)`
 * @example
 * const design = stratifiedDesign({ strata: [{ key: "", populationSize: 10 }], stratumOf: [0, 0, 0, 0] });
 * const values = Float64Array.of(1, 1, 0, 0);
 * designEffect(surveyMean(values, { design }), { design, values }) // → 1; one stratum
 */
export function designEffect(
  mean: Estimate,
  options: { readonly design: SampleDesign; readonly values: Float64Array; readonly domain?: Domain },
): number {
  const { design, values, domain } = options;
  const n = mean.sampleSize;
  let [population, squares] = [0, 0];
  design.weights.forEach((weight, unit) => {
    if (domain !== undefined && domain[unit] === 0) return;
    const off = (values[unit] as number) - mean.estimate;
    population += weight;
    squares += weight * off * off;
  });
  const spread = ((squares / population) * n) / (n - 1);
  const simple = (1 / n - 1 / population) * spread;
  requireThat(n > 1 && simple > 0, {
    what: "Variance of a simple random sample",
    rule: "it is above 0",
    value: simple,
    next: "Give no design effect of a census, or where nobody differs.",
  });
  return mean.variance / simple;
}
