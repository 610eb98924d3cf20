import type { FrameInputs } from "../frame/build-frame.js";
import { codeSets } from "../frame/code-sets.js";
import { findColumn, firstRows, place } from "../frame/read-field.js";
import { headersOf, resolveSources } from "../frame/sources.js";
import { cleanText, isBlank } from "../frame/text.js";
import { fieldKind } from "../plan/fields.js";
import type { ColumnSource } from "../plan/types.js";
import type { Column, Table } from "../table/table.js";
import type { ReadColumn, UnmappedValue } from "./finding.js";
import type { MendedRows } from "./mend.js";
import { setAsideFields } from "./problem.js";

type Notes = MendedRows["gathered"]["notes"];

interface ReadFile {
  readonly table: Table;
  readonly sources: ReadonlyMap<string, ColumnSource>;
}

/** The data and joined files with what was read from each. */
function readFiles(inputs: FrameInputs): ReadFile[] {
  const sources = resolveSources(inputs.plan, inputs);
  return [
    ...inputs.data.map((table, at) => ({ table, sources: sources.data[at] as ReadFile["sources"] })),
    ...inputs.joins.map((table, at) => ({ table, sources: sources.joins[at] as ReadFile["sources"] })),
  ];
}

/**
 * How each field was read from each file.
 *
 * @param original - before what cannot be read was taken out: a cell that cannot be read is not blank
 */
export function readColumns(
  { gathered, inputs, problems }: MendedRows,
  original: Pick<FrameInputs, "data" | "joins">,
): ReadColumn[] {
  const originals = [...original.data, ...original.joins];
  const aside = new Set(setAsideFields(problems));
  return readFiles(inputs).flatMap(({ table, sources }) =>
    [...sources].map(([name, source]): ReadColumn => {
      const asked = source === "" ? [] : headersOf(source);
      const whole = originals.find((each) => place(each) === place(table)) ?? table;
      const columns = columnsOf(whole, asked);
      const unreadable = problems.reduce(
        (sum, { fields, file, header, rows }) =>
          fields[0] === name && file === place(table) && header !== undefined ? sum + rows.length : sum,
        0,
      );
      return {
        field: name,
        file: place(table),
        headers: columns.map(({ header }) => header),
        asked,
        kind: fieldKind(inputs.plan, name),
        coded: Object.hasOwn(codeSets, name),
        rows: whole.rowCount,
        blank: blankRows(whole, columns),
        unmapped: unmappedNotes(gathered.notes, table, name).reduce((sum, { count }) => sum + count, 0),
        unreadable,
        setAside: columns.length > 0 && aside.has(name),
      };
    }),
  );
}

function columnsOf(table: Table, headers: readonly string[]): Column[] {
  return headers.flatMap((header) => findColumn(table, header) ?? []);
}

/** Rows in which every one of the columns is blank. */
function blankRows(table: Table, columns: readonly Column[]): number {
  const blank = columns.map(({ values }) => values.map(isBlank));
  let count = 0;
  for (let row = 0; row < table.rowCount; row++) {
    if (columns.every((column, at) => blank[at]?.[column.codes[row] as number] === true)) count++;
  }
  return count;
}

function unmappedNotes(notes: Notes, table: Table, field: string): Notes {
  return notes.filter(
    (note) =>
      note.code === "unmapped-values" &&
      note.details.field === field &&
      note.text.startsWith(`${place(table)}, `),
  );
}

/** Values that no code set knows, whole, the commonest of each column first. */
export function unmappedValues({ gathered, inputs }: MendedRows): UnmappedValue[] {
  return readFiles(inputs).flatMap(({ table, sources }) =>
    // A value map gives no code to what a flag column says.
    [...sources].flatMap(([field, source]) =>
      typeof source === "object" && "flags" in source
        ? []
        : unmappedNotes(gathered.notes, table, field).flatMap((note): UnmappedValue[] => {
            const header = String(note.details.column);
            const column = findColumn(table, header);
            if (column === undefined) return [];
            const found = note.details.values as readonly { readonly count: number; readonly row: number }[];
            const codeAt = new Map(Array.from(firstRows(table, column), (row, code) => [row, code]));
            return found.map(({ count, row }) => ({
              field,
              file: place(table),
              header,
              value: cleanText(column.values[codeAt.get(row) as number] as string),
              count,
              firstRow: row,
            }));
          }),
    ),
  );
}
