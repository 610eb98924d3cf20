import { readerOf } from "../handover/readers.js";
import type { Issue } from "./issues.js";
import type { ReturnedSheet, SheetRow } from "./worksheet-rows.js";

/**
 * Rows that say in every cell what a row of an earlier worksheet says: of a worksheet that came back twice all would be told
 * twice. One that has nothing else is a copy, which is said where somebody has filled it in.
 */
export function copiesAmong(sheets: readonly ReturnedSheet[]): {
  readonly rows: ReadonlySet<SheetRow>;
  readonly issues: readonly Issue[];
} {
  const firstWith = new Map<string, ReturnedSheet>();
  const copied = new Set<SheetRow>();
  const issues: Issue[] = [];
  for (const sheet of sheets) {
    const origins = sheet.rows.map((row) => firstWith.get(cellsOf(row)));
    for (const [at, row] of sheet.rows.entries()) {
      if (origins[at] === undefined) firstWith.set(cellsOf(row), sheet);
      else copied.add(row);
    }
    const [original] = origins;
    const isWhole = original?.rows.length === sheet.rows.length && origins.every((each) => each === original);
    if (original !== undefined && isWhole && sheet.rows.some(isFilledIn))
      issues.push(copyIssue(sheet, original));
  }
  return { rows: copied, issues };
}

function cellsOf({ file: _file, row: _row, ...cells }: SheetRow): string {
  return JSON.stringify(cells);
}

/** Whether anybody has written anything into a row. */
export function isFilledIn({ answers, loss, reviewer }: SheetRow): boolean {
  return loss !== "" || reviewer !== "" || answers.some((answer) => answer !== "");
}

function copyIssue({ file, rows }: ReturnedSheet, original: ReturnedSheet): Issue {
  return {
    kind: "same worksheet twice",
    team: readerOf(rows[0]?.reader ?? "").team,
    file,
    unitId: "",
    column: "",
    text: `All its rows say the same as those of ${original.file}, so they count once. If one of the two should have newer answers, ask the team for it.`,
  };
}
