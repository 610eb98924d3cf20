import type { Axis, Count, Tally } from "../analysis/tally.js";
import { CasedrawError } from "../errors.js";
import type { Rounding } from "./rounding.js";

/** What is known of one count from what was published. */
export interface Known {
  lower: number;
  /** Infinity where nothing bounds it. */
  upper: number;
}

/** Σ coefficient × count = 0. */
export type Sum = ReadonlyMap<number, 1 | -1>;

/** All that published tables say, as an outsider reads it who has them and nothing else. */
export interface PublishedSystem {
  readonly known: Known[];
  readonly sums: readonly Sum[];
  /** The count in a tally's cell; row or column -1 for the total over it. */
  readonly variableAt: (tally: Tally, row: number, column: number) => number;
}

/** Reads published tables: what each figure and mark allows, and which sums hold. */
export function publishedSystem(tallies: readonly Tally[], rounding: Rounding): PublishedSystem {
  const known: Known[] = [];
  const sums: Sum[] = [];
  const numbers = new Map<string, number>();
  const number = (universe: string, conditions: readonly string[]): number => {
    const name = [universe, ...[...conditions].sort()].join("\u0000");
    const at = numbers.get(name) ?? known.length;
    if (at === known.length) {
      numbers.set(name, at);
      known.push({ lower: 0, upper: Number.POSITIVE_INFINITY });
    }
    return at;
  };
  const variableAt = ({ universe, rows, columns }: Tally, row: number, column: number): number =>
    number(universe, [
      ...(row < 0 ? [] : [wordOf(rows, row, true)]),
      ...(column < 0 ? [] : [wordOf(columns, column, true)]),
    ]);
  const add = (whole: number, parts: readonly number[]): void => {
    sums.push(new Map([[whole, -1], ...parts.map((part) => [part, 1] as const)]));
  };

  for (const tally of tallies) {
    for (let row = -1; row < tally.rows.levels.length; row++) {
      for (let column = -1; column < tally.columns.levels.length; column++) {
        const at = variableAt(tally, row, column);
        narrow(known[at] as Known, rangeOf(publishedAt(tally, row, column), rounding), tally.id);
      }
    }
  }
  for (const tally of tallies) {
    const { universe, rows, columns } = tally;
    const acrossFrom = columns.levels.map((_, column) => column);
    const downFrom = rows.levels.map((_, row) => row);
    // Where columns that are all shown fall short of their total, the table has not all of them, and there is one more.
    const partial =
      acrossFrom.length > 0 && [-1, ...downFrom].some((row) => fallsShort(tally, row, acrossFrom, rounding));
    const rest = `rest of ${columns.field}: ${columns.levels.map(({ key }) => key).join("\u0001")}`;
    const inRow = (row: number): number[] => [
      ...acrossFrom.map((column) => variableAt(tally, row, column)),
      ...(partial ? [number(universe, [...(row < 0 ? [] : [wordOf(rows, row, true)]), rest])] : []),
    ];
    if (acrossFrom.length > 0) {
      for (const row of [-1, ...downFrom]) add(variableAt(tally, row, -1), inRow(row));
    }
    for (const column of [-1, ...acrossFrom]) {
      const whole = variableAt(tally, -1, column);
      if (tally.disjoint) {
        if (downFrom.length > 0)
          add(
            whole,
            downFrom.map((row) => variableAt(tally, row, column)),
          );
        continue;
      }
      const across = column < 0 ? [] : [wordOf(columns, column, true)];
      for (const row of downFrom)
        add(whole, [variableAt(tally, row, column), number(universe, [wordOf(rows, row, false), ...across])]);
    }
    if (tally.disjoint || acrossFrom.length === 0) continue;
    // Who is not of a row is spread over the columns too, which bounds it from above.
    for (const row of downFrom) {
      const lacks = wordOf(rows, row, false);
      const names = [
        ...acrossFrom.map((column) => wordOf(columns, column, true)),
        ...(partial ? [rest] : []),
      ];
      add(
        number(universe, [lacks]),
        names.map((name) => number(universe, [lacks, name])),
      );
    }
  }
  for (const { universe, within } of tallies) {
    if (within === undefined) continue;
    for (const [name, part] of [...numbers]) {
      const [own, ...conditions] = name.split("\u0000");
      const whole = numbers.get([within, ...conditions].join("\u0000"));
      if (own !== universe || whole === undefined) continue;
      add(whole, [part, number(`${within} but not ${universe}`, conditions)]);
    }
  }
  for (const { universe, within, where } of tallies) {
    if (within === undefined || where === undefined) continue;
    // Whoever is in the smaller universe is of that level in the larger one.
    for (const [name, same] of [...numbers]) {
      const [own, ...conditions] = name.split("\u0000");
      const asked = `${where.field}\u0001${where.level}\u0001in`;
      const whole = numbers.get([within, ...[...conditions, asked].sort()].join("\u0000"));
      if (own === universe && whole !== undefined) add(whole, [same]);
    }
  }
  return { known, sums, variableAt };
}

/** Where a tally publishes a count; row or column -1 for the total over it. */
export function publishedAt(
  { cells, rowTotals, columnTotals, total }: Tally,
  row: number,
  column: number,
): Count {
  if (row < 0) return column < 0 ? total : (columnTotals[column] as Count);
  return column < 0 ? (rowTotals[row] as Count) : (cells[row]?.[column] as Count);
}

function wordOf({ field, of, levels }: Axis, at: number, has: boolean): string {
  const { key, of: same = { field, level: key } } = levels[at] as Axis["levels"][number];
  if (of === undefined) return `${same.field}\u0001${same.level}\u0001${has ? "in" : "out"}`;
  return `${of.field}\u0001${of.level}\u0001${(key === "yes") === has ? "in" : "out"}`;
}

function rangeOf(count: Count, { threshold, roundTo }: Rounding): Known {
  if (typeof count === "number") {
    if (count === 0 || roundTo === 1) return { lower: count, upper: count };
    // Halves go up: 12.5 is shown as 15 and 17.5 as 20 where figures are rounded to 5.
    const lower = Math.max(threshold + 1, Math.ceil(count - roundTo / 2));
    let upper = count;
    while (upper + 1 < count + roundTo / 2) upper++;
    return { lower, upper };
  }
  if (count.mark === "low") return { lower: threshold + 1, upper: Math.ceil(roundTo / 2) - 1 };
  if (count.mark === "z") return { lower: 0, upper: 0 };
  return { lower: 0, upper: Number.POSITIVE_INFINITY };
}

function narrow(known: Known, { lower, upper }: Known, id: string): void {
  known.lower = Math.max(known.lower, lower);
  known.upper = Math.min(known.upper, upper);
  if (known.lower <= known.upper) return;
  throw new CasedrawError(
    "DISCLOSURE_COUNTS_INVALID",
    `Table ${id}: one count must be the same in all tables, got ranges that do not meet. Publish tables of one analysis.`,
    { tally: id },
  );
}

function fallsShort(tally: Tally, row: number, columns: readonly number[], rounding: Rounding): boolean {
  const whole = rangeOf(publishedAt(tally, row, -1), rounding);
  const most = columns.reduce(
    (sum, column) => sum + rangeOf(publishedAt(tally, row, column), rounding).upper,
    0,
  );
  return most < whole.lower;
}
