import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { CasedrawError } from "../../errors.js";
import { type ExportFile, exportFile } from "../../matching/export-file.js";
import { matchFields, soughtNames } from "../../matching/match-headers.js";
import { nearest } from "../../plan/nearest.js";
import { readTable } from "../../readers/read-table.js";
import { readSheetHeaders, type SheetHeaders } from "../../readers/sheet-headers.js";
import type { ReadPart } from "../../readers/text-part.js";
import { headerKey } from "../../table/table.js";
import type { Progress } from "../progress.js";

/** An export as the command names it. */
export interface NamedExport {
  /** As the user wrote it. */
  readonly given: string;
  /** Absolute. */
  readonly file: string;
  /** As the plan writes it: relative to the plan's folder, with slashes. */
  readonly path: string;
}

/** A sheet that was taken without being named, and those that were not. */
export interface ChosenSheet {
  readonly path: string;
  readonly sheet: string;
  readonly others: readonly string[];
}

/** Where the files of an export lie, seen from the plan that is to be written. */
export function nameExports(given: readonly string[], out: string, cwd: string): NamedExport[] {
  return given.map((each) => {
    const file = resolve(cwd, each);
    const path = relative(dirname(out), file);
    return { given: each, file, path: isAbsolute(path) ? path : path.split(sep).join("/") };
  });
}

/**
 * Reads every column of an export's files. Of a workbook the named sheets are read, else the one that has most standard fields.
 *
 * @param options.sheets - names of sheets; each must be in one of the workbooks
 * @throws CasedrawError `SHEET_NOT_FOUND`, `SHEET_NOT_CLEAR`, and those of the readers
 */
export async function readExports(
  exports: readonly NamedExport[],
  options: {
    readonly sheets: readonly string[];
    readonly progress: Progress;
    readonly readPart?: ReadPart;
  },
): Promise<{ readonly files: readonly ExportFile[]; readonly chosen: readonly ChosenSheet[] }> {
  const { sheets, progress, readPart } = options;
  const files: ExportFile[] = [];
  const chosen: ChosenSheet[] = [];
  const listings: { readonly from: NamedExport; readonly listed: readonly SheetHeaders[] | undefined }[] = [];
  for (const from of exports)
    listings.push({
      from,
      listed: await readSheetHeaders({ path: from.file, label: from.given, sought: soughtNames }),
    });
  // The sheets of a workbook under a password are not known before it is read: the reader itself says what it lacks.
  const [only] = listings;
  const alone = exports.length === 1 && sheets.length === 1 && only?.listed === undefined;
  if (!alone) refuseUnknownSheets(sheets, listings);
  for (const {
    from: { file, path, given },
    listed,
  } of listings) {
    const named = alone ? sheets : sheets.filter((name) => holds(listed, name));
    const picked = named.length > 0 ? named : [listed === undefined ? undefined : pickSheet(listed, given)];
    for (const sheet of picked) {
      progress(`Reading ${given}`, 0);
      const { table } = await readTable(
        {
          path: file,
          label: given,
          optional: soughtNames,
          everyColumn: true,
          ...(sheet === undefined ? {} : { sheet }),
          onProgress: (done, total) => progress(`Reading ${given}`, total === 0 ? 1 : done / total),
        },
        readPart === undefined ? {} : { readPart },
      );
      // Named as the plan names it, for what a run of the plan says.
      files.push(exportFile(path, { ...table, file: path }));
      if (named.length === 0 && sheet !== undefined && (listed?.length ?? 0) > 1) {
        const others = (listed ?? []).map((each) => each.sheet).filter((each) => each !== sheet);
        chosen.push({ path, sheet, others });
      }
    }
  }
  return { files, chosen };
}

function holds(listed: readonly SheetHeaders[] | undefined, name: string): boolean {
  return listed?.some(({ sheet }) => headerKey(sheet) === headerKey(name)) === true;
}

function refuseUnknownSheets(
  sheets: readonly string[],
  listings: readonly {
    readonly from: NamedExport;
    readonly listed: readonly SheetHeaders[] | undefined;
  }[],
): void {
  const unknown = sheets.filter((name) => !listings.some(({ listed }) => holds(listed, name)));
  if (unknown.length === 0) return;
  const there = listings.flatMap(({ listed = [] }) => listed.map(({ sheet }) => sheet));
  const [first = ""] = unknown;
  const meant = nearest(first, there);
  throw new CasedrawError(
    "SHEET_NOT_FOUND",
    `No such sheet: none of the files has a sheet called ${unknown.map((name) => `"${name}"`).join(", ")} ` +
      `(${listings.map(({ from }) => from.given).join(", ")}). ` +
      (meant === undefined ? "Write the sheet's name as the workbook has it." : `Did you mean "${meant}"?`),
    { sheets: unknown },
  );
}

/** The sheet with most standard fields; where two have as many, only a person can tell which is meant. */
function pickSheet(listed: readonly SheetHeaders[], file: string): string | undefined {
  const counted = listed.map(({ sheet, headers }) => ({
    sheet,
    count: matchFields(headers).filter(({ field }) => field !== undefined).length,
  }));
  const most = Math.max(0, ...counted.map(({ count }) => count));
  const [first, ...others] = counted.filter(({ count }) => count === most);
  if (first === undefined) return undefined; // the reader says that the workbook is empty
  if (others.length === 0) return first.sheet;
  throw new CasedrawError(
    "SHEET_NOT_CLEAR",
    `Sheet not clear: one has to have more standard fields than the others, got ${counted
      .map(({ sheet, count }) => `"${sheet}" with ${count}`)
      .join(", ")} (${file}). Name one with --sheet.`,
    { file, sheets: counted.map(({ sheet }) => sheet) },
  );
}
