import { type SynthOptions, synthesise } from "../../src/synth/synthesise.js";

/** A child's row of a clean export, read without the code under test. */
export interface ChildRow {
  readonly cells: readonly string[];
  readonly caseId: string;
  readonly childId: string;
  readonly ethnicity: string;
  readonly born: number | undefined;
  readonly lawType: string;
  readonly caseType: string;
  readonly practitioner: string;
  readonly applied: number;
  readonly allocated: number | undefined;
  readonly firstHearing: number | undefined;
  readonly closed: number | undefined;
  readonly lastActivity: number;
  readonly factors: readonly string[];
}

/** Days since 1970 of an ISO date. */
export const isoDay = (iso: string): number => Date.parse(iso) / 86_400_000;

/** Days since 1970 of DD/MM/YYYY; undefined where blank. */
function slashDay(text: string): number | undefined {
  if (text === "") return undefined;
  const [day, month, year] = text.split("/");
  return isoDay(`${year}-${month}-${day}`);
}

export function readExport(options: SynthOptions): readonly ChildRow[] {
  return Array.from(synthesise(options).rows(), (cells): ChildRow => {
    const cell = (index: number): string => cells[index] as string;
    return {
      cells,
      caseId: cell(0),
      childId: cell(1),
      ethnicity: cell(4),
      born: slashDay(cell(6)),
      lawType: cell(8),
      caseType: cell(9),
      practitioner: cell(10),
      applied: slashDay(cell(16)) as number,
      allocated: slashDay(cell(17)),
      firstHearing: slashDay(cell(18)),
      closed: slashDay(cell(19)),
      lastActivity: slashDay(cell(20)) as number,
      factors: cell(21) === "" ? [] : cell(21).split("; "),
    };
  });
}

/** The first child's row of every case. */
export function caseRows(rows: readonly ChildRow[]): readonly ChildRow[] {
  return rows.filter((row, i) => row.caseId !== rows[i - 1]?.caseId);
}

/** Share of rows that pass, NaN-free: an empty list is an error. */
export function share(rows: readonly ChildRow[], passes: (row: ChildRow) => boolean): number {
  if (rows.length === 0) throw new Error("a share of no rows");
  return rows.filter(passes).length / rows.length;
}

export const openOn = (day: number) => (row: ChildRow) =>
  row.applied <= day && (row.closed === undefined || row.closed > day);
