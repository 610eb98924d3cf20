import { childLevelFields } from "../plan/fields.js";
import { type Field, isBlankLevel, LevelBuilder, levelAt, listItems } from "./field.js";
import type { Note } from "./note.js";
import { listLevel } from "./read-field.js";
import { type Rows, selectRows } from "./rows.js";
import { counted, rowsAt } from "./words.js";

/**
 * Folds the children of a case into one unit. What belongs to the child becomes a list of distinct values. What belongs
 * to the case stays one value where the children agree, a blank beside it passed over, and becomes a list, with a
 * note, where they do not. A case is open while any of its children is: an end date that one child lacks is blank.
 *
 * @param groups - unit of each row, numbered from 0 in order of first appearance
 * @param options.endFields - dates that end a case
 */
export function foldRows(
  rows: Rows,
  groups: { readonly codes: Int32Array; readonly firstRows: Int32Array },
  options: { readonly endFields: readonly string[]; readonly notes: Note[] },
): Rows {
  const units = selectRows(rows, groups.firstRows);
  const members = membersOf(groups);
  const fields = new Map<string, Field>();
  for (const [name, field] of rows.fields) {
    if (childLevelFields.includes(name) || field.kind === "list") {
      fields.set(name, toList(field, members));
      continue;
    }
    const ends = options.endFields.includes(name);
    const single = members.map((unitRows) => oneValue(field, unitRows, ends));
    const differing = single.flatMap((value, unit) => (value === undefined ? [unit] : []));
    if (differing.length === 0) {
      const builder = new LevelBuilder();
      const codes = Int32Array.from(single, (value) => builder.code(value as string));
      fields.set(name, { ...field, levels: builder.levels, codes });
      continue;
    }
    const cases = differing.map((unit) => rows.places.rowOf[groups.firstRows[unit] as number] as number);
    options.notes.push({
      code: "differs-within-case",
      text: `${name} differs between the children of ${counted(differing.length, "case")} (${rowsAt(cases)}); it is kept as a list.`,
      count: differing.length,
      details: { field: name, rows: cases },
    });
    fields.set(name, toList(field, members, single));
  }
  return { ...units, fields };
}

/** The one value of a case's children, or undefined where they differ. */
function oneValue(field: Field, rows: readonly number[], ends: boolean): string | undefined {
  const levels = new Set(rows.map((row) => levelAt(field, row)));
  const blank = [...levels].find((level) => isBlankLevel(field.kind, level));
  if (blank !== undefined && (ends || levels.size === 1)) return blank;
  if (blank !== undefined) levels.delete(blank);
  return levels.size === 1 ? [...levels][0] : undefined;
}

function membersOf(groups: { readonly codes: Int32Array; readonly firstRows: Int32Array }): number[][] {
  const members: number[][] = Array.from(groups.firstRows, () => []);
  for (const [row, unit] of groups.codes.entries()) members[unit]?.push(row);
  return members;
}

/** @param single - units whose value is settled already keep it, blank where it is blank */
function toList(
  field: Field,
  members: readonly (readonly number[])[],
  single: readonly (string | undefined)[] = [],
): Field {
  const builder = new LevelBuilder();
  const items = (level: string): string[] =>
    field.kind === "list" ? listItems(level) : isBlankLevel(field.kind, level) ? [] : [level];
  const codes = Int32Array.from(members, (unitRows, unit) => {
    const settled = single[unit];
    const levels = settled === undefined ? unitRows.map((row) => levelAt(field, row)) : [settled];
    return builder.code(listLevel(levels.flatMap(items)));
  });
  const { name, order } = field;
  return {
    name,
    kind: "list",
    levels: builder.levels,
    codes,
    ...(order === undefined ? {} : { order }),
  };
}
