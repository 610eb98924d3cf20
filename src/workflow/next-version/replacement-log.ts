import { findColumn } from "../../frame/read-field.js";
import { cleanText } from "../../frame/text.js";
import { readTable } from "../../readers/read-table.js";
import type { LoggedLoss } from "../../sampling/after/check-losses.js";
import type { Column } from "../../table/table.js";

/**
 * Reads a replacement log: CSV or a workbook with the columns `unit_id` and `reason`. Rows that are blank in both are passed
 * over.
 *
 * @param path - absolute
 * @param label - as the user wrote it
 * @throws CasedrawError of the readers
 */
export async function readReplacementLog(path: string, label: string): Promise<LoggedLoss[]> {
  const { table } = await readTable({ path, label, wanted: ["unit_id", "reason"] });
  const [units, reasons] = ["unit_id", "reason"].map((name) => findColumn(table, name)) as [Column, Column];
  const textOf = ({ values, codes }: Column, row: number): string =>
    cleanText(values[codes[row] as number] as string);
  return Array.from({ length: table.rowCount }, (_, row): LoggedLoss => {
    const line = table.rowNumbers[row] as number;
    return {
      unitId: textOf(units, row),
      reason: textOf(reasons, row),
      place: `(${label}, row ${line}`,
      details: { file: label, row: line },
    };
  }).filter(({ unitId, reason }) => unitId !== "" || reason !== "");
}
