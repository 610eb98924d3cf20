/** A column whose length falls below this share of itself depends on those before it. */
const dependent = 1e-9;

/** Fits values on columns by weighted least squares. */
export interface LeastSquares {
  /** How many columns are independent. */
  readonly rank: number;
  /** √weight·(value − fitted) of each unit. */
  scaledResiduals(values: Float64Array): Float64Array;
}

/**
 * @param columns - one number a unit each; dependent ones do no harm
 * @param weights - of the units, 0 or more
 * @remarks Columns are made orthogonal one after the other, each twice, which keeps them so to the precision of a double.
 *   units·columns² once, then units·columns a fit.
 * @see Björck (1996) Numerical Methods for Least Squares Problems, §2.4
 */
export function leastSquares(columns: readonly Float64Array[], weights: Float64Array): LeastSquares {
  const roots = weights.map((weight) => Math.sqrt(weight));
  const basis: Float64Array[] = [];
  const takeOff = (vector: Float64Array): void => {
    for (const direction of basis) {
      const along = product(vector, direction);
      for (let k = 0; k < vector.length; k++) {
        vector[k] = (vector[k] as number) - along * (direction[k] as number);
      }
    }
  };
  for (const column of columns) {
    const vector = roots.map((root, k) => root * (column[k] as number));
    const before = Math.sqrt(product(vector, vector));
    takeOff(vector);
    takeOff(vector);
    const after = Math.sqrt(product(vector, vector));
    if (after > dependent * before) basis.push(vector.map((value) => value / after));
  }
  return {
    rank: basis.length,
    scaledResiduals(values) {
      const vector = roots.map((root, k) => root * (values[k] as number));
      takeOff(vector);
      return vector;
    },
  };
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number);
  return sum;
}
