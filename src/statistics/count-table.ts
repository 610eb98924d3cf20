import { CasedrawError } from "../errors.js";

/** Counts by two characteristics: rows of equal length. */
export type CountTable = readonly (readonly number[])[];

/** A table with its margins. */
export interface Margins {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly total: number;
}

/**
 * The margins of a table of counts with two rows and columns or more.
 *
 * @throws CasedrawError `TABLE_INVALID` for rows of different length, a count that is no whole number of 0 or more, and
 *   a row or column that holds nobody
 */
export function marginsOf(table: CountTable): Margins {
  const width = table[0]?.length ?? 0;
  if (table.length < 2 || width < 2) {
    refuse("it has two rows and two columns or more", `${table.length} by ${width}`, "Give a larger table.");
  }
  const columns = new Array<number>(width).fill(0);
  const rows = table.map((row, at) => {
    if (row.length !== width) {
      refuse(
        "its rows have the same length",
        `${row.length} in row ${at} and ${width} before`,
        "Fill it up.",
      );
    }
    return row.reduce((sum, count, column) => {
      if (!Number.isSafeInteger(count) || count < 0) {
        refuse(
          "it holds whole numbers of 0 or more",
          `${count} in row ${at}, column ${column}`,
          "Give counts.",
        );
      }
      columns[column] = (columns[column] as number) + count;
      return sum + count;
    }, 0);
  });
  for (const [what, margin] of [
    ["row", rows],
    ["column", columns],
  ] as const) {
    const empty = margin.indexOf(0);
    if (empty >= 0) refuse(`each ${what} holds somebody`, `none in ${what} ${empty}`, "Leave it out.");
  }
  return { rows, columns, total: rows.reduce((sum, count) => sum + count, 0) };
}

function refuse(rule: string, got: string, next: string): never {
  throw new CasedrawError("TABLE_INVALID", `Table of counts: ${rule}, got ${got} (from 0). ${next}`);
}
