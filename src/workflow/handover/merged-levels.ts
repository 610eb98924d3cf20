import { compareBytes } from "../../frame/text.js";

/** Counts of people under one name. */
export interface CountedLevel {
  readonly level: string;
  /** Every count that is shown of it. */
  readonly counts: readonly number[];
}

/**
 * Levels of one whole, those with a small count put together with others until none is small: nothing can then be worked out
 * from what the levels sum to.
 *
 * @param threshold - counts from 1 to this are small
 * @param together - the name of what is put together
 * @returns undefined where all would have to be put together
 */
export function mergeSmallLevels(
  levels: readonly CountedLevel[],
  { threshold, together }: { readonly threshold: number; readonly together: string },
): { readonly levels: readonly CountedLevel[]; readonly merged: number } | undefined {
  const small = (counts: readonly number[]): boolean =>
    counts.some((count) => count > 0 && count <= threshold);
  const merged = levels.filter(({ counts }) => small(counts));
  if (merged.length === 0) return { levels, merged: 0 };
  const others = levels
    .filter(({ counts }) => !small(counts))
    .sort((a, b) => (a.counts[0] ?? 0) - (b.counts[0] ?? 0) || compareBytes(a.level, b.level));
  const sum = (): number[] =>
    (levels[0]?.counts ?? []).map((_, at) => merged.reduce((all, { counts }) => all + (counts[at] ?? 0), 0));
  while ((merged.length < 2 || small(sum())) && others.length > 0) {
    merged.push(others.shift() as CountedLevel);
  }
  if (others.length === 0) return undefined;
  const apart = levels.filter((level) => !merged.includes(level));
  return { levels: [...apart, { level: together, counts: sum() }], merged: merged.length };
}
