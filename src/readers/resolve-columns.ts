import { CasedrawError } from "../errors.js";
import { matchHeaders, nearestHeader } from "../table/match-headers.js";
import { headerKey } from "../table/table.js";
import type { SoughtHeaders } from "./read-request.js";

/** Where a header row stands, for messages. */
export interface HeaderPlace {
  readonly file: string;
  readonly sheet?: string | undefined;
  /** 1-based line or sheet row; none in a Parquet file. */
  readonly row?: number | undefined;
}

/** The file's columns that a table is to hold. */
export interface ResolvedColumns {
  /** Every header, as written; blank ones are "". */
  readonly headers: readonly string[];
  /** 0-based positions in the file, ascending. */
  readonly positions: readonly number[];
}

/**
 * Settles which columns are read: those wanted, or all where nothing is named.
 *
 * @throws CasedrawError `DUPLICATE_HEADER` if two headers of the file are the same, `HEADER_AMBIGUOUS` if two fit a wanted one,
 * `COLUMN_NOT_FOUND` naming every wanted header that the file lacks
 */
export function resolveColumns(
  raw: readonly string[],
  sought: SoughtHeaders | undefined,
  place: HeaderPlace,
): ResolvedColumns {
  const headers = raw.map((header) => (headerKey(header) === "" ? "" : header));
  refuseDuplicates(headers, sought, place);
  if (sought === undefined || sought.everyColumn === true)
    return { headers, positions: headers.map((_, position) => position) };
  const { wanted, optional } = sought;
  const matches = matchHeaders(headers, wanted);
  const missing = matches.filter((match) => match.positions.length === 0).map((match) => match.wanted);
  if (missing.length > 0) throw columnNotFound(headers, sought, missing, place);
  matches.push(...matchHeaders(headers, optional));
  for (const { wanted: header, positions } of matches) {
    if (positions.length > 1) {
      throw new CasedrawError(
        "HEADER_AMBIGUOUS",
        `Header fits two columns: "${header}" must name one, got columns ${positions.map((p) => p + 1).join(" and ")} ` +
          `(${at(place)}). Write the header exactly as the file has it.`,
        { ...details(place), column: header, positions: positions.map((p) => p + 1) },
      );
    }
  }
  const positions = new Set(matches.flatMap((match) => match.positions));
  return { headers, positions: [...positions].sort((a, b) => a - b) };
}

/** A column for messages: its header, or its number where the header is blank. */
export function columnName(headers: readonly string[], position: number): string {
  const header = headers[position] ?? "";
  return headerKey(header) === "" ? `column ${position + 1}` : `"${header}"`;
}

/**
 * Whether a row may be the first record of a file without headers, some child's: it has a cell of digits and nothing that is
 * sought. A year can be a header too, so that this is said as a doubt; but what stands there is not repeated.
 */
function mayBeData(headers: readonly string[], sought: SoughtHeaders | undefined): boolean {
  if (!headers.some((cell) => cell !== "" && /^[\s\d./:-]+$/.test(cell))) return false;
  const known = matchHeaders(headers, [...(sought?.wanted ?? []), ...(sought?.optional ?? [])]);
  return known.every((match) => match.positions.length === 0);
}

const notShown = "the row is not shown, because a cell of it is digits alone and it may be data";

function refuseDuplicates(
  headers: readonly string[],
  sought: SoughtHeaders | undefined,
  place: HeaderPlace,
): void {
  const first = new Map<string, number>();
  headers.forEach((header, position) => {
    const earlier = first.get(header);
    if (header === "") return;
    if (earlier === undefined) {
      first.set(header, position);
      return;
    }
    const dataLike = mayBeData(headers, sought);
    const got = `columns ${earlier + 1} and ${position + 1}`;
    throw new CasedrawError(
      "DUPLICATE_HEADER",
      dataLike
        ? `Header stands twice: each must be unique, got the same in ${got}; ${notShown} ` +
            `(${at(place)}). Put a row of headers above the data if there is none, or else rename one of the two in the file.`
        : `Header stands twice: each must be unique, got "${header}" in ${got} (${at(place)}). Rename one of them in the file.`,
      { ...details(place), ...(dataLike ? {} : { column: header }), positions: [earlier + 1, position + 1] },
    );
  });
}

function columnNotFound(
  headers: readonly string[],
  sought: SoughtHeaders,
  missing: readonly string[],
  place: HeaderPlace,
): CasedrawError {
  const named = headers.filter((header) => header !== "");
  const dataLike = mayBeData(named, sought);
  const asked = missing
    .map((header) => {
      const near = dataLike ? undefined : nearestHeader(named, header);
      return near === undefined ? `"${header}"` : `"${header}" (did you mean "${near}"?)`;
    })
    .join(", ");
  const has = dataLike ? notShown : `it has ${named.map((header) => `"${header}"`).join(", ")}`;
  return new CasedrawError(
    "COLUMN_NOT_FOUND",
    `Column not found: the file lacks ${asked}; ${has} (${at(place)}). ` +
      `${dataLike ? "Put a row of headers above the data if there is none; else correct" : "Correct"} the header in the plan or ask for the column.`,
    { ...details(place), missing, ...(dataLike ? {} : { headers: named }) },
  );
}

function at({ file, sheet, row }: HeaderPlace): string {
  return [file, sheet === undefined ? "" : `sheet "${sheet}"`, row === undefined ? "" : `row ${row}`]
    .filter((part) => part !== "")
    .join(", ");
}

function details({ file, sheet, row }: HeaderPlace): Record<string, unknown> {
  return { file, ...(sheet === undefined ? {} : { sheet }), ...(row === undefined ? {} : { row }) };
}
