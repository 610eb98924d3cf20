import { isoDate, isoDay } from "../frame/calendar.js";
import { thousands } from "../frame/words.js";
import { datesOf } from "./cells.js";
import { columnAt, type ExportFile } from "./export-file.js";
import { nameKey } from "./match-headers.js";

/** A column of dates: what it is called, and its days in order with their rows. */
export interface DatedColumn {
  readonly path: string;
  readonly sheet?: string;
  readonly header: string;
  readonly field: string | undefined;
  readonly days: readonly number[];
  readonly counts: readonly number[];
}

/** The date that an export seems to have been made on, with the evidence. */
export interface ReferenceDate {
  /** ISO; absent where no column tells. */
  readonly date?: string;
  /** Where it was found, or why there is none. */
  readonly evidence: string;
  /** Dates after it that are taken for errors. */
  readonly later: number;
  /** The column that tells it. */
  readonly column?: DatedColumn;
}

/** Dates of these columns may lie ahead, or have nothing to do with when the export was made. */
const ahead = /\b(?:birth|dob|born|hearing|expected|due|next|planned|review by|expiry|target)\b/;

/** Every column of a file that holds dates. */
export function datedColumns(file: ExportFile): DatedColumn[] {
  const fieldOf = new Map([...file.fields].map(([field, header]) => [header, field as string]));
  const { path, table } = file;
  const place = { path, ...(table.sheet === undefined ? {} : { sheet: table.sheet }) };
  return file.headers.flatMap(({ header }): DatedColumn[] => {
    const found = datesOf(columnAt(table, header));
    if (found === undefined) return [];
    const { dates, counts } = found;
    return [{ ...place, header, field: fieldOf.get(header), days: dates.map(isoDay), counts }];
  });
}

/**
 * Days after which a date stands apart from those before it, and of how many rows no more than one may then be taken for an
 * error: the further apart, the fewer are needed.
 */
const apart = [
  { days: 183, rows: 200 },
  { days: 731, rows: 20 },
] as const;
const yearsApart = 731;

/**
 * The latest plausible date of the columns that tell of the past: dates far after all others, and few, are taken for
 * errors of typing and counted. Of a handful of rows one that lies years after the rest leaves it open: it may be either.
 */
export function proposeReferenceDate(columns: readonly DatedColumn[]): ReferenceDate {
  const past = columns.filter(
    ({ header, field }) =>
      field !== "date_of_birth" && field !== "first_hearing_date" && !ahead.test(nameKey(header)),
  );
  const rowsOf = new Map<number, number>();
  for (const { days, counts } of past)
    for (const [at, day] of days.entries()) rowsOf.set(day, (rowsOf.get(day) ?? 0) + (counts[at] as number));
  const days = [...rowsOf.keys()].sort((a, b) => a - b);
  const total = [...rowsOf.values()].reduce((sum, count) => sum + count, 0);
  let last = days.length - 1;
  let later = 0;
  for (let at = last; at > 0; at--) {
    const gap = (days[at] as number) - (days[at - 1] as number);
    const beyond = days.slice(at).reduce((sum, day) => sum + (rowsOf.get(day) as number), 0);
    if (apart.every(({ rows }) => beyond * rows > total)) break;
    if (apart.some((limit) => gap > limit.days && beyond * limit.rows <= total)) {
      last = at - 1;
      later = beyond;
    }
  }
  const end = endOfFlow({ days: days.slice(0, last + 1), rowsOf, total });
  for (const day of days.slice(end + 1, last + 1)) later += rowsOf.get(day) as number;
  last = end;
  const day = days[last];
  const isLone = last > 0 && rowsOf.get(day as number) === 1;
  if (isLone && later === 0 && (day as number) - (days[last - 1] as number) > yearsApart) {
    const { header, path } = lastWith(past, day as number);
    return { evidence: `one date, in "${header}" (${path}), lies years after all others`, later: 0 };
  }
  if (day !== undefined) {
    const date = isoDate(day);
    const column = lastWith(past, day);
    const { header, path } = column;
    const unborn = birthsAfter(columns, day + longestPregnancy);
    if (unborn > 0)
      return {
        evidence:
          `the last day on which anything is recorded, ${date} in "${header}" (${path}), lies before the birth of ` +
          `${thousands(unborn)} row${unborn === 1 ? "" : "s"}`,
        later: 0,
      };
    return {
      date,
      later,
      column,
      evidence: `the last day on which anything is recorded, in "${header}" (${path})`,
    };
  }
  const evidence = columns.some(isBirth)
    ? "the only dates are of births, which do not tell when the data were extracted"
    : "no column tells when the data were extracted";
  return { evidence, later: 0 };
}

/** A flow of dates has ended where so many times fewer follow than as many days would have brought before. */
const trickle = 20;
/** Less long after the flow it may be a holiday, or the day of the export itself. */
const leastTrickle = 28;
/** The flow is measured over a quarter of a year. */
const quarter = 91;

/**
 * The place of the last day of a steady flow of dates: where a trickle goes on for weeks after it, as of mistyped months, the
 * last date of all would move every age and delay.
 *
 * @param dates.days - ascending
 */
function endOfFlow({
  days,
  rowsOf,
  total,
}: {
  readonly days: readonly number[];
  readonly rowsOf: ReadonlyMap<number, number>;
  readonly total: number;
}): number {
  const last = days.length - 1;
  let end = last;
  let beyond = 0;
  for (let at = last - 1; at >= 0; at--) {
    beyond += rowsOf.get(days[at + 1] as number) as number;
    if (beyond * apart[0].rows > total) break;
    const day = days[at] as number;
    const rowsIn = (span: number): number => {
      let rows = 0;
      for (let k = at; k >= 0 && (days[k] as number) > day - span; k--)
        rows += rowsOf.get(days[k] as number) as number;
      return rows;
    };
    const daily = rowsIn(quarter) / quarter;
    // The day itself ends a week that flows.
    const expected = daily * ((days[last] as number) - day);
    if (rowsIn(7) * 2 < daily * 7 || (days[last] as number) - day < leastTrickle) continue;
    if (expected >= trickle && beyond * trickle <= expected) end = at;
  }
  return end;
}

function isBirth({ header, field }: DatedColumn): boolean {
  return field === "date_of_birth" || /\b(?:birth|dob|born)\b/.test(nameKey(header));
}

/** Days from a beginning to the birth of a child who was not yet born then: 42 weeks. */
const longestPregnancy = 294;

/** Rows born after a day; 0 where they are so few of many that their dates of birth are taken for errors. */
function birthsAfter(columns: readonly DatedColumn[], day: number): number {
  let [after, total] = [0, 0];
  for (const { days, counts } of columns.filter(isBirth)) {
    for (const [at, birth] of days.entries()) {
      total += counts[at] as number;
      if (birth > day) after += counts[at] as number;
    }
  }
  return after * apart[0].rows > total ? after : 0;
}

function lastWith(columns: readonly DatedColumn[], day: number): DatedColumn {
  return columns.find(({ days }) => days.includes(day)) as DatedColumn;
}

/** The observation window that the dates suggest. */
export type SuggestedWindow =
  | {
      readonly from: string;
      readonly to: string;
      readonly closures: number;
      readonly open: number;
      readonly earlier: number;
    }
  | { readonly none: string };

/** Closures with no other for so long before them are taken to be apart from the rest, and so is a reference date. */
const quietDays = 28;

/**
 * The window in which closures run on to the reference date without a long pause. It is a suggestion: only the data's owner
 * knows whether every closure since is there, and every case open then. Counts are of rows, which are children.
 *
 * @param closed - days of closures, with their rows
 * @param open - rows without a closure
 */
export function suggestWindow(
  closed: Pick<DatedColumn, "days" | "counts"> | undefined,
  open: number,
  referenceDate: string | undefined,
): SuggestedWindow {
  if (closed === undefined || closed.days.length === 0) {
    return {
      none: "No row of the export has a closing date, so it shows how long open cases have waited and no more.",
    };
  }
  if (open === 0) {
    return {
      none: "Every row of the export is closed: it was chosen by having ended, and tells completed durations only.",
    };
  }
  const end = referenceDate === undefined ? Number.POSITIVE_INFINITY : isoDay(referenceDate);
  const days = closed.days.filter((day) => day <= end);
  const last = days.length - 1;
  if (last < 0) return { none: "Every closing date lies after the reference date." };
  const quiet = referenceDate === undefined ? 0 : end - (days[last] as number);
  if (quiet > quietDays) {
    return {
      none:
        `Closing dates stop on ${isoDate(days[last] as number)}, ${thousands(quiet)} days before the reference date, though ` +
        `${thousands(open)} row${open === 1 ? " is" : "s are"} open: ask the data's owner whether closures since are left out.`,
    };
  }
  let first = last;
  while (first > 0 && (days[first] as number) - (days[first - 1] as number) <= quietDays) first--;
  const rows = (from: number, to: number): number =>
    closed.counts.slice(from, to).reduce((sum, count) => sum + count, 0);
  return {
    from: isoDate(days[first] as number),
    to: referenceDate ?? isoDate(days[last] as number),
    closures: rows(first, last + 1),
    open,
    earlier: rows(0, first),
  };
}
