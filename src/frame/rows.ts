import { blankLevel, type Field, LevelBuilder } from "./field.js";

/** Where rows come from: which file, and where in it. */
export interface Places {
  /** Files (with their sheet) as messages name them. */
  readonly files: readonly string[];
  /** Per row, an index into `files`. */
  readonly fileOf: Int32Array;
  /** Per row, its line or sheet row in that file. */
  readonly rowOf: Int32Array;
}

/** Rows of one file or several stacked: fields by name, all of one length. */
export interface Rows {
  readonly count: number;
  readonly fields: ReadonlyMap<string, Field>;
  readonly places: Places;
}

/** "open.csv, row 17". */
export function placeOf(places: Places, index: number): string {
  return `${places.files[places.fileOf[index] as number]}, row ${places.rowOf[index]}`;
}

/** Puts the rows of several files under each other; a field that one of them lacks is blank there. */
export function stackRows(parts: readonly Rows[]): Rows {
  if (parts.length === 1) return parts[0] as Rows;
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const fields = new Map<string, Field>();
  for (const part of parts) {
    for (const [name, field] of part.fields) {
      if (!fields.has(name)) fields.set(name, stackField(name, field.kind, parts, count));
    }
  }
  const places = {
    files: parts.flatMap((part) => part.places.files),
    fileOf: new Int32Array(count),
    rowOf: new Int32Array(count),
  };
  let at = 0;
  let file = 0;
  for (const part of parts) {
    for (let i = 0; i < part.count; i++) places.fileOf[at + i] = file + (part.places.fileOf[i] as number);
    places.rowOf.set(part.places.rowOf, at);
    at += part.count;
    file += part.places.files.length;
  }
  return { count, fields, places };
}

function stackField(name: string, kind: Field["kind"], parts: readonly Rows[], count: number): Field {
  const builder = new LevelBuilder();
  const codes = new Int32Array(count);
  let at = 0;
  for (const part of parts) {
    const field = part.fields.get(name);
    if (field === undefined) codes.fill(builder.code(blankLevel(kind)), at, at + part.count);
    else {
      const target = field.levels.map((level) => builder.code(level));
      for (let i = 0; i < part.count; i++) codes[at + i] = target[field.codes[i] as number] as number;
    }
    at += part.count;
  }
  return { name, kind, levels: builder.levels, codes };
}

/** The rows at these places, in their order. Levels that no row is left with stay in the dictionary. */
export function selectRows(rows: Rows, keep: Int32Array): Rows {
  const pick = (codes: Int32Array): Int32Array => {
    const picked = new Int32Array(keep.length);
    for (let i = 0; i < keep.length; i++) picked[i] = codes[keep[i] as number] as number;
    return picked;
  };
  const { files, fileOf, rowOf } = rows.places;
  return {
    count: keep.length,
    fields: new Map([...rows.fields].map(([name, field]) => [name, { ...field, codes: pick(field.codes) }])),
    places: { files, fileOf: pick(fileOf), rowOf: pick(rowOf) },
  };
}

/**
 * Rows grouped by the code of a field, in row order within a group: group `g` is
 * `order.subarray(starts[g], starts[g + 1])`.
 */
export function groupByCode(
  codes: Int32Array,
  groupCount: number,
): { readonly order: Int32Array; readonly starts: Int32Array } {
  const starts = new Int32Array(groupCount + 1);
  for (const code of codes) starts[code + 1] = (starts[code + 1] as number) + 1;
  for (let g = 0; g < groupCount; g++) starts[g + 1] = (starts[g + 1] as number) + (starts[g] as number);
  const next = starts.slice(0, groupCount);
  const order = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    const slot = next[code] as number;
    order[slot] = i;
    next[code] = slot + 1;
  }
  return { order, starts };
}
