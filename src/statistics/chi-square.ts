import { chiSquareTail } from "./chi-square-tail.js";
import { type CountTable, marginsOf } from "./count-table.js";

/** What a chi-square test of a table says. */
export interface ChiSquareTest {
  /** Pearson's X². */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  /** Counts under independence; the approximation is doubtful where some are below 5. */
  readonly expected: readonly (readonly number[])[];
  /** By cell: about standard normal under independence, so that one beyond ±2 stands out. */
  readonly adjustedResiduals: readonly (readonly number[])[];
  /** From 0, no association, to 1. */
  readonly cramersV: number;
}

/**
 * Pearson's chi-square test of independence, with Haberman's adjusted residuals and Cramér's V. No continuity correction.
 *
 * @param table - counts, two rows and columns or more, none of them empty
 * @throws CasedrawError `TABLE_INVALID`
 * @remarks Assumes independent cases. For small expected counts take `fisherExactTest`.
 * @see Pearson (1900) Phil Mag 50:157–175; Haberman (1973) Biometrics 29:205–220; Cramér (1946) Mathematical Methods of
 *   Statistics, §21.9
 * @example chiSquareTest([[10, 20], [20, 10]]).statistic // → 6.6667 to 4 places; each cell is 5 off the 15 expected
 */
export function chiSquareTest(table: CountTable): ChiSquareTest {
  const { rows, columns, total } = marginsOf(table);
  const expected = rows.map((row) => columns.map((column) => (row * column) / total));
  let statistic = 0;
  const adjustedResiduals = table.map((counts, i) =>
    counts.map((count, j) => {
      const mean = expected[i]?.[j] as number;
      const off = count - mean;
      statistic += (off * off) / mean;
      const others = (1 - (rows[i] as number) / total) * (1 - (columns[j] as number) / total);
      return off / Math.sqrt(mean * others);
    }),
  );
  const degreesOfFreedom = (rows.length - 1) * (columns.length - 1);
  return {
    statistic,
    degreesOfFreedom,
    pValue: chiSquareTail(statistic, degreesOfFreedom),
    expected,
    adjustedResiduals,
    cramersV: Math.sqrt(statistic / (total * (Math.min(rows.length, columns.length) - 1))),
  };
}
