import { followUpTally } from "../delay/follow-up-tally.js";
import { survivalBase, windowNotes } from "../delay/survival-words.js";
import type { About, Counted, Item, Subject } from "../item.js";
import type { Cell, KeyMessage, Result } from "../result.js";
import { type Count, isMarked, type Tally } from "../tally.js";
import {
  captionSpan,
  countUncertainty,
  ratioOf,
  ratioWords,
  sideOfOne,
  sumOf,
  trendRefusal,
} from "../trend-words.js";
import { unitNoun } from "../units.js";
import { monthNames } from "../words.js";
import { monthTallies } from "./month-tallies.js";
import { type Month, monthSpan, partMonthNotes, wholeMonths } from "./months.js";

/** This year's months over the same months of earlier years. */
export const seasonalityItem: Item = {
  id: "seasonality",
  section: "demand",
  question: "How do this year’s months compare with a year before?",
  needs: "an observation window of more than 12 whole months",
  refusal: (subject) => trendRefusal(subject, 13, "A comparison with the year before"),
  count,
  result,
};

function count(subject: Subject): Counted {
  return { tallies: [followUpTally(subject, "seasonality"), ...monthTallies(subject, "seasonality", "new")] };
}

/** A calendar year's months, of which some may lie outside the window. */
export interface YearOfMonths {
  readonly year: number;
  /** January first; undefined where the month is not whole in the window. */
  readonly counts: readonly (Count | undefined)[];
}

/** The months of a tally by year, oldest first. */
export function yearsOf({ rows, rowTotals }: Pick<Tally, "rows" | "rowTotals">): readonly YearOfMonths[] {
  const years = [...new Set(rows.levels.map(({ key }) => Number(key.slice(0, 4))))];
  return years.map((year) => ({
    year,
    counts: monthNames.map((_, month) => {
      const key = `${String(year).padStart(4, "0")}-${String(month + 1).padStart(2, "0")}`;
      const row = rows.levels.findIndex((level) => level.key === key);
      return row === -1 ? undefined : (rowTotals[row] as Count);
    }),
  }));
}

function result(counted: Counted, { plan }: About): Result {
  const [followed, units, cases] = counted.tallies as readonly [Tally, Tally, Tally?];
  const noun = unitNoun(plan);
  const months = plan.observed === undefined ? [] : wholeMonths(plan.observed);
  const years = yearsOf(units);
  const independent = cases ?? (plan.unit === "case" ? units : undefined);
  return {
    base: { ...survivalBase(followed, plan), units: units.total, period: monthSpan(months) },
    method: `New ${noun} by month and calendar year. The latest year is set against the same months of the year before.`,
    uncertainty: countUncertainty(plan),
    tables: [
      {
        id: "seasonality",
        caption: `New ${noun} by month and year${captionSpan(months)}`,
        dimensions: ["Month"],
        measures: years.map(({ year }) => ({
          key: `new_${noun}_${year}`,
          label: String(year),
          kind: "count",
        })),
        rows: monthNames.map((name, month) => ({
          names: [name],
          cells: years.map(({ counts }) => counts[month] ?? { mark: "x" as const }),
        })),
      },
      ...(independent === undefined ? [] : [ratioTable(independent, months)]),
    ],
    notes: [
      "[x]: the month is not whole in the observation window.",
      ...(months.length < 36 ? ["Fewer than three years cannot tell a season from chance."] : []),
      ...partMonthNotes(plan, months),
      ...windowNotes(counted, plan),
    ],
    messages: independent === undefined ? [] : yearMessage(independent),
    enquiries: [],
  };
}

/** The latest year over the year before, in the months that both have: from its first month to its last. */
export function yearToDate(tally: Tally):
  | {
      readonly year: number;
      readonly span: string;
      readonly ratio: Exclude<Cell, string | number>;
    }
  | undefined {
  const years = yearsOf(tally);
  const [before, latest] = years.slice(-2);
  if (before === undefined || latest === undefined) return undefined;
  const shared = latest.counts.flatMap((count, month) =>
    count === undefined || before.counts[month] === undefined ? [] : [month],
  );
  const [first, last] = [shared[0], shared.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const sum = ({ counts }: YearOfMonths): Count => sumOf(shared.map((month) => counts[month] as Count));
  const span = first === last ? (monthNames[first] as string) : `${monthNames[first]} to ${monthNames[last]}`;
  return { year: latest.year, span, ratio: ratioOf(sum(latest), sum(before)) };
}

function ratioTable(tally: Tally, months: readonly Month[]): Result["tables"][number] {
  const rows = tally.rows.levels.flatMap(({ label }, row) => {
    const then = tally.rowTotals[row - 12];
    if (then === undefined) return [];
    const now = tally.rowTotals[row] as Count;
    return [{ names: [label], cells: [now, then, ratioOf(now, then)] }];
  });
  return {
    id: "seasonality_ratios",
    caption: `New cases a month, and their ratio to the same month a year before${captionSpan(months)}`,
    dimensions: ["Month"],
    measures: [
      { key: "new_cases", label: "New cases", kind: "count" },
      { key: "new_cases_year_before", label: "A year before", kind: "count" },
      { key: "ratio", label: "Ratio", kind: "ratio", interval: true },
    ],
    rows,
  };
}

function yearMessage(tally: Tally): KeyMessage[] {
  const found = yearToDate(tally);
  if (found === undefined || isMarked(found.ratio)) return [];
  const { year, span, ratio } = found;
  const side = sideOfOne(ratio);
  const than =
    side === "above"
      ? "more cases began than in"
      : side === "below"
        ? "fewer cases began than in"
        : "no clear difference in cases begun from";
  return [
    {
      text: `In ${span} ${year}, ${than} the same months of ${year - 1}: ${ratioWords(ratio)} times as many.`,
      weight: side === undefined ? 0.4 : 0.7,
    },
  ];
}
