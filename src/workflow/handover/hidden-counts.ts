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

/** Eligible units and those of the sample under one name. */
export interface RowCounts {
  readonly eligible: number;
  readonly sampled: number;
}

/**
 * The same of rows that have two counts, of which nobody is in the second who is not in the first: what is shown of one bounds
 * the other. Where a first count is hidden the second is too; both are where the first counts would leave a hidden second one no
 * room to be 1.
 *
 * @returns rows whose first, and whose second, is hidden; the first are among the second
 */
export function hiddenRows(
  rows: readonly RowCounts[],
  threshold: number,
): { readonly eligible: ReadonlySet<number>; readonly sampled: ReadonlySet<number> } | undefined {
  const eligible = hiddenCounts(
    rows.map((row) => row.eligible),
    threshold,
  );
  const own = hiddenCounts(
    rows.map((row) => row.sampled),
    threshold,
  );
  if (eligible === undefined || own === undefined) return undefined;
  const sampled = new Set([...own, ...eligible]);
  const sum = (of: keyof RowCounts): number =>
    [...sampled].reduce((all, at) => all + (rows[at] as RowCounts)[of], 0);
  const [room, drawn] = [sum("eligible"), sum("sampled")];
  const isTight = [...sampled].some((at) => {
    const row = rows[at] as RowCounts;
    return row.sampled > 0 && row.sampled <= threshold && drawn - (room - row.eligible) > 1;
  });
  return { eligible: isTight ? sampled : eligible, sampled };
}
