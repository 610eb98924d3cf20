/** `category`: a code or the export's own category; `text`: an id or free text; the others as they are called. */
export type FieldKind = "category" | "text" | "number" | "date" | "list";

/**
 * One field of every unit (or row), dictionary-encoded in canonical text: row `i` holds `levels[codes[i]]`.
 *
 * Canonical text is what digests hash: a category's code (blank is `not_recorded`), a date in ISO form, a number as the
 * shortest decimal that round-trips, a list's distinct items in byte order joined by U+001E; other blanks are "".
 */
export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  /** Distinct; in order of first appearance. */
  readonly levels: readonly string[];
  readonly codes: Int32Array;
}

/** Between the items of a list. */
export const itemSeparator = "\u001e";

/** What a category holds where the export says nothing. */
export const notRecorded = "not_recorded";

/** What a coded field holds where the export says something that the code set does not know. */
export const unmapped = "unmapped";

/** The text of a field for one unit. */
export function levelAt(field: Field, index: number): string {
  return field.levels[field.codes[index] as number] as string;
}

/** Whether a canonical text stands for nothing. */
export function isBlankLevel(kind: FieldKind, level: string): boolean {
  return level === "" || (kind === "category" && level === notRecorded);
}

/** The canonical text that stands for nothing. */
export function blankLevel(kind: FieldKind): string {
  return kind === "category" ? notRecorded : "";
}

export function listItems(level: string): string[] {
  return level === "" ? [] : level.split(itemSeparator);
}

/** Collects distinct texts into levels. */
export class LevelBuilder {
  readonly levels: string[] = [];
  private readonly known = new Map<string, number>();

  code(level: string): number {
    let code = this.known.get(level);
    if (code === undefined) {
      code = this.levels.length;
      this.known.set(level, code);
      this.levels.push(level);
    }
    return code;
  }
}

/** Replaces every level by another text: `relabel` sees each distinct level once. */
export function mapLevels(
  field: { readonly levels: readonly string[]; readonly codes: Int32Array },
  relabel: (level: string, code: number) => string,
): { readonly levels: readonly string[]; readonly codes: Int32Array } {
  const relabelled = field.levels.map(relabel);
  // Levels are distinct: where none changes they still are, and the codes stand.
  if (relabelled.every((level, code) => level === field.levels[code])) {
    return { levels: field.levels, codes: field.codes };
  }
  const builder = new LevelBuilder();
  const target = Int32Array.from(relabelled, (level) => builder.code(level));
  const codes = new Int32Array(field.codes.length);
  for (let i = 0; i < codes.length; i++) codes[i] = target[field.codes[i] as number] as number;
  return { levels: builder.levels, codes };
}

/**
 * Crosses dictionary codes: each row's combination of codes becomes one code.
 *
 * @returns `codes` a row, and for each distinct combination the row where it first stands
 */
export function crossCodes(
  rowCount: number,
  columns: readonly { readonly levels: readonly string[]; readonly codes: Int32Array }[],
): { readonly codes: Int32Array; readonly firstRows: readonly number[] } {
  let codes = new Int32Array(rowCount);
  let firstRows: number[] = rowCount > 0 ? [0] : [];
  for (const column of columns) {
    const width = column.levels.length;
    const known = new Map<number, number>();
    const next = new Int32Array(rowCount);
    const rows: number[] = [];
    for (let i = 0; i < rowCount; i++) {
      const pair = (codes[i] as number) * width + (column.codes[i] as number);
      let code = known.get(pair);
      if (code === undefined) {
        code = rows.length;
        known.set(pair, code);
        rows.push(i);
      }
      next[i] = code;
    }
    codes = next;
    firstRows = rows;
  }
  return { codes, firstRows };
}
