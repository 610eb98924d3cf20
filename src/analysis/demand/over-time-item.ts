import { differenceOfEstimates } from "../../statistics/difference-of-estimates.js";
import { openUnits } from "../day-standing.js";
import { countOver, overEffect, shareOver } from "../delay/open-age-item.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import { type Cell, isInterval, type KeyMessage, type Result, type ResultRow } from "../result.js";
import { knownIn, shareIn } from "../shares.js";
import { tabulate } from "../tabulate.js";
import { isMarked, type Marked, type Statistic, type Tally } from "../tally.js";
import { ofChildren, unitNoun } from "../units.js";
import { countText, longDate, shareText } from "../words.js";
import { allocated, unallocatedTally } from "../workforce/allocation-item.js";

/** What changed from one export to the next. */
export const overTimeItem: Item = {
  id: "over-time",
  section: "demand",
  question: "What has changed since the earlier exports?",
  needs: "earlier exports of the same shape (pia: earlier), each with its reference date",
  refusal,
  count,
  result,
};

function subjectsOf(subject: Subject): readonly Subject[] {
  return [...(subject.earlier ?? []), subject];
}

function refusal(subject: Subject): Refusal | undefined {
  if ((subject.earlier ?? []).length === 0)
    return {
      reason: "The plan names no earlier export, and one export tells of one day.",
      instead:
        "Name earlier exports of the same shape under pia: earlier, or read “Is the open caseload growing, and is it ageing?” and “Is demand rising, and is the latest month unusual?”, which one export over a span can carry.",
    };
  const without = subjectsOf(subject).find(
    (each) =>
      openUnits(each) === undefined ||
      each.frame.fields.get("delay_band")?.kind === "list" ||
      !each.frame.fields.has("delay_band"),
  );
  if (without === undefined) return undefined;
  return {
    reason: `The export of ${longDate(without.plan.reference_date)} does not tell which cases are open and since when.`,
    instead: `Map ${subject.plan.delay.from} and ${subject.plan.delay.to} for it, or leave it out.`,
  };
}

function count(subject: Subject): Counted {
  const tallies: Tally[] = [];
  const statistics: Record<string, Statistic> = {};
  for (const each of subjectsOf(subject)) {
    const { plan } = each;
    const date = plan.reference_date;
    const units = openUnits(each) as Int32Array;
    const noun = unitNoun(plan);
    // Those open today are counted in other tables too.
    const universe = each === subject ? `open ${noun}` : `open ${noun} in the export of ${date}`;
    tallies.push(tabulate(each, { id: `${ageTallies}${date}`, universe, rows: "delay_band", units }));
    const waiting = unallocatedTally(each, { id: `over_time_allocation/${date}`, universe, units });
    if (waiting !== undefined) tallies.push(waiting);
    for (const weeks of subject.plan.bands.delay.over)
      statistics[effectName(weeks, date)] = overEffect(each, units, weeks);
  }
  return { tallies, statistics };
}

function effectName(weeks: number, date: string): string {
  return `over_time_effect/${weeks}/${date}`;
}

/** One measure at every export's date, oldest first. */
interface OverTimeSeries {
  /** "Open children", "Over 52 weeks", "Not allocated". */
  readonly label: string;
  readonly kind: "count" | "share";
  readonly cells: readonly Cell[];
}

const ageTallies = "over_time_age/";

/** The dates of exports, oldest first. */
export function exportDates({ tallies }: Counted): readonly string[] {
  return tallies.filter(({ id }) => id.startsWith(ageTallies)).map(({ id }) => id.slice(ageTallies.length));
}

/** The dates of exports, and each measure at them. */
function overTime(
  counted: Counted,
  plan: About["plan"],
): { readonly dates: readonly string[]; readonly series: readonly OverTimeSeries[] } {
  const { tallies, statistics = {} } = counted;
  const ages = tallies.filter(({ id }) => id.startsWith(ageTallies));
  const dates = exportDates(counted);
  const waiting = dates.map((date) => tallies.find(({ id }) => id === `over_time_allocation/${date}`));
  const effect = (weeks: number, date: string): Statistic | Marked | undefined =>
    statistics[effectName(weeks, date)];
  return {
    dates,
    series: [
      { label: `Open ${unitNoun(plan)}`, kind: "count", cells: ages.map(({ total }) => total) },
      ...plan.bands.delay.over.map(
        (weeks): OverTimeSeries => ({
          label: `Over ${weeks} weeks`,
          kind: "share",
          cells: ages.map((tally, at) =>
            shareOver(
              countOver(tally, "all", weeks, plan),
              knownIn(tally, "all"),
              effect(weeks, dates[at] as string),
            ),
          ),
        }),
      ),
      ...(waiting.some((tally) => tally !== undefined)
        ? [{ label: "Not allocated", kind: "share" as const, cells: waiting.map(unallocatedShare) }]
        : []),
    ],
  };
}

function unallocatedShare(tally: Tally | undefined): Cell {
  if (tally === undefined) return { mark: "x" };
  const row = tally.rows.levels.findIndex(({ key }) => key === allocated.no);
  return row === -1 ? 0 : shareIn(tally, row, "all");
}

function result(counted: Counted, { plan }: About): Result {
  const { dates, series } = overTime(counted, plan);
  const noun = unitNoun(plan);
  const last = counted.tallies.findLast(({ id }) => id.startsWith(ageTallies)) as Tally;
  const span = `${longDate(dates[0] as string)} to ${longDate(dates.at(-1) as string)}`;
  const table = (kind: OverTimeSeries["kind"]): ResultRow[] =>
    series
      .filter((one) => one.kind === kind)
      .flatMap(({ label, cells }) =>
        cells.map((cell, at) => ({ names: [label, longDate(dates[at] as string)], cells: [cell] })),
      );
  return {
    base: { units: last.total, unit: `open ${unitNoun(plan)}`, period: span },
    method: `Open ${noun} at the reference date of each export: how many, the share of those with a date whose case has lasted longer than each threshold, and the share without a practitioner.`,
    uncertainty: `95% Wilson intervals${ofChildren(plan, " on the effective number of children, because children of one case are alike")}. Each export is a count of all; many cases are in more than one, so intervals of a change are wider than they need be.`,
    tables: [
      {
        id: "over_time_open",
        caption: `Open ${noun} by date of export, ${span}`,
        dimensions: ["Measure", "Export of"],
        measures: [{ key: noun, label: noun === "children" ? "Children" : "Cases", kind: "count" }],
        rows: table("count"),
      },
      {
        id: "over_time_shares",
        caption: `Shares of open ${noun} that have waited, and that have no practitioner, by date of export, ${span}`,
        dimensions: ["Measure", "Export of"],
        measures: [{ key: "share_of_open", label: "% of open", kind: "share", interval: true }],
        rows: table("share"),
      },
    ],
    notes: [
      "Exports may differ in how they were made; a change of the body’s records shows as a change of its work.",
    ],
    messages: messagesOf(counted, plan),
    enquiries: [],
  };
}

function messagesOf(counted: Counted, plan: About["plan"]): KeyMessage[] {
  const { dates, series } = overTime(counted, plan);
  const [first, last] = [longDate(dates[0] as string), longDate(dates.at(-1) as string)];
  return series.flatMap(({ label, kind, cells }): KeyMessage[] => {
    const [from, to] = [cells[0], cells.at(-1)];
    if (kind === "count")
      return typeof from !== "number" || typeof to !== "number"
        ? []
        : [{ text: `${label}: ${countText(from)} on ${first}, ${countText(to)} on ${last}.`, weight: 0.5 }];
    const side = changeBetween(from, to);
    if (
      side === undefined ||
      typeof from !== "object" ||
      typeof to !== "object" ||
      isMarked(from) ||
      isMarked(to)
    )
      return [];
    const word =
      side === "none"
        ? "no clear change"
        : side === "up"
          ? "a larger share than before"
          : "a smaller share than before";
    return [
      {
        text: `${label}: ${word}, ${shareText(from.value)} of open ${unitNoun(plan)} on ${first} and ${shareText(to.value)} on ${last}.`,
        weight: side === "up" ? 0.7 : 0.4,
      },
    ];
  });
}

/** Whether a share changed by more than chance; undefined where it is not shown. */
export function changeBetween(
  from: Cell | undefined,
  to: Cell | undefined,
): "up" | "down" | "none" | undefined {
  if (!isInterval(from) || !isInterval(to)) return undefined;
  const { lower, upper } = differenceOfEstimates(to, from);
  return lower > 0 ? "up" : upper < 0 ? "down" : "none";
}
