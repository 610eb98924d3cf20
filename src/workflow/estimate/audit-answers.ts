import { CasedrawError } from "../../errors.js";
import { cleanText, matchKey } from "../../frame/text.js";
import type { Column, Table } from "../../table/table.js";
import { refuseGrades, unansweredWords } from "./columns.js";

/** The inspector's view of a case beside the body's own audit of it. */
export const auditLevels = ["in line", "more positive", "less positive"] as const;
export type AuditLevel = (typeof auditLevels)[number];

/** The column that is taken for it where none is named. */
export const usualAuditColumn = "audit_agreement";

const synonyms: ReadonlyMap<string, AuditLevel> = new Map([
  ...["in line", "inline", "in-line", "in line with the audit", "in line with audit"].map(
    (text): [string, AuditLevel] => [text, "in line"],
  ),
  ...(["more positive", "less positive"] as const).flatMap((level) =>
    [level, level.replace(" ", "-"), `${level} than the audit`, `${level} than audit`].map(
      (text): [string, AuditLevel] => [text, level],
    ),
  ),
]);
const unaudited: ReadonlySet<string> = new Set([...unansweredWords, "not audited", "no audit"]);

/**
 * Reads the column that sets the inspector's view beside the body's own audit.
 *
 * @param rows - first reviews of the sample, with the unit of the frame that each is of
 * @returns by unit; those without an answer are absent
 * @throws CasedrawError `FINDINGS_VALUE_INVALID` for any other value, `FINDINGS_GRADED` for a column of grades
 */
export function auditAnswers(
  table: Table,
  column: Column,
  rows: ReadonlyMap<number, number>,
): ReadonlyMap<number, AuditLevel> {
  const name = cleanText(column.header);
  const keys = column.values.map((value) => matchKey(value).replaceAll("_", " "));
  const keyOf = (row: number): string => keys[column.codes[row] as number] as string;
  refuseGrades(table, name, [...new Set([...rows.keys()].map(keyOf))]);
  const answers = new Map<number, AuditLevel>();
  for (const [row, unit] of rows) {
    const level = synonyms.get(keyOf(row));
    if (level !== undefined) answers.set(unit, level);
    else if (!unaudited.has(keyOf(row))) throw otherValue(table, name, row);
  }
  return answers;
}

function otherValue(table: Table, column: string, row: number): CasedrawError {
  const line = table.rowNumbers[row] as number;
  const allowed = auditLevels.map((level) => `"${level}"`).join(", ");
  return new CasedrawError(
    "FINDINGS_VALUE_INVALID",
    `Agreement with an audit: it is one of ${allowed}, or blank where there is no audit, got another value (${table.file}, row ${line}, column ${column}). ` +
      "Correct it: it says how the inspector's view stands to the audit's.",
    { file: table.file, row: line, column, allowed: [...auditLevels] },
  );
}
