import { z } from "zod";
import { choice, fieldName, keys, listOf, localPath, must, refuse, text, whole } from "./leaves.js";
import { conditions } from "./schema-cohort.js";

const header = (what: string) => text(`the header of the column with ${what}`);

/** The keys of which an indicator has one: what is measured. */
const measures = ["where", "still_open_at", "weeks_within"] as const;

const indicator = keys({
  name: text("a name").describe("As headings have it; each name once."),
  of: conditions
    .exactOptional()
    .describe("Field and condition: the units that it is of must meet every one; default all units."),
  where: conditions
    .exactOptional()
    .describe("Field and condition: the share of those units that meet every one is the indicator."),
  still_open_at: whole(1)
    .exactOptional()
    .describe("Instead of where: the share still open after this many weeks. It needs observed."),
  weeks_within: whole(1)
    .exactOptional()
    .describe("Instead of where: how many weeks a case is open, counted up to this many. It needs observed."),
  polarity: choice(["higher_is_better", "lower_is_better"])
    .exactOptional()
    .describe("Which direction is good. Without it areas are higher or lower, never better or worse."),
}).superRefine((given, context) => {
  const named = measures.filter((key) => given[key] !== undefined);
  if (named.length === 1) {
    if (given.where !== undefined && Object.keys(given.where).length === 0)
      refuse(context, ["where"], "must name at least one field, got none.");
    return;
  }
  refuse(
    context,
    named.length === 0 ? [] : [named[1] as string],
    named.length === 0
      ? "must say what is measured: where, still_open_at or weeks_within, got none."
      : `cannot stand beside ${named[0]}: an indicator is one of where, still_open_at and weeks_within.`,
  );
});

const neighbours = keys({
  path: localPath("a file of statistical neighbours").describe("The file, with a row for each area."),
  area: header("the areas").describe(
    "The header of the column with the areas' names, as the data have them.",
  ),
  neighbours: header("each area's neighbours").describe(
    "The header of the column with each area's neighbours.",
  ),
  separator: text("what stands between neighbours")
    .default(",")
    .describe("What stands between them; default a comma."),
  key: header("what neighbours are named by")
    .exactOptional()
    .describe("The header of the column whose codes the neighbours are named by; default the areas' names."),
});

export const compare = keys({
  whole: text("a name, such as England")
    .exactOptional()
    .describe("What all areas together are; without it they are called all areas."),
  indicators: listOf(indicator, "a list of indicators, each with name and what is measured")
    .exactOptional()
    .describe("What is compared, instead of the default set."),
  standardise: z
    .array(fieldName, { error: must("a list of names of fields") })
    .exactOptional()
    .describe(
      "The fields that figures are standardised for; default age_band, law_type and factors, where the export has them. [] standardises for none.",
    ),
  series: listOf(localPath("a CSV file of published figures"), "a list of paths")
    .exactOptional()
    .describe("Published figures of areas, as tidy CSV files; default those of pia."),
  neighbours: neighbours.exactOptional().describe("Statistical neighbours of each area."),
  nested: listOf(fieldName, "a list of names of fields")
    .refine((fields) => fields.length > 1, {
      error: "must name two fields or more, the smallest areas first.",
    })
    .exactOptional()
    .describe(
      "Fields of areas that lie in each other, the smallest first, for a table of which lies in which. A publishable edition leaves out places of so few that their number would be known.",
    ),
  map: localPath("a CSV file with the columns area, x, y")
    .exactOptional()
    .describe("Where each area stands on a map of tiles."),
});
