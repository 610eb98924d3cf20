import { choice, date, fieldName, flag, keys, listOf, localPath, refuse, text, whole } from "./leaves.js";
import { columns } from "./schema-data.js";
import { areaFields, type ReportSection, reportSections, usualDisclosure } from "./types.js";

/** The observation window: the time that the export covers whole. */
export const observed = keys({
  from: date().describe("Every case that was open on this date, or has been opened since, is in the export."),
  to: date().describe("Every closure up to this date is in the export."),
}).superRefine(({ from, to }, context) => {
  if (from >= to) refuse(context, ["to"], `must be later than ${from}, where the window begins, got ${to}.`);
});

export const disclosure = keys({
  threshold: whole(0)
    .default(usualDisclosure.threshold)
    .describe(`Counts from 1 to this are not published; default ${usualDisclosure.threshold}.`),
  round_to: whole(1)
    .default(usualDisclosure.round_to)
    .describe(`Published counts are rounded to a multiple of this; default ${usualDisclosure.round_to}.`),
});

const earlier = keys({
  path: localPath("an earlier export").describe("The file, of the same shape as the plan's data."),
  reference_date: date().describe("The date on which that export was made."),
  sheet: text("the name of a sheet").exactOptional().describe("The sheet of a workbook."),
  columns: columns.exactOptional().describe("Its own headers, where they differ from the plan's."),
});

const section = (name: ReportSection) =>
  localPath("a Markdown file")
    .exactOptional()
    .describe(`Text of the report's section "${name.replaceAll("_", " ")}".`);

const sections = keys(
  Object.fromEntries(reportSections.map((name) => [name, section(name)])) as {
    [Name in ReportSection]: ReturnType<typeof section>;
  },
);

export const pia = keys({
  cohort: flag()
    .default(false)
    .describe("true: only units that the cohort lets be sampled; default false, every unit."),
  marking: text("a marking, such as OFFICIAL-SENSITIVE")
    .exactOptional()
    .describe("Stands on the cover and on every page of the internal edition."),
  areas: choice(areaFields)
    .exactOptional()
    .describe("The areas that tables are by; default the first of these that the export has."),
  outcome: fieldName
    .exactOptional()
    .describe("The field that says how a case ended: order made, withdrawn, transferred …"),
  fields: listOf(fieldName, "a list of fields")
    .exactOptional()
    .describe("Categories of the plan's own, under fields or from lookups, that are counted too."),
  population: localPath("a CSV file with the columns characteristic, level, population")
    .exactOptional()
    .describe("Children of the population by characteristic, to set the export beside."),
  series: listOf(localPath("a CSV file of published figures"), "a list of paths")
    .exactOptional()
    .describe("Published figures over time, as tidy CSV files."),
  earlier: listOf(earlier, "a list of exports, each with path and reference_date")
    .exactOptional()
    .describe("Earlier exports of the same shape, for what has changed since."),
  sections: sections
    .exactOptional()
    .describe("Markdown files with what no data can say; a section without one is shown as not supplied."),
  template: localPath("a Word document")
    .exactOptional()
    .describe("Word document that the report is put into, where it says {{report}}."),
});
