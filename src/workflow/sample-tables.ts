import { type Field, itemSeparator, levelAt } from "../frame/field.js";
import type { Frame } from "../frame/frame.js";
import { derivedFields, type Plan, standardFields } from "../plan/types.js";
import { type CsvCell, computed } from "../report/csv.js";
import type { ManifestStratum } from "../report/manifest.js";
import type { BalanceRow } from "../sampling/balance.js";
import type { Sample } from "../sampling/draw.js";
import type { PickedUnit } from "../sampling/picked.js";

/** A table as files hold it: the header and its rows. */
export interface OutputTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly CsvCell[])[];
}

/** The tables of a sample that people and programs read. */
export interface SampleTables {
  readonly sample: OutputTable;
  readonly reserves: OutputTable;
  readonly strata: OutputTable;
  readonly balance: OutputTable;
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
  return levelAt(field, unit).replaceAll(itemSeparator, "; ");
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
  return {
    sample: {
      header: [
        "draw_order",
        "unit_id",
        "stratum",
        "inclusion_probability",
        ...(estimated === undefined ? [] : ["standard_error", "nominal_probability"]),
        "design_weight",
        "ticket",
        ...names,
      ],
      rows: sample.drawn.map((found, at) => [
        at + 1,
        id(found),
        found.stratum.key,
        found.probability,
        ...(estimated === undefined
          ? []
          : [estimated.standardErrors[found.unit] as number, design.probabilities[found.unit] as number]),
        found.weight,
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
    strata: {
      header: [
        "stratum",
        "population",
        ...(design.families === undefined ? [] : ["families"]),
        "allocated",
        "drawn",
        "reserves",
        "inclusion_probability",
      ],
      rows: strataRecords(sample).map((record) => Object.values(record)),
    },
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

/** What files and the manifest say of each stratum. */
export function strataRecords({ design, reserves }: Sample): ManifestStratum[] {
  return design.strata.map((stratum) => ({
    stratum: stratum.key,
    population: stratum.units.length,
    ...(design.families === undefined ? {} : { families: stratum.populationSize }),
    allocated: stratum.sampleSize,
    drawn: stratum.sampleSize,
    reserves: reserves.filter((found) => found.stratum === stratum).length,
    inclusion_probability: stratum.inclusionProbability,
  }));
}
