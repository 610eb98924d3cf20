import { CasedrawError } from "../../errors.js";
import { cleanText, matchKey } from "../../frame/text.js";
import type { NeighboursFile } from "../../plan/types.js";
import { type Column, headerKey, type Table } from "../../table/table.js";
import { numberIn } from "./cells.js";
import type { AreaFigure, IndicatorComparison } from "./comparison.js";

/** By the key of an area's name, the names of its statistical neighbours as the file has them. */
export type Neighbours = ReadonlyMap<string, readonly string[]>;

/**
 * The statistical neighbours of each area, from a file such as a lookup of local authorities.
 *
 * @param named - its headers, as the plan gives them
 * @throws CasedrawError `NEIGHBOURS_INVALID` if a column is lacking, an area stands in two rows, or a neighbour is named by a code that
 *   no row has
 */
export function readNeighbours(table: Table, named: NeighboursFile): Neighbours {
  const areas = columnOf(table, named.area);
  const lists = columnOf(table, named.neighbours);
  const keys = columnOf(table, named.key ?? named.area);
  const at = (column: Column, row: number): string =>
    cleanText(column.values[column.codes[row] as number] as string);
  const nameOf = new Map<string, string>();
  for (let row = 0; row < table.rowCount; row++) nameOf.set(matchKey(at(keys, row)), at(areas, row));
  const found = new Map<string, readonly string[]>();
  for (let row = 0; row < table.rowCount; row++) {
    const area = matchKey(at(areas, row));
    if (area === "") continue;
    if (found.has(area))
      throw invalid(table, row, `each area stands in one row, got "${at(areas, row)}" twice`);
    const codes = at(lists, row)
      .split(named.separator)
      .map(cleanText)
      .filter((code) => code !== "");
    found.set(
      area,
      codes.map((code) => {
        const name = nameOf.get(matchKey(code));
        if (name === undefined)
          throw invalid(
            table,
            row,
            `neighbours are named by the column "${named.key ?? named.area}", got "${code}", which no row has there`,
          );
        return name;
      }),
    );
  }
  return found;
}

function columnOf(table: Table, header: string): Column {
  const found = table.columns.find((column) => headerKey(column.header) === headerKey(header));
  if (found !== undefined) return found;
  throw new CasedrawError(
    "NEIGHBOURS_INVALID",
    `Statistical neighbours: the file has the columns that compare: neighbours names, got none headed "${header}" (${table.file}). Write the header as the file has it.`,
    { file: table.file, column: header },
  );
}

function invalid({ file, rowNumbers }: Table, row: number, rule: string): CasedrawError {
  return new CasedrawError(
    "NEIGHBOURS_INVALID",
    `Statistical neighbours: ${rule} (${file}, row ${rowNumbers[row]}). Correct the file, or the headers under compare: neighbours.`,
    { file, row: rowNumbers[row] },
  );
}

/**
 * The comparison with each area's neighbours beside it: the mean of their figures, each counting once, and the figure of all their
 * units together. A neighbour that the data do not have, or whose figure is not shown, is named as lacking.
 */
export function withNeighbours(comparison: IndicatorComparison, neighbours: Neighbours): IndicatorComparison {
  const areas = new Map(comparison.areas.map((area) => [matchKey(area.area), area]));
  return {
    ...comparison,
    areas: comparison.areas.map((area) => {
      const names = area.unknown ? undefined : neighbours.get(matchKey(area.area));
      if (names === undefined || names.length === 0) return area;
      const beside = besideOf(names, areas, comparison);
      return beside === undefined ? area : { ...area, neighbours: beside };
    }),
  };
}

function besideOf(
  names: readonly string[],
  areas: ReadonlyMap<string, AreaFigure>,
  { indicator }: IndicatorComparison,
): AreaFigure["neighbours"] | undefined {
  const found = names.map((name) => ({ name, figure: areas.get(matchKey(name)) }));
  const values = found.flatMap(({ figure }) => {
    const value = figure === undefined ? undefined : numberIn(figure.figure);
    return figure === undefined || value === undefined ? [] : [{ figure, value }];
  });
  if (values.length === 0) return undefined;
  const lacking = found.flatMap(({ name, figure }) =>
    figure === undefined || numberIn(figure.figure) === undefined ? [name] : [],
  );
  const mean = values.reduce((sum, { value }) => sum + value, 0) / values.length;
  let [top, under] = [0, 0];
  for (const { figure, value } of values) {
    const size = typeof figure.denominator === "number" ? figure.denominator : Number.NaN;
    top += value * size;
    under += size;
  }
  // Where figures come of no counts, or of survival curves, they have no pooled figure but the mean by units.
  const pooled = top / under;
  return {
    names,
    mean,
    pooled: indicator.kind === "measurement" || !Number.isFinite(pooled) ? mean : pooled,
    lacking,
  };
}
