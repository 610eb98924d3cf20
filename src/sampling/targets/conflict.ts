import { attainment, type Minima, type Refutation } from "./attainment.js";
import type { Region } from "./cells.js";

/** Up to this many targets every smaller set is tried; beyond, the set named is one that loses its conflict with any member. */
const mostSearched = 12;

/** Targets that cannot be met together, and what would do. */
export interface Conflict {
  /** Targets of the set, ascending. */
  readonly groups: readonly number[];
  /** Of each of them: the most that can be asked of it with every other target kept. */
  readonly attainable: readonly number[];
  /** Whether the other targets conflict even without one of these: then `attainable` keeps only the others of the set. */
  readonly further: boolean;
  /** Strata whose totals belong to the conflict: with any one of them free to grow it would end. */
  readonly strata: readonly number[];
}

/**
 * A smallest set of minima that a region cannot meet, or undefined where it can meet all.
 *
 * @param minima - of each group; whole numbers
 * @throws CasedrawError `TARGETS_NOT_SOLVED`
 */
export function findConflict(region: Region, minima: readonly number[]): Conflict | undefined {
  const judge = attainment(region);
  const all = [...minima.keys()];
  const ask = (groups: readonly number[]): Minima =>
    new Map(groups.map((group) => [group, minima[group] as number]));
  const refutation = judge(ask(all));
  if (refutation === undefined) return undefined;
  const groups = smallestRefuted([...refutation.weights.keys()], all, (set) => judge(ask(set)));
  const further = groups.some((group) => judge(ask(all.filter((other) => other !== group))) !== undefined);
  const kept = ask(further ? groups : all);
  return {
    groups,
    attainable: groups.map((group) =>
      largest(minima[group] as number, (number) => judge(new Map(kept).set(group, number))),
    ),
    further,
    strata: bindingTotals(region, ask(groups)),
  };
}

/** A set that is refuted, and no smaller one is (or, of many targets, none inside it). */
function smallestRefuted(
  refuted: readonly number[],
  all: readonly number[],
  judge: (set: readonly number[]) => Refutation | undefined,
): readonly number[] {
  let found = refuted.toSorted((a, b) => a - b);
  for (const group of found) {
    const without = found.filter((other) => other !== group);
    if (judge(without) !== undefined) found = without;
  }
  if (all.length > mostSearched) return found;
  for (let size = 1; size < found.length; size++) {
    for (const set of subsets(all, size)) if (judge(set) !== undefined) return set;
  }
  return found;
}

function* subsets(items: readonly number[], size: number): Generator<readonly number[]> {
  if (size === 0) yield [];
  for (const [at, item] of items.entries()) {
    if (size > 0) for (const rest of subsets(items.slice(at + 1), size - 1)) yield [item, ...rest];
  }
}

/** The largest whole number from 0, below the one that is refuted, that is not. */
function largest(refuted: number, judge: (number: number) => Refutation | undefined): number {
  let low = 0;
  let high = refuted;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (judge(middle) === undefined) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * The strata of an irreducible conflict: each total in turn is let grow to all that the stratum holds, and stays so where the
 * conflict stands all the same.
 */
function bindingTotals(region: Region, minima: Minima): readonly number[] {
  let loose = region;
  return region.totals.flatMap((_, stratum) => {
    const held = region.cells.reduce((sum, cell) => (cell.stratum === stratum ? sum + cell.most : sum), 0);
    const looser = { ...loose, totals: loose.totals.with(stratum, held) };
    if (attainment(looser)(minima) === undefined) return [stratum];
    loose = looser;
    return [];
  });
}
