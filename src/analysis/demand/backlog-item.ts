import { bandOrder, delayBand } from "../../frame/bands.js";
import { isoDate } from "../../frame/calendar.js";
import { levelLabel } from "../../frame/labels.js";
import { differenceOfEstimates } from "../../statistics/difference-of-estimates.js";
import { noColumns } from "../axis.js";
import { openUnits } from "../day-standing.js";
import { followUpTally } from "../delay/follow-up-tally.js";
import { countOver, shareOver } from "../delay/open-age-item.js";
import { survivalBase, windowNotes } from "../delay/survival-words.js";
import type { About, Counted, Item, Subject } from "../item.js";
import { isInterval, type KeyMessage, type Result } from "../result.js";
import { shareDesignEffect } from "../share-design-effect.js";
import { type Count, fractionOf, isMarked, type Statistic, type Tally } from "../tally.js";
import { trendRefusal } from "../trend-words.js";
import { ofChildren, unitNoun } from "../units.js";
import { countText, longDate, shareText } from "../words.js";
import { agesOn, type Followed, followed, monthTallies, referenceDay } from "./month-tallies.js";
import { type Month, monthEnds, partMonthNotes, wholeMonths } from "./months.js";

/** How many are open at each month's end, and how long they have waited by then. */
export const backlogItem: Item = {
  id: "backlog",
  section: "demand",
  question: "Is the open caseload growing, and is it ageing?",
  needs: "an observation window of three whole months",
  refusal: (subject) => trendRefusal(subject, 3, "The backlog"),
  count,
  result,
};

/** How many tallies stand before those of the month ends. */
function before({ tallies }: Counted): number {
  return tallies.findIndex(({ id }) => id.startsWith("backlog_at_"));
}

function count(subject: Subject): Counted {
  const data = followed(subject);
  const { observed } = subject.plan;
  const ends = observed === undefined ? [] : monthEnds(observed);
  const stocks = ends.map((month) => stockAt(data, month));
  const threshold = middleThreshold(subject.plan);
  const effects = [stocks[0], stocks.at(-1)].flatMap((stock, at): [string, Statistic][] =>
    stock === undefined ? [] : [[at === 0 ? "first" : "last", effectOf(data, stock, threshold)]],
  );
  return {
    tallies: [
      followUpTally(subject, "backlog"),
      // Not shown: with them and one month's end every other could be worked out.
      ...[
        ...monthTallies(subject, "backlog", "new").slice(0, 1),
        ...monthTallies(subject, "backlog", "ended").slice(0, 1),
      ].map(withoutColumns),
      ...stocks.map(({ tally }) => tally),
    ],
    statistics: Object.fromEntries(effects),
  };
}

function withoutColumns(tally: Tally): Tally {
  return { ...tally, columns: noColumns, cells: tally.cells.map(() => []), columnTotals: [] };
}

interface Stock {
  readonly tally: Tally;
  /** Places in the subject's units of those open. */
  readonly ages: Int32Array;
}

function stockAt(data: Followed, month: Month): Stock {
  const { subject } = data;
  const { plan } = subject;
  const ages = agesOn(data, month.to);
  const levels = bandOrder("delay_band", plan.bands).slice(1);
  const counts = levels.map(() => 0);
  for (const days of ages) if (days >= 0) counts[levels.indexOf(delayBand(days, plan.bands.delay.over))]!++;
  const total = counts.reduce((sum, each) => sum + each, 0);
  const noun = unitNoun(plan);
  return {
    ages,
    tally: {
      id: `backlog_at_${month.key}`,
      universe: isOpenToday(data, ages, month) ? `open ${noun}` : `${noun} open on ${isoDate(month.to)}`,
      within: noun,
      rows: {
        field: "delay_band",
        label: "Weeks so far",
        levels: levels.map((key) => ({ key, label: levelLabel("delay_band", key, plan) })),
      },
      columns: noColumns,
      cells: levels.map(() => []),
      rowTotals: counts,
      columnTotals: [],
      total,
      disjoint: true,
    },
  };
}

/** Whether those open at a month's end are those open on the reference date, who are counted elsewhere too. */
function isOpenToday({ subject }: Followed, ages: Int32Array, month: Month): boolean {
  if (month.to !== referenceDay(subject)) return false;
  const open = new Set(openUnits(subject));
  return subject.units.every((unit, at) => (ages[at] as number) >= 0 === open.has(unit));
}

/** The threshold whose share says whether the backlog ages: 52 weeks where the plan has it, else its last. */
function middleThreshold({ bands }: Pick<About["plan"], "bands">): number {
  const { over } = bands.delay;
  return over.includes(52) ? 52 : (over.at(-1) as number);
}

function effectOf({ subject }: Followed, { ages }: Stock, weeks: number): Statistic {
  const units = subject.units.filter((_, at) => (ages[at] as number) >= 0);
  const has = Uint8Array.from(
    ages.filter((days) => days >= 0),
    (days) => Number(days > weeks * 7),
  );
  return {
    value: units.length === 0 ? 1 : shareDesignEffect(subject, { units, has }),
    base: units.length,
    step: 0.1,
  };
}

/** The backlog at one month's end. */
export interface BacklogPoint {
  /** `2026-05`. */
  readonly month: string;
  readonly total: Count;
  /** By band of weeks so far, shortest first. */
  readonly bands: readonly { readonly label: string; readonly count: Count }[];
}

/**
 * The backlog month by month. Where a month's beginnings or endings are hidden, so is every month's end: each is the one before
 * with what began and without what ended.
 */
export function backlogPoints(counted: Counted): readonly BacklogPoint[] {
  const stocks = counted.tallies.slice(before(counted));
  const flows = counted.tallies.slice(1, before(counted));
  const isHidden = [...flows.flatMap(({ rowTotals }) => rowTotals), ...stocks.map(({ total }) => total)].some(
    isMarked,
  );
  const shown = (count: Count): Count => (isHidden ? { mark: "c" } : count);
  return stocks.map(({ id, rows, rowTotals, total }) => ({
    month: id.slice("backlog_at_".length),
    total: shown(total),
    bands: rows.levels.map(({ label }, row) => ({ label, count: shown(rowTotals[row] as Count) })),
  }));
}

function result(counted: Counted, { plan }: About): Result {
  const [tally] = counted.tallies as readonly [Tally];
  const noun = unitNoun(plan);
  const points = backlogPoints(counted);
  const months = plan.observed === undefined ? [] : wholeMonths(plan.observed);
  const ends = plan.observed === undefined ? [] : monthEnds(plan.observed);
  const dates = ends.map(({ to }) => longDate(isoDate(to)));
  const span = `${dates[0]} to ${dates.at(-1)}`;
  return {
    base: { ...survivalBase(tally, plan), period: span },
    method:
      `${noun === "children" ? "Children" : "Cases"} whose case had begun by a month’s last day and had not ended by its end, ` +
      "by weeks since it began. A week is 7 days; over 52 weeks is more than 364 days.",
    uncertainty: `Counts of all, without intervals. Shares are compared by 95% intervals${ofChildren(plan, " that let children of one case be alike")}; many cases are open at both dates, so the intervals are wider than they need be.`,
    tables: [
      {
        id: "backlog",
        caption: `Open ${noun} at each month’s end by weeks since their case began, ${span}`,
        dimensions: ["Month’s end", "Weeks so far"],
        measures: [
          { key: noun, label: noun === "children" ? "Children" : "Cases", kind: "count" },
          { key: "share_of_open", label: "% of open", kind: "share" },
        ],
        rows: points.flatMap(({ total, bands }, at) => [
          { names: [dates[at] as string, "All"], cells: [total, fractionOf(total, total)] },
          ...bands.map(({ label, count }) => ({
            names: [dates[at] as string, label],
            cells: [count, fractionOf(count, total)],
          })),
        ]),
      },
    ],
    notes: [
      "These are ages of open cases, not how long cases take.",
      ...(points.some(({ total }) => isMarked(total))
        ? [
            "Nothing is shown where a month has so few beginnings or endings that they could be worked out from the backlog.",
          ]
        : []),
      ...partMonthNotes(plan, months),
      ...windowNotes(counted, plan),
    ],
    messages: messagesOf(counted, plan, { points, dates }),
    enquiries: [],
  };
}

/** Sizes are facts; that the backlog ages is only said where the share over the threshold differs by more than chance. */
function messagesOf(
  counted: Counted,
  plan: About["plan"],
  { points, dates }: { readonly points: readonly BacklogPoint[]; readonly dates: readonly string[] },
): KeyMessage[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || first === last) return [];
  if (isMarked(first.total) || isMarked(last.total)) return [];
  const noun = unitNoun(plan);
  const size: KeyMessage = {
    text: `There were ${countText(first.total)} open ${noun} on ${dates[0]} and ${countText(last.total)} on ${dates.at(-1)}.`,
    weight: 0.5,
  };
  const change = ageingOf(counted, plan);
  if (change === undefined) return [size];
  const { weeks, from, to, side } = change;
  const word = side === undefined ? "did not clearly change" : side === "above" ? "grew" : "fell";
  const headline = `A ${side === "above" ? "larger" : "smaller"} share has been open over ${weeks} weeks`;
  return [
    size,
    {
      text: `The share of open ${noun} whose case has lasted over ${weeks} weeks ${word}: ${shareText(from)} on ${dates[0]}, ${shareText(to)} on ${dates.at(-1)}.`,
      ...(side === undefined ? {} : { headline }),
      weight: side === "above" ? 0.8 : 0.5,
    },
  ];
}

/** Whether the share over the threshold differs between the first and the last month's end. */
function ageingOf(
  counted: Counted,
  plan: About["plan"],
):
  | {
      readonly weeks: number;
      readonly from: number;
      readonly to: number;
      readonly side: "above" | "below" | undefined;
    }
  | undefined {
  if (backlogPoints(counted).some(({ total }) => isMarked(total))) return undefined;
  const stocks = counted.tallies.slice(before(counted));
  const weeks = middleThreshold(plan);
  const share = (tally: Tally | undefined, name: string) =>
    tally && shareOver(countOver(tally, "all", weeks, plan), tally.total, counted.statistics?.[name]);
  const [from, to] = [share(stocks[0], "first"), share(stocks.at(-1), "last")];
  if (!isInterval(from) || !isInterval(to)) return undefined;
  const { lower, upper } = differenceOfEstimates(to, from);
  // What rounding may have added to the difference, in each of the bands over the threshold and in the total.
  const rounding = [stocks[0], stocks.at(-1)].reduce((sum, tally) => sum + roundingIn(tally), 0);
  return {
    weeks,
    from: from.value,
    to: to.value,
    side: lower > rounding ? "above" : upper < -rounding ? "below" : undefined,
  };
}

/** By how much rounding may have moved a share of a tally's units that several of its levels make up. */
function roundingIn(tally: Tally | undefined): number {
  if (tally === undefined || isMarked(tally.total) || tally.total === 0) return 0;
  return ((tally.slack ?? 0) * tally.rows.levels.length) / tally.total;
}
