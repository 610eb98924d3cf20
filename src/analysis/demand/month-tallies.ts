import { isoDay } from "../../frame/calendar.js";
import { axisOf, type CodedAxis, noColumns } from "../axis.js";
import { caseClusters } from "../case-clusters.js";
import { observe } from "../delay/observation.js";
import type { Subject } from "../item.js";
import { singleValued } from "../subject-fields.js";
import type { Axis, Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { type Month, wholeMonths } from "./months.js";

/** What begins and ends month by month; the window has to be one. */
export interface Followed {
  readonly subject: Subject;
  readonly months: readonly Month[];
  /** Day numbers by place in the subject's units; not a number where blank, or where the unit is left out. */
  readonly begun: Float64Array;
  readonly ended: Float64Array;
}

/**
 * The units whose dates fit the window, and when they began and ended. One that ends after the window is open throughout.
 *
 * @throws Error where the export is no window, which an item has to refuse first
 */
export function followed(subject: Subject): Followed {
  const { dates, standing } = observe(subject);
  const { observed } = subject.plan;
  if (dates === undefined || standing === undefined || observed === undefined)
    throw new Error("the export is no window");
  const out = Number.NaN;
  return {
    subject,
    months: wholeMonths(observed),
    begun: dates.begun.map((day, at) => ((standing[at] as number) < 3 ? day : out)),
    ended: dates.ended.map((day, at) => (standing[at] === 0 ? day : out)),
  };
}

/** What of a case or a child is counted. */
export type Event = "new" | "ended";

/** The tallies that trends are worked out of: children or cases by month and law type, and cases where children are the units. */
export function monthTallies(subject: Subject, id: string, event: Event): readonly Tally[] {
  const data = followed(subject);
  const noun = unitNoun(subject.plan);
  const days = event === "new" ? data.begun : data.ended;
  const units = monthTally(data, { id: `${id}_${event}`, event, noun, days });
  if (noun === "cases" || !subject.frame.fields.has("case_id")) return [units];
  const cases = event === "new" ? caseStarts(data) : caseEnds(data);
  return [units, monthTally(data, { id: `${id}_${event}_cases`, event, noun: "cases", days: cases })];
}

function monthTally(
  { subject, months }: Followed,
  {
    id,
    event,
    noun,
    days,
  }: {
    readonly id: string;
    readonly event: Event;
    readonly noun: string;
    readonly days: Float64Array;
  },
): Tally {
  const { frame, plan, units } = subject;
  const law = frame.fields.get("law_type");
  const across = law && singleValued(law);
  const columns: CodedAxis | undefined = across && axisOf(across, plan, units);
  const width = columns?.levels.length ?? 0;
  const cells = months.map(() => new Array<number>(width).fill(0));
  const rowTotals = new Array<number>(months.length).fill(0);
  const columnTotals = new Array<number>(width).fill(0);
  const [first, last] = [months[0]?.from ?? 0, months.at(-1)?.to ?? -1];
  let total = 0;
  for (const [at, unit] of units.entries()) {
    const day = days[at] as number;
    if (!(day >= first && day <= last)) continue;
    const row = monthOf(months, day);
    total++;
    rowTotals[row]!++;
    if (across === undefined || columns === undefined) continue;
    const column = columns.places[across.codes[unit] as number]?.[0] as number;
    columnTotals[column]!++;
    (cells[row] as number[])[column]!++;
  }
  return {
    id,
    universe: `${event} ${noun} in whole months`,
    rows: monthAxis(event, months),
    columns:
      columns === undefined
        ? noColumns
        : { field: columns.field, label: columns.label, levels: columns.levels },
    cells,
    rowTotals,
    columnTotals,
    total,
    disjoint: true,
  };
}

function monthAxis(event: Event, months: readonly Month[]): Axis {
  return {
    field: event === "new" ? "application_month" : "closing_month",
    label: "Month",
    levels: months.map(({ key, label }) => ({ key, label })),
  };
}

function monthOf(months: readonly Month[], day: number): number {
  let [low, high] = [0, months.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((months[middle] as Month).to < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A case begins when the first of its children does: that child stands for it, and of several the first in the frame. */
function caseStarts({ subject, begun }: Followed): Float64Array {
  const { count, of } = caseClusters(subject);
  const first = new Int32Array(count).fill(-1);
  for (const [at, cluster] of of.entries()) {
    const day = begun[at] as number;
    const held = first[cluster] as number;
    if (!Number.isNaN(day) && (held === -1 || day < (begun[held] as number))) first[cluster] = at;
  }
  return representatives(first, begun);
}

/** A case ends when the last of its children does, once none is open: that child stands for it. */
function caseEnds({ subject, begun, ended }: Followed): Float64Array {
  const { count, of } = caseClusters(subject);
  const last = new Int32Array(count).fill(-1);
  const isOpen = new Uint8Array(count);
  for (const [at, cluster] of of.entries()) {
    if (Number.isNaN(begun[at] as number)) continue;
    const day = ended[at] as number;
    const held = last[cluster] as number;
    if (Number.isNaN(day)) isOpen[cluster] = 1;
    else if (held === -1 || day > (ended[held] as number)) last[cluster] = at;
  }
  return representatives(
    last.map((at, cluster) => (isOpen[cluster] === 1 ? -1 : at)),
    ended,
  );
}

function representatives(places: Int32Array, days: Float64Array): Float64Array {
  const only = new Float64Array(days.length).fill(Number.NaN);
  for (const at of places) if (at !== -1) only[at] = days[at] as number;
  return only;
}

/** For each of the followed units its age in days on a day, or −1 where it is not open at that day's end. */
export function agesOn({ begun, ended }: Followed, day: number): Int32Array {
  const ages = new Int32Array(begun.length);
  for (let at = 0; at < ages.length; at++) {
    const start = begun[at] as number;
    ages[at] = start <= day && !((ended[at] as number) <= day) ? day - start : -1;
  }
  return ages;
}

/** Day number of the plan's reference date. */
export function referenceDay({ plan }: Pick<Subject, "plan">): number {
  return isoDay(plan.reference_date);
}
