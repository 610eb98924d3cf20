import type { SheetRole } from "../handover/record.js";
import { sheetNames } from "../handover/worksheet.js";
import type { OutputTable } from "../output-table.js";

/** What kind of thing is wrong with worksheets. */
export type IssueKind =
  | "two answers"
  | "changed id"
  | "unknown id"
  | "not in the sample"
  | "row missing"
  | "worksheet missing"
  | "answer missing"
  | "answer not on the list"
  | "answered and lost"
  | "not in the log"
  | "reserve not released"
  | "second reading not asked for"
  | "reviewer not taken"
  | "conflict without a team"
  | "sheet not known"
  | "same worksheet twice";

/** Something that a person has to look at; it repeats no text that somebody wrote. */
export interface Issue {
  readonly kind: IssueKind;
  readonly team: string;
  /** The worksheet's file name; "" where it has not come back. */
  readonly file: string;
  readonly role?: SheetRole;
  readonly row?: number;
  readonly unitId: string;
  readonly column: string;
  /** What it is, and what to do. */
  readonly text: string;
}

/** `issues.csv`. */
export function issuesTable(issues: readonly Issue[]): OutputTable {
  return {
    header: ["kind", "team", "worksheet", "sheet", "row", "unit_id", "column", "what"],
    rows: issues.map(({ kind, team, file, role, row, unitId, column, text }) => [
      kind,
      team,
      file,
      role === undefined ? "" : sheetNames[role],
      row ?? "",
      unitId,
      column,
      text,
    ]),
  };
}
