import { type Field, itemSeparator, levelAt } from "../../frame/field.js";
import type { Frame } from "../../frame/frame.js";
import { derivedFields, type Plan, standardFields } from "../../plan/types.js";
import { type CsvCell, computed } from "../../report/csv.js";
import type { ManifestStratum } from "../../report/manifest.js";
import type { Release, StratumOutcome } from "../../sampling/after/outcome.js";
import type { BalanceRow } from "../../sampling/balance.js";
import type { Sample } from "../../sampling/draw.js";
import type { PickedUnit } from "../../sampling/picked.js";
import type { UpdateClass } from "../../sampling/update/update-facts.js";
import type { OutputTable } from "../output-table.js";

/** The tables of a sample that people and programs read. */
export interface SampleTables {
  readonly sample: OutputTable;
  readonly reserves: OutputTable;
  readonly strata: OutputTable;
  readonly balance: OutputTable;
  /** Where units were lost since the draw. */
  readonly replacements?: OutputTable;
}

/** The fields that outputs show of a unit: standard, derived, then the plan's own; never a name or a date of birth. */
export function shownFields(frame: Frame, plan: Plan): Field[] {
  const own = [...Object.keys(plan.fields), ...plan.lookups.flatMap((lookup) => Object.keys(lookup.to))];
  const names = new Set<string>([...standardFields, ...derivedFields, ...own]);
  for (const name of ["date_of_birth", "case_name"]) names.delete(name);
  return [...names].flatMap((name) => frame.fields.get(name) ?? []);
}

/** A field's value as files show it: a list's items parted by semicolons. */
export function shownValue(field: Field, unit: number): string {
  const level = levelAt(field, unit);
  return field.kind === "list" ? level.replaceAll(itemSeparator, "; ") : level;
}

/** A number is a figure that no guard alters; everything else is text. */
function cellOf(field: Field, unit: number): CsvCell {
  const text = shownValue(field, unit);
  return field.kind === "number" && text !== "" ? { text } : text;
}

export function sampleTables(
  frame: Frame,
  plan: Plan,
  sample: Sample,
  balance: readonly BalanceRow[],
): SampleTables {
  const fields = shownFields(frame, plan);
  const values = (unit: number): CsvCell[] => fields.map((field) => cellOf(field, unit));
  const names = fields.map((field) => field.name);
  const id = (found: PickedUnit): string => frame.ids[found.unit] as string;
  const orders = new Map<string, number>();
  const { design, estimated } = sample;
  const nominal = estimated !== undefined && design.linked === undefined;
  return {
    sample: {
      header: [
        "draw_order",
        "unit_id",
        "stratum",
        "inclusion_probability",
        ...(estimated === undefined ? [] : ["standard_error"]),
        ...(nominal ? ["nominal_probability"] : []),
        "design_weight",
        ...(sample.after === undefined ? [] : ["final_weight", "status", "version"]),
        "ticket",
        ...names,
      ],
      rows: sample.drawn.map((found, at) => [
        at + 1,
        id(found),
        found.stratum.key,
        found.probability,
        ...(estimated === undefined ? [] : [estimated.standardErrors[found.unit] as number]),
        ...(nominal ? [design.probabilities[found.unit] as number] : []),
        found.weight,
        ...memberCells(sample, at),
        found.ticket,
        ...values(found.unit),
      ]),
    },
    reserves: {
      header: ["reserve_order", "unit_id", "stratum", "ticket", ...names],
      rows: sample.reserves.map((found) => {
        const order = (orders.get(found.stratum.key) ?? 0) + 1;
        orders.set(found.stratum.key, order);
        return [order, id(found), found.stratum.key, found.ticket, ...values(found.unit)];
      }),
    },
    strata: strataTable(sample),
    ...(sample.after === undefined || sample.after.releases.length === 0
      ? {}
      : { replacements: replacementsTable(frame, sample.after.releases) }),
    balance: {
      header: [
        "characteristic",
        "level",
        "population_n",
        "population_percent",
        "sample_n",
        "expected_n",
        "weighted_percent",
        "difference",
      ],
      rows: balance.map((row) => [
        row.characteristic,
        row.level,
        row.populationCount,
        computed(row.populationPercent),
        row.sampleCount,
        computed(row.expectedCount),
        computed(row.weightedPercent),
        computed(row.difference),
      ]),
    },
  };
}

function strataTable(sample: Sample): OutputTable {
  const { design, after } = sample;
  const classes = (design.updated?.classes.size ?? 0) > 0;
  const names: (keyof ManifestStratum)[] = [
    "stratum",
    "population",
    ...(design.families === undefined ? [] : (["families"] as const)),
    "allocated",
    "drawn",
    "reserves",
    "inclusion_probability",
    ...(classes ? (["of", "from", "kept"] as const) : []),
    ...(after === undefined ? [] : outcomeNames),
  ];
  return {
    header: names,
    rows: strataRecords(sample).map((record) => names.map((name) => record[name] ?? "")),
  };
}

const outcomeNames = [
  "released",
  "added",
  "out_of_scope",
  "inaccessible",
  "conflict",
  "response_rate",
  "in_scope",
] as const satisfies readonly (keyof ManifestStratum)[];

/** What became of a unit since the draw. */
function memberCells({ after }: Sample, at: number): CsvCell[] {
  const member = after?.members[at];
  return member === undefined ? [] : [member.finalWeight, member.status, member.version];
}

/** Every lost unit, and the reserve that came for it. */
function replacementsTable({ ids }: Frame, releases: readonly Release[]): OutputTable {
  return {
    header: ["version", "unit_id", "stratum", "reason", "released"],
    rows: releases.map(({ version, unit, stratum, reason, released }) => [
      version,
      ids[unit] as string,
      stratum,
      reason,
      released === undefined ? "" : (ids[released] as string),
    ]),
  };
}

/** What files and the manifest say of each stratum. */
export function strataRecords({ design, drawn, reserves, after }: Sample): ManifestStratum[] {
  return design.strata.map((stratum, at) => ({
    stratum: stratum.key,
    population: stratum.units.length,
    ...(design.families === undefined ? {} : { families: stratum.populationSize }),
    allocated: after?.strata[at]?.allocated ?? stratum.sampleSize,
    drawn: drawn.filter((found) => found.stratum === stratum).length,
    reserves: reserves.filter((found) => found.stratum === stratum).length,
    inclusion_probability: stratum.inclusionProbability,
    ...classOf(design.updated?.classes.get(stratum.key)),
    ...outcomeOf(after?.strata[at]),
  }));
}

function classOf(own: UpdateClass | undefined) {
  if (own === undefined) return {};
  const { home, from, kept } = own;
  return { of: home, ...(from === undefined ? {} : { from }), kept };
}

function outcomeOf(stratum: StratumOutcome | undefined) {
  if (stratum === undefined) return {};
  const { released, added, outOfScope, inaccessible, conflict, responseRate, inScope } = stratum;
  return {
    released,
    added,
    out_of_scope: outOfScope,
    inaccessible,
    conflict,
    response_rate: responseRate,
    in_scope: Number(inScope.toPrecision(10)), // a computed figure, as others are printed
  };
}
