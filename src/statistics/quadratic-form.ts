/** u′V⁻u, and the rank of V. */
export interface QuadraticForm {
  readonly value: number;
  readonly rank: number;
}

/** A pivot this small beside the matrix's own diagonal is rounding. */
const negligible = 1e-10;

/**
 * The statistic u′V⁻u of scores u with covariance V, which may be singular: scores that add up to 0, groups that never met.
 *
 * @param scores - u, k numbers within the range of V
 * @param covariance - V, k rows of k, symmetric and not negative
 * @returns the value, which does not depend on the generalised inverse taken, and the rank of V: the degrees of freedom
 * @remarks Symmetric elimination that takes the largest remaining pivot. O(k³).
 * @see Rao (1973) Linear Statistical Inference and Its Applications, 2nd ed., §1b.5
 */
export function quadraticForm(
  scores: readonly number[],
  covariance: readonly ArrayLike<number>[],
): QuadraticForm {
  const u = [...scores];
  const v = covariance.map((row) => Array.from(row));
  const smallest = negligible * Math.max(...covariance.map((row, i) => row[i] as number));
  const left = new Set(u.keys());
  let [value, rank] = [0, 0];
  while (left.size > 0) {
    let pivot = -1;
    for (const i of left) if (pivot === -1 || at(v, i, i) > at(v, pivot, pivot)) pivot = i;
    const size = at(v, pivot, pivot);
    if (!(size > smallest)) break;
    left.delete(pivot);
    rank++;
    const score = u[pivot] as number;
    value += (score * score) / size;
    for (const i of left) {
      const factor = at(v, i, pivot) / size;
      u[i]! -= factor * score;
      for (const j of left) (v[i] as number[])[j]! -= factor * at(v, pivot, j);
    }
  }
  return { value, rank };
}

function at(matrix: readonly (readonly number[])[], row: number, column: number): number {
  return (matrix[row] as readonly number[])[column] as number;
}
