import { areaField } from "../analysis/area-field.js";
import type { JoinedFields } from "../frame/blank-unmatched.js";
import { crossCodes, type Field, isBlankLevel, levelAt } from "../frame/field.js";
import type { Frame } from "../frame/frame.js";
import type { Rows } from "../frame/rows.js";
import type { Plan } from "../plan/types.js";
import { isDoubtfulArea, sharedFields } from "./doubtful-area.js";
import type { ReadColumn, RowSource } from "./finding.js";
import { rowsTakenFrom, sourcesOfJoined } from "./joined-rows.js";
import type { MendedRows } from "./mend.js";
import { type Problem, setAsideFields, unreadableLines } from "./problem.js";

/** What rules look at: rows before anything is folded or excluded. */
export interface CheckSubject {
  readonly plan: Plan;
  readonly rows: Rows;
  readonly source: RowSource;
  /** For fields of a joined file, where a row's value stands in it. */
  readonly sources: ReadonlyMap<string, RowSource>;
  /** What each joined file has brought, and to which rows. */
  readonly joined: readonly JoinedFields[];
  /** How each field was read from each file. */
  readonly columns: readonly ReadColumn[];
  /** Fields that the data and joined files give. */
  readonly exported: readonly string[];
  readonly areaField: string | undefined;
  /** Fields of the export that are left out of `rows`, because dates of two orders stand in their column. */
  readonly setAside: readonly string[];
  /** Fields of places that say something else in nearly every case ({@link isDoubtfulArea}). */
  readonly doubtful: readonly string[];
  readonly problems: readonly Problem[];
  /** By field, the rows whose date or number cannot be read: blank in `rows`, and not missing. */
  readonly unreadable: ReadonlyMap<string, ReadonlySet<number>>;
  readonly notes: MendedRows["gathered"]["notes"];
}

/**
 * The subject of a whole check.
 *
 * @param plan - as the officer wrote it
 */
export function subjectOf(
  plan: Plan,
  { gathered, inputs, problems }: MendedRows,
  columns: readonly ReadColumn[],
): CheckSubject {
  const untrusted = new Set(setAsideFields(problems));
  const fields = new Map([...gathered.rows.fields].filter(([name]) => !untrusted.has(name)));
  const rows: Rows = { ...gathered.rows, fields };
  const doubtful = sharedFields.filter((name) => isDoubtfulArea(rows, name));
  const areas = new Map([...fields].filter(([name]) => !doubtful.includes(name)));
  const unreadable = new Map<string, Set<number>>();
  for (const problem of problems) {
    const [name] = problem.fields;
    if (problem.source !== undefined || problem.header === undefined || name === undefined) continue;
    const known = unreadable.get(name) ?? new Set();
    for (const row of problem.rows) known.add(row);
    unreadable.set(name, known);
  }
  for (const part of gathered.joined) {
    const [file = part.join.path] = part.trace?.joined.places.files ?? [];
    for (const name of part.fields) {
      const lines = unreadableLines(problems, name, file);
      if (lines.size > 0) unreadable.set(name, new Set(rowsWhere(rows.count, rowsTakenFrom(part, lines))));
    }
  }
  const source = { idOf: idText(rows, plan), places: rows.places };
  return {
    plan: inputs.plan,
    rows,
    source,
    sources: sourcesOfJoined(gathered.joined, rows, source.idOf),
    joined: gathered.joined,
    columns,
    exported: gathered.exported.filter((name) => fields.has(name)),
    areaField: areaField({ frame: { fields: areas }, plan }),
    setAside: [...untrusted],
    doubtful,
    problems,
    unreadable,
    notes: gathered.notes,
  };
}

/** The subject that a frame is, for rules about its units. */
export function subjectOfFrame(plan: Plan, frame: Frame): CheckSubject {
  return {
    plan,
    rows: { count: frame.ids.length, fields: frame.fields, places: frame.places },
    source: { idOf: (unit) => frame.ids[unit] as string, places: frame.places },
    sources: new Map(),
    joined: [],
    columns: [],
    exported: [],
    areaField: areaField({ frame, plan }),
    setAside: [],
    doubtful: [],
    problems: [],
    unreadable: new Map(),
    notes: [],
  };
}

/** Unit ids as a frame makes them, one at a time; "" where a part is blank or not there. */
function idText(rows: Rows, plan: Plan): (row: number) => string {
  const parts = plan.unit_id.map((name) => rows.fields.get(name));
  if (parts.some((field) => field === undefined)) return () => "";
  const fields = parts as Field[];
  return (row) => {
    const texts = fields.map((field) => levelAt(field, row));
    const blank = fields.some((field, at) => isBlankLevel(field.kind, texts[at] as string));
    return blank ? "" : (plan.unit_id_prefix ?? "") + texts.join("_");
  };
}

/** A field, where it is there and holds dates. */
export function dateField({ rows }: Pick<CheckSubject, "rows">, name: string): Field | undefined {
  const field = rows.fields.get(name);
  return field?.kind === "date" ? field : undefined;
}

/** Rows that pass, ascending. */
export function rowsWhere(count: number, passes: (row: number) => boolean): Int32Array {
  const found: number[] = [];
  for (let row = 0; row < count; row++) if (passes(row)) found.push(row);
  return Int32Array.from(found);
}

/** Rows whose level passes; each distinct level is looked at once. */
export function rowsWithLevel(field: Field, passes: (level: string) => boolean): Int32Array {
  const wanted = field.levels.map(passes);
  if (!wanted.includes(true)) return new Int32Array(0);
  return rowsWhere(field.codes.length, (row) => wanted[field.codes[row] as number] as boolean);
}

/** Rows of which two fields together pass; each distinct pair is looked at once. */
export function rowsWithPair(
  rows: Pick<Rows, "count">,
  [a, b]: readonly [Field, Field],
  passes: (a: string, b: string) => boolean,
): Int32Array {
  const { codes, firstRows } = crossCodes(rows.count, [a, b]);
  const wanted = firstRows.map((row) => passes(levelAt(a, row), levelAt(b, row)));
  if (!wanted.includes(true)) return new Int32Array(0);
  return rowsWhere(rows.count, (row) => wanted[codes[row] as number] as boolean);
}
