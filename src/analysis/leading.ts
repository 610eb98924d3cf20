import type { Cell, Interval95 } from "./result.js";
import { type ColumnAt, extremeShareIn, shareIn } from "./shares.js";
import { isMarked, type Marked, type Tally } from "./tally.js";

/** A level with its share of those known, or why that is not shown. */
export interface LevelShare {
  readonly label: string;
  readonly share: Interval95 | Marked;
  /** Of a rounded count: how far the interval can have reached before; default the interval's own bounds. */
  readonly reach?: Pick<Interval95, "lower" | "upper">;
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
  const shown = shares.flatMap(({ label, share, reach = share as Interval95 }) =>
    isMarked(share) ? [] : [{ label, share, reach }],
  );
  shown.sort((a, b) => b.share.value - a.share.value);
  const [top, ...others] = shown;
  if (top === undefined) return undefined;
  if (shown.length < shares.length) {
    const left = 1 - shown.reduce((sum, { share }) => sum + share.value, 0);
    if (!options.disjoint || top.reach.lower <= left) return undefined;
  }
  return others.every(({ reach }) => top.reach.lower > reach.upper)
    ? { label: top.label, share: top.share }
    : undefined;
}

/** A share with what rounding leaves open of it: a count that moves takes its share's interval along. */
export function levelShareOf(
  label: string,
  {
    share,
    count,
    slack = 0,
  }: { readonly share: LevelShare["share"]; readonly count: Cell; readonly slack?: number | undefined },
): LevelShare {
  if (slack === 0 || isMarked(share) || typeof count !== "number" || count === 0) return { label, share };
  const off = (slack * share.value) / count;
  return { label, share, reach: { lower: share.lower - off, upper: share.upper + off } };
}

/** A row's share of a column, with what rounding leaves open of it. */
export function levelShareIn(
  tally: Tally,
  row: number,
  { label, at }: { readonly label: string; readonly at: ColumnAt },
): LevelShare {
  const share = shareIn(tally, row, at);
  const [least, most] = (["least", "most"] as const).map((side) =>
    extremeShareIn(tally, row, at, { side }),
  ) as [LevelShare["share"], LevelShare["share"]];
  if (isMarked(least) || isMarked(most)) return { label, share };
  return { label, share, reach: { lower: least.lower, upper: most.upper } };
}
