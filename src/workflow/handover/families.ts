import { CasedrawError } from "../../errors.js";
import { conditionTest } from "../../frame/condition.js";
import { type Field, itemSeparator, LevelBuilder } from "../../frame/field.js";
import type { Note } from "../../frame/note.js";
import { fieldKind, isListField } from "../../plan/fields.js";
import type { AreaField, Condition, Plan, TeamPlan } from "../../plan/types.js";
import type { Bar, Family } from "../../sampling/handover/family.js";
import type { ListedUnit, SampleLists } from "./cases.js";

/** What the cases of a family have in common. */
export interface Grouping {
  /** The family of each unit. */
  readonly familyOf: ReadonlyMap<string, string>;
  readonly siteOf: (unit: ListedUnit) => string;
  /** Teams that may take a unit, the first choice first: those of its place, then the pools. */
  readonly choicesOf: (unit: ListedUnit) => readonly (readonly number[])[];
  readonly notes: readonly Note[];
}

/** Where a case is reviewed, unless the plan says: in the order in which one of them is taken. */
const siteFields: readonly AreaField[] = [
  "service_area",
  "court",
  "team",
  "dfj_area",
  "local_authority",
  "region",
];

/** The field that says where a case is reviewed, if there is one. */
function siteField(plan: Plan, fields: ReadonlySet<string>): string | undefined {
  return plan.handover?.site ?? siteFields.find((name) => fields.has(name));
}

/**
 * Reads off the lists which units go together, where they are and who may take them.
 *
 * @throws CasedrawError `HANDOVER_FIELD_MISSING` where the lists lack a field that the plan names; `CONDITION_UNSUITABLE`
 */
export function groupUnits({ units, fields }: SampleLists, plan: Plan): Grouping {
  const teams = plan.teams ?? [];
  const site = siteField(plan, fields);
  if (site !== undefined) requireField(site, "handover.site", fields);
  const byCase = plan.unit === "child" && fields.has("case_id");
  const notes: Note[] = [];
  const at = new Map(units.map(({ unitId }, index) => [unitId, index]));
  const tests = teams.map((team) => teamTest(team, { units, fields, plan, notes }));
  const pools = teams.flatMap(({ where }, index) => (where === undefined ? [index] : []));
  return {
    familyOf: new Map(
      units.map(({ unitId, values }) => [unitId, (byCase ? values.get("case_id") : undefined) || unitId]),
    ),
    siteOf: ({ values }) => (site === undefined ? "" : (values.get(site) ?? "")),
    choicesOf: ({ unitId }) => {
      const own = tests.flatMap((test, team) => (test?.(at.get(unitId) as number) === true ? [team] : []));
      return [own, pools];
    },
    notes,
  };
}

/** @throws CasedrawError `HANDOVER_FIELD_MISSING` */
export function requireField(name: string, key: string, fields: ReadonlySet<string>): void {
  if (fields.has(name)) return;
  throw new CasedrawError(
    "HANDOVER_FIELD_MISSING",
    `Field ${name} of ${key}: the sample's list must have it, got a list without it. Map it under columns and draw again, or name another field; ` +
      `the list has ${[...fields].join(", ")}.`,
    { field: name, key },
  );
}

function teamTest(
  { where }: TeamPlan,
  context: {
    readonly units: readonly ListedUnit[];
    readonly fields: ReadonlySet<string>;
    readonly plan: Plan;
    readonly notes: Note[];
  },
): ((index: number) => boolean) | undefined {
  if (where === undefined) return undefined;
  const { units, fields, plan, notes } = context;
  const tests = Object.entries(where).map(([name, condition]: [string, Condition]) => {
    requireField(name, "teams[].where", fields);
    return conditionTest(fieldOf(name, units, plan), condition, { subject: "team", notes });
  });
  return (index) => tests.every((test) => test(index));
}

/** A field of the lists as frames have it. */
function fieldOf(name: string, units: readonly ListedUnit[], plan: Plan): Field {
  const builder = new LevelBuilder();
  const list = isListField(plan, name);
  const codes = Int32Array.from(units, ({ values }) => {
    const text = values.get(name) ?? "";
    return builder.code(list ? text.replaceAll("; ", itemSeparator) : text);
  });
  return { name, kind: list ? "list" : fieldKind(plan, name), levels: builder.levels, codes };
}

/** Who may not have which family: who knows one child of a family knows the family. */
export type FamilyBars = ReadonlyMap<string, readonly Bar[]>;

/** @param bars - by unit; a unit may come more than once */
export function byFamily(
  bars: Iterable<readonly [string, readonly Bar[]]>,
  { familyOf }: Grouping,
): FamilyBars {
  const found = new Map<string, Bar[]>();
  for (const [unitId, own] of bars) {
    const family = familyOf.get(unitId) as string;
    found.set(family, [...(found.get(family) ?? []), ...own]);
  }
  return found;
}

/**
 * Families of some units: the site and the teams are those of its first unit, in byte order.
 */
export function familiesOf(
  units: readonly ListedUnit[],
  { familyOf, siteOf, choicesOf }: Grouping,
  options: {
    readonly bars: FamilyBars;
    readonly heldBy?: ReadonlyMap<string, NonNullable<Family["held"]>>;
  },
): Family[] {
  const grouped = new Map<string, ListedUnit[]>();
  for (const unit of units) {
    const key = familyOf.get(unit.unitId) as string;
    grouped.set(key, [...(grouped.get(key) ?? []), unit]);
  }
  return [...grouped].map(([key, own]): Family => {
    const first = own.reduce((least, each) => (each.unitId < least.unitId ? each : least));
    const barred = options.bars.get(key) ?? [];
    const held = own.map(({ unitId }) => options.heldBy?.get(unitId)).find((reader) => reader !== undefined);
    return {
      key,
      units: own.map(({ unitId }) => unitId),
      site: siteOf(first),
      choices: choicesOf(first),
      ...(barred.length === 0 ? {} : { barred }),
      ...(held === undefined ? {} : { held }),
    };
  });
}
