import type { Field } from "../../frame/field.js";
import { compareBytes } from "../../frame/text.js";
import { comparedLevels } from "../compared-fields.js";
import type { IndicatorRows } from "./flight.js";

/**
 * The balancing columns of some fields: one for every level but the largest (of equals the first in byte order), which
 * the others and the size imply; for a list one for every item, as a unit may have several. A blank is a level of its
 * own, `not_recorded`. Columns stand in the order of the fields, within a field in byte order of the levels.
 *
 * @param units - units of the frame, in ticket order: row `i` is that of `units[i]`
 * @param fields - of the whole frame, in the plan's order of importance
 * @see Deville & Tillé (2004) Biometrika 91:893–912, §2.2: a qualitative variable is balanced by its indicators
 */
export function indicatorRows(units: Int32Array, fields: readonly Field[]): IndicatorRows {
  let count = 0;
  const coded = fields.map((field) => {
    const columnOf = new Map<string, number>();
    for (const level of balancedLevels(field, units)) columnOf.set(level, count++);
    const ofCode = field.levels.map((level) =>
      comparedLevels(field, level).flatMap((item) => columnOf.get(item) ?? []),
    );
    return { codes: field.codes, ofCode };
  });
  const starts = new Int32Array(units.length + 1);
  for (let i = 0; i < units.length; i++) {
    let width = 0;
    for (const { codes, ofCode } of coded) width += columnsAt(codes, ofCode, units[i] as number).length;
    starts[i + 1] = (starts[i] as number) + width;
  }
  const columns = new Int32Array(starts[units.length] as number);
  let at = 0;
  for (const unit of units) {
    for (const { codes, ofCode } of coded) {
      for (const column of columnsAt(codes, ofCode, unit)) columns[at++] = column;
    }
  }
  return { count, starts, columns };
}

function columnsAt(
  codes: Int32Array,
  ofCode: readonly (readonly number[])[],
  unit: number,
): readonly number[] {
  return ofCode[codes[unit] as number] as readonly number[];
}

/**
 * The levels that get a column, in byte order. A list of which none of these units has several items is no list here: what
 * other units have must not move the draw.
 */
function balancedLevels(field: Field, units: Int32Array): readonly string[] {
  const counts = countLevels(field, units);
  const levels = [...counts.keys()].sort(compareBytes);
  const several = field.levels.map((level) => comparedLevels(field, level).length > 1);
  if (units.some((unit) => several[field.codes[unit] as number])) return levels;
  const sizes = levels.map((level) => counts.get(level) as number);
  const largest = sizes.indexOf(sizes.reduce((most, size) => Math.max(most, size), 0));
  return levels.filter((_, at) => at !== largest);
}

/** How many of the units have each level or item that any of them has. */
function countLevels(field: Field, units: Int32Array): Map<string, number> {
  const ofCode = new Int32Array(field.levels.length);
  for (const unit of units) {
    const code = field.codes[unit] as number;
    ofCode[code] = (ofCode[code] as number) + 1;
  }
  const counts = new Map<string, number>();
  for (const [code, count] of ofCode.entries()) {
    if (count === 0) continue;
    for (const item of comparedLevels(field, field.levels[code] as string)) {
      counts.set(item, (counts.get(item) ?? 0) + count);
    }
  }
  return counts;
}
