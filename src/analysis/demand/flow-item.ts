import { capital } from "../../frame/labels.js";
import { followUpTally } from "../delay/follow-up-tally.js";
import { survivalBase, windowNotes } from "../delay/survival-words.js";
import type { About, Counted, Item, Subject } from "../item.js";
import { lawColumns } from "../law-types.js";
import type { Cell, KeyMessage, Result } from "../result.js";
import { type ColumnAt, countIn } from "../shares.js";
import { type Count, isMarked, type Tally } from "../tally.js";
import {
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

/** What comes in and what goes out, and whether the one keeps up with the other. */
export const flowItem: Item = {
  id: "flow",
  section: "demand",
  question: "Does the number that ends keep up with the number that begins?",
  needs: "an observation window of three whole months",
  refusal: (subject) => trendRefusal(subject, 3, "What begins and ends"),
  count,
  result,
};

function count(subject: Subject): Counted {
  return {
    tallies: [
      followUpTally(subject, "flow"),
      ...monthTallies(subject, "flow", "new"),
      ...monthTallies(subject, "flow", "ended"),
    ],
  };
}

/** The tallies of one flow item, by what they hold. */
interface FlowTallies {
  readonly followed: Tally;
  readonly begun: Tally;
  readonly ended: Tally;
  /** Of cases, for ratios; absent where nothing tells which children come together. */
  readonly cases: { readonly begun: Tally; readonly ended: Tally } | undefined;
}

function talliesOf({ tallies }: Counted, plan: About["plan"]): FlowTallies {
  const [followed, ...others] = tallies as readonly [Tally, ...Tally[]];
  const [begun, second, third, fourth] = others as [Tally, Tally, Tally?, Tally?];
  if (third === undefined || fourth === undefined) {
    const cases = plan.unit === "case" ? { begun, ended: second } : undefined;
    return { followed, begun, ended: second, cases };
  }
  return { followed, begun, ended: third, cases: { begun: second, ended: fourth } };
}

/** In, out and the difference, month by month. */
export interface Flow {
  readonly months: readonly string[];
  readonly begun: readonly Count[];
  readonly ended: readonly Count[];
  /** What began less what ended: by so much the backlog grew. */
  readonly net: readonly Count[];
}

/** All units' flow, by months as `2026-05`. */
export function flowOf(counted: Counted, { plan }: Pick<About, "plan">): Flow {
  const { begun, ended } = talliesOf(counted, plan);
  return {
    months: begun.rows.levels.map(({ key }) => key),
    begun: begun.rowTotals,
    ended: ended.rowTotals,
    net: begun.rowTotals.map((count, row) => lessOf(count, ended.rowTotals[row] as Count)),
  };
}

function lessOf(first: Count, second: Count): Count {
  if (isMarked(first)) return first;
  return isMarked(second) ? second : first - second;
}

function result(counted: Counted, about: About): Result {
  const { plan } = about;
  const { followed, begun, ended, cases } = talliesOf(counted, plan);
  const noun = unitNoun(plan);
  const months = plan.observed === undefined ? [] : wholeMonths(plan.observed);
  const columns = lawColumns(begun, plan);
  const endedColumn = (at: ColumnAt): ColumnAt =>
    at === "all" ? "all" : ended.columns.levels.findIndex(({ key }) => key === begun.columns.levels[at]?.key);
  return {
    base: { ...survivalBase(followed, plan), units: begun.total, period: monthSpan(months) },
    method: `${capital(noun)} by the month in which their case began, and by that in which it ended. A case ends with the last of its children. Clearance is cases ended for each new one.`,
    uncertainty: countUncertainty(plan),
    tables: [
      {
        id: "flow",
        caption: `New and ended ${noun} a month by law type${captionSpan(months)}`,
        dimensions: ["Law type", "Month"],
        measures: [
          { key: `new_${noun}`, label: "New", kind: "count" },
          { key: `ended_${noun}`, label: "Ended", kind: "count" },
          { key: "net", label: "New less ended", kind: "number", decimals: 0 },
        ],
        rows: columns.flatMap(({ at, name }) =>
          begun.rows.levels.map(({ label }, row) => {
            const [into, out] = [countIn(begun, row, at), countIn(ended, row, endedColumn(at))];
            return { names: [name, label], cells: [into, out, lessOf(into, out)] };
          }),
        ),
      },
      ...(cases === undefined
        ? []
        : [
            {
              id: "clearance",
              caption: `Cases ended for each new one by law type${captionSpan(months)}`,
              dimensions: ["Law type"],
              measures: [
                { key: "new_cases", label: "New cases", kind: "count" as const },
                { key: "ended_cases", label: "Ended cases", kind: "count" as const },
                { key: "clearance", label: "Ended for each new", kind: "ratio" as const, interval: true },
              ],
              rows: columns.map(({ at, name }) => {
                const into = totalOf(cases.begun, at);
                const out = totalOf(cases.ended, endedColumn(at));
                return { names: [at === "all" ? "All cases" : name], cells: [into, out, ratioOf(out, into)] };
              }),
            },
          ]),
    ],
    notes: [
      ...(cases === undefined ? ["Cases are not known, so clearance has no interval and is not shown."] : []),
      ...partMonthNotes(plan, months),
      ...windowNotes(counted, plan),
    ],
    messages: clearanceMessage(counted, about, monthSpan(months)),
    enquiries: [],
  };
}

function totalOf(tally: Tally, at: ColumnAt): Count {
  return at === "all" ? tally.total : (tally.columnTotals[at] ?? 0);
}

/** Cases ended for each new one over all months; `x` where cases are not known. */
export function clearanceOf(counted: Counted, { plan }: Pick<About, "plan">): Exclude<Cell, string | number> {
  const { cases } = talliesOf(counted, plan);
  return cases === undefined ? { mark: "x" } : ratioOf(cases.ended.total, cases.begun.total);
}

function clearanceMessage(counted: Counted, about: About, span: string): KeyMessage[] {
  const clearance = clearanceOf(counted, about);
  if (isMarked(clearance)) return [];
  const { cases } = talliesOf(counted, about.plan);
  const side = sideOfOne(clearance);
  const told =
    side === "above"
      ? "More cases ended than began"
      : side === "below"
        ? "Fewer cases ended than began"
        : "No clear difference between cases ended and begun";
  return [
    {
      text: `${told}, ${span}: ${countText(cases?.ended.total ?? 0)} ended and ${countText(cases?.begun.total ?? 0)} began, ${ratioWords(clearance)} for each new one.`,
      weight: side === "below" ? 0.8 : 0.5,
    },
  ];
}
