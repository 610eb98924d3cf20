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
  /** The levels of a band in their order, absent ones too; other fields stand in byte order. */
  readonly order?: readonly string[];
}

/** Between the items of a list. */
export const itemSeparator = "\u001e";

/** What a category holds where the export says nothing. */
export const notRecorded = "not_recorded";

/** What a coded field holds where the export says something that the code set does not know. */
export const unmapped = "unmapped";

/** What stands for the area of a case whose children are of several. */
export const severalAreas = "more_than_one_area";

/**
 * The text of a field for one unit.
 *
 * @example levelAt({ name: "gender", kind: "category", levels: ["female", "male"], codes: Int32Array.of(1, 0) }, 0) // → "male"
 */
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

/**
 * The items of a list's canonical text.
 *
 * @example listItems("abuse\u001eneglect") // → ["abuse", "neglect"]
 */
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

/** Makes levels distinct, where several codes may stand for the same text. */
export function mergeLevels(levels: readonly string[], codes: Int32Array): Pick<Field, "levels" | "codes"> {
  const builder = new LevelBuilder();
  const target = levels.map((level) => builder.code(level));
  return { levels: builder.levels, codes: codes.map((code) => target[code] as number) };
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
  return { levels: builder.levels, codes: translated(field.codes, target) };
}

function translated(codes: Int32Array, target: Int32Array): Int32Array {
  const into = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) into[i] = target[codes[i] as number] as number;
  return into;
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
    const known = pairTable(firstRows.length * width);
    const next = new Int32Array(rowCount);
    const nextRows: number[] = [];
    for (let i = 0; i < rowCount; i++) {
      const pair = (codes[i] as number) * width + (column.codes[i] as number);
      let code = known.get(pair);
      if (code === undefined) {
        code = nextRows.length;
        known.set(pair, code);
        nextRows.push(i);
      }
      next[i] = code;
    }
    codes = next;
    firstRows = nextRows;
  }
  return { codes, firstRows };
}

/** Pairs are looked up in an array where one of this many entries suffices, which is far faster than a map. */
const largestPairArray = 1 << 22;

interface PairTable {
  get(pair: number): number | undefined;
  set(pair: number, code: number): unknown;
}

function pairTable(size: number): PairTable {
  return size <= largestPairArray ? new PairArray(size) : new Map();
}

class PairArray implements PairTable {
  readonly #codes: Int32Array;

  constructor(size: number) {
    this.#codes = new Int32Array(size);
  }

  get(pair: number): number | undefined {
    const code = this.#codes[pair] as number;
    return code === 0 ? undefined : code - 1;
  }

  set(pair: number, code: number): void {
    this.#codes[pair] = code + 1;
  }
}
