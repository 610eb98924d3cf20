import { CasedrawError } from "../errors.js";
import { findHeaderRow } from "../table/header-row.js";
import { matchHeaders } from "../table/match-headers.js";
import { headerKey } from "../table/table.js";
import { HEADER_SEARCH_RECORDS } from "./dialect.js";
import { everyHeader, type SoughtHeaders } from "./read-request.js";
import { readSheetRows } from "./sheet-rows.js";
import type { SheetEntry, Workbook } from "./workbook-parts.js";

/**
 * The sheet to read: the one that is named, by its exact name or one that differs only in case and spacing; else the only one
 * that has every wanted header, or the only one with anything in it.
 *
 * @throws CasedrawError `SHEET_NOT_FOUND`, `SHEET_NOT_CLEAR`
 */
export async function chooseSheet(
  workbook: Workbook,
  name: string | undefined,
  sought: SoughtHeaders | undefined,
): Promise<SheetEntry> {
  if (name !== undefined) return namedSheet(workbook, name);
  const headers = everyHeader(sought);
  const looked: Looked[] = [];
  for (const sheet of workbook.sheets) {
    const head: string[][] = [];
    await readSheetRows(workbook, sheet, (row) => head.push([...row.cells]) < HEADER_SEARCH_RECORDS);
    const { index, found } = findHeaderRow(head, headers);
    const matches = matchHeaders(head[index] ?? [], sought?.wanted ?? []);
    if (index !== -1)
      looked.push({
        sheet,
        columns: (head[index] as string[]).filter((header) => headerKey(header) !== "").length,
        found,
        whole: matches.every(({ positions }) => positions.length > 0),
      });
  }
  // Of the sheets with all that must be there, the one with most of what may be.
  const whole = looked.filter((each) => each.whole);
  const most = Math.max(0, ...whole.map(({ found }) => found));
  const [only, ...others] = whole.filter(
    ({ found }) => found === most && (found > 0 || headers.length === 0),
  );
  if (only !== undefined && others.length === 0) return only.sheet;
  const [first] = looked;
  if (first !== undefined && looked.length === 1) return first.sheet;
  throw notClear(workbook, headers, looked);
}

/** A sheet with something in it: how many of the headers its header row has, and whether all that must be there. */
interface Looked {
  readonly sheet: SheetEntry;
  readonly columns: number;
  readonly found: number;
  readonly whole: boolean;
}

function namedSheet(workbook: Workbook, name: string): SheetEntry {
  const exact = workbook.sheets.find((sheet) => sheet.name === name);
  if (exact !== undefined) return exact;
  const [near, ...others] = workbook.sheets.filter((sheet) => headerKey(sheet.name) === headerKey(name));
  if (near !== undefined && others.length === 0) return near;
  const names = workbook.sheets.map((sheet) => sheet.name);
  throw new CasedrawError(
    "SHEET_NOT_FOUND",
    `No such sheet: the workbook has ${quoted(names)}, got "${name}" (${workbook.archive.file}). ` +
      `Write the sheet's name as the workbook has it.`,
    { file: workbook.archive.file, sheet: name, sheets: names },
  );
}

function notClear(workbook: Workbook, wanted: readonly string[], looked: readonly Looked[]): CasedrawError {
  const { file } = workbook.archive;
  if (looked.length === 0) {
    return new CasedrawError(
      "EMPTY_FILE",
      `Empty workbook: none of its sheets has a header row (${file}). Ask for the export again.`,
      { file },
    );
  }
  const whole = looked.filter(({ found }) => found === wanted.length);
  const meant = whole.length > 0 ? whole : looked;
  const sheets = meant.map(({ sheet }) => sheet.name);
  const described = meant
    .map(({ sheet, columns }) => `"${sheet.name}" with ${columns} column${columns === 1 ? "" : "s"}`)
    .join(", ");
  const got =
    wanted.length === 0
      ? `several have data: ${described}`
      : whole.length > 0
        ? `several have all the headers that the plan names: ${described}`
        : `none has all ${wanted.length} headers that the plan names: ` +
          looked.map(({ sheet, found }) => `"${sheet.name}" has ${found}`).join(", ");
  return new CasedrawError(
    "SHEET_NOT_CLEAR",
    `Sheet not clear: the plan names none, and ${got} (${file}). Name the sheet in the plan.`,
    { file, sheets, wanted },
  );
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
