/** Of the largest entry of the diagonal: below it a pivot counts as 0. */
const negligible = 1e-13;

/**
 * Solves A x = b for a symmetric positive semi-definite A by Cholesky's square-root-free decomposition, A = L D Lᵀ.
 * A row that depends on those before it gets 0.
 *
 * @param matrix - small, square
 * @see Golub & Van Loan (2013) Matrix Computations, 4th ed., §4.1.2
 */
export function solveSymmetric(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): Float64Array {
  const size = right.length;
  const lower = matrix.map((row) => Float64Array.from(row));
  const pivots = new Float64Array(size);
  const smallest = negligible * matrix.reduce((most, row, at) => Math.max(most, row[at] as number), 0);
  const x = Float64Array.from(right);
  for (let i = 0; i < size; i++) {
    const row = lower[i] as Float64Array;
    let pivot = row[i] as number;
    for (let j = 0; j < i; j++) {
      const other = lower[j] as Float64Array;
      let entry = row[j] as number;
      for (let k = 0; k < j; k++) entry -= (row[k] as number) * (other[k] as number) * (pivots[k] as number);
      const factor = (pivots[j] as number) > 0 ? entry / (pivots[j] as number) : 0;
      row[j] = factor;
      pivot -= factor * factor * (pivots[j] as number);
      x[i] = (x[i] as number) - factor * (x[j] as number);
    }
    pivots[i] = pivot > smallest ? pivot : 0;
  }
  for (let i = size - 1; i >= 0; i--) {
    x[i] = (pivots[i] as number) > 0 ? (x[i] as number) / (pivots[i] as number) : 0;
    for (let k = i + 1; k < size; k++)
      x[i] = (x[i] as number) - ((lower[k] as Float64Array)[i] as number) * (x[k] as number);
  }
  return x;
}
