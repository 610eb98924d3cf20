/** Running totals of weights, for {@link choose}. */
export function runningTotals(weights: ArrayLike<number>): Float64Array {
  const totals = new Float64Array(weights.length);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i] as number;
    totals[i] = sum;
  }
  return totals;
}

/**
 * The index that a random number falls on, in proportion to the weights; a weight of nought is never chosen.
 *
 * @param totals - from {@link runningTotals}
 * @param u - at least 0, below 1
 */
export function choose(totals: Float64Array, u: number): number {
  const target = u * (totals[totals.length - 1] as number);
  let low = 0;
  let high = totals.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((totals[middle] as number) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
