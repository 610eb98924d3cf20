/**
 * Which of some counts with a known sum are not shown: the small ones, and the fewest others that it takes until each hidden one
 * could be anything from 1 to the threshold, also for whoever knows that none of them is 0.
 *
 * @param threshold - counts from 1 to this are small
 * @returns places in the list; undefined where nothing protects them, for the sum itself is too small
 */
export function hiddenCounts(counts: readonly number[], threshold: number): ReadonlySet<number> | undefined {
  const places = counts.map((_, at) => at);
  const size = (at: number): number => counts[at] as number;
  const hidden = new Set(places.filter((at) => size(at) > 0 && size(at) <= threshold));
  if (hidden.size === 0) return hidden;
  const others = places.filter((at) => size(at) > threshold).sort((a, b) => size(a) - size(b) || a - b);
  // The largest that one of k hidden counts can be is their sum less 1 for each of the others.
  const largest = (): number => [...hidden].reduce((sum, at) => sum + size(at), 0) - (hidden.size - 1);
  while (hidden.size < 2 || largest() < Math.max(2, threshold)) {
    const next = others.shift();
    if (next === undefined) return undefined;
    hidden.add(next);
  }
  return hidden;
}
