import { CasedrawError } from "../errors.js";
import type { InputFingerprint, Table, TableNote } from "../table/table.js";
import { chooseSheet } from "./choose-sheet.js";
import { refuseDecoy } from "./file-kind.js";
import { hashFile, type InputFile, type MemoryFile, refuseIfChanged } from "./input-file.js";
import { type ReadRequest, soughtHeaders } from "./read-request.js";
import { readSheetRows } from "./sheet-rows.js";
import { SheetTable } from "./sheet-table.js";
import { openArchive, type WorkbookArchive } from "./workbook-archive.js";
import { mainPart, readWorkbookParts } from "./workbook-parts.js";

/**
 * Reads one worksheet of an Excel workbook. Cells come as text: numbers in plain digits, dates as ISO, booleans as TRUE and FALSE,
 * errors as their own text (#N/A), a formula as its stored result. Hidden sheets, rows and columns are read and counted.
 *
 * @param content - the workbook itself, where the file is an encrypted one
 * @throws CasedrawError `WORKBOOK_…`, `NOT_A_WORKBOOK`, `EXTENSION_MISLEADS`, `SHEET_NOT_FOUND`, `SHEET_NOT_CLEAR`, `EMPTY_FILE`,
 * `FORMULA_WITHOUT_VALUE`, `FILE_CHANGED`, and what the header row is refused for
 */
export async function readWorkbook(
  file: InputFile,
  request: ReadRequest,
  content: InputFile | MemoryFile = file,
): Promise<{ table: Table; fingerprint: InputFingerprint }> {
  const progress = (done: number) => request.onProgress?.(done, 2 * file.size);
  let sheetPart: string | undefined;
  const archive = await openArchive(content, (part, share) => {
    if (part === sheetPart) progress(Math.round(file.size * (1 + share)));
  });
  const main = await requireWorkbook(archive);
  refuseDecoy(file, "workbook");
  const sha256 = hashFile(file, progress);
  const workbook = await readWorkbookParts(archive, main);
  const sheet = await chooseSheet(workbook, request.sheet, soughtHeaders(request));
  sheetPart = sheet.part;

  const builder = new SheetTable({ file: file.label, sheet: sheet.name, sought: soughtHeaders(request) });
  const hiddenColumns = await readSheetRows(workbook, sheet, (row) => {
    builder.take(row);
    return true;
  });
  refuseIfChanged(file);
  const table = builder.finish(hiddenColumns);
  const about: TableNote[] = [];
  const where = `(${file.label}, sheet "${sheet.name}")`;
  if (sheet.hidden)
    about.push({ code: "hidden-sheet", count: 1, text: `The sheet that was read is hidden ${where}.` });
  if (workbook.date1904) {
    about.push({
      code: "date-system",
      count: 1,
      text: `Dates read in the workbook's 1904 date system ${where}.`,
    });
  }
  return {
    table: { ...table, notes: [...about, ...table.notes] },
    fingerprint: { bytes: file.size, sha256 },
  };
}

/**
 * The name of the main part of a workbook.
 *
 * @throws CasedrawError `WORKBOOK_LEGACY`, `NOT_A_WORKBOOK`
 */
export async function requireWorkbook(archive: WorkbookArchive): Promise<string> {
  const { file } = archive;
  const other = archive.has("xl/workbook.bin")
    ? ".xlsb"
    : archive.has("mimetype") && archive.has("content.xml")
      ? "an OpenDocument file (.ods)"
      : undefined;
  if (other !== undefined) {
    throw new CasedrawError(
      "WORKBOOK_LEGACY",
      `Another workbook format: casedraw reads .xlsx, got ${other} (${file}). Open it in Excel and save it as .xlsx.`,
      { file, format: other },
    );
  }
  const main = await mainPart(archive);
  if (main !== undefined && !/^(word|ppt|visio)\//i.test(main)) return main;
  throw new CasedrawError(
    "NOT_A_WORKBOOK",
    `Not a workbook: the file is a zip archive without an Excel workbook's parts (${file}). ` +
      `Unpack it and name the file inside.`,
    { file },
  );
}
