import { CasedrawError } from "../errors.js";

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

const monthLength = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (monthLengths[month - 1] ?? 0);

/** Days from 1 January of year 1 to 30 December 1899, where Excel's count of days has its nought. */
const countedBeforeExcel = 693_594;

/**
 * A day as a number: Excel's own serial of the date (1900 system), right from 1 March 1900.
 *
 * @param month - 1 to 12; 13 is January of the next year
 */
export function dayNumber(year: number, month: number, date: number): number {
  if (month > 12) return dayNumber(year + 1, month - 12, date);
  const y = year - 1;
  let day = 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  for (let m = 1; m < month; m++) day += monthLength(year, m);
  return day + date - countedBeforeExcel;
}

/** An ISO date with its parts and day number. */
export interface DatePoint {
  readonly iso: string;
  readonly year: number;
  readonly month: number;
  readonly date: number;
  readonly day: number;
}

/**
 * Reads an ISO date of the years 2000 to 2099.
 *
 * @param option - the option's name, for the message
 * @throws CasedrawError `SYNTH_DATE_INVALID`
 */
export function readIsoDate(iso: string, option: string): DatePoint {
  const match = /^(20\d\d)-(\d\d)-(\d\d)$/.exec(iso);
  const [year, month, date] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])];
  if (!match || date < 1 || date > monthLength(year, month))
    throw new CasedrawError(
      "SYNTH_DATE_INVALID",
      `Synthetic export: ${option} must be a real date of 2000 to 2099 as yyyy-mm-dd, got "${iso}". Correct it.`,
      { option, value: iso },
    );
  return { iso, year, month, date, day: dayNumber(year, month, date) };
}

/** The same date a year earlier; 29 February gives 28 February. */
export function yearBefore(point: DatePoint): DatePoint {
  const year = point.year - 1;
  const date = Math.min(point.date, monthLength(year, point.month));
  const iso = `${year}${point.iso.slice(4, 8)}${String(date).padStart(2, "0")}`;
  return { iso, year, month: point.month, date, day: dayNumber(year, point.month, date) };
}

/**
 * The text of every day from 1 January of one year to 31 December of another, as DD/MM/YYYY.
 *
 * @returns a function from day number to text
 */
export function dayTexts(fromYear: number, toYear: number): (day: number) => string {
  const first = dayNumber(fromYear, 1, 1);
  const texts: string[] = [];
  for (let year = fromYear; year <= toYear; year++)
    for (let month = 1; month <= 12; month++)
      for (let date = 1; date <= monthLength(year, month); date++)
        texts.push(`${date < 10 ? "0" : ""}${date}/${month < 10 ? "0" : ""}${month}/${year}`);
  return (day) => {
    const text = texts[day - first];
    if (text === undefined) throw new RangeError(`day ${day} lies outside ${fromYear} to ${toYear}`);
    return text;
  };
}
