import type { Tile } from "../../charts/tile-map-chart.js";
import { CasedrawError } from "../../errors.js";
import { cleanText, isBlank } from "../../frame/text.js";
import { headerKey, type Table } from "../../table/table.js";

const columns = ["area", "x", "y"] as const;

/**
 * Tiles of a map, from a CSV with the columns area, x, y: whole numbers, from the left and from the top.
 *
 * @throws CasedrawError `MAP_INVALID`
 */
export function readTiles(table: Table): Tile[] {
  const file = table.file;
  const found = columns.map((name) => {
    const column = table.columns.find(({ header }) => headerKey(header) === name);
    if (column === undefined) throw invalid(`it has the columns area, x, y, got none headed "${name}"`, file);
    return column;
  });
  const taken = new Map<string, string>();
  return Array.from({ length: table.rowCount }, (_, at): Tile => {
    const row = table.rowNumbers[at] as number;
    const [area = "", x = "", y = ""] = found.map((column) => {
      const raw = column.values[column.codes[at] as number] ?? "";
      return isBlank(raw) ? "" : cleanText(raw);
    });
    if (area === "") throw invalid("every row has its area, got a blank", file, row);
    for (const place of [x, y])
      if (!/^\d{1,4}$/.test(place))
        throw invalid(`a place is a whole number from 0, got "${place}"`, file, row);
    const place = `${Number(x)},${Number(y)}`;
    const other = taken.get(place);
    if (other !== undefined)
      throw invalid(`each area has a place of its own, got ${area} where ${other} is`, file, row);
    taken.set(place, area);
    return { area, x: Number(x), y: Number(y) };
  });
}

function invalid(rule: string, file: string, row?: number): CasedrawError {
  return new CasedrawError(
    "MAP_INVALID",
    `Map of tiles: ${rule} (${file}${row === undefined ? "" : `, row ${row}`}). Write a row for each area, such as area,x,y.`,
    { file, ...(row === undefined ? {} : { row }) },
  );
}
