import { isoDate, isoDay } from "../../frame/calendar.js";
import type { Plan } from "../../plan/types.js";
import { longDate, monthNames } from "../words.js";

/** A month of the calendar; days are day numbers. */
export interface Month {
  /** `2026-05`. */
  readonly key: string;
  /** "May 2026". */
  readonly label: string;
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly from: number;
  /** Its last day. */
  readonly to: number;
}

/** A span of ISO dates, both days in it. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** The months that lie in a span with all their days, oldest first: counts of a part of a month say nothing beside others. */
export function wholeMonths(span: Span): readonly Month[] {
  const [first, last] = [isoDay(span.from), isoDay(span.to)];
  const months: Month[] = [];
  for (let at = monthNumber(span.from); ; at++) {
    const month = monthAt(at);
    if (month.to > last) return months;
    if (month.from >= first) months.push(month);
  }
}

/**
 * The months on whose last day the backlog is known: those of {@link wholeMonths}, and the one before the first where it
 * ends within the span or on the day before it begins.
 */
export function monthEnds(span: Span): readonly Month[] {
  const [first, last] = [isoDay(span.from), isoDay(span.to)];
  const months: Month[] = [];
  for (let at = monthNumber(span.from) - 1; ; at++) {
    const month = monthAt(at);
    if (month.to > last) return months;
    if (month.to >= first - 1) months.push(month);
  }
}

/** Months since year 0. */
function monthNumber(iso: string): number {
  return Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1;
}

function monthAt(at: number): Month {
  const [year, place] = [Math.floor(at / 12), at % 12];
  return {
    key: isoDate(firstDay(at)).slice(0, 7),
    label: `${monthNames[place]} ${year}`,
    year,
    month: place + 1,
    from: firstDay(at),
    to: firstDay(at + 1) - 1,
  };
}

function firstDay(at: number): number {
  return isoDay(
    `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}-01`,
  );
}

/** "May 2025 to October 2026". */
export function monthSpan(months: readonly Month[]): string {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return "no whole month";
  return first === last ? first.label : `${first.label} to ${last.label}`;
}

/** What of the observation window stands in no month of the tables. */
export function partMonthNotes({ observed }: Pick<Plan, "observed">, months: readonly Month[]): string[] {
  const [first, last] = [months[0], months.at(-1)];
  if (observed === undefined || first === undefined || last === undefined) return [];
  const spans = [
    ...(isoDay(observed.from) < first.from ? [spanText(observed.from, isoDate(first.from - 1))] : []),
    ...(isoDay(observed.to) > last.to ? [spanText(isoDate(last.to + 1), observed.to)] : []),
  ];
  if (spans.length === 0) return [];
  return [
    `Whole months only: ${spans.join(" and ")} are left out, because only a part of their month was observed.`,
  ];
}

function spanText(from: string, to: string): string {
  return from === to ? longDate(from) : `${longDate(from)} to ${longDate(to)}`;
}
