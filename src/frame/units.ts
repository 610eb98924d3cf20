import type { Plan } from "../plan/types.js";
import { foldRows } from "./fold.js";
import type { Note } from "./note.js";
import { type Rows, selectRows } from "./rows.js";
import { byIdBytes, duplicateUnits } from "./unit-id.js";

/** Rows made units: one row a unit, ids unique. */
export interface Units {
  readonly rows: Rows;
  readonly ids: readonly string[];
  /** Units in byte order of their ids. */
  readonly order: Int32Array;
  readonly superseded: number;
  readonly folded: number;
  /** Rows in each unit, where rows were folded. */
  readonly sizes?: Int32Array;
}

/**
 * Makes one unit of each id. A child's id may stand once; a case's rows are folded within a file. An id in two files is
 * an error that lists both places unless the plan prefers the last file, whose rows then replace the earlier ones.
 *
 * @throws CasedrawError `UNIT_ID_DUPLICATE`
 */
export function toUnits(rows: Rows, ids: readonly string[], plan: Plan, notes: Note[]): Units {
  const order = byIdBytes(ids);
  const { fileOf } = rows.places;
  const dropped = new Uint8Array(rows.count);
  const firstOf = new Int32Array(rows.count);
  const clashes: [number, number][] = [];
  let superseded = 0;
  let folded = 0;
  for (let at = 0; at < order.length; ) {
    const first = order[at] as number;
    let end = at + 1;
    while (end < order.length && ids[order[end] as number] === ids[first]) end++;
    const last = order[end - 1] as number;
    let kept: number | undefined;
    for (let k = at; k < end; k++) {
      const row = order[k] as number;
      if (fileOf[row] !== fileOf[last]) {
        if (plan.prefer === undefined) clashes.push([row, last]);
        dropped[row] = 1;
        superseded++;
      } else if (kept === undefined) {
        kept = row;
        firstOf[row] = row;
      } else {
        if (plan.unit === "child") clashes.push([kept, row]);
        firstOf[row] = kept;
        folded++;
      }
    }
    at = end;
  }
  if (clashes.length > 0) throw duplicateUnits(rows, ids, clashes, plan);
  if (superseded === 0 && plan.unit === "child") return { rows, ids, order, superseded, folded };

  // Rows of one id stand together in `order` and their first is the lowest row, so units keep the rows' order.
  const unitOf = new Int32Array(rows.count).fill(-1);
  const firstRows: number[] = [];
  const keep: number[] = [];
  for (let row = 0; row < rows.count; row++) {
    if (dropped[row] === 1) continue;
    keep.push(row);
    const first = firstOf[row] as number;
    if (first === row) firstRows.push(row);
    unitOf[row] = first === row ? firstRows.length - 1 : (unitOf[first] as number);
  }
  const unitIds = firstRows.map((row) => ids[row] as string);
  const unitOrder = order
    .filter((row) => dropped[row] === 0 && firstOf[row] === row)
    .map((row) => unitOf[row] as number);
  const kept = selectRows(rows, Int32Array.from(keep));
  if (plan.unit === "child") return { rows: kept, ids: unitIds, order: unitOrder, superseded, folded };
  const place = new Map(keep.map((row, at) => [row, at]));
  const groups = {
    codes: Int32Array.from(keep, (row) => unitOf[row] as number),
    firstRows: Int32Array.from(firstRows, (row) => place.get(row) as number),
  };
  const sizes = new Int32Array(firstRows.length);
  for (const unit of groups.codes) sizes[unit] = (sizes[unit] as number) + 1;
  return {
    rows: foldRows(kept, groups, { endFields: ["closed_date", plan.delay.to], notes }),
    sizes,
    ids: unitIds,
    order: unitOrder,
    superseded,
    folded,
  };
}
