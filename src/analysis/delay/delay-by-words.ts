import { capital } from "../../frame/labels.js";
import type { KeyMessage } from "../result.js";
import { isMarked, type Level, type Marked, type Statistic, type Tally } from "../tally.js";
import { listText } from "../words.js";
import { intervalWords } from "./survival-words.js";

/** Age when the case began: the age at the reference date grows with the waiting. */
export const ageAtStart = "age_at_start";

export type Figures = Readonly<Record<string, Statistic | Marked>>;

/** A group whose cases clearly last longer or shorter than the others'. */
interface Clear {
  readonly field: string;
  readonly level: Level;
  readonly difference: Statistic;
}

/**
 * Groups whose interval leaves out 0 and whose adjusted p-value is below 5 %, and of these the three that differ most.
 */
function clearest(characteristics: readonly Tally[], statistics: Figures): Clear[] {
  return characteristics
    .flatMap(({ rows }) =>
      rows.levels.flatMap((level): Clear[] => {
        const difference = statistics[`difference.${rows.field}.${level.key}`];
        const adjusted = statistics[`adjusted.${rows.field}.${level.key}`];
        if (difference === undefined || adjusted === undefined || isMarked(difference) || isMarked(adjusted))
          return [];
        const { value, lower = value, upper = value } = difference;
        if ((lower <= 0 && upper >= 0) || adjusted.value >= 0.05) return [];
        return [{ field: rows.field, level, difference }];
      }),
    )
    .sort((a, b) => Math.abs(b.difference.value) - Math.abs(a.difference.value))
    .slice(0, 3);
}

/**
 * Who waits, in sentences.
 *
 * @param horizon - days up to which is counted
 */
export function delayMessages(
  characteristics: readonly Tally[],
  statistics: Figures,
  horizon: number,
): KeyMessage[] {
  return clearest(characteristics, statistics).map(({ field, level, difference }) => {
    const { value, lower = value, upper = value } = difference;
    const ends = [lower, upper].map(Math.abs).sort((a, b) => a - b) as [number, number];
    const { figure, interval } = intervalWords(
      [Math.abs(value), ...ends],
      difference,
      `weeks ${value > 0 ? "longer" : "less long"}`,
    );
    return {
      text: `Cases of ${whoOf(field, level)} last ${figure} on average than others, counted up to ${horizon / 7} weeks${interval}.`,
      weight: 0.5,
    };
  });
}

/** One question on all of them: the figures are in the messages. */
export function delayEnquiries(characteristics: readonly Tally[], statistics: Figures): KeyMessage[] {
  const clear = clearest(characteristics, statistics);
  const sides = [
    {
      words: "last longer on average than others",
      of: clear.filter(({ difference }) => difference.value > 0),
    },
    {
      words: "last less long on average than others",
      of: clear.filter(({ difference }) => difference.value < 0),
    },
  ].filter(({ of }) => of.length > 0);
  if (sides.length === 0) return [];
  const told = sides.map(({ words, of }) => `cases of ${listText(groupsOf(of))} ${words}`).join("; ");
  return [
    {
      text: `${capital(told)}: is that so within public and within private law too?`,
      weight: 0.5,
    },
  ];
}

/** Ages in one phrase, as they differ in a word only. */
function groupsOf(clear: readonly Clear[]): string[] {
  const born = clear.filter(({ field, level }) => field === ageAtStart && level.key !== "unborn");
  const others = clear.filter((one) => !born.includes(one)).map(({ field, level }) => whoOf(field, level));
  if (born.length === 0) return others;
  return [
    `children who were ${born.map(({ level }) => ageWords(level)).join(" or ")} when the case began`,
    ...others,
  ];
}

function ageWords({ label }: Level): string {
  return `${label.slice(0, 1).toLowerCase()}${label.slice(1)}`;
}

/** Children of a group, as a person would say it. */
const phrases: Readonly<Record<string, (level: Level) => string>> = {
  gender: ({ key, label }) =>
    ({ female: "girls", male: "boys" })[key] ?? `children whose gender is recorded as “${label}”`,
  [ageAtStart]: (level) =>
    level.key === "unborn"
      ? "children who were not yet born when the case began"
      : `children who were ${ageWords(level)} when the case began`,
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
