import { CasedrawError } from "../../errors.js";
import { cleanText } from "../../frame/text.js";
import { someOf, thousands } from "../../frame/words.js";
import { type Column, headerKey } from "../../table/table.js";
import { type FindingsNote, isOfPeople, namesCases, passedOver } from "./columns.js";
import { type FindingsTable, fixedColumns } from "./findings-table.js";
import { ofTheDraw } from "./groups.js";

/**
 * The columns of findings to estimate, and what was passed over. Those that the sample's own list has are estimated only where
 * they are named or where a copy of `sample.csv` has no others, as a check.
 *
 * @param options.only - headers; by default all
 * @param options.audit - the column of agreement with audits, which is told apart
 * @throws CasedrawError `FINDINGS_COLUMN_MISSING`
 */
export function chosenColumns(
  findings: FindingsTable,
  options: { readonly only: readonly string[]; readonly audit: Column | undefined },
): { readonly columns: readonly Column[]; readonly notes: readonly FindingsNote[] } {
  const { table, nameOf, isOwn, labelled } = findings;
  const notes: FindingsNote[] = [];
  const free = table.columns.filter(
    (column) => column !== options.audit && !fixedColumns.has(nameOf(column)),
  );
  const beside = free.filter((column) => !isOwn(column));
  const named = namedColumns(findings, free, options.only);
  const ownOnes = free.filter((column) => isOwn(column) && !ofTheDraw.has(nameOf(column)));
  const check = !labelled && beside.length === 0 && options.audit === undefined;
  const wanted = named ?? (check ? ownOnes : beside);
  const pass = (column: Column, why: string): unknown =>
    notes.push(passedOver(cleanText(column.header), why, 0));
  if (wanted === beside && ownOnes.length > 0) {
    const headers = ownOnes.map(({ header }) => cleanText(header));
    const some = `${thousands(headers.length)} ${headers.length === 1 ? "column" : "columns"}`;
    const text = `${some} of the sample’s own list passed over (${someOf(headers)}).`;
    notes.push({ code: "columns-of-list", count: headers.length, text });
  }
  const columns = wanted.filter((column) => {
    const people = isOfPeople(cleanText(column.header));
    const cases = !people && namesCases(cleanText(column.header));
    if (people) pass(column, "nothing is estimated of people who do the work");
    if (cases) pass(column, "it tells single cases apart, or holds dates");
    return !people && !cases;
  });
  return { columns, notes };
}

/** The column of a header, as the file writes it or as `sample.csv` would. */
export function columnNamed({ table, nameOf }: FindingsTable, name: string): Column | undefined {
  const key = headerKey(name);
  return (
    table.columns.find(({ header }) => headerKey(header) === key) ??
    table.columns.find((column) => nameOf(column) === key)
  );
}

function namedColumns(
  findings: FindingsTable,
  columns: readonly Column[],
  only: readonly string[],
): readonly Column[] | undefined {
  if (only.length === 0) return undefined;
  const found = only.map((name) => {
    const column = columnNamed(findings, name);
    if (column !== undefined && columns.includes(column)) return column;
    throw new CasedrawError(
      "FINDINGS_COLUMN_MISSING",
      `Column to estimate: it is one of the findings, and not unit_id, review or reviewer, got ${name} (${findings.table.file}). ` +
        "Correct --columns.",
      { file: findings.table.file, column: name },
    );
  });
  return columns.filter((column) => found.includes(column));
}
