import { type Field, listItems } from "../../frame/field.js";
import { levelLabel } from "../../frame/labels.js";
import { compareBytes } from "../../frame/text.js";
import { isUnknown } from "../axis.js";
import type { Subject } from "../item.js";
import { shareDesignEffect } from "../share-design-effect.js";
import type { Axis, Statistic, Tally } from "../tally.js";

/** What is counted of a list field: which items, in which units. */
interface Items {
  readonly subject: Subject;
  readonly field: Field;
  readonly universe: string;
}

/** The known items of a list field that most units have, most first, then in byte order. */
export function commonItems({ units }: Subject, field: Field, most: number): string[] {
  const held = new Map<string, number>();
  const items = field.levels.map(listItems);
  for (const unit of units)
    for (const item of items[field.codes[unit] as number] as string[])
      held.set(item, (held.get(item) ?? 0) + 1);
  return [...held]
    .filter(([item]) => !isUnknown(field, item))
    .sort(([a, m], [b, n]) => n - m || compareBytes(a, b))
    .slice(0, most)
    .map(([item]) => item);
}

interface KnownItems extends Items {
  /** Units with at least one known item. */
  readonly known: Int32Array;
  /** By the field's code: its items, and how many units have it. */
  readonly itemsOf: readonly ReadonlySet<string>[];
  readonly unitsOf: Int32Array;
}

/** How often two items stand together. */
export interface PairCount {
  /** Rows: has the first, has it not; columns the same of the second. */
  readonly tally: Tally;
  /** Design effect of the share of known units that have both. */
  readonly effect: Statistic;
}

/**
 * Crosses each two items, as has and has not; the margins are the numbers that a table of the items shows.
 *
 * @returns pairs in order (1, 2), (1, 3), (2, 3) …
 */
export function countPairs(of: Items, items: readonly string[]): PairCount[] {
  const { subject, field } = of;
  const knows = field.levels.map((level) => !listItems(level).every((item) => isUnknown(field, item)));
  const known = subject.units.filter((unit) => knows[field.codes[unit] as number]);
  const itemsOf = field.levels.map((level) => new Set(listItems(level)));
  const unitsOf = new Int32Array(field.levels.length);
  for (const unit of subject.units) unitsOf[field.codes[unit] as number]!++;
  return items.flatMap((second, at) =>
    items.slice(0, at).map((first) => countPair({ ...of, known, itemsOf, unitsOf }, [first, second])),
  );
}

function countPair(of: KnownItems, items: readonly [string, string]): PairCount {
  const { subject, universe, itemsOf, unitsOf } = of;
  const [down, across] = items.map((item) => itemsOf.map((held) => held.has(item)));
  const cells: [[number, number], [number, number]] = [
    [0, 0],
    [0, 0],
  ];
  for (const [code, count] of unitsOf.entries()) cells[down?.[code] ? 0 : 1][across?.[code] ? 0 : 1] += count;
  const tally: Tally = {
    id: `factor-overlap/${items[0]}/${items[1]}`,
    universe,
    rows: axisOfItem(of, items[0]),
    columns: axisOfItem(of, items[1]),
    cells,
    rowTotals: cells.map(([has, lacks]) => has + lacks),
    columnTotals: [cells[0][0] + cells[1][0], cells[0][1] + cells[1][1]],
    total: subject.units.length,
    disjoint: true,
  };
  const both = itemsOf.map((_, code) => Number(down?.[code] === true && across?.[code] === true));
  return { tally, effect: effectOf(of, both) };
}

function axisOfItem({ subject, field }: Items, item: string): Axis {
  return {
    field: `${field.name}: ${item}`,
    of: { field: field.name, level: item },
    label: levelLabel(field.name, item, subject.plan),
    levels: [
      { key: "yes", label: "Yes" },
      { key: "no", label: "No" },
    ],
  };
}

/** Of the share with both, among the known. */
function effectOf({ subject, field, known }: KnownItems, both: readonly number[]): Statistic {
  const has = new Uint8Array(known.length);
  let base = 0;
  for (let i = 0; i < known.length; i++) {
    has[i] = both[field.codes[known[i] as number] as number] as number;
    base += has[i] as number;
  }
  return { value: shareDesignEffect(subject, { units: known, has }), base, step: 0.1 };
}

/** Under which name a pair's design effect stands. */
export function effectName({ rows, columns }: Pick<Tally, "rows" | "columns">): string {
  return `effect/${rows.of?.level}/${columns.of?.level}`;
}
