import type { CurveGroup, CurveSet } from "../curves.js";
import type { About, Counted, Item, Subject } from "../item.js";
import type { KeyMessage, Result, ResultRow } from "../result.js";
import type { ColumnAt } from "../shares.js";
import { fractionOf, isMarked, type Tally } from "../tally.js";
import { ofChildren, unitNoun } from "../units.js";
import { inSentence, periodText, shareText } from "../words.js";
import { thresholdWeeks } from "./curve-grid.js";
import { endedAfter, endedInWindow, followUpTally } from "./follow-up-tally.js";
import { observe, windowRefusal } from "./observation.js";
import { readCurve } from "./read-curve.js";
import { survivalByLaw } from "./survival-curves.js";
import { survivalBase, survivalMethod, survivalUncertainty, windowNotes } from "./survival-words.js";

/** What share of cases is still open after 26, 52 and 100 weeks, beside what ended cases alone would say. */
export const thresholdsItem: Item = {
  id: "thresholds",
  section: "delay",
  question: "What share of cases is still open after 26, 52 and 100 weeks?",
  needs: "an observation window: observed in the plan, and dates of the beginning and the end",
  refusal: windowRefusal,
  count,
  result,
};

function count(subject: Subject): Counted {
  const groups = survivalByLaw(subject).map(({ shown }) => shown);
  return {
    tallies: [followUpTally(subject, "thresholds")],
    statistics: observe(subject).doubts,
    curves: [{ id: "thresholds", groups }],
  };
}

function result(counted: Counted, { plan }: About): Result {
  const tally = counted.tallies[0] as Tally;
  const [set = { id: "thresholds", groups: [] }] = counted.curves ?? [];
  const noun = unitNoun(plan);
  return {
    base: survivalBase(tally, plan),
    method: `${survivalMethod} Beside it, of those whose case ended in the window, the share that took longer.`,
    uncertainty: survivalUncertainty(plan),
    tables: [
      {
        id: "thresholds",
        caption: `Share of ${noun} whose case is still open after 26, 52 and 100 weeks, ${periodText(plan)}`,
        dimensions: ["Law type", "Weeks"],
        measures: [
          { key: "still_open", label: "Still open", kind: "share", interval: true },
          { key: "at_risk", label: "At risk", kind: "count" },
          { key: "ended_cases_over", label: "Of those ended, took longer", kind: "share" },
          { key: "ended_cases", label: "Ended", kind: "count" },
        ],
        rows: set.groups.flatMap((group) =>
          thresholdWeeks.map((weeks, threshold) => thresholdRow({ set, group, tally }, weeks, threshold)),
        ),
      },
    ],
    notes: [
      "The share among ended cases misleads: cases that still go on are not in it, so that it looks better while a backlog grows, and worse while one is cleared.",
      "The statutory limit of 26 weeks is for public law only.",
      ...windowNotes(counted, plan),
    ],
    messages: messagesOf(set, plan),
    enquiries: enquiriesOf(set, plan),
  };
}

interface Shown {
  readonly set: CurveSet;
  readonly group: CurveGroup;
  readonly tally: Tally;
}

function thresholdRow({ set, group, tally }: Shown, weeks: number, threshold: number): ResultRow {
  const read = readCurve(set, group, weeks * 7);
  const place = tally.columns.levels.findIndex(({ key }) => key === group.key);
  const column: ColumnAt = place === -1 ? "all" : place;
  const ended = endedInWindow(tally, column);
  return {
    names: [group.label, String(weeks)],
    cells: [
      isMarked(read) ? read : read.share,
      isMarked(read) ? read : read.atRisk,
      fractionOf(endedAfter(tally, threshold, column), ended),
      ended,
    ],
  };
}

function messagesOf(set: CurveSet, plan: About["plan"]): KeyMessage[] {
  return set.groups.flatMap((group): KeyMessage[] => {
    const read = readCurve(set, group, 364);
    if (isMarked(read)) return [];
    const { value, lower, upper } = read.share;
    return [
      {
        text: `${plan.unit === "child" ? "Counted by child: of" : "Of"} all ${caseName(group)}, open and ended, ${shareText(value, set)} are still open 52 weeks after they began (95% interval ${shareText(lower, set)} to ${shareText(upper, set)}).`,
        weight: 0.8,
      },
    ];
  });
}

/** Public law has a limit: an observation is made only where the interval lies above half. */
function enquiriesOf(set: CurveSet, plan: About["plan"]): KeyMessage[] {
  const group = set.groups.find(({ key }) => key === "public");
  const read = group === undefined ? undefined : readCurve(set, group, 182);
  if (read === undefined || isMarked(read) || read.share.lower <= 0.5) return [];
  const { value, lower, upper } = read.share;
  return [
    {
      text: `More than half of all public law cases${ofChildren(plan, ", counted by child,")} pass the statutory limit of 26 weeks: ${shareText(value, set)} are still open then (95% interval ${shareText(lower, set)} to ${shareText(upper, set)}). What holds them up?`,
      weight: 0.7,
    },
  ];
}

function caseName({ key, label }: CurveGroup): string {
  return key === "all" ? "cases" : `${inSentence(label)} cases`;
}
