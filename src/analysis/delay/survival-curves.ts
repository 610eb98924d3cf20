import { CasedrawError } from "../../errors.js";
import { clusteredSurvival } from "../../statistics/clustered-survival.js";
import type { SurvivalCurve } from "../../statistics/kaplan-meier.js";
import { numbersAtRisk } from "../../statistics/risk-table.js";
import type { CurveGroup } from "../curves.js";
import { perSubject } from "../per-subject.js";
import { gridDays } from "./curve-grid.js";
import { asFollowUp, type WatchedGroup, watchedByLaw } from "./watched.js";

/** So many have to be at risk for a curve to begin, to go on, or to be read. */
export const leastAtRisk = 10;

/** A group's curve as it is shown, and as it was estimated, cut where too few are at risk. */
export interface GroupSurvival {
  readonly shown: CurveGroup;
  readonly estimate: SurvivalCurve;
  /** Not cut. */
  readonly whole: SurvivalCurve;
}

/** A law type's watched units with their curve. */
export interface LawSurvival extends GroupSurvival {
  readonly group: WatchedGroup;
}

/** By law type; without those of which 10 are never at risk. */
export const survivalByLaw = perSubject((subject): readonly LawSurvival[] =>
  watchedByLaw(subject).flatMap((group) => {
    const found = groupSurvival(group);
    return found === undefined ? [] : [{ group, ...found }];
  }),
);

/**
 * The Kaplan–Meier curve of a group, from the first day with 10 at risk to the last, with bounds that allow for children of
 * one case. It has a point at every ending and at every day of the grid.
 *
 * @returns undefined where 10 are never at risk
 */
export function groupSurvival({ key, label, watched }: WatchedGroup): GroupSurvival | undefined {
  const followUp = asFollowUp(watched);
  const whole = orUndefined("AT_RISK_TOO_FEW", () =>
    clusteredSurvival(followUp, { clusters: watched.clusters, minimumAtRisk: leastAtRisk }),
  );
  if (whole === undefined) return undefined;
  const start = whole.conditionalFrom;
  const gridRisk = new Map(
    numbersAtRisk(followUp, gridDays).map((count, at) => [gridDays[at] as number, count]),
  );
  const steps = new Map(Array.from(whole.times, (time, k) => [time, k]));
  const all = [...new Set([...whole.times, ...gridDays])]
    .filter((time) => time > start)
    .sort((a, b) => a - b);
  const riskAt = (time: number): number => {
    const step = steps.get(time);
    return step === undefined ? (gridRisk.get(time) as number) : (whole.atRisk[step] as number);
  };
  const last = all.findLastIndex((time) => riskAt(time) >= leastAtRisk);
  const times = all.slice(0, last + 1);
  const estimate = cutAt(whole, times.at(-1) ?? start);
  const entered = followUp.entry as Float64Array;
  const atStart = entered.filter(
    (entry, at) => entry <= start && (watched.exit[at] as number) > start,
  ).length;
  const points = { shares: [1], lower: [1], upper: [1], atRisk: [atStart], events: [0] };
  let [share, lower, upper] = [1, 1, 1];
  for (const time of times) {
    const step = steps.get(time);
    if (step !== undefined) {
      share = whole.survival[step] as number;
      lower = whole.lower[step] ?? 0;
      upper = whole.upper[step] ?? upper;
    }
    points.shares.push(share);
    points.lower.push(lower);
    points.upper.push(upper);
    points.atRisk.push(riskAt(time));
    points.events.push(step === undefined ? 0 : (whole.events[step] as number));
  }
  return {
    shown: {
      key,
      label,
      times: [start, ...times],
      ...points,
      conditionalFrom: start,
      units: watched.units.length,
    },
    estimate,
    whole,
  };
}

function cutAt(curve: SurvivalCurve, until: number): SurvivalCurve {
  const kept = curve.times.findLastIndex((time) => time <= until) + 1;
  return {
    ...curve,
    times: curve.times.subarray(0, kept),
    atRisk: curve.atRisk.subarray(0, kept),
    events: curve.events.subarray(0, kept),
    survival: curve.survival.subarray(0, kept),
    standardErrors: curve.standardErrors.subarray(0, kept),
    lower: curve.lower.subarray(0, kept),
    upper: curve.upper.subarray(0, kept),
    until: Math.min(curve.until, until),
  };
}

/** What some work gives, or undefined where it is refused for these reasons. */
export function orUndefined<T>(codes: string | readonly string[], work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof CasedrawError && codes.includes(error.code)) return undefined;
    throw error;
  }
}
