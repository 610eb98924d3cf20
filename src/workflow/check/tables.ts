import { type CheckReport, foundRow } from "../../checks/finding.js";
import { partFreeText } from "../../frame/free-text.js";
import { compareBytes } from "../../frame/text.js";
import { type TextTable, valueMapTable } from "../../matching/tables.js";
import { type TextSink, writeCsvColumns } from "../../report/csv.js";
import type { CheckedExport } from "./read-export.js";

/**
 * `issues.csv`: a line for each row of each finding, and one without a row for a finding about a column as a whole. Written
 * column-wise: a field that is blank everywhere gives as many lines as the export has rows.
 */
export function writeIssues(sink: TextSink, { findings }: CheckReport): void {
  const lines = findings.reduce((sum, { rows }) => sum + Math.max(1, rows.length), 0);
  const finding = new Int32Array(lines);
  const units: string[] = new Array(lines);
  const files: string[] = new Array(lines);
  const rows: (string | number)[] = new Array(lines);
  let line = 0;
  for (const [at, found] of findings.entries()) {
    for (let k = 0; k < Math.max(1, found.rows.length); k++) {
      const { unitId, file, row } =
        found.rows.length === 0 ? { unitId: "", file: "", row: "" } : foundRow(found, k);
      finding[line] = at;
      units[line] = unitId;
      files[line] = file;
      rows[line] = row;
      line += 1;
    }
  }
  const perFinding = (header: string, text: (found: (typeof findings)[number]) => string) => ({
    header,
    values: findings.map(text),
    codes: finding,
  });
  writeCsvColumns(
    sink,
    [
      perFinding("code", ({ code }) => code),
      perFinding("severity", ({ severity }) => severity),
      perFinding("field", ({ fields }) => fields.join("; ")),
      { header: "unit_id", values: units },
      { header: "file", values: files },
      { header: "row", values: rows },
      perFinding("message", ({ message }) => message),
    ],
    finding.keys(),
  );
}

/**
 * `value-map.csv`: the values that the plan's own map gives a code, as they are there, then those that no code set knows, most
 * frequent first, with room for the officer's code. It can take the place of the plan's map. What looks like free text is left
 * out; a value of the plan's map that the data do not have counts 0.
 */
export function nextValueMap({
  report,
  mapped,
  strayRows,
}: Pick<CheckedExport, "report" | "mapped" | "strayRows">): TextTable {
  const counts = new Map<string, { field: string; value: string; count: number }>();
  for (const { field, value, count } of report.unmappedValues) {
    const key = `${field}\u001f${value}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { field, value, count });
    else known.count += count;
  }
  const fields = [...new Set(report.unmappedValues.map(({ field }) => field))];
  const listed = fields.flatMap((name) =>
    partFreeText([...counts.values()].filter(({ field }) => field === name)).codes.toSorted(
      (a, b) => b.count - a.count || compareBytes(a.value, b.value),
    ),
  );
  return valueMapTable([
    ...mapped.map(({ field, value, code, row }) => ({
      field,
      value,
      code,
      count: strayRows.includes(row) ? 0 : ("" as const),
    })),
    ...listed.map((each) => ({ ...each, code: "" })),
  ]);
}
