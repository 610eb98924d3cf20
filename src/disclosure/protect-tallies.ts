import type { Count, Tally } from "../analysis/tally.js";
import { type CellSystem, cellSystem, type Places, variablesOf } from "./cell-system.js";
import { type Rounding, roundedCount } from "./rounding.js";
import { mustReach, type Suppression, suppress } from "./suppress.js";

/** How many counts of a tally are not shown as they are, and why. */
export interface TallyRecord {
  /** As the tally's. */
  readonly id: string;
  readonly universe: string;
  /** Counts of the tally with its margins. */
  readonly counts: number;
  /** Hidden for being 1 to the threshold. */
  readonly small: number;
  /** Hidden for being 0 in a line of so few: nobody in a small group, so that all of it are of another kind. */
  readonly group: number;
  /** Hidden because a small one would follow from it. */
  readonly linked: number;
  /** Not 0, but rounded to 0. */
  readonly low: number;
}

/** What an outsider can say of the counts that are hidden for their own sake. */
export interface AuditRecord {
  /** How many such counts there are, each once however many tables it stands in, with those that only follow from others. */
  readonly audited: number;
  /** The narrowest range found possible for one of them; it may be wider still. Undefined where there are none. */
  readonly narrowest?: { readonly lower: number; readonly upper: number };
  /** Counts that are left fewer values than 1 to the threshold (1 and 2 where that is 1): 0, or nothing may be published. */
  readonly exposed: number;
  /** Whether all tables of a universe had to be withheld. */
  readonly withheld: boolean;
}

/** What was done to the tables, for a page that says so. */
export interface DisclosureRecord extends Rounding {
  readonly tallies: readonly TallyRecord[];
  readonly audit: AuditRecord;
}

/** Tables as they may be published. */
export interface Protected {
  readonly tallies: readonly Tally[];
  readonly record: DisclosureRecord;
}

/**
 * Tables as they may be published: small counts hidden, others hidden too so that nobody can work the small ones out from
 * all tables together, and what is left rounded. Hidden counts are marked `c`, and those that round to 0 `low`.
 *
 * @param tallies - all that an analysis publishes: tables published apart are not protected against each other
 * @param rounding.threshold - counts of 1 to this are hidden; 0 hides none
 * @param rounding.roundTo - counts are rounded half up to a multiple of this, a whole number from 1; 1 leaves them
 * @throws CasedrawError `DISCLOSURE_COUNTS_INVALID` if the tables contradict themselves or each other
 * @see Hundepool et al. (2012) Statistical Disclosure Control, ch. 4; the programmes are in `cheapestMove`
 */
export function protectTallies(tallies: readonly Tally[], rounding: Rounding): Protected {
  const system = cellSystem(tallies);
  const suppression = suppress(system, rounding);
  const done = tallies.map((tally, at) => protectOne(tally, system, suppression, rounding, at));
  return {
    tallies: done.map(({ tally }) => tally),
    record: {
      threshold: rounding.threshold,
      roundTo: rounding.roundTo,
      tallies: done.map(({ record }) => record),
      audit: auditRecord(suppression, rounding),
    },
  };
}

function protectOne(
  tally: Tally,
  { counts, places }: CellSystem,
  { hidden }: Suppression,
  rounding: Rounding,
  index: number,
): { readonly tally: Tally; readonly record: TallyRecord } {
  const place = places[index] as Places;
  const show = (at: number): Count =>
    hidden.has(at) ? { mark: "c" } : roundedCount(counts[at] as number, rounding);
  // What cannot apply stays so.
  const keep = (given: Count | undefined, at: number): Count =>
    typeof given === "object" && !hidden.has(at) ? given : show(at);
  const variables = variablesOf(place);
  const why = (reason: string): number => variables.filter((at) => hidden.get(at) === reason).length;
  const low = variables.filter((at) => !hidden.has(at) && isLow(show(at))).length;
  const effect = (value: number, at: number): number =>
    hidden.has(at) ? 1 : Math.max(0.1, Math.round(value * 10) / 10);
  return {
    tally: {
      ...tally,
      cells: place.cells.map((line, row) => line.map((at, column) => keep(tally.cells[row]?.[column], at))),
      rowTotals: place.rowTotals.map((at, row) => keep(tally.rowTotals[row], at)),
      columnTotals: place.columnTotals.map((at, column) => keep(tally.columnTotals[column], at)),
      total: keep(tally.total, place.total),
      ...(tally.effects === undefined
        ? {}
        : {
            effects: {
              cells: tally.effects.cells.map((line, row) =>
                line.map((value, column) => effect(value, place.cells[row]?.[column] as number)),
              ),
              rowTotals: tally.effects.rowTotals.map((value, row) =>
                effect(value, place.rowTotals[row] as number),
              ),
            },
          }),
    },
    record: {
      id: tally.id,
      universe: tally.universe,
      counts: variables.length,
      small: why("small"),
      group: why("group"),
      linked: why("linked"),
      low,
    },
  };
}

function isLow(count: Count): boolean {
  return typeof count === "object" && count.mark === "low";
}

function auditRecord({ ranges, withheld }: Suppression, rounding: Rounding): AuditRecord {
  const all = [...ranges.values()];
  const widths = all.map(({ lower, upper }) => upper - lower);
  const narrowest = all[widths.indexOf(Math.min(...widths))];
  return {
    audited: all.length,
    ...(narrowest === undefined ? {} : { narrowest: { lower: narrowest.lower, upper: narrowest.upper } }),
    exposed: all.filter(({ lower, upper }) => lower > 1 || upper < mustReach(rounding)).length,
    withheld,
  };
}
