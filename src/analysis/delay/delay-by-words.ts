import type { KeyMessage } from "../result.js";
import { isMarked, type Level, type Marked, type Statistic, type Tally } from "../tally.js";
import { weeksText } from "../words.js";

/** Age when the case began: the age at the reference date grows with the waiting. */
export const ageAtStart = "age_at_start";

export type Figures = Readonly<Record<string, Statistic | Marked>>;

/**
 * Who waits, in sentences: only groups whose interval leaves out 0 and whose adjusted p-value is below 5 %, and of these the
 * three that differ most.
 *
 * @param horizon - days up to which is counted
 */
export function delayMessages(
  characteristics: readonly Tally[],
  statistics: Figures,
  horizon: number,
): KeyMessage[] {
  return characteristics
    .flatMap(({ rows }) =>
      rows.levels.flatMap((level) => {
        const difference = statistics[`difference.${rows.field}.${level.key}`];
        const adjusted = statistics[`adjusted.${rows.field}.${level.key}`];
        if (difference === undefined || adjusted === undefined || isMarked(difference) || isMarked(adjusted))
          return [];
        const { value, lower = value, upper = value } = difference;
        if ((lower <= 0 && upper >= 0) || adjusted.value >= 0.05) return [];
        return [{ who: whoOf(rows.field, level), difference, value, lower, upper }];
      }),
    )
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, 3)
    .map(({ who, difference, value, lower, upper }) => {
      const ends = [lower, upper].map(Math.abs).sort((a, b) => a - b) as [number, number];
      return {
        text:
          `Cases of ${who} last ${weeksText(Math.abs(value), difference)} weeks ${value > 0 ? "longer" : "less long"} on average than others, ` +
          `counted up to ${horizon / 7} weeks (95% interval ${weeksText(ends[0], difference)} to ${weeksText(ends[1], difference)}).`,
        weight: 0.5,
      };
    });
}

/** Children of a group, as a person would say it. */
const phrases: Readonly<Record<string, (level: Level) => string>> = {
  gender: ({ key, label }) =>
    ({ female: "girls", male: "boys" })[key] ?? `children whose gender is recorded as “${label}”`,
  [ageAtStart]: ({ key, label }) =>
    key === "unborn"
      ? "children who were not yet born when the case began"
      : `children who were ${label.slice(0, 1).toLowerCase()}${label.slice(1)} when the case began`,
  ethnic_group: ({ label }) => `children in the ${label} ethnic group`,
  disability: ({ key, label }) =>
    ({ yes: "disabled children", no: "children who are not disabled" })[key] ??
    `children whose disability is recorded as “${label}”`,
  service_area: ({ label }) => `children in the service area ${label}`,
};

function whoOf(field: string, level: Level): string {
  const phrase = phrases[field];
  if (phrase === undefined) throw new Error(`no words for groups by ${field}`);
  return phrase(level);
}
