import { CasedrawError } from "../errors.js";
import { nearest } from "../plan/nearest.js";
import type { ColumnSource, DataFile, Join, Plan } from "../plan/types.js";
import { headerKey, type Table } from "../table/table.js";
import { place } from "./read-field.js";

/** Which field each file gives, and from which of its columns. */
export interface FileSources {
  /** One a data file, in plan order. */
  readonly data: readonly ReadonlyMap<string, ColumnSource>[];
  /** One a join, its key fields among them. */
  readonly joins: readonly ReadonlyMap<string, ColumnSource>[];
}

/** Every header that a column source names. */
export function headersOf(source: ColumnSource): string[] {
  if (typeof source === "string") return [source];
  return "list" in source ? [source.list] : Object.values(source.flags);
}

/** What the plan says of columns that is not tied to one file: its own `columns` but names, and `fields:` with a column. */
export function sharedSources(plan: Plan): Map<string, ColumnSource> {
  const shared = new Map<string, ColumnSource>(Object.entries(plan.columns));
  for (const [name, field] of Object.entries(plan.fields)) {
    if (!("column" in field)) continue;
    shared.set(
      name,
      field.type === "list" ? { list: field.column, separator: field.separator } : field.column,
    );
  }
  shared.delete("case_name");
  return shared;
}

/**
 * Decides which file gives which field. A header that stands both in the data and in a joined file must be given by
 * the own `columns` of one of them; a header that a stacked file lacks must be said to be missing there (`field: ""`).
 *
 * @throws CasedrawError `FIELD_IN_TWO_FILES`, `FIELD_NOT_FOUND` (every missing one at once)
 */
export function resolveSources(
  plan: Plan,
  tables: { data: readonly Table[]; joins: readonly Table[] },
): FileSources {
  const shared = sharedSources(plan);
  const joins = plan.joins.map((join, index) =>
    ownSources(join, joinKeys(plan, join), tables.joins[index] as Table),
  );
  const data = plan.data.map((file, index) => ownSources(file, shared, tables.data[index] as Table));
  const names = new Set([
    ...shared.keys(),
    ...[...plan.data, ...plan.joins].flatMap((file) => Object.keys(file.columns)),
  ]);
  for (const name of names) {
    const gives = (join: Join): boolean => !join.key.includes(name);
    const namedByData = plan.data.filter((file) => (file.columns[name] ?? "") !== "");
    const namedByJoins = plan.joins.filter((join) => gives(join) && Object.hasOwn(join.columns, name));
    const found = plan.joins.flatMap((join, index) => {
      const source = shared.get(name);
      return source !== undefined && gives(join) && holds(tables.joins[index] as Table, source)
        ? [index]
        : [];
    });
    if (namedByData.length === 0 && namedByJoins.length === 1) {
      for (const file of data) file.delete(name);
      continue;
    }
    const inData = data.some((file) => file.has(name));
    const named = [...namedByData.slice(0, 1), ...namedByJoins];
    const givers =
      named.length > 0
        ? named
        : [...(inData ? plan.data.slice(0, 1) : []), ...found.map((i) => plan.joins[i] as Join)];
    if (givers.length > 1) throw twoFiles(name, givers);
    if (named.length === 0)
      for (const index of found) joins[index]?.set(name, shared.get(name) as ColumnSource);
  }
  refuseMissing(plan, shared, { data, joins }, tables);
  return { data, joins };
}

function twoFiles(name: string, givers: readonly DataFile[]): CasedrawError {
  const files = givers.map(({ path, sheet }) => (sheet === undefined ? path : `${path}, sheet "${sheet}"`));
  return new CasedrawError(
    "FIELD_IN_TWO_FILES",
    `Field "${name}" could come from several files: ${files.join(" and ")} both give it. ` +
      "Keep it under the columns of one of them in the plan.",
    { field: name, files },
  );
}

function joinKeys(plan: Plan, join: Join): Map<string, ColumnSource> {
  const shared = sharedSources(plan);
  return new Map(
    join.key.flatMap((name) => (shared.has(name) ? [[name, shared.get(name) as ColumnSource]] : [])),
  );
}

/** A file's own columns, then those of the plan that it holds. An empty header says that the file has none. */
function ownSources(
  file: DataFile,
  shared: ReadonlyMap<string, ColumnSource>,
  table: Table,
): Map<string, ColumnSource> {
  const sources = new Map<string, ColumnSource>();
  for (const [name, source] of shared) {
    if (!Object.hasOwn(file.columns, name) && holds(table, source)) sources.set(name, source);
  }
  for (const [name, source] of Object.entries(file.columns)) {
    if (name !== "case_name") sources.set(name, source === "" ? source : ownSource(source, shared.get(name)));
  }
  return sources;
}

/** Where a file only renames the header of a list, the plan's separator still holds. */
function ownSource(own: ColumnSource, shared: ColumnSource | undefined): ColumnSource {
  const separated = typeof shared === "object" && "list" in shared ? shared.separator : undefined;
  return typeof own === "string" && separated !== undefined ? { list: own, separator: separated } : own;
}

function holds(table: Table, source: ColumnSource): boolean {
  const keys = new Set(table.headers.map(headerKey));
  return headersOf(source).every((header) => keys.has(headerKey(header)));
}

function refuseMissing(
  plan: Plan,
  shared: ReadonlyMap<string, ColumnSource>,
  sources: FileSources,
  tables: { data: readonly Table[]; joins: readonly Table[] },
): void {
  const problems: string[] = [];
  const missing: { field: string; header: string; file: string }[] = [];
  const say = (field: string, source: ColumnSource, table: Table, remedy: string): void => {
    const keys = new Set(table.headers.map(headerKey));
    for (const header of headersOf(source).filter((each) => !keys.has(headerKey(each)))) {
      const meant = nearest(
        header,
        table.headers.filter((each) => each !== ""),
      );
      missing.push({ field, header, file: place(table) });
      problems.push(
        `${place(table)} has no column "${header}" for ${field}${meant === undefined ? "" : ` (did you mean "${meant}"?)`}${remedy}`,
      );
    }
  };
  for (const [name, source] of shared) {
    if (sources.joins.some((join, index) => join.has(name) && !plan.joins[index]?.key.includes(name)))
      continue;
    for (const [index, table] of tables.data.entries()) {
      const own = plan.data[index]?.columns ?? {};
      if (sources.data[index]?.has(name) || Object.hasOwn(own, name)) continue;
      const elsewhere = sources.data.some((file) => file.has(name));
      say(
        name,
        source,
        table,
        elsewhere ? `; where it truly has none, write ${name}: "" under that file's columns` : "",
      );
    }
  }
  for (const [index, table] of tables.data.entries()) ownMissing(plan.data[index] as DataFile, table, say);
  for (const [index, table] of tables.joins.entries()) {
    const join = plan.joins[index] as Join;
    ownMissing(join, table, say);
    for (const key of join.key.filter((name) => sources.joins[index]?.has(name) !== true)) {
      say(key, shared.get(key) ?? key, table, "; the join needs its key");
    }
  }
  if (problems.length === 0) return;
  throw new CasedrawError(
    "FIELD_NOT_FOUND",
    `Columns are missing: ${problems.join("; ")}. Correct the headers in the plan. ` +
      tables.data
        .map((table) => `${place(table)} has: ${table.headers.filter((each) => each !== "").join(", ")}`)
        .join(". "),
    { missing },
  );
}

function ownMissing(
  file: DataFile,
  table: Table,
  say: (field: string, source: ColumnSource, table: Table, remedy: string) => void,
): void {
  for (const [name, source] of Object.entries(file.columns)) if (source !== "") say(name, source, table, "");
}
