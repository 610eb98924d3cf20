import { isoDay } from "../../frame/calendar.js";
import type { Field } from "../../frame/field.js";
import { clusteredRestrictedMean } from "../../statistics/clustered-restricted-mean.js";
import { normalMultiplier } from "../../statistics/confidence.js";
import type { SurvivalCurve } from "../../statistics/kaplan-meier.js";
import { probabilityInterval } from "../../statistics/probability-interval.js";
import { axisOf } from "../axis.js";
import type { CurveGroup } from "../curves.js";
import { observe } from "../delay/observation.js";
import { groupSurvival, orUndefined } from "../delay/survival-curves.js";
import { asClustered, halfDay, type Watched, watch, watchedWhere } from "../delay/watched.js";
import type { Counted, Subject } from "../item.js";
import type { Interval95 } from "../result.js";
import { onlyFields } from "../subject-fields.js";
import { fieldOf, tabulate } from "../tabulate.js";
import type { Statistic } from "../tally.js";
import type { DefinedIndicator } from "./defined-indicator.js";
import { type JudgedDuration, judgeDurations } from "./judge-duration.js";
import { unitsMeeting } from "./membership.js";
import { againstRest } from "./verdict.js";

/** So many are at risk at the time that a figure is about, and so many are watched from their beginning. */
const leastAtRisk = 10;

/** Key of the whole's curve and figures. */
export const wholeKey = "";

/** Units of one area, or of all, with what is measured of them. */
interface Measured {
  readonly figure?: Interval95;
  /** The smallest count that it rests on. */
  readonly base: number;
  readonly shown?: CurveGroup;
}

/** Counts how long cases last by area: how many are followed, and figures with clustered standard errors. */
export function countDuration(
  subject: Subject,
  { counting, indicator }: DefinedIndicator,
  by: string,
): Counted {
  const { what, of } = counting;
  const field = fieldOf(subject, by);
  const base = new Set(unitsMeeting(subject, subject.units, of));
  const all = watchedWhere(watch(subject), (unit) => base.has(unit));
  const { levels, places } = axisOf(field, subject.plan, all.units);
  const areaOf = (unit: number): number => places[field.codes[unit] as number]?.[0] ?? -1;
  const isShare = "stillOpenAt" in what;
  const until = 7 * (isShare ? what.stillOpenAt : "weeksWithin" in what ? what.weeksWithin : 0);
  const measure = (watched: Watched, label: string, key: string): Measured =>
    isShare ? stillOpen(watched, { key, label, day: until }) : weeksOpen(watched, { until });
  const whole = measure(all, subject.plan.compare?.whole ?? "All areas", wholeKey);
  // Units of no level are a last group: they are of the whole.
  const areas = {
    codes: all.units.map((unit) => (areaOf(unit) === -1 ? levels.length : areaOf(unit))),
    count: levels.length + 1,
  };
  const judged =
    whole.figure === undefined
      ? []
      : judgeDurations(all, {
          kind: isShare ? "survival" : "restricted-mean",
          until,
          watchedTo: endsOfWatch(subject, all),
          areas,
        });
  const statistics: Record<string, Statistic> = {};
  const groups: CurveGroup[] = whole.shown === undefined ? [] : [whole.shown];
  const put = (key: string, { figure, base: few }: Measured, step: number): void => {
    if (figure === undefined) return;
    statistics[`value.${key}`] = {
      value: figure.value,
      lower: figure.lower,
      upper: figure.upper,
      base: few,
      step,
    };
  };
  const step = isShare ? 0.01 : 1;
  put(wholeKey, whole, step);
  for (const [area, { key, label, unknown }] of levels.entries()) {
    const own = watchedWhere(all, (unit) => areaOf(unit) === area);
    const found = own.units.length === 0 ? { base: 0 } : measure(own, label, key);
    put(key, found, step);
    if (unknown) continue;
    if (found.shown !== undefined) groups.push(found.shown);
    if (found.figure === undefined || whole.figure === undefined) continue;
    const isRest = againstRest(own.units.length, all.units.length);
    const rest = isRest
      ? measure(
          watchedWhere(all, (unit) => areaOf(unit) !== area),
          "",
          "",
        )
      : undefined;
    if (isRest && rest?.figure === undefined) continue;
    const against = rest?.figure ?? whole.figure;
    const { pValue, isLonger, tooFew } = judged[area] as JudgedDuration;
    // The test weighs times by who is watched at them, the figure does not: where they point different ways nothing is said.
    const agree = found.figure.value > against.value === isLonger;
    if (pValue !== undefined)
      statistics[`p.${key}`] = { value: agree ? pValue : 1, base: found.base, step: 0.0001 };
    if (tooFew) statistics[`few.${key}`] = { value: 1, base: found.base, step: 1 };
    statistics[`against.${key}`] = { value: against.value, base: found.base, step };
    statistics[`rest.${key}`] = { value: isRest ? 1 : 0, base: found.base, step: 1 };
  }
  const followed: Field = {
    name: `regional/${indicator.id}`,
    kind: "category",
    levels: ["yes", "no"],
    codes: new Int32Array(subject.frame.ids.length).fill(1),
  };
  for (const unit of all.units) followed.codes[unit] = 0;
  const units = subject.units.filter((unit) => base.has(unit));
  const tally = tabulate(onlyFields(subject, [followed, field]), {
    id: followed.name,
    universe: counting.universe,
    ...(counting.within === undefined ? {} : { within: counting.within }),
    rows: followed.name,
    columns: by,
    units,
  });
  return {
    tallies: [{ ...tally, rows: { ...tally.rows, label: "Followed in the window" } }],
    statistics,
    ...(isShare ? { curves: [{ id: `regional/${indicator.id}`, groups }] } : {}),
  };
}

/** Age at which each unit's watch ends, or would have ended had it not ended before. */
function endsOfWatch(subject: Subject, { units, entry }: Watched): Float64Array {
  const { dates } = observe(subject);
  const { observed } = subject.plan;
  if (dates === undefined || observed === undefined) throw new Error("the export is no window");
  const to = isoDay(observed.to);
  const begun = new Map(Array.from(subject.units, (unit, at) => [unit, dates.begun[at] as number]));
  return Float64Array.from(units, (unit, at) =>
    Math.max(to - (begun.get(unit) as number), (entry[at] as number) + halfDay),
  );
}

/** The share still open at a day, of those watched from their beginning on. */
function stillOpen(
  watched: Watched,
  { key, label, day }: { readonly key: string; readonly label: string; readonly day: number },
): Measured {
  const found = groupSurvival({ key, label, watched });
  if (found === undefined) return { base: 0 };
  const { whole, shown } = found;
  const { atRisk, ended } = standingAt(watched, day);
  const base = Math.min(atRisk, ended);
  if (atRisk < leastAtRisk || whole.conditionalFrom > 0) return { base, shown };
  return { base, shown, figure: shareAt(whole, { day, atRisk, families: familiesOf(watched) }) };
}

function shareAt(
  { times, survival, standardErrors }: SurvivalCurve,
  { day, atRisk, families }: { readonly day: number; readonly atRisk: number; readonly families: number },
): NonNullable<Measured["figure"]> {
  const step = times.findLastIndex((time) => time <= day);
  const value = step === -1 ? 1 : (survival[step] as number);
  // Few families look more alike than they are.
  const standardError =
    (step === -1 ? 0 : (standardErrors[step] as number)) * Math.sqrt(families / (families - 1));
  const z = normalMultiplier();
  const inner = probabilityInterval({ p: value, standardError }, "log-log", z);
  const size = standardError > 0 ? (value * (1 - value)) / (standardError * standardError) : atRisk;
  // Where nobody ended the curve says nothing of chance: Wilson's bound of so many at risk.
  const { lower, upper } = inner ?? { lower: size / (size + z * z), upper: 1 };
  return { value, lower, upper };
}

function weeksOpen(watched: Watched, { until }: { readonly until: number }): Measured {
  const { atRisk, ended } = standingAt(watched, until);
  const base = Math.min(atRisk, ended);
  const found = orUndefined(
    ["FOLLOW_UP_TOO_SHORT", "AT_RISK_TOO_FEW", "TIME_OUT_OF_RANGE", "STATISTIC_UNDEFINED"],
    () => clusteredRestrictedMean(asClustered(watched), { until, minimumAtRisk: leastAtRisk }),
  );
  if (found === undefined || found.conditionalFrom > 0) return { base };
  const families = familiesOf(watched);
  const standardError = (found.standardError / 7) * Math.sqrt(families / (families - 1));
  const value = found.mean / 7;
  const half = normalMultiplier() * standardError;
  return {
    base,
    figure: { value, lower: value - half, upper: value + half },
  };
}

function standingAt(
  { entry, exit, event }: Watched,
  day: number,
): { readonly atRisk: number; readonly ended: number } {
  let [atRisk, ended] = [0, 0];
  for (let at = 0; at < exit.length; at++) {
    const end = exit[at] as number;
    if (end >= day && (entry[at] as number) < day) atRisk++;
    if (event[at] === 1 && end <= day) ended++;
  }
  return { atRisk, ended };
}

function familiesOf({ clusters }: Watched): number {
  const seen = new Uint8Array(clusters.count);
  for (let at = 0; at < clusters.codes.length; at++) seen[clusters.codes[at] as number] = 1;
  return Math.max(
    2,
    seen.reduce((sum, one) => sum + one, 0),
  );
}
