import { solve } from "yalps";
import type { Tally } from "../analysis/tally.js";
import { isMarked } from "../analysis/tally.js";
import { CasedrawError } from "../errors.js";
import {
  type Known,
  type PublishedSystem,
  publishedAt,
  publishedSystem,
  type Sum,
} from "./published-system.js";
import type { Rounding } from "./rounding.js";

/** What an outsider can say of a hidden count. */
export interface AuditedCell {
  readonly tally: string;
  /** Places on the tally's sides; -1 for the total over that side. */
  readonly row: number;
  readonly column: number;
  readonly lower: number;
  /** Infinity where nothing bounds it. */
  readonly upper: number;
  /**
   * Whether it may be a small count that is not covered: the range has a value from 1 to the threshold and not all of them.
   * With the true tables: whether it is one. Where the threshold is 1, it has to leave 1 and 2.
   */
  readonly exposed: boolean;
}

/**
 * Attacks published tables: works out between which bounds every hidden count must lie, from the published figures and marks
 * of all tables and nothing else.
 *
 * @param published - tables in which hidden counts are marked `c`
 * @param options.threshold - as they were protected with; shown counts are known to be above it, or 0
 * @param options.roundTo - as they were protected with
 * @param options.original - the true tables, in the same order, to tell small counts from those that were hidden to cover them
 * @returns the hidden counts in the order of the tables, each wherever it stands
 * @throws CasedrawError `DISCLOSURE_COUNTS_INVALID` if two tables contradict each other; `DISCLOSURE_AUDIT_UNSOLVED` if no
 *   counts fit the tables
 * @remarks Shares no code with the protection but the shape of a table. Two linear programmes for each hidden count over all
 *   counts that it is linked with: slow for large rounded tables, whose shown counts are unknown too.
 * @see Fischetti & Salazar (2000) JASA 95:916–928, attacker's subproblems
 */
export function auditTallies(
  published: readonly Tally[],
  { original, ...rounding }: Rounding & { readonly original?: readonly Tally[] },
): AuditedCell[] {
  const system = publishedSystem(published, rounding);
  tighten(system);
  const found = new Map<number, Known>();
  const cells: AuditedCell[] = [];
  published.forEach((tally, index) => {
    for (let row = -1; row < tally.rows.levels.length; row++) {
      for (let column = -1; column < tally.columns.levels.length; column++) {
        const count = publishedAt(tally, row, column);
        if (!isMarked(count) || count.mark !== "c") continue;
        const at = system.variableAt(tally, row, column);
        const range = found.get(at) ?? attack(system, at);
        found.set(at, range);
        const truth = original?.[index];
        const value = truth === undefined ? undefined : publishedAt(truth, row, column);
        const covered = range.lower <= 1 && range.upper >= Math.max(rounding.threshold, 2);
        const maybeSmall =
          typeof value === "number"
            ? value >= 1 && value <= rounding.threshold
            : range.lower <= rounding.threshold && range.upper >= 1;
        cells.push({ tally: tally.id, row, column, ...range, exposed: maybeSmall && !covered });
      }
    }
  });
  return cells;
}

/** Narrows every count by each sum alone, until nothing narrows: what is left open parts the tables. */
function tighten({ known, sums }: PublishedSystem): void {
  for (let round = 0, changed = true; changed && round < 50; round++) {
    changed = false;
    for (const sum of sums) {
      for (const [at, own] of sum) {
        // own × x = −Σ others.
        let least = 0;
        let most = 0;
        for (const [other, sign] of sum) {
          if (other === at) continue;
          const { lower, upper } = known[other] as Known;
          const flipped = -own * sign;
          least += flipped > 0 ? lower : -upper;
          most += flipped > 0 ? upper : -lower;
        }
        const range = known[at] as Known;
        if (least > range.lower) {
          range.lower = least;
          changed = true;
        }
        if (most < range.upper) {
          range.upper = most;
          changed = true;
        }
        if (range.lower > range.upper) throw unsolved();
      }
    }
  }
}

function attack(system: PublishedSystem, at: number): Known {
  const { known } = system;
  const { lower, upper } = known[at] as Known;
  if (lower === upper) return { lower, upper };
  const { open, sums } = linkedWith(system, at);
  const bound = (direction: "minimize" | "maximize"): number => {
    // Counts are measured from their lower bounds, so that none is negative.
    const constraints = sums.map((sum, row) => {
      let right = 0;
      for (const [variable, sign] of sum) right -= sign * (known[variable] as Known).lower;
      return [`s${row}`, { equal: right }] as const;
    });
    const limits = open.flatMap((variable) => {
      const range = known[variable] as Known;
      return range.upper === Number.POSITIVE_INFINITY
        ? []
        : [[`u${variable}`, { max: range.upper - range.lower }] as const];
    });
    const terms = new Map(open.map((variable) => [variable, [[`u${variable}`, 1]] as [string, number][]]));
    sums.forEach((sum, row) => {
      for (const [variable, sign] of sum) terms.get(variable)?.push([`s${row}`, sign]);
    });
    terms.get(at)?.push(["count", 1]);
    const { status, result } = solve(
      { direction, objective: "count", constraints: [...constraints, ...limits], variables: [...terms] },
      { checkCycles: true },
    );
    if (status === "unbounded") return Number.POSITIVE_INFINITY;
    if (status !== "optimal") throw unsolved();
    return lower + result;
  };
  return { lower: bound("minimize"), upper: bound("maximize") };
}

/** The open counts that a count is linked with through sums, and those sums. */
function linkedWith({ known, sums }: PublishedSystem, from: number): { open: number[]; sums: Sum[] } {
  const isOpen = (at: number): boolean => (known[at] as Known).lower < (known[at] as Known).upper;
  const open = new Set([from]);
  const linked = new Set<Sum>();
  for (let size = 0; size < open.size; ) {
    size = open.size;
    for (const sum of sums) {
      if (linked.has(sum) || ![...sum.keys()].some((at) => open.has(at))) continue;
      linked.add(sum);
      for (const at of sum.keys()) if (isOpen(at)) open.add(at);
    }
  }
  return { open: [...open], sums: [...linked] };
}

function unsolved(): CasedrawError {
  return new CasedrawError(
    "DISCLOSURE_AUDIT_UNSOLVED",
    "Audit of published tables: some counts must fit all of them, got none that do, or a linear programme without solution. " +
      "Audit tables as they were protected, with the same threshold and rounding.",
  );
}
