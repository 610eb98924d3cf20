import { CasedrawError } from "../errors.js";
import { type CountTable, marginsOf } from "./count-table.js";

/** Arrangements of a column that are made or passed on before the test is given up: some seconds. */
const mostSteps = 3_000_000;

/** Tables that are no likelier than the one seen but for rounding count as such. */
const rounding = 1e-7;

/**
 * Fisher's exact test of independence for a table of any size, two-sided: the chance, given the margins, of a table that is no
 * likelier than the one seen.
 *
 * @param table - counts, two rows and columns or more, none of them empty
 * @returns the p-value
 * @throws CasedrawError `TABLE_INVALID`; `TABLE_TOO_LARGE` where too many tables have these margins
 * @remarks Goes column by column; partial tables with the same row totals left are one node, and a node is settled as soon as
 *   all its completions are likelier, or none is.
 * @see Freeman & Halton (1951) Biometrika 38:141–149; Mehta & Patel (1983) JASA 78:427–434, for the network
 * @example fisherExactTest([[3, 1], [1, 3]]) // → 0.4857 to 4 places; 34/70
 */
export function fisherExactTest(table: CountTable): number {
  const { rows, columns, total } = marginsOf(table);
  const logs = logFactorials(total);
  const [fewer, more] = rows.length <= columns.length ? [rows, columns] : [columns, rows];
  const keys = fewer.reduce((product) => product * logs.length, 1);
  if (keys > Number.MAX_SAFE_INTEGER) throw tooLarge();
  // The largest column comes last, where what is left fills it in one way.
  const network = new Network(
    more.toSorted((a, b) => a - b),
    logs,
  );
  const seen = -table.flat().reduce((sum, count) => sum + (logs[count] as number), 0);
  // log of Π r!·Π c!/n!, which turns Π 1/x! into a probability.
  const all = [...rows, ...columns].reduce(
    (sum, count) => sum + (logs[count] as number),
    -(logs[total] as number),
  );
  return Math.min(1, network.massUpTo(fewer.toSorted(descending), seen + rounding, all));
}

/** log 0!, log 1!, … */
function logFactorials(most: number): Float64Array {
  const logs = new Float64Array(most + 1);
  for (let i = 2; i <= most; i++) logs[i] = (logs[i - 1] as number) + Math.log(i);
  return logs;
}

function descending(a: number, b: number): number {
  return b - a;
}

/** Ways to fill one column that leave the same row totals, in any order, with the same −Σ log x!. */
interface Arrangement {
  readonly key: number;
  readonly rest: readonly number[];
  readonly log: number;
  /** How many there are. */
  ways: number;
}

/** What the columns from one on can add: the least and the most that −Σ log x! of one completion may be. */
interface Reach {
  readonly least: number;
  readonly most: number;
}

/** Partial tables that have the same row totals left. */
interface Node {
  readonly rest: readonly number[];
  /** −Σ log x! of what is filled, rounded, to how many tables have it. */
  readonly pasts: Map<number, { log: number; tables: number }>;
}

class Network {
  readonly #columns: readonly number[];
  readonly #logs: Float64Array;
  readonly #arrangements: Map<number, readonly Arrangement[]>[];
  readonly #reaches: Map<number, Reach>[];
  #steps = 0;

  constructor(columns: readonly number[], logs: Float64Array) {
    this.#columns = columns;
    this.#logs = logs;
    this.#arrangements = columns.map(() => new Map());
    this.#reaches = columns.map(() => new Map());
  }

  /** Σ of e^scale·Π 1/x! over the tables in which the logarithm of Π 1/x! is no more than the limit. */
  massUpTo(rows: readonly number[], limit: number, scale: number): number {
    let mass = 0;
    let nodes = new Map<number, Node>([
      [this.#keyOf(rows), { rest: rows, pasts: new Map([[0, { log: 0, tables: 1 }]]) }],
    ]);
    for (let column = 0; column < this.#columns.length; column++) {
      const next = new Map<number, Node>();
      for (const { rest, pasts } of nodes.values()) {
        const { least, most } = this.#reach(rest, column);
        const future = this.#massOf(rest, column);
        const open: { log: number; tables: number }[] = [];
        for (const past of pasts.values()) {
          if (past.log + most <= limit) mass += past.tables * Math.exp(past.log + future + scale);
          else if (past.log + least <= limit) open.push(past);
        }
        if (open.length > 0) this.#passOn(open, this.#arrange(rest, column), next);
      }
      nodes = next;
    }
    for (const { pasts } of nodes.values()) {
      for (const { log, tables } of pasts.values()) if (log <= limit) mass += tables * Math.exp(log + scale);
    }
    return mass;
  }

  #passOn(
    pasts: readonly { readonly log: number; readonly tables: number }[],
    steps: readonly Arrangement[],
    next: Map<number, Node>,
  ): void {
    for (const { key, rest, log, ways } of steps) {
      const node = next.get(key) ?? { rest, pasts: new Map() };
      next.set(key, node);
      for (const past of pasts) {
        this.#count();
        const all = past.log + log;
        const known = node.pasts.get(placeOf(all));
        if (known === undefined) node.pasts.set(placeOf(all), { log: all, tables: past.tables * ways });
        else known.tables += past.tables * ways;
      }
    }
  }

  #count(): void {
    if (++this.#steps > mostSteps) throw tooLarge();
  }

  /** log Σ Π 1/x! over all completions: n!/(Π r!·Π c!), Vandermonde's identity. */
  #massOf(rest: readonly number[], column: number): number {
    const left = rest.reduce((sum, count) => sum + count, 0);
    const margins = [...rest, ...this.#columns.slice(column)];
    return margins.reduce((sum, count) => sum - (this.#logs[count] as number), this.#logs[left] as number);
  }

  #reach(rest: readonly number[], column: number): Reach {
    if (column === this.#columns.length) return { least: 0, most: 0 };
    const known = this.#reaches[column] as Map<number, Reach>;
    const key = this.#keyOf(rest);
    const found = known.get(key);
    if (found !== undefined) return found;
    let [least, most] = [Infinity, -Infinity];
    for (const step of this.#arrange(rest, column)) {
      const after = this.#reach(step.rest, column + 1);
      least = Math.min(least, step.log + after.least);
      most = Math.max(most, step.log + after.most);
    }
    const reach = { least, most };
    known.set(key, reach);
    return reach;
  }

  /** A number for each list of row totals. */
  #keyOf(rest: readonly number[]): number {
    return rest.reduce((key, count) => key * this.#logs.length + count, 0);
  }

  /** Every way to fill a column out of the rows. */
  #arrange(rest: readonly number[], column: number): readonly Arrangement[] {
    const known = this.#arrangements[column] as Map<number, readonly Arrangement[]>;
    const key = this.#keyOf(rest);
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = new Map<number, Map<number, Arrangement>>();
    const after = [...rest];
    const roomFrom = rest.map((_, row) => rest.slice(row).reduce((sum, count) => sum + count, 0));
    const fill = (row: number, left: number, log: number): void => {
      if (row === rest.length) {
        this.#count();
        const sorted = [...after].sort(descending);
        const own = this.#keyOf(sorted);
        const alike = made.get(own) ?? new Map<number, Arrangement>();
        made.set(own, alike);
        const same = alike.get(placeOf(log));
        if (same === undefined) alike.set(placeOf(log), { key: own, rest: sorted, log, ways: 1 });
        else same.ways++;
        return;
      }
      const held = rest[row] as number;
      const fewest = Math.max(0, left - (roomFrom[row + 1] ?? 0));
      for (let taken = fewest; taken <= Math.min(held, left); taken++) {
        after[row] = held - taken;
        fill(row + 1, left - taken, log - (this.#logs[taken] as number));
      }
    };
    fill(0, this.#columns[column] as number, 0);
    const arrangements = [...made.values()].flatMap((alike) => [...alike.values()]);
    known.set(key, arrangements);
    return arrangements;
  }
}

/** Logarithms that are equal but for rounding have one place. */
function placeOf(log: number): number {
  return Math.round(log * 1e9);
}

function tooLarge(): CasedrawError {
  return new CasedrawError(
    "TABLE_TOO_LARGE",
    `Exact test: at most ${mostSteps} ways to fill a column of the table are tried, got more. ` +
      "Take the chi-square test, which is close for a table so large, or merge categories.",
  );
}
