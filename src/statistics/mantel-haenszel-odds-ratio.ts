import { normalMultiplier } from "./confidence.js";
import { type FourFold, sizeOf } from "./four-fold.js";
import { requireThat } from "./refusals.js";
import type { Interval } from "./wilson.js";

/**
 * The odds ratio that strata have in common, by Mantel and Haenszel, with the interval of Robins, Breslow and Greenland.
 *
 * @param strata - a two by two table each
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @returns the odds of the outcome in the first group over those in the second, and bounds
 * @throws CasedrawError `CONFIDENCE_OUT_OF_RANGE`; `VALUE_OUT_OF_RANGE`, also where the ratio is 0 or has no bound
 * @remarks Assumes that the odds ratio is the same in all strata; good for few large strata and for many small ones.
 * @see Mantel & Haenszel (1959) J Natl Cancer Inst 22:719–748; Robins, Breslow & Greenland (1986) Biometrics 42:311–323
 * @example mantelHaenszelOddsRatio([{ a: 8, b: 2, c: 2, d: 8 }]).oddsRatio // → 16; 8·8/(2·2)
 */
export function mantelHaenszelOddsRatio(
  strata: readonly FourFold[],
  options: { readonly confidence?: number } = {},
): Interval & { readonly oddsRatio: number } {
  const z = normalMultiplier(options.confidence);
  let [along, across, pr, mixed, qs] = [0, 0, 0, 0, 0];
  for (const table of strata) {
    const n = sizeOf(table);
    if (n === 0) continue;
    const { a, b, c, d } = table;
    const [r, s] = [(a * d) / n, (b * c) / n];
    const [p, q] = [(a + d) / n, (b + c) / n];
    along += r;
    across += s;
    pr += p * r;
    mixed += p * s + q * r;
    qs += q * s;
  }
  requireThat(along > 0 && across > 0, {
    what: "Common odds ratio",
    rule: "some stratum has cases on each diagonal of its table",
    value: along === 0 ? 0 : Infinity,
    next: "Give the proportions and their difference.",
  });
  const oddsRatio = along / across;
  const variance = pr / (2 * along * along) + mixed / (2 * along * across) + qs / (2 * across * across);
  const factor = Math.exp(z * Math.sqrt(variance));
  return { oddsRatio, lower: oddsRatio / factor, upper: oddsRatio * factor };
}
