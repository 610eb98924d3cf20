import { CasedrawError } from "../errors.js";
import { designFields } from "../plan/design-fields.js";
import { derivedNeeds, fieldKind, fieldNames, isDerivedField } from "../plan/fields.js";
import type { ColumnSource, DerivedField, Lookup, Plan } from "../plan/types.js";
import { headerKey, type Table } from "../table/table.js";
import { type JoinedFields, lackingRows, sayBlankUnmatched } from "./blank-unmatched.js";
import { caseChildren, childOrdinals, countField } from "./child-ordinal.js";
import { judgeCohort } from "./cohort.js";
import { derive, weeksBetween } from "./derive.js";
import { goesByLatestEnd, sayEarlierOpen } from "./earlier-open.js";
import { FactorSpellings } from "./factor-spellings.js";
import { blankLevel, type Field } from "./field.js";
import type { Frame } from "./frame.js";
import { joinRows } from "./join.js";
import { lookUp } from "./lookup.js";
import type { Note } from "./note.js";
import { findColumn, place, readField } from "./read-field.js";
import { type Rows, stackRows } from "./rows.js";
import { resolveSources } from "./sources.js";
import { cleanText } from "./text.js";
import { unitIds } from "./unit-id.js";
import { toUnits, type Units } from "./units.js";
import { mapMatches, withValueMap } from "./value-map.js";
import { counted, thousands } from "./words.js";

/** A plan and the tables of its files, in plan order. */
export interface FrameInputs {
  readonly plan: Plan;
  readonly data: readonly Table[];
  readonly joins: readonly Table[];
  readonly lookups: readonly Table[];
  readonly excludeIds?: Table;
  /** Of the plan's `value_map`. */
  readonly valueMap?: Table;
  /** Derived fields that are wanted beside those that the plan uses, where the data can give them. */
  readonly derived?: readonly DerivedField[];
}

/** Every row read with all its fields, before rows are made units. */
export interface GatheredRows {
  readonly rows: Rows;
  readonly rowsRead: number;
  /** Fields that the data and joined files give: neither looked up nor worked out. */
  readonly exported: readonly string[];
  readonly matched: Omit<Frame["matched"], "excludeIds">;
  /** In the order of the plan's joins. */
  readonly joined: readonly JoinedFields[];
  readonly notes: readonly Note[];
}

/**
 * Builds the frame: every row read becomes a unit, eligible or with its reason, or is counted as superseded or folded.
 *
 * @param inputs - the plan and its tables, in the plan's order; none where it names none
 * @throws CasedrawError with file, row and column for anything that would make a figure wrong
 * @example
 * const { plan } = await loadPlan("plan.yaml");
 * const { table } = await readTable("children.csv");
 * const frame = buildFrame({ plan, data: [table], joins: [], lookups: [] });
 * [frame.accounting.rowsRead, frame.fields.get("gender").levels.includes("female")] // → [600, true]
 */
export function buildFrame(inputs: FrameInputs): Frame {
  return frameOfRows(gatherRows(inputs), inputs);
}

/**
 * Reads the fields of every file, stacks, joins and looks up, and works out what belongs to a row.
 *
 * @param options.traced - whether to keep which rows of joined files were taken; by default only where the cohort goes by the end
 *   that the latest row gives
 * @throws CasedrawError for what cannot be read, found or matched
 */
export function gatherRows(
  inputs: FrameInputs,
  { traced = false }: { readonly traced?: boolean } = {},
): GatheredRows {
  const { plan, mapped } = planWithMap(inputs);
  const lists = [inputs.excludeIds, inputs.valueMap].filter((table) => table !== undefined);
  const notes: Note[] = [...inputs.data, ...inputs.joins, ...inputs.lookups, ...lists].flatMap((table) =>
    table.notes.map(({ code, count, text }) => ({
      code,
      count,
      text: `${place(table)}: ${text}`,
      details: {},
    })),
  );
  const sources = resolveSources(plan, inputs);
  const lookedUp = plan.lookups.map((lookup, at) => lookupSources(plan, lookup, inputs.lookups[at] as Table));
  const map = mapMatches(plan.value_map ?? "", mapped, inputs, { ...sources, lookups: lookedUp });
  notes.push(...map.notes);
  const factors = new FactorSpellings();
  const read = (table: Table, wanted: ReadonlyMap<string, ColumnSource>): Rows =>
    readRows(table, wanted, { plan, notes, factors });
  let rows = stackRows(
    inputs.data.map((table, at) => read(table, sources.data[at] as ReadonlyMap<string, ColumnSource>)),
  );
  const rowsRead = rows.count;
  const joined: JoinedFields[] = [];
  const joins = plan.joins.map((join, at) => {
    const own = sources.joins[at] as ReadonlyMap<string, ColumnSource>;
    const made = joinRows(rows, read(inputs.joins[at] as Table, own), join, {
      notes,
      traced: traced || goesByLatestEnd(plan, join, [...own.keys()]),
    });
    rows = made.rows;
    joined.push({
      join,
      fields: [...own.keys()].filter((name) => !join.key.includes(name)),
      lacks: made.lacks,
      ...(made.trace === undefined ? {} : { trace: made.trace }),
    });
    return made.matched;
  });
  notes.push(...factors.notes());
  const exported = [...rows.fields.keys()];
  const lookups = plan.lookups.map((lookup, at) => {
    const given = lookedUp[at] as ReadonlyMap<string, ColumnSource>;
    const looked = lookUp(rows, read(inputs.lookups[at] as Table, given), lookup, notes);
    rows = looked.rows;
    return looked.matched;
  });
  const inUse = derivedInUse(plan, inputs.derived ?? []);
  rows = withDerived(rows, plan, { exported, inUse, notes });
  return { rows, rowsRead, exported, matched: { joins, lookups, valueMap: map.matched }, joined, notes };
}

/**
 * Makes units of gathered rows and judges who may be sampled.
 *
 * @param inputs - those that the rows were gathered from
 * @throws CasedrawError for unit ids that are blank, doubled or unsafe, and for conditions that do not fit
 */
export function frameOfRows(gathered: GatheredRows, inputs: FrameInputs): Frame {
  const { plan } = inputs;
  const { rows, rowsRead } = gathered;
  const notes: Note[] = [...gathered.notes];
  const inUse = derivedInUse(plan, inputs.derived ?? []);
  const ids = unitIds(rows, plan.unit_id, plan.unit_id_prefix ?? "");
  const folded = toUnits(rows, ids, plan, notes);
  const units = { ...folded, rows: withUnitFields(folded, plan, { inUse, notes }) };
  const listed = readExcludeIds(inputs.excludeIds);
  const exclusion = judgeCohort(units.rows, units.ids, { plan, excludedIds: listed, notes });
  const unmatched = unmatchedIds(listed, units.ids);
  if (unmatched.length > 0) {
    notes.push({
      code: "exclude-ids-unmatched",
      text: `${plan.cohort.exclude_ids}: ${thousands(unmatched.length)} of ${counted(listed.size, "id")} ${unmatched.length === 1 ? "is" : "are"} not in the data.`,
      count: unmatched.length,
      details: { unit_ids: unmatched },
    });
  }
  const eligible = units.order.filter((unit) => exclusion.codes[unit] === 0);
  sayBlankUnmatched(gathered, ids, {
    plan,
    eligible: Array.from(eligible, (unit) => units.ids[unit] as string),
    notes,
  });
  sayEarlierOpen(gathered, ids, { plan, unitIds: units.ids, exclusion, notes });
  const lacking = lackingRows(gathered, ids, units.ids);
  return {
    ids: units.ids,
    fields: units.rows.fields,
    exclusion,
    eligible,
    places: units.rows.places,
    accounting: { rowsRead, superseded: units.superseded, folded: units.folded },
    matched: { ...gathered.matched, excludeIds: listed.size - unmatched.length },
    ...(lacking.length === 0 ? {} : { lacking }),
    notes,
  };
}

/** The plan with the codes of its value map, where it names one. */
function planWithMap({ plan, valueMap }: FrameInputs): ReturnType<typeof withValueMap> {
  return valueMap === undefined ? { plan, mapped: [] } : withValueMap(plan, valueMap);
}

function readRows(
  table: Table,
  sources: ReadonlyMap<string, ColumnSource>,
  reading: Parameters<typeof readField>[3],
): Rows {
  const fields = new Map<string, Field>();
  for (const [name, source] of sources) {
    fields.set(
      name,
      source === ""
        ? blankField(reading.plan, name, table.rowCount)
        : readField(table, name, source, reading),
    );
  }
  const fileOf = new Int32Array(table.rowCount);
  return {
    count: table.rowCount,
    fields,
    places: { files: [place(table)], fileOf, rowOf: table.rowNumbers },
  };
}

/** A field that the plan says the file has no column for. */
function blankField(plan: Plan, name: string, count: number): Field {
  const kind = fieldKind(plan, name);
  return { name, kind, levels: [blankLevel(kind)], codes: new Int32Array(count) };
}

/** The lookup's own header for the value, else the plan's header for the field, else the field's own name. */
function lookupSources(plan: Plan, lookup: Lookup, table: Table): ReadonlyMap<string, ColumnSource> {
  const shared = plan.columns[lookup.from];
  const candidates = [lookup.from_header, typeof shared === "string" ? shared : undefined, lookup.from];
  const stands = (header: string): boolean =>
    table.headers.some((each) => headerKey(each) === headerKey(header));
  const named =
    lookup.from_header !== undefined ? [lookup.from_header] : candidates.filter((each) => each !== undefined);
  const header = named.find(stands);
  const missing = [
    ...(header === undefined ? [named[0] as string] : []),
    ...Object.values(lookup.to).filter((each) => !stands(each)),
  ];
  if (missing.length > 0) {
    throw new CasedrawError(
      "FIELD_NOT_FOUND",
      `Columns are missing: ${place(table)} has no column ${missing.map((each) => `"${each}"`).join(", ")}. It has: ` +
        `${table.headers.filter((each) => each !== "").join(", ")}. Correct the lookup in the plan; ` +
        `from: { ${lookup.from}: HEADER } names the column that is looked up.`,
      { file: place(table), missing },
    );
  }
  return new Map<string, ColumnSource>([[lookup.from, header as string], ...Object.entries(lookup.to)]);
}

/** Adds the plan's own worked-out fields and the derived fields that belong to a row. */
function withDerived(
  rows: Rows,
  plan: Plan,
  context: {
    readonly exported: readonly string[];
    readonly inUse: readonly DerivedField[];
    readonly notes: Note[];
  },
): Rows {
  const { exported, inUse, notes } = context;
  const fields = new Map(rows.fields);
  const all: Rows = { ...rows, fields };
  for (const [name, field] of Object.entries(plan.fields)) {
    if (!("weeks_between" in field)) continue;
    refuseList(fields, name, field.weeks_between);
    fields.set(name, weeksBetween(all, name, field.weeks_between));
  }
  for (const name of inUse) {
    if (derivedOfUnit(plan, name)) continue;
    if (name === "child_ordinal")
      fields.set(name, childOrdinals(all, exported, { prefer: plan.prefer, notes }));
    else addDerived(all, fields, name, plan, notes);
  }
  return all;
}

/** Adds the derived fields that belong to a whole unit, once rows are units. */
function withUnitFields(
  { rows, sizes }: Units,
  plan: Plan,
  { inUse, notes }: { readonly inUse: readonly DerivedField[]; readonly notes: Note[] },
): Rows {
  const fields = new Map(rows.fields);
  const all: Rows = { ...rows, fields };
  for (const name of inUse) {
    if (!derivedOfUnit(plan, name)) continue;
    if (name !== "case_children") addDerived(all, fields, name, plan, notes);
    else fields.set(name, sizes === undefined ? caseChildren(all) : countField(name, sizes));
  }
  return all;
}

/** How many children a case has depends on who stayed; under `unit: case` its delay is that of the folded case. */
function derivedOfUnit(plan: Plan, name: DerivedField): boolean {
  return name === "case_children" || (plan.unit === "case" && name.startsWith("delay_"));
}

function addDerived(
  rows: Rows,
  fields: Map<string, Field>,
  name: DerivedField,
  plan: Plan,
  notes: Note[],
): void {
  const sources = derivedNeeds(name, plan.delay).flat();
  if (sources.some((source) => fields.get(source)?.kind === "list") && !derivedByName(plan).has(name)) return;
  refuseList(fields, name, sources);
  fields.set(name, derive(rows, name, plan, notes));
}

/** A field of several values gives no single age, delay or group. */
function refuseList(fields: ReadonlyMap<string, Field>, name: string, sources: readonly string[]): void {
  const source = sources.find((each) => fields.get(each)?.kind === "list");
  if (source === undefined) return;
  throw new CasedrawError(
    "DESIGN_FIELD_LIST",
    `Field ${name} cannot be worked out: ${source} has several values for some units. ` +
      "Join it with many: { latest: FIELD } or { earliest: FIELD }, or leave " +
      `${name} out of the plan.`,
    { field: name, source },
  );
}

/** The fields that the plan itself names. */
function derivedByName(plan: Plan): ReadonlySet<string> {
  return new Set([
    ...plan.unit_id,
    ...designFields(plan),
    ...Object.keys(plan.cohort.include),
    ...Object.keys(plan.cohort.exclude),
  ]);
}

/** Derived fields that every sample is compared with its population on, wherever the data can give them. */
const alwaysDerived = ["age_band", "ethnic_group", "delay_band"];

/** The derived fields that a plan uses, in its unit id, strata and cohort; those that samples are compared on; and what else is wanted. */
function derivedInUse(plan: Plan, wanted: readonly DerivedField[]): DerivedField[] {
  const possible = fieldNames(plan).filter(isDerivedField);
  const used = derivedByName(plan);
  return possible.filter((name) => used.has(name) || alwaysDerived.includes(name) || wanted.includes(name));
}

/** The ids of an exclusion list. */
function readExcludeIds(table: Table | undefined): ReadonlySet<string> {
  if (table === undefined) return new Set();
  const column = findColumn(table, "unit_id");
  if (column === undefined) throw new Error("the exclusion list was read without unit_id");
  const ids = new Map<string, number>();
  for (const [i, code] of column.codes.entries()) {
    const id = cleanText(column.values[code] as string);
    const row = table.rowNumbers[i] as number;
    const first = ids.get(id);
    if (id === "" || first !== undefined) {
      throw new CasedrawError(
        "EXCLUDE_IDS_COLUMNS",
        id === ""
          ? `Exclusion list has a blank unit_id (${table.file}, row ${row}). Fill it in or remove the row.`
          : `Exclusion list has unit_id ${id} twice (${table.file}, rows ${first} and ${row}). Keep one.`,
        { file: table.file, row, column: "unit_id" },
      );
    }
    ids.set(id, row);
  }
  return new Set(ids.keys());
}

/** Ids of the exclusion list that no unit has. */
function unmatchedIds(listed: ReadonlySet<string>, ids: readonly string[]): string[] {
  const unmatched = new Set(listed);
  if (unmatched.size > 0) for (const id of ids) unmatched.delete(id);
  return [...unmatched];
}
