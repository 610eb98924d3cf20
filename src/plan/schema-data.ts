import { z } from "zod";
import {
  choice,
  either,
  fieldName,
  keys,
  listOf,
  localPath,
  must,
  openKeys,
  record,
  refuse,
  text,
  textOrBlank,
} from "./leaves.js";
import { fieldMeanings } from "./meanings.js";
import { type ColumnSource, type ExtraField, type JoinMany, type Lookup, standardFields } from "./types.js";

const header = text("a column header");
const plainHeader = text("a column header; only factors may be { list: … } or { flags: … }");
const headerOrNone = textOrBlank('a column header, or "" where this file has no such column');
const newName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, { error: must("a name in lower case: letters, digits and _, a letter first") });
const separator = text('the text between two entries, such as ";"', /[\s\S]/);

const manyColumns = keys({
  list: header.exactOptional().describe("Header of the column that holds the list."),
  separator: separator.exactOptional().describe('What stands between two entries; default ";".'),
  flags: record(header, { rule: "codes with the header of each one's yes/no column" })
    .exactOptional()
    .describe("Code, and the header of its yes/no column."),
}).transform(({ list, separator: between, flags }, context): ColumnSource => {
  if (list !== undefined && flags === undefined) return { list, separator: between ?? ";" };
  if (flags === undefined) {
    refuse(context, ["list"], "is missing: a column is { list: HEADER } or { flags: { CODE: HEADER } }.");
  } else if (list !== undefined) {
    refuse(context, ["flags"], "cannot stand beside list: a column is one or the other.");
  } else if (between !== undefined) {
    refuse(context, ["separator"], "goes with list only; flags have one column each.");
  } else if (Object.keys(flags).length === 0) {
    refuse(context, ["flags"], "must hold at least one code with its header, got none.");
  }
  return { flags: flags ?? {} };
});

const factorsRule = 'a column header, { list: HEADER, separator: ";" } or { flags: { CODE: HEADER } }';

function columnShape<Plain extends z.ZodType, Many extends z.ZodType>(plain: Plain, many: Many) {
  return Object.fromEntries(
    standardFields.map((name) => [
      name,
      (name === "factors" ? many : plain).exactOptional().describe(fieldMeanings[name]),
    ]),
  ) as Record<string, z.ZodExactOptional<Plain | Many>>;
}

/** The plan's own `columns`. */
export const columns = keys(
  columnShape(plainHeader, either(factorsRule, [header, manyColumns])),
  "standard fields with the header of each",
);

const dataColumns = openKeys(
  columnShape(headerOrNone, either(factorsRule, [headerOrNone, manyColumns])),
  headerOrNone,
  "fields with the header of each in this file",
)
  .default(() => ({}))
  .describe("Headers where this file's differ from the plan's; \"\" says that the file has no such column.");

const joinColumns = openKeys(
  columnShape(plainHeader, either(factorsRule, [header, manyColumns])),
  header,
  "fields with the header of each in this file",
)
  .default(() => ({}))
  .describe("Headers where this file's differ from the plan's, and of fields that it is to give.");

const file = {
  path: localPath().describe("The file, from the plan's folder: CSV, TSV, XLSX or Parquet."),
  sheet: text("the name of a worksheet")
    .exactOptional()
    .describe("The worksheet, where the file is a workbook."),
};

export const dataRule = 'a list of files, each written "- path: FILE"';

/** One of the files under `data`. */
export const dataFile = keys(
  { ...file, columns: dataColumns },
  'a file with its path, such as "- path: open.csv"',
);

export const data = listOf(dataFile, dataRule);

const many = either("error, list, { latest: FIELD } or { earliest: FIELD }", [
  choice(["error", "list"]),
  keys({
    latest: fieldName
      .exactOptional()
      .describe("Take the row with the latest date or largest number in this field."),
    earliest: fieldName
      .exactOptional()
      .describe("Take the row with the earliest date or smallest number in this field."),
  }).transform(({ latest, earliest }, context): JoinMany => {
    if (latest !== undefined && earliest === undefined) return { latest };
    if (earliest !== undefined && latest === undefined) return { earliest };
    if (latest === undefined)
      refuse(context, ["latest"], "is missing: write { latest: FIELD } or { earliest: FIELD }.");
    else refuse(context, ["earliest"], "cannot stand beside latest: keep one.");
    return "error";
  }),
]);

export const joins = z.array(
  keys({
    ...file,
    key: either("the name of a field, or a list of names", [
      fieldName.transform((name) => [name]),
      listOf(fieldName, "the name of a field, or a list of names"),
    ]).describe("The field or fields by which rows belong together."),
    many: many
      .default("error")
      .describe("What to do where several rows of this file have one key; default error."),
    columns: joinColumns,
  }),
  { error: must('a list of files, each written "- { path: FILE, key: FIELD }"') },
);

export const lookups = z.array(
  keys({
    ...file,
    from: either("the name of a field, or { FIELD: HEADER }", [
      fieldName,
      record(header, { rule: "one field with its header in this file" }),
    ]).describe("The field whose value is looked up; { FIELD: HEADER } where this file's header is another."),
    from_header: header
      .exactOptional()
      .describe("This file's header for `from`: another way to write { FIELD: HEADER }."),
    to: record(header, { rule: "new fields with the header of each in this file", name: newName }).describe(
      "What the file gives: a standard field or a new name, and the header in this file.",
    ),
  }).transform(({ from, from_header, to, path, sheet }, context): Lookup => {
    const [pair, second] = typeof from === "string" ? [[from, from_header] as const] : Object.entries(from);
    if (pair === undefined || second !== undefined) {
      refuse(context, ["from"], `must name one field, got ${pair === undefined ? "none" : "several"}.`);
    }
    if (typeof from !== "string" && from_header !== undefined) {
      refuse(context, ["from_header"], "says again what { FIELD: HEADER } says under from: keep one.");
    }
    if (Object.keys(to).length === 0) refuse(context, ["to"], "must name at least one field, got none.");
    const [name = "", own] = pair ?? [];
    return {
      path,
      ...(sheet === undefined ? {} : { sheet }),
      from: name,
      ...(own === undefined ? {} : { from_header: own }),
      to,
    };
  }),
  { error: must('a list of files, each written "- { path: FILE, from: FIELD, to: { NEW_FIELD: HEADER } }"') },
);

const fieldRule = "{ column: HEADER, type: TYPE } or { weeks_between: [DATE_FIELD, DATE_FIELD] }";

export const fields = record(
  keys(
    {
      column: header.exactOptional().describe("Header of the column."),
      type: choice(["category", "text", "number", "date", "list"])
        .exactOptional()
        .describe("What the column holds."),
      separator: separator
        .exactOptional()
        .describe('What stands between two entries of a list; default ";".'),
      weeks_between: z
        .array(fieldName, { error: must("two date fields in a list") })
        .length(2, { error: must("two date fields in a list") })
        .exactOptional()
        .describe("Two date fields; the field is the weeks from the first to the second."),
    },
    fieldRule,
  ).transform(({ column, type, separator: between, weeks_between }, context): ExtraField => {
    if (weeks_between !== undefined) {
      const others = Object.entries({ column, type, separator: between }).filter(
        ([, value]) => value !== undefined,
      );
      for (const [name] of others)
        refuse(context, [name], "cannot stand beside weeks_between, which needs no column.");
      return { weeks_between: [weeks_between[0] ?? "", weeks_between[1] ?? ""] };
    }
    if (column === undefined) refuse(context, ["column"], `is missing: a field is ${fieldRule}.`);
    if (type === undefined) {
      refuse(context, ["type"], "is missing: it must be category, text, number, date or list.");
    }
    if (between !== undefined && type !== undefined && type !== "list") {
      refuse(context, ["separator"], `goes with type: list only, and this is type: ${type}.`);
    }
    return type === "list"
      ? { column: column ?? "", type, separator: between ?? ";" }
      : { column: column ?? "", type: type ?? "text" };
  }),
  { rule: `new names, each with ${fieldRule}`, name: newName },
);

export const values = record(record(text("a code"), { rule: "raw values with the code of each" }), {
  rule: "fields, each with its raw values and their codes",
});
