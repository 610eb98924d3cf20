import type { Interval95 } from "./result.js";
import { isMarked, type Marked } from "./tally.js";

/** A level with its share of those known, or why that is not shown. */
export interface LevelShare {
  readonly label: string;
  readonly share: Interval95 | Marked;
}

export interface ShownShare extends LevelShare {
  readonly share: Interval95;
}

/**
 * The commonest of several levels, where that is plain: its interval keeps clear of every other's, and none that is hidden
 * can be as common.
 *
 * @param shares - of known levels
 * @param options.disjoint - whether the shares add up to 1, as hidden ones then leave little room
 */
export function leadingLevel(
  shares: readonly LevelShare[],
  options: { readonly disjoint: boolean },
): ShownShare | undefined {
  if (shares.length < 2) return undefined;
  const shown = shares.flatMap(({ label, share }): ShownShare[] =>
    isMarked(share) ? [] : [{ label, share }],
  );
  shown.sort((a, b) => b.share.value - a.share.value);
  const [top, ...others] = shown;
  if (top === undefined) return undefined;
  if (shown.length < shares.length) {
    const left = 1 - shown.reduce((sum, { share }) => sum + share.value, 0);
    if (!options.disjoint || top.share.lower <= left) return undefined;
  }
  return others.every(({ share }) => top.share.lower > share.upper) ? top : undefined;
}
