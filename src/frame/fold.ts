import { childLevelFields } from "../plan/fields.js";
import { type Field, isBlankLevel, LevelBuilder, levelAt, listItems } from "./field.js";
import { type Note, someOf } from "./note.js";
import { listLevel } from "./read-field.js";
import { type Rows, selectRows } from "./rows.js";

/**
 * Folds the children of a case into one unit. What belongs to the child becomes a list of distinct values; what
 * belongs to the case stays as it is where the children agree, and becomes a list, with a note, where they do not.
 *
 * @param groups - unit of each row, numbered from 0 in order of first appearance
 */
export function foldRows(
  rows: Rows,
  groups: { readonly codes: Int32Array; readonly firstRows: Int32Array },
  notes: Note[],
): Rows {
  const units = selectRows(rows, groups.firstRows);
  const members = membersOf(groups);
  const fields = new Map<string, Field>();
  for (const [name, field] of rows.fields) {
    const differing = differingUnits(field, groups);
    if (!childLevelFields.includes(name) && differing.length === 0) {
      fields.set(name, units.fields.get(name) as Field);
      continue;
    }
    if (!childLevelFields.includes(name) && field.kind !== "list") {
      const cases = differing.map((unit) => rows.places.rowOf[groups.firstRows[unit] as number] as number);
      notes.push({
        code: "differs-within-case",
        text: `${name} differs between the children of ${differing.length} cases (rows ${someOf(cases)}); it is kept as a list.`,
        count: differing.length,
        details: { field: name, rows: cases },
      });
    }
    fields.set(name, toList(field, members));
  }
  return { ...units, fields };
}

function membersOf(groups: { readonly codes: Int32Array; readonly firstRows: Int32Array }): number[][] {
  const members: number[][] = Array.from(groups.firstRows, () => []);
  for (const [row, unit] of groups.codes.entries()) members[unit]?.push(row);
  return members;
}

function differingUnits(
  field: Field,
  groups: { readonly codes: Int32Array; readonly firstRows: Int32Array },
): number[] {
  const found = new Set<number>();
  for (const [row, unit] of groups.codes.entries()) {
    if (field.codes[row] !== field.codes[groups.firstRows[unit] as number]) found.add(unit);
  }
  return [...found];
}

function toList(field: Field, members: readonly (readonly number[])[]): Field {
  const builder = new LevelBuilder();
  const codes = Int32Array.from(members, (unitRows) =>
    builder.code(
      listLevel(
        unitRows.flatMap((row) => {
          const level = levelAt(field, row);
          if (field.kind === "list") return listItems(level);
          return isBlankLevel(field.kind, level) ? [] : [level];
        }),
      ),
    ),
  );
  return { name: field.name, kind: "list", levels: builder.levels, codes };
}
