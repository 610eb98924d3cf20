import { CasedrawError } from "../errors.js";
import { daysInMonth } from "../plan/iso-date.js";
import { isoDate, isoText } from "./calendar.js";
import { cleanText, isBlank } from "./text.js";

/** A distinct cell text of a date column and where it first stands. */
export interface DatedCell {
  readonly raw: string;
  readonly row: number;
}

export interface DateColumn {
  /** ISO date of each cell given, "" where blank. */
  readonly dates: readonly string[];
  /** Distinct values that were day counts of a spreadsheet. */
  readonly serials: number;
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const monthNames = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/** The time of day that some exports add; casedraw counts in days. */
const time = String.raw`(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?(?:Z|[+-]\d{2}:?\d{2})?)?`;
const isoForm = new RegExp(String.raw`^(\d{4})[-/](\d{1,2})[-/](\d{1,2})${time}$`, "i");
const slashForm = new RegExp(String.raw`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})${time}$`, "i");
const namedForm = new RegExp(String.raw`^(\d{1,2})[ -]([a-z]+)[ -](\d{4})${time}$`, "i");
const monthForm = String.raw`(?:\d{1,2}|(?:${[...monthNames, ...months, "sept"].join("|")}))`;
const shortYear = new RegExp(String.raw`^\d{1,2}[/. -]${monthForm}[/. -]\d{2}$`, "i");
/** What can only be meant for a date: three parts, the month a number or a name, or a year alone. */
const dateLike = new RegExp(
  String.raw`^(?:\d{1,2}[/. -]${monthForm}[/. -]\d{2,4}|\d{4}[/. -]\d{1,2}[/. -]\d{1,2})${time}$|^\d{4}$`,
  "i",
);

/**
 * A bare day count of a spreadsheet has five digits (1927 to 2099): a shorter number may be a year and is refused.
 * Day 25569 is 1 January 1970, and day 24107 where a workbook counts from 1904.
 */
const serialForm = /^[1-9]\d{4}(?:\.\d+)?$/;
const lastSerial = 73050;

const earliestYear = 1900;
const latestYear = 2099;

/**
 * Reads the distinct texts of one date column. Dates are day first; a column in which some dates can only be day first
 * and others only month first is an error that shows one of each, and so is any date that cannot be read.
 *
 * @param cells - distinct texts with the row where each first stands
 * @param options.dateSystem - what a bare day count counts from: 1900 (default) or 1904
 * @param options.ofBirth - whether they are dates of birth, which no message repeats
 * @throws CasedrawError `DATE_ORDER_MIXED`, `DATE_YEAR_SHORT`, `DATE_UNREADABLE`
 */
export function readDates(
  cells: readonly DatedCell[],
  options: {
    readonly file: string;
    readonly column: string;
    readonly dateSystem?: 1900 | 1904;
    readonly ofBirth?: boolean;
  },
): DateColumn {
  const { file, column, ofBirth = false } = options;
  const epoch = options.dateSystem === 1904 ? 24107 : 25569;
  let serials = 0;
  let dayFirst: DatedCell | undefined;
  let monthFirst: DatedCell | undefined;
  const unreadable: DatedCell[] = [];
  const dates = cells.map((cell): string => {
    const text = cleanText(cell.raw);
    if (isBlank(text) || /^n\/a$/i.test(text)) return "";
    const slash = slashForm.exec(text);
    if (slash !== null && Number(slash[1]) > 12) dayFirst = earlier(dayFirst, cell);
    const date = slash === null ? otherForm(text) : calendarDate(slash[3], slash[2], slash[1]);
    if (date !== undefined) return date;
    if (slash !== null && calendarDate(slash[3], slash[1], slash[2]) !== undefined) {
      monthFirst = earlier(monthFirst, cell);
    } else if (serialForm.test(text) && Number(text) <= lastSerial) {
      serials++;
      return isoDate(Math.floor(Number(text)) - epoch);
    } else unreadable.push(cell);
    return "";
  });
  if (monthFirst !== undefined && dayFirst !== undefined) {
    throw new CasedrawError(
      "DATE_ORDER_MIXED",
      `Dates of both orders stand in one column: ${shownDate(dayFirst.raw, ofBirth)} (row ${dayFirst.row}) can only be day ` +
        `first, ${shownDate(monthFirst.raw, ofBirth)} (row ${monthFirst.row}) only month first (${file}, column "${column}"). ` +
        "Dates such as 01/02/2024 in it cannot be trusted: ask the data's owner for the column again, in one order.",
      { file, column, rows: [dayFirst.row, monthFirst.row] },
    );
  }
  if (monthFirst !== undefined) unreadable.push(monthFirst);
  if (unreadable.length > 0) throw unreadableDate(unreadable, monthFirst, { file, column, ofBirth });
  return { dates, serials };
}

function otherForm(text: string): string | undefined {
  const iso = isoForm.exec(text);
  if (iso !== null) return calendarDate(iso[1], iso[2], iso[3]);
  const named = namedForm.exec(text);
  if (named === null) return undefined;
  const name = (named[2] as string).toLowerCase();
  const month = Math.max(months.indexOf(name), monthNames.indexOf(name), name === "sept" ? 8 : -1) + 1;
  return calendarDate(named[3], String(month), named[1]);
}

function calendarDate(y?: string, m?: string, d?: string): string | undefined {
  const [year, month, day] = [Number(y), Number(m), Number(d)];
  if (year < earliestYear || year > latestYear || month < 1 || month > 12) return undefined;
  return day >= 1 && day <= daysInMonth(year, month) ? isoText(year, month, day) : undefined;
}

function earlier(a: DatedCell | undefined, b: DatedCell): DatedCell {
  return a !== undefined && a.row <= b.row ? a : b;
}

function unreadableDate(
  cells: readonly DatedCell[],
  monthFirst: DatedCell | undefined,
  { file, column, ofBirth }: { readonly file: string; readonly column: string; readonly ofBirth: boolean },
): CasedrawError {
  const sorted = cells.toSorted((a, b) => a.row - b.row);
  const short = sorted.find((cell) => shortYear.test(cleanText(cell.raw)));
  const shown = short ?? monthFirst ?? (sorted[0] as DatedCell);
  const rule =
    short !== undefined
      ? "two-digit years are refused, because 05/06/24 could be three dates"
      : shown === monthFirst
        ? "dates are day first (DD/MM/YYYY), and this one can only be month first"
        : "expected DD/MM/YYYY or YYYY-MM-DD, in the years 1900 to 2099";
  const more =
    sorted.length > 1
      ? ` ${sorted.length - 1} more unreadable value${sorted.length > 2 ? "s" : ""} in this column.`
      : "";
  return new CasedrawError(
    short === undefined ? "DATE_UNREADABLE" : "DATE_YEAR_SHORT",
    `Date cannot be read: ${rule}, got ${shownDate(shown.raw, ofBirth)} (${file}, row ${shown.row}, column "${column}").${more} ` +
      "Correct the export, or ask its owner to.",
    { file, row: shown.row, column, rows: sorted.slice(0, 20).map((cell) => cell.row), count: sorted.length },
  );
}

/**
 * A value is repeated in a message only where it looks like a date: anything else may be a name or a number to call in the wrong
 * column. Of a date of birth its form alone is told.
 */
function shownDate(raw: string, ofBirth: boolean): string {
  const text = cleanText(raw);
  if (!dateLike.test(text)) return `text of ${text.length} characters`;
  return ofBirth
    ? `a date in the form ${text.replace(/\d/g, "9").replace(/[a-z]{3,}/gi, "month")}`
    : `"${text}"`;
}
