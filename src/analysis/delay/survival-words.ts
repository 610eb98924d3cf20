import { isoDay } from "../../frame/calendar.js";
import type { Plan } from "../../plan/types.js";
import type { Counted } from "../item.js";
import type { Base, Cell } from "../result.js";
import { type Count, isMarked, type Marked, type Statistic, type Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { countText, periodText, weeksText, withInterval } from "../words.js";
import { followedIn, leftOut } from "./follow-up-tally.js";

/** What every figure of how long cases last rests on. */
export function survivalBase(tally: Tally, plan: Plan): Base {
  const undated = tally.rows.levels.length - 1;
  return {
    units: followedIn(tally, "all"),
    unit: unitNoun(plan),
    period: periodText(plan),
    missing: tally.rowTotals[undated] as Count,
  };
}

export const survivalMethod =
  "Kaplan–Meier with delayed entry: a case that was open when the window began counts from the age that it had then, one that " +
  "is open at the window's end counts until then. Days from the beginning to the end; a case that begins and ends on one " +
  "day counts half a day.";

export function survivalUncertainty(plan: Pick<Plan, "unit">): string {
  const clustered =
    plan.unit === "child"
      ? "standard errors let children of one case end together (clustered infinitesimal jackknife)"
      : "standard errors by the infinitesimal jackknife";
  return `95% intervals on the log-log scale; ${clustered}. They describe the process behind the export, which is a count of all, not a sample.`;
}

/** What a reader has to know of the window: who is left out of it, and what makes one doubt it. */
export function windowNotes({ tallies, statistics = {} }: Counted, plan: Plan): string[] {
  const [tally] = tallies;
  const noun = unitNoun(plan);
  const out = tally === undefined ? [] : leftOut(tally);
  const told = out.map(({ why, count }) => `${sentenceStart(why)} (${countText(count)})`);
  const after = told.filter((text) => text.startsWith("ended after it"));
  const left = told.filter((text) => !text.startsWith("ended after it"));
  const { days_without_ending: quiet, days_without_beginning: silent } = statistics;
  return [
    ...(left.length === 0
      ? []
      : [`Left out, because the dates do not fit the observation window: ${noun} that ${left.join("; ")}.`]),
    ...(after.length === 0 ? [] : [`Counted as open at the window's end: ${noun} that ${after.join("")}.`]),
    ...doubtNote(quiet, plan, "ended. If endings of that time are missing, cases last less long than shown."),
    ...doubtNote(silent, plan, "began. If cases that began then are missing, ask for them."),
  ];
}

function sentenceStart(why: string): string {
  if (why.startsWith("No date")) return "have no date of their beginning";
  return why.slice(0, 1).toLowerCase() + why.slice(1);
}

function doubtNote(days: Statistic | Marked | undefined, plan: Plan, rest: string): string[] {
  if (days === undefined || isMarked(days) || plan.observed === undefined) return [];
  const length = isoDay(plan.observed.to) - isoDay(plan.observed.from) + 1;
  return [
    `For ${weeks(days.value)} weeks in a row, of ${weeks(length)} in the observation window, no case ${rest}`,
  ];
}

/** Days as weeks in a sentence, with their interval. */
export function intervalWords(
  [value, lower, upper]: readonly [value: number, lower: number, upper: number],
  fineness: Pick<Statistic, "coarse">,
  unit: string,
): ReturnType<typeof withInterval> {
  const text = (days: number): string => weeksText(days, fineness);
  return withInterval([text(value), text(lower), text(upper)], unit);
}

function weeks(days: number): number {
  return Math.round(days / 7);
}

/** Days with their interval in weeks; without a bound, the figure alone; `x` where there is none. */
export function weeksCell(statistic: Statistic | Marked | undefined): Cell {
  if (statistic === undefined) return { mark: "x" };
  if (isMarked(statistic)) return statistic;
  const { value, lower, upper } = statistic;
  return lower === undefined || upper === undefined
    ? value / 7
    : { value: value / 7, lower: lower / 7, upper: upper / 7 };
}
