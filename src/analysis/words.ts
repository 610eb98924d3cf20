import { thousands } from "../frame/words.js";
import type { Plan } from "../plan/types.js";
import { type Count, isMarked } from "./tally.js";

export const monthNames =
  "January February March April May June July August September October November December".split(" ");

/** 2026-11-16 as 16 November 2026. */
export function longDate(iso: string): string {
  return `${Number(iso.slice(8))} ${monthNames[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;
}

/** What the units of an analysis are about: the span in which cases were watched, or the day of the export. */
export function periodText(plan: Pick<Plan, "observed" | "reference_date">): string {
  const { observed, reference_date: reference } = plan;
  return observed === undefined
    ? longDate(reference)
    : `${longDate(observed.from)} to ${longDate(observed.to)}`;
}

/** Whether a figure was made coarser for publication: then it has no digits that only seem to be known. */
interface Fineness {
  readonly coarse?: true | undefined;
}

/** Days as weeks to 1 decimal; coarse ones are whole. */
export function weeksText(days: number, { coarse }: Fineness = {}): string {
  return (days / 7).toFixed(coarse ? 0 : 1);
}

/**
 * A figure in a sentence, with what goes between, and its interval: "6.4 weeks longer (95% interval 5.2 to 7.6)". Where
 * rounding for publication leaves a bound at the figure, an interval would only seem to be known: "about 6 weeks longer".
 *
 * @param texts - figure and bounds as they are written
 */
export function withInterval(
  [value, lower, upper]: readonly [value: string, lower: string, upper: string],
  unit: string,
): { readonly figure: string; readonly interval: string } {
  const isTouched = value === lower || value === upper;
  return isTouched
    ? { figure: `about ${value} ${unit}`, interval: "" }
    : { figure: `${value} ${unit}`, interval: ` (95% interval ${lower} to ${upper})` };
}

/** A fraction as a percentage to 1 decimal: 0% and 100% only where it is exactly that; coarse ones are whole percent. */
export function shareText(share: number, { coarse }: Fineness = {}): string {
  if (share === 0 || share === 1 || coarse) return `${Math.round(share * 100)}%`;
  const text = (share * 100).toFixed(1);
  if (text === "0.0") return "under 0.1%";
  return text === "100.0" ? "over 99.9%" : `${text}%`;
}

/** "1,234", or the shorthand for why it is not shown. */
export function countText(count: Count): string {
  return isMarked(count) ? `[${count.mark}]` : thousands(count);
}

/** A field's name inside a sentence: `closed_date` is "closed date". */
export function fieldWords(name: string): string {
  return name.replaceAll("_", " ");
}

/** A label inside a sentence: "Law type" is "law type", "DFJ area" stays. */
export function inSentence(label: string): string {
  return /^\p{Lu}\p{Lu}/u.test(label) ? label : label.slice(0, 1).toLowerCase() + label.slice(1);
}

/** "a", "a and b", "a, b and c". */
export function listText(items: readonly string[], last: "and" | "or" = "and"): string {
  const end = items.at(-1) ?? "";
  return items.length < 2 ? end : `${items.slice(0, -1).join(", ")} ${last} ${end}`;
}
