import { resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import { findColumn } from "../../frame/read-field.js";
import { cleanText, matchKey } from "../../frame/text.js";
import { nearest } from "../../plan/nearest.js";
import type { TeamPlan } from "../../plan/types.js";
import { readTable } from "../../readers/read-table.js";
import type { Bar } from "../../sampling/handover/family.js";

/**
 * Reads who may not have which case: CSV or a workbook with the columns `unit_id`, `team` and, where only one pair knows the
 * family, `pair` (its number). Rows that are blank in all of them are passed over.
 *
 * @param file - as the user wrote it
 * @param options.known - units that can be handed over
 * @returns bars by unit
 * @throws CasedrawError `CONFLICTS_INVALID`, and those of the readers
 */
export async function readConflicts(
  file: string,
  options: {
    readonly cwd: string;
    readonly teams: readonly TeamPlan[];
    readonly known: ReadonlySet<string>;
  },
): Promise<Map<string, Bar[]>> {
  const { teams, known } = options;
  const { table } = await readTable({
    path: resolve(options.cwd, file),
    label: file,
    wanted: ["unit_id", "team"],
    optional: ["pair"],
  });
  const cell = (name: string, row: number): string => {
    const column = findColumn(table, name);
    return column === undefined ? "" : cleanText(column.values[column.codes[row] as number] as string);
  };
  const bars = new Map<string, Bar[]>();
  for (let row = 0; row < table.rowCount; row++) {
    const [id, name, pair] = ["unit_id", "team", "pair"].map((each) => cell(each, row)) as [
      string,
      string,
      string,
    ];
    if (id === "" && name === "" && pair === "") continue;
    const refused = (column: string, what: string, next: string): CasedrawError => {
      const line = table.rowNumbers[row] as number;
      return new CasedrawError(
        "CONFLICTS_INVALID",
        `${what} (${file}, row ${line}, column ${column}). ${next}`,
        {
          file,
          row: line,
          column,
        },
      );
    };
    if (!known.has(id)) {
      throw refused(
        "unit_id",
        "Case of a conflict: it must be one of the sample, in reserve or chosen, got another id",
        "Write the id as sample.csv does, or take the row out.",
      );
    }
    const team = teams.findIndex((each) => matchKey(each.name) === matchKey(name));
    if (team === -1) {
      const meant = nearest(
        name,
        teams.map((each) => each.name),
      );
      throw refused(
        "team",
        `Team of a conflict: it must be ${teams.map((each) => each.name).join(", ")}, got another`,
        meant === undefined ? "Write its name as the plan does." : `Did you mean ${meant}?`,
      );
    }
    const { pairs } = teams[team] as TeamPlan;
    const number = pair === "" ? undefined : Number(pair);
    if (number !== undefined && !(Number.isInteger(number) && number >= 1 && number <= pairs)) {
      throw refused(
        "pair",
        `Pair of a conflict: it must be a number from 1 to ${pairs}, or blank for the whole team, got another value`,
        "Correct it.",
      );
    }
    bars.set(id, [...(bars.get(id) ?? []), { team, ...(number === undefined ? {} : { pair: number - 1 }) }]);
  }
  return bars;
}
