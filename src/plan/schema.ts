import { z } from "zod";
import {
  choice,
  date,
  either,
  fieldName,
  formatNumber,
  keys,
  listOf,
  localPath,
  must,
  record,
  text,
} from "./leaves.js";
import { bands, defaultBands } from "./schema-bands.js";
import { cohort } from "./schema-cohort.js";
import { compare } from "./schema-compare.js";
import { columns, data, dataFile, dataRule, fields, joins, lookups, values } from "./schema-data.js";
import { handover, teams } from "./schema-handover.js";
import { disclosure, observed, pia } from "./schema-pia.js";
import { linked, sample } from "./schema-sample.js";

/** What names a unit, in words. */
export const idRule = "the name of a field, or a list of names such as [case_id, child_id]";
const dateField = text("the name of a date field");
const oneName = text(idRule).transform((name) => [name]);

const head = {
  casedraw: formatNumber(1),
  title: text("a title"),
  reference_date: date(),
};

/** What a frame may give instead of the plan's own, but `sample`. */
const parts = {
  unit: choice(["child", "case"]),
  unit_id: either(idRule, [oneName, listOf(fieldName, idRule)]),
  unit_id_prefix: text("text that stands before every unit id")
    .refine((prefix) => !/\p{Cc}/u.test(prefix), { error: "must have no control characters." })
    .refine((prefix) => !/^[=+\-@]/.test(prefix), {
      error: "must not start with = + - or @, which a spreadsheet takes for a formula.",
    })
    .refine((prefix) => prefix.trim() === prefix, { error: "must not begin or end with a blank." }),
  data,
  prefer: choice(["last_file"]),
  joins,
  lookups,
  columns,
  fields,
  values,
  value_map: localPath(),
  bands,
  delay: keys({
    from: dateField
      .default("application_date")
      .describe("The date that begins a delay; default application_date."),
    to: dateField.default("closed_date").describe("The date that ends a delay; default closed_date."),
  }),
  cohort,
};

const frame = keys({ ...optional(head), ...optional(parts), sample });

/** Frames become folders, also on Windows, which knows some names as devices. */
const frameName = z.string().regex(/^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9_-]*$/, {
  error: must("a name that can be a folder's: lower-case letters, digits, - and _, a letter or digit first"),
});

const shape = {
  casedraw: head.casedraw.describe("The plan format: 1."),
  title: head.title.describe("What the sample is for; it heads every output."),
  reference_date: head.reference_date.describe("The date on which ages and delays are measured, YYYY-MM-DD."),
  unit: parts.unit
    .default("child")
    .describe("What is sampled: children (the default), or cases with their children folded in."),
  unit_id: parts.unit_id.describe("The field or fields that together name one unit, and only one."),
  unit_id_prefix: parts.unit_id_prefix
    .exactOptional()
    .describe("Text that becomes part of every unit id, for ids that a spreadsheet would run."),
  data: parts.data.describe("The files with the rows; several are stacked."),
  prefer: parts.prefer
    .exactOptional()
    .describe(
      "last_file: where a unit is in two files, the later file's row stands. Without it that is an error.",
    ),
  joins: parts.joins.default(() => []).describe("Further files whose columns are added by a key."),
  lookups: parts.lookups
    .default(() => [])
    .describe("Files that give new fields for the values of one field."),
  columns: parts.columns.default(() => ({})).describe("Standard field, and its header in the export."),
  fields: parts.fields.default(() => ({})).describe("Further fields that the design uses."),
  values: parts.values
    .default(() => ({}))
    .describe("Field, raw value and the code it stands for, where the built-in code sets do not know it."),
  value_map: parts.value_map
    .exactOptional()
    .describe("A CSV file with the columns field, value and code: more values, as if they stood in values."),
  bands: parts.bands.default(defaultBands).describe("Where age and delay bands begin."),
  delay: parts.delay
    .default(() => ({ from: "application_date", to: "closed_date" }))
    .describe("The two dates between which delay is counted."),
  cohort: parts.cohort.default(() => ({ include: {}, exclude: {} })).describe("Which units may be sampled."),
  observed: observed
    .exactOptional()
    .describe(
      "The observation window: the time that the export covers whole, without which nothing is said of how long cases last.",
    ),
  disclosure: disclosure.exactOptional().describe("What a publishable edition may show."),
  pia: pia.exactOptional().describe("What the pre-inspection analysis takes beside the export."),
  compare: compare.exactOptional().describe("What a comparison of areas takes beside the export."),
  teams: teams.exactOptional().describe("The teams of inspectors to whom a sample is handed over."),
  handover: handover.exactOptional().describe("What the teams' worksheets and the request list hold."),
  sample: sample.exactOptional().describe("The sample; left out in a plan that only describes the data."),
  linked: linked
    .exactOptional()
    .describe("Instead of sample: takes every unit that shares a value with a drawn unit of another sample."),
  frames: record(frame, {
    rule: "names, each with the keys of its own frame, among them sample",
    name: frameName,
  })
    .refine((frames) => Object.keys(frames).length > 0, { error: "must hold at least one frame, got none." })
    .exactOptional()
    .describe(
      "Instead of sample: several frames, each sampled on its own, with keys that stand instead of the plan's.",
    ),
};

/** The shape of a plan: keys, types and what can be told from one value or its neighbours. */
export const planSchema = keys(shape);

/**
 * The shape of a plan that may do without `unit_id` and `data`, for which empty lists stand: with frames, each of which may
 * give its own; or of an analysis that takes no export.
 */
export const openPlanSchema = keys({
  ...shape,
  unit_id: either(idRule, [oneName, z.array(fieldName, { error: must(idRule) })]).default(() => []),
  data: z.array(dataFile, { error: must(dataRule) }).default(() => []),
});

export type PlanShape = z.output<typeof planSchema>;

function optional<Shape extends z.ZodRawShape>(shape: Shape) {
  const entries = Object.entries(shape).map(([key, value]) => [key, z.exactOptional(value)]);
  return Object.fromEntries(entries) as { [Key in keyof Shape]: z.ZodExactOptional<Shape[Key]> };
}

/**
 * The plan's JSON Schema (draft 2020-12), for editors. It holds shapes and plain types; what depends on other keys
 * (an unmapped field in strata, sizes that do not add up) only `parsePlan` can tell.
 */
export function planJsonSchema(): object {
  const schema = z.toJSONSchema(planSchema, {
    io: "input",
    // A preprocessed value may be anything, nothing too, so zod takes those keys for optional.
    override: ({ zodSchema: { _zod }, jsonSchema, path }) => {
      if (_zod.def.type !== "object") return;
      const required = Object.entries(_zod.def.shape)
        .filter(([, value]) => !["optional", "default"].includes(value._zod.def.type))
        .map(([key]) => key);
      if (required.length > 0) jsonSchema.required = required;
      if (path.join() === "properties,frames,additionalProperties") {
        const keys = Object.keys(_zod.def.shape);
        jsonSchema.properties = Object.fromEntries(keys.map((key) => [key, { $ref: `#/properties/${key}` }]));
      }
      if (path.length > 0) return;
      const perFrame = ["unit_id", "data"];
      jsonSchema.required = required.filter((key) => !perFrame.includes(key));
      const withoutExport = {
        anyOf: [{ required: ["frames"] }, { required: ["pia"] }, { required: ["compare"] }],
      };
      Object.assign(jsonSchema, { if: withoutExport, else: { required: perFrame } });
    },
  });
  return { title: "casedraw plan", ...schema };
}
