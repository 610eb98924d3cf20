import { findHeaderRow } from "../table/header-row.js";
import { HEADER_SEARCH_RECORDS } from "./dialect.js";
import { detectKind } from "./file-kind.js";
import { closeInput, openInput } from "./input-file.js";
import { requireWorkbook } from "./read-workbook.js";
import { readSheetRows } from "./sheet-rows.js";
import { openArchive } from "./workbook-archive.js";
import { readWorkbookParts } from "./workbook-parts.js";

/** A sheet with something in it. */
export interface SheetHeaders {
  readonly sheet: string;
  /** Cells of its header row, as written; blank ones are "". */
  readonly headers: readonly string[];
}

/**
 * The header row of each sheet of a workbook, where a choice among them needs more than one wanted header can tell.
 *
 * @param request.sought - headers by any of which the header row is known; titles may stand above it
 * @returns in the workbook's order, empty sheets left out; undefined for a file that is no workbook
 * @throws CasedrawError `WORKBOOK_…`, `NOT_A_WORKBOOK`, and those of opening a file
 */
export async function readSheetHeaders(request: {
  readonly path: string;
  readonly label: string;
  readonly sought: readonly string[];
}): Promise<readonly SheetHeaders[] | undefined> {
  const file = openInput(request.path, request.label);
  try {
    if (detectKind(file) !== "zip") return undefined;
    const archive = await openArchive(file, () => {});
    const workbook = await readWorkbookParts(archive, await requireWorkbook(archive));
    const found: SheetHeaders[] = [];
    for (const sheet of workbook.sheets) {
      const head: string[][] = [];
      await readSheetRows(workbook, sheet, (row) => head.push([...row.cells]) < HEADER_SEARCH_RECORDS);
      const headers = head[findHeaderRow(head, request.sought).index];
      if (headers !== undefined) found.push({ sheet: sheet.name, headers });
    }
    return found;
  } finally {
    closeInput(file);
  }
}
