import type { CellSystem } from "./cell-system.js";
import { movedByExchange } from "./exchange.js";
import { cheapestMove, type Publication } from "./move.js";
import { equationsOf, nearbyMove } from "./nearby.js";
import { type Rounding, roomOf } from "./rounding.js";
import { type Sensitivity, sensitiveCounts } from "./small-counts.js";

/** What is not shown, and what an outsider can still say of it. */
export interface Suppression {
  /** By variable of the system: its own smallness, its group's, or because others would follow from it. */
  readonly hidden: ReadonlyMap<number, Sensitivity | "linked">;
  /** For each count that is hidden for its own sake: values that the publication leaves possible, found by the audit. */
  readonly ranges: ReadonlyMap<number, { readonly lower: number; readonly upper: number }>;
  /** Whether some count could only be protected by hiding every table that is linked with its own. */
  readonly withheld: boolean;
}

/**
 * Hides small counts, and then as many others as it takes until each of those could be anything from 1 to the threshold. The
 * audit of each is a linear programme that looks for two other sets of counts which fit all that is published, one with at
 * most 1 and one with at least the threshold; where there is none it gives the further counts that have to be hidden.
 *
 * @remarks Shown counts are taken as known within their rounding, totals of a universe exactly: they stand in other places
 *   too. What is found possible stays so when more is hidden. Cost: at most a few programmes for each small count.
 */
export function suppress(system: CellSystem, rounding: Rounding): Suppression {
  const most = mustReach(rounding);
  const sensitive = sensitiveCounts(system, rounding.threshold);
  const hidden = new Map<number, Sensitivity | "linked">(sensitive);
  const hiddenSet = new Set([
    ...sensitive.keys(),
    ...system.shown.flatMap((shown, at) => (shown ? [] : [at])),
  ]);
  const slack = system.counts.map((count, at) =>
    system.orders[at] === 0 || hiddenSet.has(at) ? { lower: count, upper: count } : roomOf(count, rounding),
  );
  const publication: Publication = {
    system,
    hidden: hiddenSet,
    slackUp: slack.map(({ upper }, at) => upper - (system.counts[at] as number)),
    slackDown: slack.map(({ lower }, at) => (system.counts[at] as number) - lower),
  };
  const ranges = new Map([...sensitive.keys()].map((at) => [at, rangeAt(system, at)]));
  const hide = (at: number): void => {
    if (!hidden.has(at) && system.shown[at]) hidden.set(at, "linked");
    hiddenSet.add(at);
  };
  // Margins first: what they need settles most of their cells.
  const inOrder = [...sensitive.keys()].sort(
    (a, b) => (system.orders[a] as number) - (system.orders[b] as number) || a - b,
  );
  const near = equationsOf(system);
  let withheld = false;
  for (const at of inOrder) {
    for (const bound of [most, 1]) {
      const range = ranges.get(at) as { lower: number; upper: number };
      if (bound === 1 ? range.lower <= 1 : range.upper >= most) continue;
      const by = bound - (system.counts[at] as number);
      if (movedByExchange(publication, { at, by }) === Math.abs(by)) {
        widen(ranges, system, [[at, by]]);
        continue;
      }
      const found = nearbyMove(publication, { at, by }, near) ?? moveInReach(publication, { at, by });
      if (found === undefined) {
        withheld = true;
        // With nothing shown, units may be added to any count or taken from it.
        const all = reachable(system, at);
        for (const each of all) hide(each);
        for (const bound of [most, 1])
          widen(
            ranges,
            system,
            [...all].map((each) => [each, bound - (system.counts[each] as number)]),
          );
        continue;
      }
      for (const each of found.toHide) hide(each);
      widen(ranges, system, found.move);
    }
  }
  return { hidden, ranges, withheld };
}

/** What must stay possible for a small count, with 1: the threshold, or 2 where only 1 is hidden, so that it is not known. */
export function mustReach({ threshold }: Pick<Rounding, "threshold">): number {
  return Math.max(2, threshold);
}

type Range = { lower: number; upper: number };

function rangeAt({ counts }: CellSystem, at: number): Range {
  return { lower: counts[at] as number, upper: counts[at] as number };
}

/** What is possible for one count is so for all that move with it. */
function widen(
  ranges: ReadonlyMap<number, Range>,
  { counts }: CellSystem,
  move: Iterable<readonly [number, number]>,
): void {
  for (const [at, by] of move) {
    const range = ranges.get(at);
    if (range === undefined) continue;
    const value = nearWhole((counts[at] as number) + by);
    range.lower = Math.min(range.lower, value);
    range.upper = Math.max(range.upper, value);
  }
}

/** The solver's whole numbers carry errors of its last digits. */
function nearWhole(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-6 ? whole : value;
}

/** Looks in the count's own tables, then in those linked with them, then everywhere. */
function moveInReach(publication: Publication, target: { at: number; by: number }) {
  const { system, hidden } = publication;
  let blocks = new Set(system.blocksOf[target.at]);
  for (;;) {
    const found = cheapestMove(publication, target, { blocks, thorough: false });
    if (found !== undefined) return found;
    const through = (only: (at: number) => boolean): Set<number> =>
      new Set([...blocks, ...blocksOver(system, blocks, only)]);
    let wider = through((at) => hidden.has(at));
    if (wider.size === blocks.size) wider = through(() => true);
    if (wider.size === blocks.size) return cheapestMove(publication, target, { blocks, thorough: true });
    blocks = wider;
  }
}

function blocksOver(
  system: CellSystem,
  blocks: ReadonlySet<number>,
  only: (at: number) => boolean,
): number[] {
  return [...blocks]
    .flatMap((block) => system.blocks[block]?.equations ?? [])
    .flatMap(({ whole, parts }) => [whole, ...parts])
    .filter(only)
    .flatMap((at) => system.blocksOf[at] as readonly number[]);
}

/** Every count that is linked with this one, at whatever remove. */
function reachable(system: CellSystem, at: number): Set<number> {
  let blocks = new Set(system.blocksOf[at]);
  for (;;) {
    const wider = new Set([...blocks, ...blocksOver(system, blocks, () => true)]);
    if (wider.size === blocks.size) break;
    blocks = wider;
  }
  const variables = [...blocks]
    .flatMap((block) => system.blocks[block]?.equations ?? [])
    .flatMap(({ whole, parts }) => [whole, ...parts]);
  return new Set([at, ...variables]);
}
