/** From so many things a run on, there is little to gain from runs. */
const LONG_RUN = 8;

/**
 * The order in which some things stand sorted, equal ones as they stood. Runs that are in order already are merged, because exports
 * mostly are; where they are short, the language's own sort is faster.
 *
 * @param compare - of two places: below 0 where the first comes before the second, 0 where they are equal
 * @returns their places, 0-based
 * @see Knuth (1998) The Art of Computer Programming, vol. 3, §5.2.4, natural merge sort
 */
export function stableOrder(count: number, compare: (first: number, second: number) => number): Int32Array {
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  const starts = [0];
  for (let i = 1; i < count; i++) if (compare(i - 1, i) > 0) starts.push(i);
  return starts.length * LONG_RUN > count
    ? Int32Array.from(Array.from(order).sort(compare))
    : mergeRuns(order, starts, compare);
}

function mergeRuns(
  order: Int32Array,
  starts: readonly number[],
  compare: (first: number, second: number) => number,
): Int32Array {
  if (starts.length === 1) return order;
  const merged = new Int32Array(order.length);
  for (let run = 0; run < starts.length; run += 2) {
    const [from, middle = order.length, to = order.length] = starts.slice(run, run + 3) as [
      number,
      number?,
      number?,
    ];
    merge(order, { from, middle, to }, merged, compare);
  }
  const longer = starts.filter((_, run) => run % 2 === 0);
  return mergeRuns(merged, longer, compare);
}

/** Puts two neighbouring runs together: from `from` to `middle`, and from there to `to`. */
function merge(
  order: Int32Array,
  { from, middle, to }: { readonly from: number; readonly middle: number; readonly to: number },
  merged: Int32Array,
  compare: (first: number, second: number) => number,
): void {
  let left = from;
  let right = middle;
  for (let at = from; at < to; at++) {
    const takesLeft =
      right === to || (left < middle && compare(order[left] as number, order[right] as number) <= 0);
    merged[at] = order[takesLeft ? left++ : right++] as number;
  }
}
