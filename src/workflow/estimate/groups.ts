import { join } from "node:path";
import type { Group } from "../../analysis/estimates/estimate-findings.js";
import type { Responses } from "../../analysis/estimates/response.js";
import { CasedrawError } from "../../errors.js";
import { bandOrder } from "../../frame/bands.js";
import {
  type Field,
  isBlankLevel,
  itemSeparator,
  LevelBuilder,
  listItems,
  notRecorded,
} from "../../frame/field.js";
import type { Frame } from "../../frame/frame.js";
import { fieldKind, isListField } from "../../plan/fields.js";
import type { Plan } from "../../plan/types.js";
import { type OwnCsv, readOwnCsv } from "../../report/own-csv.js";
import { orderLevels } from "../../sampling/compared-fields.js";
import type { Sample } from "../../sampling/draw.js";
import { readText } from "../read-text.js";
import type { SampleFolder } from "../sample/folder.js";
import { isOfPeople } from "./columns.js";

/** Columns of `sample.csv` that say how a unit was drawn, and are no fields. */
export const ofTheDraw: ReadonlySet<string> = new Set([
  "draw_order",
  "reserve_order",
  "unit_id",
  "stratum",
  "inclusion_probability",
  "nominal_probability",
  "standard_error",
  "design_weight",
  "ticket",
  "final_weight",
  "status",
  "version",
]);

/** The sample's own list as its folder has it. */
export function readSampleList({ path }: SampleFolder, label: string): OwnCsv {
  const file = join(label, "sample.csv");
  return readOwnCsv(readText(join(path, "sample.csv"), file, "Sample"), file);
}

/** What groups are made of. */
export interface GroupSource {
  readonly frame: Frame;
  readonly plan: Plan;
  readonly sample: Sample;
  readonly list: OwnCsv;
}

/**
 * The groups that some fields of the sample make, in the fields' order, levels in band order or byte order. Of a list each item
 * is a group. Where the sample's frame has the field, each group's size in the population is known.
 *
 * @throws CasedrawError `ESTIMATE_FIELD_MISSING`; `ESTIMATE_FIELD_REFUSED` for a field of people, ids, dates or numbers
 */
export function groupsOf(responses: Responses, fields: readonly string[], source: GroupSource): Group[] {
  return [...new Set(fields)].flatMap((name) => {
    refuseField(name, source);
    const field = fieldOfSample(name, source);
    const known = source.frame.fields.has(name) && source.plan.sample?.one_per === undefined;
    const itemsOf = field.levels.map((level) =>
      isBlankLevel(field.kind, level) || level === ""
        ? [notRecorded]
        : field.kind === "list"
          ? listItems(level)
          : [level],
    );
    const has = (unit: number, level: string): boolean =>
      itemsOf[field.codes[unit] as number]?.includes(level) === true;
    const there = new Set(
      Array.from(responses.units, (unit) => itemsOf[field.codes[unit] as number] ?? []).flat(),
    );
    return orderLevels(field, [...there]).map((level): Group => {
      const belongs = Uint8Array.from(responses.units, (unit) => (has(unit, level) ? 1 : 0));
      if (!known) return { field: name, level, belongs };
      const sizes = new Map(
        source.sample.design.strata.map(({ key, units }) => [
          key,
          units.filter((unit) => has(unit, level)).length,
        ]),
      );
      return {
        field: name,
        level,
        belongs,
        populations: responses.strata.map(({ key }) => sizes.get(key) ?? 0),
      };
    });
  });
}

function refuseField(name: string, { plan, list }: GroupSource): void {
  const there = list.header.filter((header) => !ofTheDraw.has(header));
  if (!there.includes(name)) {
    throw new CasedrawError(
      "ESTIMATE_FIELD_MISSING",
      `Field to estimate by: it is one that sample.csv has, got ${name}. Name one of: ${there.join(", ")}.`,
      { field: name, fields: there },
    );
  }
  const kind = fieldKind(plan, name);
  if (!isOfPeople(name) && (kind === "category" || kind === "list")) return;
  throw new CasedrawError(
    "ESTIMATE_FIELD_REFUSED",
    `Field to estimate by: it holds groups of children, never people who do the work, single cases, dates or numbers, got ${name}. ` +
      "Take a category or a band instead, such as age_band.",
    { field: name },
  );
}

/** The field as the frame has it, else as the sample's list tells it of the units of the sample. */
export function fieldOfSample(name: string, { frame, plan, sample, list }: GroupSource): Field {
  const own = frame.fields.get(name);
  if (own !== undefined && plan.sample?.one_per === undefined) return own;
  const at = list.header.indexOf(name);
  const id = list.header.indexOf("unit_id");
  const told = new Map(list.rows.map((row) => [row[id], row[at] as string]));
  const builder = new LevelBuilder();
  const blank = builder.code("");
  const codes = new Int32Array(frame.ids.length).fill(blank);
  const several = isListField(plan, name);
  for (const { unit } of sample.drawn) {
    const text = told.get(frame.ids[unit] as string) ?? "";
    codes[unit] = builder.code(several ? text.replaceAll("; ", itemSeparator) : text);
  }
  const order = bandOrder(name, plan.bands);
  return {
    name,
    kind: several ? "list" : "category",
    levels: builder.levels,
    codes,
    ...(order.length === 0 ? {} : { order }),
  };
}
