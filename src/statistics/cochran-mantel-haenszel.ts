import { chiSquareTail } from "./chi-square-tail.js";
import { type FourFold, sizeOf } from "./four-fold.js";
import type { ChiSquareResult } from "./kruskal-wallis.js";
import { requireThat } from "./refusals.js";

/**
 * Cochran–Mantel–Haenszel test: whether two characteristics go together within strata.
 *
 * @param strata - a two by two table each; one with fewer than two cases says nothing and adds nothing
 * @param options.correction - Yates's, taken off |Σ(a − E)|: 0.5 or 0; default 0.5
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, also where no stratum has both groups and both outcomes
 * @remarks Assumes independent cases. It has little power where the association changes sign between strata.
 * @see Cochran (1954) Biometrics 10:417–451; Mantel & Haenszel (1959) J Natl Cancer Inst 22:719–748
 * @example cochranMantelHaenszelTest([{ a: 8, b: 2, c: 2, d: 8 }]).statistic // → 4.75; (3 − ½)²/(10⁴/(20²·19))
 */
export function cochranMantelHaenszelTest(
  strata: readonly FourFold[],
  options: { readonly correction?: 0 | 0.5 } = {},
): ChiSquareResult {
  let [difference, variance] = [0, 0];
  for (const table of strata) {
    const n = sizeOf(table);
    if (n < 2) continue;
    const { a, b, c, d } = table;
    difference += a - ((a + b) * (a + c)) / n;
    variance += ((a + b) * (c + d) * (a + c) * (b + d)) / (n * n * (n - 1));
  }
  requireThat(variance > 0, {
    what: "Strata",
    rule: "one of them has two groups and two outcomes",
    value: strata.length,
    next: "There is nothing to compare.",
  });
  const off = Math.max(0, Math.abs(difference) - (options.correction ?? 0.5));
  const statistic = (off * off) / variance;
  return { statistic, degreesOfFreedom: 1, pValue: chiSquareTail(statistic, 1) };
}
