import { capital } from "../../frame/labels.js";
import {
  clusteredRestrictedMean,
  clusteredRestrictedMeanDifference,
} from "../../statistics/clustered-restricted-mean.js";
import { survivalQuantile } from "../../statistics/survival-quantile.js";
import type { CurveGroup, CurveSet } from "../curves.js";
import type { About, Counted, Item, Subject } from "../item.js";
import { isLawType } from "../law-types.js";
import type { KeyMessage, Result, ResultRow } from "../result.js";
import { singleValued } from "../subject-fields.js";
import { fieldOf } from "../tabulate.js";
import { isMarked, type Statistic } from "../tally.js";
import { ofChildren, unitNoun } from "../units.js";
import { inSentence, periodText, shareText } from "../words.js";
import { type Apart, type Crossing, crossingOf, crossingWords } from "./crossing.js";
import { gridDays } from "./curve-grid.js";
import { followUpTally } from "./follow-up-tally.js";
import { observe, windowRefusal } from "./observation.js";
import { readCurve } from "./read-curve.js";
import { type GroupSurvival, leastAtRisk, orUndefined, survivalByLaw } from "./survival-curves.js";
import {
  intervalWords,
  survivalBase,
  survivalMethod,
  survivalUncertainty,
  weeksCell,
  windowNotes,
} from "./survival-words.js";
import { asClustered, type WatchedGroup, watch, watchedAmong, watchedByLaw } from "./watched.js";

/** How long cases last, by law type. */
export const durationItem: Item = {
  id: "duration",
  section: "delay",
  question: "How long do cases last?",
  needs: "an observation window: observed in the plan, and dates of the beginning and the end",
  refusal: windowRefusal,
  count,
  result,
};

const meanWeeks = [52, 100] as const;

/** The figure moves in whole weeks where it is published. */
const week = 7;

function count(subject: Subject): Counted {
  const curves = survivalByLaw(subject);
  const means = meansOf(watchedByLaw(subject));
  const statistics: Record<string, Statistic> = { ...observe(subject).doubts };
  for (const found of curves) {
    const median = medianOf(found);
    if (median !== undefined) statistics[`median.${found.group.key}`] = median;
  }
  for (const { key, weeks, mean } of means) statistics[`mean_${weeks}.${key}`] = mean;
  for (const weeks of meanWeeks) {
    const difference = differenceOf(
      subject,
      means.filter((mean) => mean.weeks === weeks),
    );
    if (difference !== undefined) statistics[`difference_${weeks}`] = difference;
  }
  return {
    tallies: [followUpTally(subject, "duration")],
    statistics,
    curves: [{ id: "duration", groups: curves.map(({ shown }) => shown) }],
  };
}

/** Days; it rests on the fewer of those that ended by then and those still followed. */
function medianOf({ estimate }: GroupSurvival): Statistic | undefined {
  const { time, lower, upper } = survivalQuantile(estimate);
  if (time === undefined) return undefined;
  const by = estimate.times.findLastIndex((at) => at <= time);
  const ended = estimate.events.subarray(0, by + 1).reduce((sum, events) => sum + events, 0);
  return {
    value: time,
    ...(lower === undefined ? {} : { lower }),
    ...(upper === undefined ? {} : { upper }),
    base: Math.min(ended, estimate.atRisk[by] as number),
    step: week,
  };
}

const cannot = ["FOLLOW_UP_TOO_SHORT", "AT_RISK_TOO_FEW", "TIME_OUT_OF_RANGE", "STATISTIC_UNDEFINED"];

interface GroupMean {
  readonly key: string;
  readonly weeks: number;
  readonly mean: Statistic;
}

/** Of each law type up to each horizon; without those that cannot be had. */
function meansOf(groups: readonly WatchedGroup[]): readonly GroupMean[] {
  return groups.flatMap(({ key, watched }) => {
    const cases = asClustered(watched);
    return meanWeeks.flatMap((weeks): GroupMean[] => {
      const until = weeks * week;
      const found = orUndefined(cannot, () => clusteredRestrictedMean(cases, { until }));
      if (found === undefined || found.conditionalFrom > 0) return [];
      const base = Math.min(found.atRisk, endedBy(watched, until));
      return [{ key, weeks, mean: { value: found.mean, ...found.interval, base, step: week } }];
    });
  });
}

/** First less second, where there are two law types and both have a mean up to that horizon. */
function differenceOf(subject: Subject, means: readonly GroupMean[]): Statistic | undefined {
  const [one, other] = means.filter(({ key }) => isLawType(key));
  if (one === undefined || other === undefined) return undefined;
  const keys = [one.key, other.key];
  const law = singleValued(fieldOf(subject, "law_type"));
  const { watched, groups } = watchedAmong(watch(subject), law, keys);
  const found = orUndefined(cannot, () =>
    clusteredRestrictedMeanDifference(asClustered(watched), groups, { until: one.weeks * week }),
  );
  return (
    found && {
      value: found.difference,
      ...found.interval,
      base: Math.min(one.mean.base, other.mean.base),
      step: week,
    }
  );
}

function endedBy({ exit, event }: WatchedGroup["watched"], until: number): number {
  return exit.reduce((sum, time, at) => sum + (event[at] === 1 && time <= until ? 1 : 0), 0);
}

function result(counted: Counted, { plan }: About): Result {
  const { tallies, statistics = {} } = counted;
  const [set = { id: "duration", groups: [] }] = counted.curves ?? [];
  const [tally] = tallies;
  const noun = unitNoun(plan);
  const period = periodText(plan);
  return {
    base: tally === undefined ? { units: { mark: "x" }, unit: noun, period } : survivalBase(tally, plan),
    method: `${survivalMethod} Restricted mean: how long a case lasts on average, counted up to a horizon that is the same for all groups.`,
    uncertainty: survivalUncertainty(plan),
    tables: [
      {
        id: "duration_still_open",
        caption: `Share of ${noun} whose case is still open by weeks since it began, ${period}`,
        dimensions: ["Law type", "Weeks"],
        measures: [
          { key: "still_open", label: "Still open", kind: "share", interval: true },
          { key: "at_risk", label: "At risk", kind: "count" },
        ],
        rows: set.groups.flatMap((group) => curveRows(set, group)),
      },
      {
        id: "duration_averages",
        caption: `How long cases last, ${period}`,
        dimensions: ["Law type"],
        measures: [
          { key: "median_weeks", label: "Median (weeks)", kind: "weeks", interval: true },
          ...meanWeeks.map((weeks) => ({
            key: `mean_within_${weeks}_weeks`,
            label: `Mean, counted up to ${weeks} weeks (weeks)`,
            kind: "weeks" as const,
            interval: true,
          })),
        ],
        rows: set.groups.map(({ key, label }) => ({
          names: [label],
          cells: [
            weeksCell(statistics[`median.${key}`]),
            ...meanWeeks.map((weeks) => weeksCell(statistics[`mean_${weeks}.${key}`])),
          ],
        })),
      },
    ],
    notes: [
      ...windowNotes(counted, plan),
      `Curves and means need at least ${leastAtRisk} at risk: where fewer are left, a curve ends and a mean is not shown.`,
      ...set.groups
        .filter((group) => !group.hidden && group.conditionalFrom > 0)
        .map(
          ({ label, conditionalFrom }) =>
            `${label}: too few were watched before ${Math.ceil(conditionalFrom / 7)} weeks, so shares are of cases that last at least so long.`,
        ),
    ],
    messages: messagesOf(counted, set, plan),
    enquiries: [],
  };
}

function curveRows(set: CurveSet, group: CurveSet["groups"][number]): ResultRow[] {
  if (group.hidden) return [{ names: [group.label, "all"], cells: [{ mark: "c" }, { mark: "c" }] }];
  const days = [0, ...gridDays].filter((day) => day <= (group.times.at(-1) ?? -1));
  return days.map((day) => {
    const names = [group.label, String(Math.round(day / 7))];
    const read = readCurve(set, group, day);
    return isMarked(read) ? { names, cells: [read, read] } : { names, cells: [read.share, read.atRisk] };
  });
}

function messagesOf({ statistics = {} }: Counted, set: CurveSet, plan: About["plan"]): KeyMessage[] {
  const { groups } = set;
  const medians = groups.flatMap(({ key, label }): KeyMessage[] => {
    const median = statistics[`median.${key}`];
    if (median === undefined || isMarked(median) || median.lower === undefined || median.upper === undefined)
      return [];
    const { value, lower, upper } = median;
    const { figure, interval } = intervalWords([value, lower, upper], median, "weeks");
    return [
      {
        text: `Half of ${caseName(label)}${ofChildren(plan, ", counted by child,")} last more than ${figure}${interval}.`,
        weight: 0.6,
      },
    ];
  });
  const crossing = crossingOf(set);
  if (crossing !== undefined) return [crossingMessage(crossing, set, plan), ...medians];
  const [one, other] = groups;
  const [told] = [100, 52].flatMap((horizon) => {
    const difference = statistics[`difference_${horizon}`];
    return difference === undefined || isMarked(difference) ? [] : [{ horizon, difference }];
  });
  if (one === undefined || other === undefined || told === undefined) return medians;
  return [...medians, differenceMessage([one.label, other.label], told, plan)];
}

function differenceMessage(
  [one, other]: readonly [string, string],
  { difference, horizon }: { readonly difference: Statistic; readonly horizon: number },
  plan: About["plan"],
): KeyMessage {
  const { value, lower = value, upper = value } = difference;
  const counted = `counted up to ${horizon} weeks${ofChildren(plan, " and by child")}`;
  if (lower <= 0 && upper >= 0) {
    return {
      text: `How long ${caseName(one)} and ${caseName(other)} last, ${counted}, does not differ clearly.`,
      weight: 0.3,
    };
  }
  const [longer, shorter] = value > 0 ? [one, other] : [other, one];
  const ends = [Math.abs(lower), Math.abs(upper)].sort((a, b) => a - b) as [number, number];
  const { figure, interval } = intervalWords([Math.abs(value), ...ends], difference, "weeks longer");
  return {
    text: `${capital(caseName(longer))} last ${figure} on average than ${caseName(shorter)}, ${counted}${interval}.`,
    weight: 0.7,
  };
}

/** An average would hide that they change places. */
function crossingMessage(crossing: Crossing, set: CurveSet, plan: About["plan"]): KeyMessage {
  const [one, other] = set.groups as readonly [CurveGroup, CurveGroup];
  const told = ({ weeks, read: [a, b] }: Apart): string =>
    `after ${weeks} weeks ${shareText(a.share.value, set)} of ${caseName(one.label)} and ${shareText(b.share.value, set)} of ${caseName(other.label)} are still open`;
  return {
    text: `${crossingWords(crossing)}: ${ofChildren(plan, "counted by child, ")}${told(crossing.early)}, ${told(crossing.late)}.`,
    weight: 0.7,
  };
}

function caseName(label: string): string {
  return label.startsWith("All ") ? "cases" : `${inSentence(label)} cases`;
}
