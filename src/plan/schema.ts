import { z } from "zod";
import { choice, date, either, formatNumber, keys, listOf, text } from "./leaves.js";
import { columns, data, fields, joins, lookups, values } from "./schema-data.js";
import { bands, cohort, sample } from "./schema-design.js";

const idRule = "the name of a field, or a list of names such as [case_id, child_id]";
const dateField = text("the name of a date field");

/** The shape of the plan: keys, types and what can be told from one value or its neighbours. */
export const planSchema = keys({
  casedraw: formatNumber(1).describe("The plan format: 1."),
  title: text("a title").describe("What the sample is for; it heads every output."),
  reference_date: date().describe("The date on which ages and delays are measured, YYYY-MM-DD."),
  unit: choice(["child", "case"])
    .default("child")
    .describe("What is sampled: children (the default), or cases with their children folded in."),
  unit_id: either(idRule, [
    text(idRule).transform((name) => [name]),
    listOf(text("the name of a field"), idRule),
  ]).describe("The field or fields that together name one unit, and only one."),
  unit_id_prefix: text("text that stands before every unit id")
    .refine((prefix) => !/\p{Cc}/u.test(prefix), { error: "must have no control characters." })
    .refine((prefix) => !/^[=+\-@]/.test(prefix), {
      error: "must not start with = + - or @, which a spreadsheet takes for a formula.",
    })
    .refine((prefix) => prefix.trim() === prefix, { error: "must not begin or end with a blank." })
    .exactOptional()
    .describe("Text that becomes part of every unit id, for ids that a spreadsheet would run."),
  data: data.describe("The files with the rows; several are stacked."),
  prefer: choice(["last_file"])
    .exactOptional()
    .describe(
      "last_file: where a unit is in two files, the later file's row stands. Without it that is an error.",
    ),
  joins: joins.default(() => []).describe("Further files whose columns are added by a key."),
  lookups: lookups.default(() => []).describe("Files that give new fields for the values of one field."),
  columns: columns.default(() => ({})).describe("Standard field, and its header in the export."),
  fields: fields.default(() => ({})).describe("Further fields that the design uses."),
  values: values
    .default(() => ({}))
    .describe("Field, raw value and the code it stands for, where the built-in code sets do not know it."),
  bands: bands.describe("Where age and delay bands begin."),
  delay: keys({
    from: dateField
      .default("application_date")
      .describe("The date that begins a delay; default application_date."),
    to: dateField.default("closed_date").describe("The date that ends a delay; default closed_date."),
  })
    .default(() => ({ from: "application_date", to: "closed_date" }))
    .describe("The two dates between which delay is counted."),
  cohort: cohort.default(() => ({ include: {}, exclude: {} })).describe("Which units may be sampled."),
  sample: sample.exactOptional().describe("The sample; left out in a plan that only describes the data."),
});

/**
 * The plan's JSON Schema (draft 2020-12), for editors. It holds shapes and plain types; what depends on other keys
 * (an unmapped field in strata, sizes that do not add up) only `parsePlan` can tell.
 */
export function planJsonSchema(): object {
  const schema = z.toJSONSchema(planSchema, {
    io: "input",
    // A preprocessed value may be anything, nothing too, so zod takes those keys for optional.
    override: ({ zodSchema: { _zod }, jsonSchema }) => {
      if (_zod.def.type !== "object") return;
      const required = Object.entries(_zod.def.shape)
        .filter(([, value]) => !["optional", "default"].includes(value._zod.def.type))
        .map(([key]) => key);
      if (required.length > 0) jsonSchema.required = required;
    },
  });
  return { title: "casedraw plan", ...schema };
}
