import type { Tally } from "../analysis/tally.js";
import { CasedrawError } from "../errors.js";
import { conditionsOf, countOf } from "./conditions.js";

/** A count equals the sum of others. */
export interface Equation {
  readonly whole: number;
  readonly parts: readonly number[];
}

/** Equations that are solved together: a table's rows and columns, or a sum of margins. */
export interface Block {
  readonly equations: readonly Equation[];
  /** Row by column, without margins; empty where there is none. */
  readonly grid: readonly (readonly number[])[];
}

/** Where the counts of a tally stand in the system. */
export interface Places {
  readonly cells: readonly (readonly number[])[];
  readonly rowTotals: readonly number[];
  readonly columnTotals: readonly number[];
  readonly total: number;
}

/**
 * All tallies of an analysis as one system of sums. Each distinct count is one variable, by its universe and conditions, so
 * that a margin that several tables share is the same variable in all of them.
 */
export interface CellSystem {
  readonly counts: readonly number[];
  /** How many fields each count is by: 0 for the total of a universe. */
  readonly orders: readonly number[];
  /** Whether a tally shows it; others only follow from those: who lacks a factor, or is in no column. */
  readonly shown: readonly boolean[];
  readonly blocks: readonly Block[];
  /** By variable: the blocks that it stands in. */
  readonly blocksOf: readonly (readonly number[])[];
  /** By tally, in their order. */
  readonly places: readonly Places[];
}

/**
 * Builds the system of linked tables.
 *
 * @throws CasedrawError `DISCLOSURE_COUNTS_INVALID` if a count is none, rows or columns do not add up as their tally says, or
 *   two tallies give one count differently
 * @see Hundepool et al. (2012) Statistical Disclosure Control, §4.2.2 (linked tables)
 */
export function cellSystem(tallies: readonly Tally[]): CellSystem {
  const counts: number[] = [];
  const orders: number[] = [];
  const shown: boolean[] = [];
  const byKey = new Map<string, number>();
  const blocks: Block[] = [];
  const seen = new Set<string>();

  const variable = (tally: Tally, conditions: readonly string[], count: number, isShown: boolean): number => {
    const key = JSON.stringify([tally.universe, ...[...conditions].sort()]);
    const at = byKey.get(key) ?? counts.length;
    if (at === counts.length) {
      byKey.set(key, at);
      counts.push(count);
      orders.push(conditions.length);
      shown.push(isShown);
    } else if (counts[at] !== count) {
      throw invalid(tally, `one count must be the same in all tables, got ${counts[at]} and ${count}`);
    }
    if (isShown) shown[at] = true;
    return at;
  };
  const addBlock = (equations: readonly Equation[], grid: Block["grid"] = []): void => {
    const signature = JSON.stringify(equations);
    if (seen.has(signature)) return;
    seen.add(signature);
    blocks.push({ equations, grid });
  };

  const places = tallies.map((tally): Places => {
    const rows = tally.rows.levels.map((_, row) => conditionsOf(tally.rows, row));
    const columns = tally.columns.levels.map((_, column) => conditionsOf(tally.columns, column));
    const place: Places = {
      total: variable(tally, [], countOf(tally, tally.total), true),
      rowTotals: rows.map(({ has }, row) =>
        variable(tally, [has], countOf(tally, tally.rowTotals[row]), true),
      ),
      columnTotals: columns.map(({ has }, column) =>
        variable(tally, [has], countOf(tally, tally.columnTotals[column]), true),
      ),
      cells: rows.map((row, r) =>
        columns.map((column, c) =>
          variable(tally, [row.has, column.has], countOf(tally, tally.cells[r]?.[c]), true),
        ),
      ),
    };
    const implied = (conditions: readonly string[], whole: number, parts: readonly number[]): number => {
      const rest = (counts[whole] as number) - sumOf(counts, parts);
      if (rest < 0) throw invalid(tally, "parts must not exceed their whole");
      return variable(tally, conditions, rest, false);
    };
    // Levels that are no side of the table: all other columns, where those given do not add up to the total.
    const wide = columns.length > 0 && sumOf(counts, place.columnTotals) !== counts[place.total];
    const elsewhere = `${tally.columns.field}: none of ${columns.map(({ has }) => has).join(", ")}`;
    const across = wide
      ? [...place.columnTotals, implied([elsewhere], place.total, place.columnTotals)]
      : place.columnTotals;
    const lines = place.cells.map((cells, r) =>
      wide
        ? [
            ...cells,
            implied([(rows[r] as { has: string }).has, elsewhere], place.rowTotals[r] as number, cells),
          ]
        : cells,
    );
    if (across.length > 0) addBlock([{ whole: place.total, parts: across }]);

    const addGrid = (grid: readonly (readonly number[])[], down: readonly number[]): void => {
      addBlock([{ whole: place.total, parts: down }]);
      if (across.length === 0) return;
      addBlock(
        [
          ...grid.map((parts, r) => ({ whole: down[r] as number, parts })),
          ...across.map((whole, c) => ({ whole, parts: grid.map((line) => line[c] as number) })),
        ],
        grid,
      );
    };
    if (tally.disjoint) {
      if (rows.length > 0) addGrid(lines, place.rowTotals);
    } else {
      rows.forEach(({ lacks }, r) => {
        const has = place.rowTotals[r] as number;
        const names = columns.map((column) => column.has);
        const without = lines[r]?.map((cell, c) =>
          implied([lacks, names[c] ?? elsewhere], across[c] as number, [cell]),
        );
        addGrid([lines[r] as number[], without as number[]], [has, implied([lacks], place.total, [has])]);
      });
    }
    return place;
  });
  tallies.forEach(({ universe, within, where }) => {
    if (within === undefined) return;
    addSubset({ universe, within, byKey, counts, orders, shown, addBlock });
    if (where !== undefined) addSame({ universe, within, where, byKey, addBlock });
  });
  for (const { equations } of blocks) {
    for (const { whole, parts } of equations) {
      if (sumOf(counts, parts) === counts[whole]) continue;
      const tally = tallies.find((_, at) => variablesOf(places[at] as Places).includes(whole)) as Tally;
      throw invalid(tally, `counts must add up, got ${sumOf(counts, parts)} for ${counts[whole]}`);
    }
  }
  return { counts, orders, shown, blocks, blocksOf: blocksByVariable(blocks, counts.length), places };
}

/** All counts that a tally shows. */
export function variablesOf({ cells, rowTotals, columnTotals, total }: Places): number[] {
  return [total, ...rowTotals, ...columnTotals, ...cells.flat()];
}

interface Subset {
  readonly universe: string;
  readonly within: string;
  readonly byKey: Map<string, number>;
  readonly counts: number[];
  readonly orders: number[];
  readonly shown: boolean[];
  addBlock(equations: readonly Equation[]): void;
}

/** What is in the larger universe and not in the smaller follows by subtraction. */
function addSubset({ universe, within, byKey, counts, orders, shown, addBlock }: Subset): void {
  for (const [key, part] of [...byKey]) {
    const [own, ...conditions] = JSON.parse(key) as string[];
    if (own !== universe) continue;
    const whole = byKey.get(JSON.stringify([within, ...conditions]));
    if (whole === undefined) continue;
    const restKey = JSON.stringify([`${within}, not ${universe}`, ...conditions]);
    if (byKey.has(restKey)) continue;
    const rest = (counts[whole] as number) - (counts[part] as number);
    if (rest < 0) {
      throw new CasedrawError(
        "DISCLOSURE_COUNTS_INVALID",
        `Tables of ${universe}: none of their counts may exceed that of ${within}. Count them over the same units.`,
        { universe, within },
      );
    }
    byKey.set(restKey, counts.length);
    addBlock([{ whole, parts: [part, counts.length] }]);
    counts.push(rest);
    orders.push(conditions.length);
    shown.push(false);
  }
}

/** A universe of those of one level: each of its counts is one of the larger universe's too, with the level asked beside. */
function addSame({
  universe,
  within,
  where: { field, level },
  byKey,
  addBlock,
}: Pick<Subset, "universe" | "within" | "byKey" | "addBlock"> & Required<Pick<Tally, "where">>): void {
  const asked = JSON.stringify([field, level]);
  for (const [key, part] of byKey) {
    const [own, ...conditions] = JSON.parse(key) as string[];
    if (own !== universe) continue;
    const whole = byKey.get(JSON.stringify([within, ...[...conditions, asked].sort()]));
    if (whole !== undefined) addBlock([{ whole, parts: [part] }]);
  }
}

function blocksByVariable(blocks: readonly Block[], size: number): number[][] {
  const found = Array.from({ length: size }, () => new Set<number>());
  blocks.forEach(({ equations }, block) => {
    for (const { whole, parts } of equations)
      for (const at of [whole, ...parts]) (found[at] as Set<number>).add(block);
  });
  return found.map((set) => [...set]);
}

function sumOf(counts: readonly number[], parts: readonly number[]): number {
  return parts.reduce((sum, at) => sum + (counts[at] as number), 0);
}

function invalid(tally: Tally, rule: string): CasedrawError {
  return new CasedrawError(
    "DISCLOSURE_COUNTS_INVALID",
    `Table ${tally.id}: ${rule}. Count it over the units of its universe (${tally.universe}).`,
    { tally: tally.id, universe: tally.universe },
  );
}
