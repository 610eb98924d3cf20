import { controlledSeries, latestSign, leastForLimits, limitsMethod } from "../control-limits.js";
import { followUpTally } from "../delay/follow-up-tally.js";
import { survivalBase, windowNotes } from "../delay/survival-words.js";
import type { About, Counted, Item, Subject } from "../item.js";
import { beyondPicture, lawColumns } from "../law-types.js";
import {
  type Cell,
  isInterval,
  type KeyMessage,
  type Measure,
  type Result,
  type ResultRow,
} from "../result.js";
import { countIn } from "../shares.js";
import { type Count, isMarked, type Tally } from "../tally.js";
import {
  allShown,
  captionSpan,
  countUncertainty,
  ratioOf,
  ratioWords,
  sideOfOne,
  trendRefusal,
} from "../trend-words.js";
import { unitNoun } from "../units.js";
import { countText } from "../words.js";
import { monthTallies } from "./month-tallies.js";
import { monthSpan, partMonthNotes, wholeMonths } from "./months.js";

/** New children and cases month by month, and whether that changes by more than chance. */
export const demandItem: Item = {
  id: "demand",
  section: "demand",
  question: "Is demand rising, and is the latest month unusual?",
  needs: "an observation window of three whole months; 12 for limits, over 12 for ratios to the year before",
  refusal: (subject) => trendRefusal(subject, 3, "Demand"),
  count,
  result,
};

function count(subject: Subject): Counted {
  return { tallies: [followUpTally(subject, "demand"), ...monthTallies(subject, "demand", "new")] };
}

/** One line of the picture: all units or those of one law type, month by month. */
export interface DemandSeries {
  /** "All children", "Public law". */
  readonly name: string;
  readonly counts: readonly Count[];
  /** Of cases, where they are counted beside children. */
  readonly cases: readonly Count[] | undefined;
  /** To the same month a year before; `x` where that is not in the window. */
  readonly ratios: readonly Cell[];
}

/** What was counted, as series. */
function demandSeries({ tallies }: Counted, { plan }: Pick<About, "plan">): readonly DemandSeries[] {
  const [, units, cases] = tallies as readonly [Tally, Tally, Tally?];
  // Without cases there is no telling which children come together, and no interval of a ratio.
  const independent = cases ?? (plan.unit === "case" ? units : undefined);
  return lawColumns(units, plan).map(({ at, name }) => {
    const column = (tally: Tally): Count[] => tally.rows.levels.map((_, row) => countIn(tally, row, at));
    const bases = independent && column(independent);
    return {
      name,
      counts: column(units),
      cases: cases && column(cases),
      ratios: units.rows.levels.map((_, row): Cell => {
        const [now, then] = [bases?.[row], bases?.[row - 12]];
        return now === undefined || then === undefined ? { mark: "x" } : ratioOf(now, then);
      }),
    };
  });
}

function result(counted: Counted, about: About): Result {
  const { plan } = about;
  const [followed, units, cases] = counted.tallies as readonly [Tally, Tally, Tally?];
  const noun = unitNoun(plan);
  const months = plan.observed === undefined ? [] : wholeMonths(plan.observed);
  const series = demandSeries(counted, about);
  return {
    base: { ...survivalBase(followed, plan), units: units.total, period: monthSpan(months) },
    method: `New ${noun} by the month in which ${cases === undefined ? "they" : "they or their case"} began. ${limitsMethod}`,
    uncertainty: countUncertainty(plan),
    tables: [
      {
        id: "demand",
        caption: `New ${noun} a month by law type${captionSpan(months)}`,
        dimensions: ["Law type", "Month"],
        measures: measuresOf(noun, cases !== undefined),
        rows: series.flatMap((one) => rowsOf(one, units)),
      },
      {
        id: "demand_limits",
        caption: `Mean and limits of new ${noun} a month by law type${captionSpan(months)}`,
        dimensions: ["Law type"],
        measures: [
          { key: "mean", label: "Mean", kind: "number" },
          { key: "lower_limit", label: "Lower limit", kind: "number" },
          { key: "upper_limit", label: "Upper limit", kind: "number" },
        ],
        rows: series.map(({ name, counts }) => ({ names: [name], cells: limitCells(counts) })),
      },
    ],
    notes: [
      ...(months.length < leastForLimits
        ? [
            `${months.length === 1 ? "1 month is" : `${months.length} months are`} too few for limits, which take ${leastForLimits}: nothing says which month is unusual.`,
          ]
        : [
            "Limits know nothing of seasons: a month that is high every year may stand outside them. Compare it with the same month a year before.",
          ]),
      ...(series.some(({ counts }) => counts.some(isMarked))
        ? ["A series with a month that is not shown has no limits."]
        : []),
      ...(cases === undefined && noun === "children"
        ? ["Cases are not known, so ratios to the year before have no interval and are not shown."]
        : ["Ratios to the year before are of cases."]),
      ...beyondPicture(units, plan),
      ...partMonthNotes(plan, months),
      ...windowNotes(counted, plan),
    ],
    messages: [...signMessages(series, noun), ...ratioMessages(series, units)],
    enquiries: [],
  };
}

function measuresOf(noun: string, withCases: boolean): Measure[] {
  return [
    { key: `new_${noun}`, label: `New ${noun}`, kind: "count" },
    ...(withCases ? [{ key: "new_cases", label: "New cases", kind: "count" as const }] : []),
    { key: "ratio_to_year_before", label: "Cases, ratio to the year before", kind: "ratio", interval: true },
    { key: "signs", label: "Signs", kind: "text" },
  ];
}

function rowsOf({ name, counts, cases, ratios }: DemandSeries, { rows }: Tally): ResultRow[] {
  const shown = allShown(counts);
  const signs = shown && controlledSeries(shown)?.signs;
  return rows.levels.map(({ label }, row) => ({
    names: [name, label],
    cells: [
      counts[row] as Count,
      ...(cases === undefined ? [] : [cases[row] as Count]),
      ratios[row] as Cell,
      signs === undefined ? { mark: "x" } : signs[row]?.join("; ") || "none",
    ],
  }));
}

function limitCells(counts: readonly Count[]): Cell[] {
  const shown = allShown(counts);
  const chart = shown && controlledSeries(shown)?.chart;
  if (chart === undefined) return [{ mark: "x" }, { mark: "x" }, { mark: "x" }];
  // No count is below 0: such a limit says nothing.
  return [chart.mean, chart.limits.lower < 0 ? { mark: "z" } : chart.limits.lower, chart.limits.upper];
}

/** "in October 2026 were above the upper limit": only what a rule bears out. */
const signWords = {
  high: "is above the upper limit",
  low: "is below the lower limit",
  rising: "ends seven or more months that each rose",
  falling: "ends seven or more months that each fell",
  "above mean": "ends seven or more months above the mean",
  "below mean": "ends seven or more months below the mean",
  "near upper limit": "is one of two in three months that are near the upper limit",
  "near lower limit": "is one of two in three months that are near the lower limit",
} as const;

function signMessages(series: readonly DemandSeries[], noun: string): KeyMessage[] {
  return series.flatMap(({ name, counts }, at) => {
    const shown = allShown(counts);
    const controlled = shown && controlledSeries(shown);
    if (shown === undefined || controlled === undefined) return [];
    const sign = latestSign(controlled);
    const mean = countText(Math.round(controlled.chart.mean));
    const who = at === 0 ? `New ${noun} a month` : `New ${noun} a month in ${name.toLowerCase()}`;
    if (sign === undefined)
      return at > 0
        ? []
        : [
            {
              text: `${who} show no clear change of late: the latest is ${countText(shown.at(-1) as number)}, the mean ${mean}.`,
              weight: 0.4,
            },
          ];
    return [
      {
        text: `${who}: the latest, ${countText(shown.at(-1) as number)}, ${signWords[sign]} (mean ${mean}).`,
        weight: at === 0 ? 0.8 : 0.6,
      },
    ];
  });
}

function ratioMessages([all]: readonly DemandSeries[], { rows }: Tally): KeyMessage[] {
  const ratio = all?.ratios.at(-1);
  const [month, before] = [rows.levels.at(-1)?.label, rows.levels.at(-13)?.label];
  if (!isInterval(ratio) || before === undefined) return [];
  const side = sideOfOne(ratio);
  const told =
    side === "above"
      ? "there were more than"
      : side === "below"
        ? "there were fewer than"
        : "there was no clear difference from";
  return [
    {
      text: `In ${month} ${told} a year before: new cases were ${ratioWords(ratio)} times those of ${before}.`,
      weight: side === undefined ? 0.4 : 0.7,
    },
  ];
}
