import { CasedrawError } from "../../errors.js";
import { requireSameLength, requireThat } from "../refusals.js";
import { type Estimate, estimateOf } from "./estimate.js";
import type { Domain, SampleDesign } from "./sample-design.js";

/**
 * Ratio of two totals over the units of a domain, R = Σ w_k y_k / Σ w_k x_k, with the variance of its linearised values
 * (y_k − R·x_k)/Σ w x over the whole design.
 *
 * @param ratio.numerator - y_k of each responding unit; what stands outside the domain is not looked at
 * @param ratio.denominator - x_k of each
 * @param options.domain - 1 for units that belong to it; by default all
 * @throws CasedrawError `DOMAIN_EMPTY`, `ROWS_MISMATCHED`; `VALUE_OUT_OF_RANGE` for a denominator that adds up to 0
 * @see Särndal, Swensson & Wretman (1992) Model Assisted Survey Sampling, §5.6 and §10.3
 * @example
 * const design = stratifiedDesign({ strata: [{ key: "", populationSize: 10 }], stratumOf: [0, 0] });
 * surveyRatio({ numerator: Float64Array.of(1, 3), denominator: Float64Array.of(2, 2) }, { design }).estimate // → 1
 */
export function surveyRatio(
  { numerator, denominator }: { readonly numerator: Float64Array; readonly denominator: Float64Array },
  options: { readonly design: SampleDesign; readonly domain?: Domain },
): Estimate {
  const { design, domain } = options;
  const { weights } = design;
  requireSameLength("Numerator", numerator.length, weights.length);
  requireSameLength("Denominator", denominator.length, weights.length);
  if (domain !== undefined) requireSameLength("Domain", domain.length, weights.length);
  const belongs = (unit: number): boolean => domain === undefined || domain[unit] !== 0;
  let [over, under, sampleSize] = [0, 0, 0];
  for (let unit = 0; unit < weights.length; unit++) {
    if (!belongs(unit)) continue;
    const weight = weights[unit] as number;
    over += weight * (numerator[unit] as number);
    under += weight * (denominator[unit] as number);
    sampleSize++;
  }
  if (sampleSize === 0) {
    throw new CasedrawError(
      "DOMAIN_EMPTY",
      "Domain: one responding unit or more belongs to it, got none. Leave the group out, or merge it with another.",
    );
  }
  requireThat(under !== 0, {
    what: "Denominator of a ratio",
    rule: "it does not add up to 0",
    value: under,
    next: "Leave the group out, or merge it with another.",
  });
  const estimate = over / under;
  const linearised = numerator.map((value, unit) =>
    belongs(unit) ? (value - estimate * (denominator[unit] as number)) / under : 0,
  );
  return estimateOf(design, { estimate, linearised, sampleSize });
}
