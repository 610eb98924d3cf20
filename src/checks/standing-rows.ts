import { crossCodes, type Field } from "../frame/field.js";
import type { Rows } from "../frame/rows.js";
import type { Plan } from "../plan/types.js";
import { isKnown } from "./known.js";

/**
 * By row, whether it stands: under `prefer: last_file` a unit's rows in an earlier file do not, so they are neither a second row of
 * it nor at odds with the row that has replaced them.
 */
export function standingRows(rows: Rows, { prefer, unit_id }: Plan): (row: number) => boolean {
  const parts = unit_id.map((name) => rows.fields.get(name));
  if (prefer === undefined || parts.includes(undefined)) return () => true;
  const ids = parts as Field[];
  const known = ids.map(isKnown);
  const { codes, firstRows } = crossCodes(rows.count, ids);
  const { fileOf } = rows.places;
  const lastFile = new Int32Array(firstRows.length);
  for (const [row, code] of codes.entries())
    lastFile[code] = Math.max(lastFile[code] as number, fileOf[row] as number);
  return (row) => fileOf[row] === lastFile[codes[row] as number] || !known.every((isSaid) => isSaid(row));
}
