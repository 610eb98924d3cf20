import { basename } from "node:path";
import { CasedrawError } from "../../errors.js";
import { cleanText } from "../../frame/text.js";
import { readTable } from "../../readers/read-table.js";
import { readSheetHeaders } from "../../readers/sheet-headers.js";
import { type Column, headerKey, type InputFingerprint } from "../../table/table.js";
import type { SheetRole } from "../handover/record.js";
import { sheetNames, worksheetLabels } from "../handover/worksheet.js";

/** A row of a worksheet as it came back. */
export interface SheetRow {
  /** The file's name, without folders. */
  readonly file: string;
  readonly role: SheetRole;
  /** Of the sheet, from 1. */
  readonly row: number;
  readonly unitId: string;
  /** As the locked cells say. */
  readonly reader: string;
  readonly check: string;
  /** What is written under each finding, in the handover's order. */
  readonly answers: readonly string[];
  readonly reviewer: string;
  readonly loss: string;
}

/** A worksheet as it came back. */
export interface ReturnedSheet {
  readonly file: string;
  readonly fingerprint: InputFingerprint;
  readonly rows: readonly SheetRow[];
  /** Sheets with unit ids that are none of the handover's. */
  readonly strangers: readonly string[];
}

/**
 * Reads a worksheet back, after whichever program saved it.
 *
 * @param path - absolute
 * @param label - as the user wrote it
 * @param findings - names of the columns that inspectors fill in
 * @throws CasedrawError `WORKSHEET_INVALID`, and those of the readers
 */
export async function readWorksheet(
  path: string,
  label: string,
  findings: readonly string[],
): Promise<ReturnedSheet> {
  const sheets = await readSheetHeaders({ path, label, sought: [worksheetLabels.unit] });
  const withUnits = (sheets ?? []).filter(({ headers }) => has(headers, worksheetLabels.unit));
  const roles = (Object.keys(sheetNames) as SheetRole[]).flatMap((role) => {
    const found = withUnits.find(({ sheet }) => headerKey(sheet) === headerKey(sheetNames[role]));
    return found === undefined ? [] : [{ role, ...found }];
  });
  if (roles.length === 0) {
    throw new CasedrawError(
      "WORKSHEET_INVALID",
      `Not a worksheet: a workbook with a sheet ${Object.values(sheetNames).join(", ")} is wanted, got ${sheets === undefined ? "another kind of file" : "one without"} (${label}). ` +
        "Name the worksheets as the teams sent them back.",
      { file: label },
    );
  }
  const file = basename(label);
  const rows: SheetRow[] = [];
  let fingerprint: InputFingerprint | undefined;
  for (const { role, sheet, headers } of roles) {
    const lacking = [...findings, worksheetLabels.loss].find((name) => !has(headers, name));
    if (lacking !== undefined) {
      throw new CasedrawError(
        "WORKSHEET_INVALID",
        `Column ${lacking} of a worksheet: every sheet of this handover has it, got none (${label}, sheet ${sheet}). ` +
          "Put the column back, or name the handover that the worksheet is of.",
        { file: label, sheet, column: lacking },
      );
    }
    const wanted = [worksheetLabels.unit, ...findings, worksheetLabels.loss];
    const optional = [worksheetLabels.reader, worksheetLabels.reviewer, worksheetLabels.check].filter(
      (name) => has(headers, name),
    );
    const read = await readTable({ path, label, sheet, wanted, optional });
    fingerprint = read.fingerprint;
    const column = (name: string): Column | undefined =>
      read.table.columns.find(({ header }) => headerKey(header) === headerKey(name));
    const [unit, loss, reader, reviewer, check] = [
      worksheetLabels.unit,
      worksheetLabels.loss,
      worksheetLabels.reader,
      worksheetLabels.reviewer,
      worksheetLabels.check,
    ].map(column);
    const answers = findings.map(column);
    for (let at = 0; at < read.table.rowCount; at++) {
      rows.push({
        file,
        role,
        row: read.table.rowNumbers[at] as number,
        unitId: textAt(unit, at),
        reader: textAt(reader, at),
        check: textAt(check, at),
        answers: answers.map((each) => textAt(each, at)),
        reviewer: textAt(reviewer, at),
        loss: textAt(loss, at),
      });
    }
  }
  return {
    file,
    fingerprint: fingerprint as InputFingerprint,
    rows,
    strangers: withUnits
      .filter(({ sheet }) => !roles.some((known) => known.sheet === sheet))
      .map(({ sheet }) => sheet),
  };
}

function has(headers: readonly string[], name: string): boolean {
  return headers.some((header) => headerKey(header) === headerKey(name));
}

function textAt(column: Column | undefined, row: number): string {
  return column === undefined ? "" : cleanText(column.values[column.codes[row] as number] as string);
}
