import { CasedrawError } from "../errors.js";
import type { Group } from "./rows.js";

/** Refuses numbers that a chart would have to bend to draw. */
export function demand(holds: boolean, rule: string, got: unknown, group?: Group): void {
  if (holds) return;
  const place = group === undefined ? "" : ` (${groupName(group)})`;
  throw new CasedrawError(
    "CHART_DATA_INVALID",
    `Chart: ${rule}, got ${String(got)}${place}. Correct the numbers that the chart is given.`,
    { rule, got, ...(group === undefined ? {} : { group: groupName(group) }) },
  );
}

/** An estimate is a probability, and its interval holds it. */
export function demandProbability(
  value: number,
  interval: { readonly lower: number; readonly upper: number },
  group: Group,
): void {
  demand(value >= 0 && value <= 1, "a probability is a number from 0 to 1", value, group);
  demand(interval.lower <= value, "an interval starts at or below its estimate", interval.lower, group);
  demand(interval.upper >= value, "an interval ends at or above its estimate", interval.upper, group);
  demand(
    Number.isFinite(interval.upper - interval.lower),
    "the ends of an interval are finite numbers",
    interval.upper,
    group,
  );
}

export function demandDraws(draws: number): void {
  demand(
    Number.isSafeInteger(draws) && draws >= 1,
    "the number of draws is a whole number of 1 or more",
    draws,
  );
}

export function demandGroups(groups: readonly Group[]): void {
  demand(groups.length > 0, "there has to be at least 1 group", groups.length);
}

/** "Gender: male". */
export function groupName({ characteristic, level }: Group): string {
  return `${characteristic}: ${level}`;
}
