import type { PopulationLevel } from "../../analysis/item.js";
import { CasedrawError } from "../../errors.js";
import { findColumn } from "../../frame/read-field.js";
import { cleanText } from "../../frame/text.js";
import type { Table } from "../../table/table.js";

/**
 * Reads how many children of a population are of each level.
 *
 * @param table - with the columns characteristic, level and population; commas between thousands are read
 * @throws CasedrawError `POPULATION_INVALID` with file, row and column
 */
export function readPopulation(table: Table): PopulationLevel[] {
  const [characteristic, level, population] = ["characteristic", "level", "population"].map((header) =>
    textsOf(table, header),
  ) as [string[], string[], string[]];
  const seen = new Map<string, number>();
  return characteristic.map((name, at): PopulationLevel => {
    const row = table.rowNumbers[at] as number;
    const label = level[at] as string;
    for (const [column, text] of [
      ["characteristic", name],
      ["level", label],
    ] as const) {
      if (text === "") throw invalid(table, { row, column }, "it must not be blank, got nothing");
    }
    const key = JSON.stringify([name.toLowerCase(), label.toLowerCase()]);
    const first = seen.get(key);
    if (first !== undefined) {
      throw invalid(table, { row, column: "level" }, `"${label}" of ${name} stands in row ${first} already`);
    }
    seen.set(key, row);
    const text = population[at] as string;
    const count = /^\d{1,3}(?:,\d{3})+$|^\d+$/.test(text) ? Number(text.replaceAll(",", "")) : 0;
    if (count < 1) {
      throw invalid(
        table,
        { row, column: "population" },
        `it must be a whole number of 1 or more, got "${text}"`,
      );
    }
    return { characteristic: name, level: label, population: count };
  });
}

function textsOf(table: Table, header: string): string[] {
  const column = findColumn(table, header);
  if (column === undefined) {
    throw new CasedrawError(
      "POPULATION_INVALID",
      `Population: it must have the columns characteristic, level and population, got none called ${header} (${table.file}). Add it.`,
      { file: table.file, column: header },
    );
  }
  return Array.from(column.codes, (code) => cleanText(column.values[code] as string));
}

function invalid(
  { file }: Table,
  { row, column }: { readonly row: number; readonly column: string },
  what: string,
): CasedrawError {
  return new CasedrawError(
    "POPULATION_INVALID",
    `Population: ${what} (${file}, row ${row}, column ${column}). Correct the file.`,
    { file, row, column },
  );
}
