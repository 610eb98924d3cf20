import { isoDate, isoDay } from "../../frame/calendar.js";
import type { Field } from "../../frame/field.js";
import { clusteredSurvival } from "../../statistics/clustered-survival.js";
import { numbersAtRisk } from "../../statistics/risk-table.js";
import { survivalAt } from "../../statistics/survival-share.js";
import { monthTallies } from "../demand/month-tallies.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import type { Cell, KeyMessage, Result } from "../result.js";
import { countIn } from "../shares.js";
import { withField } from "../subject-fields.js";
import { tabulate } from "../tabulate.js";
import { type Count, isMarked, type Marked, type Statistic, type Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { longDate, periodText, shareText } from "../words.js";
import { followUpTally } from "./follow-up-tally.js";
import { observe, windowRefusal } from "./observation.js";
import { leastAtRisk, orUndefined } from "./survival-curves.js";
import { survivalBase, survivalMethod, survivalUncertainty, windowNotes } from "./survival-words.js";
import { asFollowUp, type Watched, watch, watchedWhere } from "./watched.js";

/** Whether those that began later wait less long, by the quarter in which their case began. */
export const startCohortsItem: Item = {
  id: "start-cohorts",
  section: "delay",
  question: "Is it getting better, quarter by quarter?",
  needs:
    "an observation window of two years or so: three whole quarters of new cases, each followed for 26 weeks",
  refusal,
  count,
  result,
};

const horizon = 182;
/** With fewer nobody can tell a turn from chance. */
const leastMature = 3;

/** A quarter of the calendar that lies in the window from its first day on. */
export interface StartQuarter {
  /** `2026-Q1`. */
  readonly key: string;
  /** "January to March 2026". */
  readonly label: string;
  readonly from: number;
  /** Its last day. */
  readonly to: number;
  /** Whether all that began in it were watched for 26 weeks. */
  readonly mature: boolean;
}

const quarterNames = [
  "January to March",
  "April to June",
  "July to September",
  "October to December",
] as const;

/** The quarters that begin in a window, the last of them cut where it ends. */
export function startQuarters(observed: {
  readonly from: string;
  readonly to: string;
}): readonly StartQuarter[] {
  const [first, last] = [isoDay(observed.from), isoDay(observed.to)];
  const quarters: StartQuarter[] = [];
  let at = Number(observed.from.slice(0, 4)) * 4 + Math.floor((Number(observed.from.slice(5, 7)) - 1) / 3);
  for (; dayOfQuarter(at) <= last; at++) {
    const from = dayOfQuarter(at);
    if (from < first) continue;
    const to = dayOfQuarter(at + 1) - 1;
    const [year, place] = [Math.floor(at / 4), at % 4];
    quarters.push({
      key: `${year}-Q${place + 1}`,
      label: `${quarterNames[place]} ${year}`,
      from,
      to,
      mature: to + horizon <= last,
    });
  }
  return quarters;
}

function dayOfQuarter(at: number): number {
  return isoDay(`${Math.floor(at / 4)}-${String((at % 4) * 3 + 1).padStart(2, "0")}-01`);
}

function refusal(subject: Subject): Refusal | undefined {
  const window = windowRefusal(subject);
  if (window !== undefined || subject.plan.observed === undefined) return window;
  const mature = startQuarters(subject.plan.observed).filter((quarter) => quarter.mature).length;
  if (mature >= leastMature) return undefined;
  return {
    reason:
      `A change from quarter to quarter needs ${leastMature} whole quarters of new cases that were each followed for 26 weeks; ` +
      `the observation window of ${periodText(subject.plan)} has ${mature}.`,
    instead:
      "Read “What share of cases is still open after 26, 52 and 100 weeks?”, which takes the whole window together; for a change, ask for a longer history.",
  };
}

function quartersOf(plan: About["plan"]): readonly StartQuarter[] {
  return plan.observed === undefined ? [] : startQuarters(plan.observed);
}

function count(subject: Subject): Counted {
  const { dates, doubts } = observe(subject);
  if (dates === undefined) throw new Error("the export is no window");
  const quarters = quartersOf(subject.plan);
  const codes = new Int32Array(subject.frame.ids.length).fill(quarters.length);
  for (const [at, unit] of subject.units.entries()) {
    const begun = dates.begun[at] as number;
    const quarter = quarters.findIndex(({ from, to }) => begun >= from && begun <= to);
    if (quarter !== -1) codes[unit] = quarter;
  }
  const field: Field = {
    name: "start_quarter",
    kind: "text",
    levels: [...quarters.map(({ key }) => key), "Another time"],
    codes,
  };
  const watched = watch(subject);
  const statistics: Record<string, Statistic> = { ...doubts };
  for (const [place, { key }] of quarters.entries()) {
    const share = shareOpen(watchedWhere(watched, (unit) => codes[unit] === place));
    if (share !== undefined) statistics[`share_26.${key}`] = share;
  }
  return {
    tallies: [
      followUpTally(subject, "start-cohorts"),
      tabulate(withField(subject, field), {
        id: "start-cohorts-quarters",
        universe: unitNoun(subject.plan),
        rows: field.name,
      }),
      // Not shown: with a quarter and two of its months the third could be worked out.
      ...monthTallies(subject, "start-cohorts", "new").slice(0, 1),
    ],
    statistics,
  };
}

function shareOpen(watched: Watched): Statistic | undefined {
  if (watched.units.length === 0) return undefined;
  const [atRisk = 0] = numbersAtRisk(asFollowUp(watched), [horizon]);
  if (atRisk < leastAtRisk) return undefined;
  const curve = orUndefined("AT_RISK_TOO_FEW", () =>
    clusteredSurvival(asFollowUp(watched), { clusters: watched.clusters, minimumAtRisk: leastAtRisk }),
  );
  if (curve === undefined || curve.conditionalFrom > 0) return undefined;
  const { survival, interval } = survivalAt(curve, horizon);
  const ended = watched.exit.filter((time, at) => watched.event[at] === 1 && time <= horizon).length;
  return { value: survival, ...interval, base: Math.min(atRisk, ended), step: 0.01 };
}

function result(counted: Counted, { plan }: About): Result {
  const [tally, byQuarter, byMonth] = counted.tallies as [Tally, Tally, Tally];
  const { statistics = {} } = counted;
  const noun = unitNoun(plan);
  const quarters = quartersOf(plan);
  const shareOf = (key: string): Cell => {
    const share = statistics[`share_26.${key}`];
    if (share === undefined) return { mark: "x" };
    return isMarked(share) ? share : intervalOf(share);
  };
  return {
    base: survivalBase(tally, plan),
    method: `${survivalMethod} Cases by the calendar quarter in which they began, each followed from its beginning.`,
    uncertainty: survivalUncertainty(plan),
    tables: [
      {
        id: "start_cohorts",
        caption: `Share of ${noun} whose case is still open after 26 weeks, by the quarter in which it began, ${periodText(plan)}`,
        dimensions: ["Began in"],
        measures: [
          { key: "still_open_26_weeks", label: "Still open after 26 weeks", kind: "share", interval: true },
          { key: noun, label: noun === "cases" ? "Cases" : "Children", kind: "count" },
          { key: "followed", label: "Followed", kind: "text" },
        ],
        rows: quarters.map((quarter) => ({
          names: [quarter.label],
          cells: [
            shareOf(quarter.key),
            begunIn(quarter, byQuarter, byMonth),
            quarter.mature ? "for 26 weeks" : "immature",
          ],
        })),
      },
    ],
    notes: [
      "Immature: not all cases of the quarter have been followed for 26 weeks yet. Its share can still move, and it takes no part in what is said of change.",
      ...quarters
        .filter(({ to }) => plan.observed !== undefined && to > isoDay(plan.observed.to))
        .map(({ label }) => `${label} is only watched until ${longDate(plan.observed?.to ?? isoDate(0))}.`),
      ...windowNotes(counted, plan),
    ],
    messages: changeOf(
      quarters
        .filter(({ mature }) => mature)
        .map(({ key, label }) => ({ label, share: statistics[`share_26.${key}`] })),
    ),
    enquiries: [],
  };
}

/** Hidden with any of its months: those that are shown would give that one. */
function begunIn({ key, from, to }: StartQuarter, byQuarter: Tally, byMonth: Tally): Count {
  const [first, last] = [from, to].map((day) => isoDate(day).slice(0, 7)) as [string, string];
  const hidden = byMonth.rows.levels
    .flatMap((month, at) => (month.key >= first && month.key <= last ? [byMonth.rowTotals[at] as Count] : []))
    .find((count) => isMarked(count) && count.mark === "c");
  const row = byQuarter.rows.levels.findIndex((level) => level.key === key);
  return hidden ?? (row === -1 ? 0 : countIn(byQuarter, row, "all"));
}

function intervalOf({ value, lower = value, upper = value }: Statistic): {
  value: number;
  lower: number;
  upper: number;
} {
  return { value, lower, upper };
}

/** A change is told only where a straight line through the mature quarters clearly slopes. */
function changeOf(
  quarters: readonly {
    readonly label: string;
    readonly share: Statistic | Marked | undefined;
  }[],
): KeyMessage[] {
  const points = quarters.flatMap(({ label, share }, at) =>
    share === undefined || isMarked(share) ? [] : [{ label, at, coarse: share.coarse, ...intervalOf(share) }],
  );
  const [first, last] = [points[0], points.at(-1)];
  if (points.length < leastMature || first === undefined || last === undefined) return [];
  const slope = weightedSlope(
    points.map(({ at, value, lower, upper }) => ({ at, value, error: (upper - lower) / 3.92 })),
  );
  const span = `between cases that began in ${first.label} and in ${last.label}`;
  const shares = `${shareText(first.value, first)} and ${shareText(last.value, last)} were still open after 26 weeks`;
  const agrees = slope !== undefined && slope.value * (last.value - first.value) > 0;
  if (slope === undefined || !agrees || Math.abs(slope.value) <= 1.96 * slope.error) {
    return [{ text: `No clear change ${span}: ${shares}.`, weight: 0.4 }];
  }
  const word = slope.value < 0 ? "fell" : "rose";
  return [
    {
      text: `The share still open after 26 weeks ${word} from quarter to quarter, ${span}: ${shares}.`,
      headline: `Share still open after 26 weeks ${word} by start quarter`,
      weight: 0.8,
    },
  ];
}

/** Weighted least squares, the weights one over the variances. */
function weightedSlope(
  points: readonly { readonly at: number; readonly value: number; readonly error: number }[],
): { readonly value: number; readonly error: number } | undefined {
  if (points.some(({ error }) => !(error > 0))) return undefined;
  const weights = points.map(({ error }) => 1 / (error * error));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (of: (point: (typeof points)[number]) => number): number =>
    points.reduce((sum, point, k) => sum + (weights[k] as number) * of(point), 0) / total;
  const [meanAt, meanValue] = [mean(({ at }) => at), mean(({ value }) => value)];
  const spread = mean(({ at }) => (at - meanAt) * (at - meanAt)) * total;
  const shared = mean(({ at, value }) => (at - meanAt) * (value - meanValue)) * total;
  return spread > 0 ? { value: shared / spread, error: Math.sqrt(1 / spread) } : undefined;
}
