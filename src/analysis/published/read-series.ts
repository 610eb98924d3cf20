import { CasedrawError, type ErrorCode } from "../../errors.js";
import { cleanText, isBlank, matchKey } from "../../frame/text.js";
import { nearest } from "../../plan/nearest.js";
import { headerKey, type Table } from "../../table/table.js";
import type { Count, Mark } from "../tally.js";
import { checkSeries } from "./check-series.js";
import { parsePeriod } from "./series-period.js";
import { polarities, type SeriesColumn, type SeriesRow, seriesColumns, statuses } from "./series-row.js";
import { unitOf } from "./series-unit.js";

const needed: readonly SeriesColumn[] = ["area", "period", "indicator", "numerator", "denominator"];
const yearKinds = ["calendar", "financial"] as const;
const marks: Readonly<Record<string, Mark>> = { "[c]": "c", "[x]": "x", "[z]": "z", "[low]": "low" };

/**
 * Published figures of a tidy table, checked row by row and against each other.
 *
 * @param label - the file as the plan names it, for messages
 * @returns a row each, in the order of the file
 * @throws CasedrawError `SERIES_COLUMNS_INVALID`, `SERIES_CELL_INVALID`, `SERIES_PERIOD_INVALID`, `SERIES_NUMBER_INVALID`,
 *   `SERIES_DUPLICATE`, `SERIES_MIXED`
 */
export function readSeries(table: Table, label: string): readonly SeriesRow[] {
  const columns = columnsOf(table, label);
  const rows = Array.from({ length: table.rowCount }, (_, at) =>
    rowOf({
      file: label,
      row: table.rowNumbers[at] as number,
      cell: (name) => {
        const column = columns.get(name);
        const raw = column?.values[column.codes[at] as number] ?? "";
        return isBlank(raw) ? "" : cleanText(raw);
      },
    }),
  );
  checkSeries(rows);
  return rows;
}

function columnsOf(table: Table, file: string): ReadonlyMap<SeriesColumn, Table["columns"][number]> {
  const found = new Map<SeriesColumn, Table["columns"][number]>();
  for (const column of table.columns) {
    const key = headerKey(column.header).replaceAll(" ", "_");
    const name = seriesColumns.find((one) => one === key);
    if (name !== undefined && !found.has(name)) found.set(name, column);
    else if (key !== "" || column.values.some((value) => !isBlank(value)))
      throw columnsError(
        file,
        `its columns are ${seriesColumns.join(", ")}, each once, got "${column.header}"`,
        nearest(key, seriesColumns),
      );
  }
  const lacking = needed.find((name) => !found.has(name));
  if (lacking !== undefined)
    throw columnsError(
      file,
      `it has the columns ${needed.join(", ")}, got none headed "${lacking}"`,
      undefined,
    );
  return found;
}

function columnsError(file: string, rule: string, meant: string | undefined): CasedrawError {
  return new CasedrawError(
    "SERIES_COLUMNS_INVALID",
    `Published series: ${rule} (${file}). ${meant === undefined ? "Name the columns as docs/published-series.md has them." : `Did you mean ${meant}?`}`,
    { file },
  );
}

/** A record with its cells by column, blank ones as "". */
interface RawRow {
  readonly file: string;
  readonly row: number;
  readonly cell: (name: SeriesColumn) => string;
}

function refuse(
  { file, row, cell }: RawRow,
  refusal: {
    readonly code: ErrorCode;
    readonly column: SeriesColumn;
    readonly rule: string;
    readonly next: string;
  },
): CasedrawError {
  const { code, column, rule, next } = refusal;
  const got = cell(column) === "" ? "a blank" : `"${cell(column)}"`;
  return new CasedrawError(
    code,
    `Published series: ${rule}, got ${got} (${file}, row ${row}, ${column}). ${next}`,
    { file, row, column },
  );
}

function rowOf(raw: RawRow): SeriesRow {
  const yearKind = oneOf(raw, "year_kind", yearKinds);
  const [polarity, status] = [oneOf(raw, "polarity", polarities), oneOf(raw, "status", statuses)];
  const period = parsePeriod(raw.cell("period").replaceAll("\u2013", "-"), yearKind);
  if (period === undefined)
    throw refuse(raw, {
      code: "SERIES_PERIOD_INVALID",
      column: "period",
      rule: "a period is written 2024, 2024-Q1, 2024-05 or 2023/24, and agrees with its kind of year",
      next: "Write a financial year as 2023/24 and a calendar year as 2024.",
    });
  const numerator = numberOf(raw, "numerator");
  if (numerator === undefined)
    throw refuse(raw, {
      code: "SERIES_NUMBER_INVALID",
      column: "numerator",
      rule: "a numerator is a number of 0 or more, or [c], [x], [z] or [low]",
      next: "Write [x] where the figure is not available.",
    });
  const denominator = numberOf(raw, "denominator");
  const releaseDate = raw.cell("release_date");
  if (releaseDate !== "" && !isIsoDate(releaseDate))
    throw refuse(raw, {
      code: "SERIES_CELL_INVALID",
      column: "release_date",
      rule: "a release date is written 2026-06-25",
      next: "Write year, month and day.",
    });
  const row: SeriesRow = {
    area: textOf(raw, "area"),
    period,
    indicator: textOf(raw, "indicator"),
    numerator,
    place: { file: raw.file, row: raw.row },
    ...(denominator === undefined ? {} : { denominator }),
    ...(polarity === undefined ? {} : { polarity }),
    ...(status === undefined ? {} : { status }),
    ...(yearKind === undefined ? {} : { yearKind }),
    ...(releaseDate === "" ? {} : { releaseDate }),
    ...optional(raw, "source"),
    ...optional(raw, "geography"),
    ...optional(raw, "unit"),
  };
  refuseRatio(raw, row);
  return row;
}

function textOf(raw: RawRow, column: "area" | "indicator"): string {
  const text = raw.cell(column);
  if (text !== "") return text;
  throw refuse(raw, {
    code: "SERIES_CELL_INVALID",
    column,
    rule: `every row has its ${column}`,
    next: "Fill it in.",
  });
}

function optional(raw: RawRow, column: "source" | "geography" | "unit"): Partial<SeriesRow> {
  const text = raw.cell(column);
  return text === "" ? {} : { [column]: text };
}

function oneOf<T extends string>(raw: RawRow, column: SeriesColumn, allowed: readonly T[]): T | undefined {
  const written = raw.cell(column);
  if (written === "") return undefined;
  const key = matchKey(written).replaceAll(" ", "_");
  const found = allowed.find((one) => one === key);
  if (found !== undefined) return found;
  throw refuse(raw, {
    code: "SERIES_CELL_INVALID",
    column,
    rule: `${column} is ${allowed.join(", ")} or blank`,
    next: "Write one of these.",
  });
}

/** A number as published tables write it, thousands parted by commas; a shorthand as it is; undefined where blank. */
function numberOf(raw: RawRow, column: "numerator" | "denominator"): Count | undefined {
  const text = raw.cell(column);
  if (text === "") return undefined;
  const mark = marks[text.toLowerCase()];
  if (mark !== undefined) return { mark };
  if (/^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/.test(text)) return Number(text.replaceAll(",", ""));
  throw refuse(raw, {
    code: "SERIES_NUMBER_INVALID",
    column,
    rule: `a ${column} is a number of 0 or more, or [c], [x], [z] or [low]`,
    next: "Write plain numbers: units and signs belong in the unit column.",
  });
}

function refuseRatio(raw: RawRow, { numerator, denominator, unit = "percent" }: SeriesRow): void {
  if (typeof denominator !== "number") return;
  if (denominator === 0)
    throw refuse(raw, {
      code: "SERIES_NUMBER_INVALID",
      column: "denominator",
      rule: "a denominator is above 0",
      next: "Write [z] as the numerator where nothing could be counted, and leave the denominator blank.",
    });
  if (unitOf(unit).kind === "percent" && typeof numerator === "number" && numerator > denominator)
    throw refuse(raw, {
      code: "SERIES_NUMBER_INVALID",
      column: "numerator",
      rule: `the numerator of a percentage is no larger than its denominator, ${denominator}`,
      next: "Name the unit where it is no percentage, as per 10,000 or weeks.",
    });
}

function isIsoDate(text: string): boolean {
  return /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(text);
}
