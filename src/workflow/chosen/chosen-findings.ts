import { cleanText } from "../../frame/text.js";
import { readSheetHeaders } from "../../readers/sheet-headers.js";
import type { ChosenCase } from "../../sampling/after/outcome.js";
import { headerKey } from "../../table/table.js";
import { type FindingsTable, isChosenSheet, readFindingsTable } from "../estimate/findings-table.js";
import type { OutputTable } from "../output-table.js";

/** What was found in chosen cases: a list, of which nothing is estimated. */
export interface ChosenFindings {
  /** Cases that were chosen and not sampled; reviewed is how many of them the findings have. */
  readonly chosen: number;
  readonly reviewed: number;
  /** Answered rows of the sheet of chosen cases that are of no such case, or of one that has a row before. */
  readonly leftOut: number;
  readonly table: OutputTable;
}

/**
 * Reads the answers of chosen cases from the file of findings: of a workbook from its sheet of chosen cases where that has the
 * columns, else from the sheet of the sample.
 *
 * @param path - absolute
 * @param options.columns - the columns that are estimated of the sample: no other is repeated, as it may hold text of any kind
 * @param options.cases - chosen and not sampled
 * @throws CasedrawError of the readers
 */
export async function readChosenFindings(
  path: string,
  label: string,
  options: {
    readonly cases: readonly ChosenCase[];
    readonly columns: readonly string[];
    readonly own: ReadonlySet<string>;
    readonly sheet: string | undefined;
  },
): Promise<ChosenFindings> {
  const { cases, columns, own } = options;
  const sheets = await readSheetHeaders({ path, label, sought: ["unit_id", "Unit ID"] });
  const ofChosen = sheets?.find(
    ({ headers }) =>
      isChosenSheet(headers) && columns.some((name) => headers.some((each) => isNamed(each, name))),
  );
  const findings = await readFindingsTable(path, label, { own, sheet: ofChosen?.sheet ?? options.sheet });
  const { answers, again } = answersOf(findings, columns);
  const rows = cases.flatMap(({ unitId, reason }) => {
    const found = answers.get(unitId);
    return found === undefined ? [] : [[unitId, reason, ...found]];
  });
  return {
    chosen: cases.length,
    reviewed: rows.length,
    // On a sheet of the sample the others are the sample's own, and were judged there.
    leftOut: ofChosen === undefined ? 0 : answers.size - rows.length + again,
    table: { header: ["unit_id", "reason", ...columns], rows },
  };
}

function isNamed(header: string, name: string): boolean {
  return headerKey(header) === headerKey(name);
}

/** The cells of some columns by unit id, of first reviews that say anything, and how many more rows these units have. */
function answersOf(
  { table, nameOf }: FindingsTable,
  columns: readonly string[],
): { readonly answers: ReadonlyMap<string, string[]>; readonly again: number } {
  const find = (meets: (header: string) => boolean) => table.columns.find(({ header }) => meets(header));
  const units = find((header) => nameOf({ header }) === "unit_id");
  const reviews = find((header) => nameOf({ header }) === "review");
  const wanted = columns.map((name) => find((header) => isNamed(header, name)));
  const cell = (column: (typeof wanted)[number], row: number): string =>
    column === undefined ? "" : cleanText(column.values[column.codes[row] as number] as string);
  const answers = new Map<string, string[]>();
  let again = 0;
  for (let row = 0; row < table.rowCount; row++) {
    const cells = wanted.map((column) => cell(column, row));
    const id = cell(units, row);
    if (cells.every((text) => text === "") || cell(reviews, row) === "2") continue;
    if (answers.has(id)) again++;
    else answers.set(id, cells);
  }
  return { answers, again };
}
