import { longDate } from "../words.js";

/** `calendar`: from January; `financial`: from April. */
export type YearKind = "calendar" | "financial";

/** How long the periods of a series are. */
export type PeriodLength = "year" | "quarter" | "month";

/** The time that a published figure is about. */
export interface Period {
  /** As the file has it. */
  readonly text: string;
  readonly length: PeriodLength;
  /** Of months: `calendar`. */
  readonly yearKind: YearKind;
  /** Its place among periods of its length: the next one is 1 more. */
  readonly at: number;
  /** ISO date of its first day. */
  readonly from: string;
}

const monthsIn = { year: 12, quarter: 3, month: 1 } as const;

/**
 * A period as published tables write it.
 *
 * @param text - `2024`, `2024-Q1`, `2024-05` or `2023/24`
 * @param yearKind - the kind of year that the file states; by default `2023/24` is financial and every other calendar. The
 *   quarter `2024-Q1` of a financial year is April to June 2024.
 * @returns undefined where it is none, or contradicts the kind of year
 */
export function parsePeriod(text: string, yearKind: YearKind | undefined): Period | undefined {
  const split = /^(\d{4})\/(\d{2})$/.exec(text);
  if (split !== null) {
    const year = Number(split[1]);
    if (Number(split[2]) !== (year + 1) % 100 || yearKind === "calendar") return undefined;
    return periodFrom(text, "year", { yearKind: "financial", month: year * 12 + 3 });
  }
  const whole = /^(\d{4})$/.exec(text);
  if (whole !== null) {
    if (yearKind === "financial") return undefined;
    return periodFrom(text, "year", { yearKind: "calendar", month: Number(whole[1]) * 12 });
  }
  const quarter = /^(\d{4})-Q([1-4])$/.exec(text);
  if (quarter !== null) {
    const start = Number(quarter[1]) * 12 + (Number(quarter[2]) - 1) * 3;
    const kind = yearKind ?? "calendar";
    return periodFrom(text, "quarter", { yearKind: kind, month: start + (kind === "financial" ? 3 : 0) });
  }
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  if (month === null) return undefined;
  return periodFrom(text, "month", {
    yearKind: "calendar",
    month: Number(month[1]) * 12 + Number(month[2]) - 1,
  });
}

function periodFrom(
  text: string,
  length: PeriodLength,
  { yearKind, month }: { readonly yearKind: YearKind; readonly month: number },
): Period {
  const from = `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}-01`;
  return { text, length, yearKind, at: Math.floor(month / monthsIn[length]), from };
}

/** "2024", "2023/24", "January to March 2024", "May 2024". */
export function periodName({ text, length, from }: Period): string {
  if (length === "year") return text;
  const [, month, year] = longDate(from).split(" ") as [string, string, string];
  if (length === "month") return `${month} ${year}`;
  const later = longDate(`${from.slice(0, 5)}${String(Number(from.slice(5, 7)) + 2).padStart(2, "0")}-01`);
  return `${month} to ${later.slice(2)}`;
}

/** "Jan to Mar 2024", "May 2024": as it stands under a plot. */
export function shortPeriodName(period: Period): string {
  return periodName(period).replace(/\b(\p{Lu}\p{Ll}{2})\p{Ll}+/gu, "$1");
}

/** From the first day of one period to the last of another: "January 2022 to June 2026", "2019/20 to 2024/25". */
export function periodSpan(first: Period, last: Period): string {
  if (first.length !== "quarter")
    return first.text === last.text ? periodName(first) : `${periodName(first)} to ${periodName(last)}`;
  const start = longDate(first.from).slice(2);
  return `${start} to ${periodName(last).split(" to ")[1]}`;
}
