import { CasedrawError } from "../../errors.js";
import { fieldLabel } from "../../frame/labels.js";
import { readTable } from "../../readers/read-table.js";
import { readSheetHeaders, type SheetHeaders } from "../../readers/sheet-headers.js";
import { type Column, headerKey, type InputFingerprint, type Table } from "../../table/table.js";
import { chosenLabels, drawLabels } from "../sample/workbook.js";
import type { FindingsNote } from "./columns.js";

/** A file of findings, every column of it. */
export interface FindingsTable {
  readonly table: Table;
  readonly fingerprint: InputFingerprint;
  /** What a column holds, in the words of `sample.csv`: `law_type` of "Law type"; of others the header in lower case. */
  readonly nameOf: (column: Pick<Column, "header">) => string;
  /** Whether the column is one that the sample's own files have. */
  readonly isOwn: (column: Pick<Column, "header">) => boolean;
  /** Whether columns are those of `sample.xlsx`, as words for people. */
  readonly labelled: boolean;
  /** Whether the file is the sample's list with columns added, so that it has rows of cases that nobody reviewed. */
  readonly isList: boolean;
  readonly notes: readonly FindingsNote[];
}

/** Columns of findings that are none to estimate. */
export const fixedColumns: ReadonlySet<string> = new Set(["unit_id", "review", "reviewer"]);

const unitHeaders = ["unit_id", drawLabels.unit_id];
/** By these the header row is known from titles above it. */
const sought = [...unitHeaders, drawLabels.draw_order, drawLabels.reserve_order, "review", "reviewer"];

/**
 * Reads a file of findings. Of a workbook it takes the sheet that is named, else the only one that has unit ids and a column of
 * the inspectors' own: so `sample.xlsx` may be filled in as it is, beside its other sheets.
 *
 * @param path - absolute
 * @param label - as the user wrote it
 * @param options.own - columns of `sample.csv`
 * @throws CasedrawError `FINDINGS_COLUMN_MISSING` without unit ids, `SHEET_NOT_CLEAR`, `SHEET_NOT_FOUND`, and those of the readers
 */
export async function readFindingsTable(
  path: string,
  label: string,
  options: { readonly own: ReadonlySet<string>; readonly sheet: string | undefined },
): Promise<FindingsTable> {
  const { own } = options;
  const sheets = options.sheet === undefined ? await readSheetHeaders({ path, label, sought }) : undefined;
  const sheet = options.sheet ?? (sheets && chooseSheet(sheets, { label, own }));
  const place = { path, label, ...(sheet === undefined ? {} : { sheet }) };
  // First the header row is found, then every column under it is read.
  const { headers } = (await readTable({ ...place, wanted: [], optional: sought })).table;
  const unit = unitHeader(headers);
  if (unit === undefined) throw withoutUnits(label, sheet === undefined ? undefined : [sheet]);
  const labelled = headerKey(unit) === headerKey(drawLabels.unit_id);
  const wanted = headers.filter((header) => headerKey(header) !== "");
  const { table, fingerprint } = await readTable({ ...place, wanted });
  const naming = namingOf(own, labelled);
  return {
    table,
    fingerprint,
    labelled,
    isList: headers.some((header) => naming.nameOf(header) === "draw_order"),
    nameOf: ({ header }) => naming.nameOf(header),
    isOwn: ({ header }) => naming.isOwn(header),
    notes:
      table.sheet === undefined
        ? []
        : [{ code: "sheet-read", count: 1, text: `Sheet ${table.sheet} of ${label} was read.` }],
  };
}

/** `unit_id`, or as the sample's workbook writes it. */
function unitHeader(headers: readonly string[]): string | undefined {
  const [unit] = unitHeaders.flatMap(
    (wanted) => headers.find((header) => headerKey(header) === headerKey(wanted)) ?? [],
  );
  return unit;
}

/** What headers mean: those of `sample.csv`, and the labels by which `sample.xlsx` has them. */
function namingOf(own: ReadonlySet<string>, labelled: boolean) {
  const labels = new Map([...own].map((name) => [headerKey(fieldLabel(name)), name]));
  for (const [name, text] of Object.entries(drawLabels)) {
    // "Weight" and "Status" may well be findings, unless they stand in the sample's own list.
    if (labelled || name === "unit_id") labels.set(headerKey(text), name);
  }
  const nameOf = (header: string): string => labels.get(headerKey(header)) ?? headerKey(header);
  return { nameOf, isOwn: (header: string) => own.has(nameOf(header)) || nameOf(header) === "reserve_order" };
}

/** The sheet that has unit ids and something beside what the sample's own list has; else the sample's own. */
function chooseSheet(
  sheets: readonly SheetHeaders[],
  { label, own }: { readonly label: string; readonly own: ReadonlySet<string> },
): string {
  const withUnits = sheets.filter(
    ({ headers }) => unitHeader(headers) !== undefined && !isChosenSheet(headers),
  );
  if (withUnits.length === 0) {
    throw withoutUnits(
      label,
      sheets.map(({ sheet }) => sheet),
    );
  }
  const filled = withUnits.filter(({ headers }) => {
    const unit = headerKey(unitHeader(headers) as string);
    const { nameOf, isOwn } = namingOf(own, unit === headerKey(drawLabels.unit_id));
    return headers.some((each) => headerKey(each) !== "" && !isOwn(each) && !fixedColumns.has(nameOf(each)));
  });
  const listed = withUnits.filter(({ headers }) =>
    headers.some((header) => headerKey(header) === headerKey(drawLabels.draw_order)),
  );
  const choice = (filled.length > 0 ? [filled] : [withUnits, listed]).find(({ length }) => length === 1);
  if (choice !== undefined) return (choice[0] as SheetHeaders).sheet;
  const names = (filled.length > 0 ? filled : withUnits).map(({ sheet }) => sheet);
  throw new CasedrawError(
    "SHEET_NOT_CLEAR",
    `Sheet of the findings not clear: one sheet with unit ids and findings is wanted, got ${quoted(names)} (${label}). ` +
      `Name it, such as --sheet "${names[0]}".`,
    { file: label, sheets: names },
  );
}

/** Chosen cases stand for no others: their sheet is no findings of the sample, whoever filled it in. */
export function isChosenSheet(headers: readonly string[]): boolean {
  const there = new Set(headers.map(headerKey));
  const { asked_by, asked_on } = chosenLabels;
  return [asked_by, asked_on].every((label) => there.has(headerKey(label)));
}

function withoutUnits(label: string, sheets: readonly string[] | undefined): CasedrawError {
  const where = sheets === undefined || sheets.length === 0 ? "" : `, sheet ${quoted(sheets)}`;
  return new CasedrawError(
    "FINDINGS_COLUMN_MISSING",
    `Column unit_id: it says which case a row of the findings is of, got no such column (${label}${where}). ` +
      "Name that column unit_id, with the ids as the sample's files write them.",
    { file: label, column: "unit_id", ...(sheets === undefined ? {} : { sheets }) },
  );
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
