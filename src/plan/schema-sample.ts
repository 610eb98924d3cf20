import { z } from "zod";
import { choice, fieldName, keys, listOf, localPath, must, number, record, refuse, whole } from "./leaves.js";
import { allocation } from "./schema-allocation.js";
import { conditions } from "./schema-cohort.js";
import type { Allocation, Avoid } from "./types.js";

const target = keys({
  where: conditions
    .refine((where) => Object.keys(where).length > 0, {
      error: "must hold at least one field with its condition, got none.",
    })
    .describe("Field and condition, as in the cohort: the group's units meet every one of them."),
  at_least: whole(1).describe("The fewest units of the group that the sample is to hold."),
});

const caps = record(whole(1), {
  rule: "fields, each with the most units of one value, such as { practitioner: 3 }",
}).refine((fields) => Object.keys(fields).length > 0, {
  error: "must name at least one field, got none.",
});

const avoidForms = "{ sample: DIR } or { ids: FILE.csv, share: 0.2 }";
const shareRule = "a share above 0 and below 1, such as 0.2";

const avoid = keys({
  sample: localPath("an earlier sample's folder")
    .exactOptional()
    .describe("The folder of the sample whose units were reviewed before."),
  ids: localPath().exactOptional().describe("A CSV file with the column unit_id: units reviewed before."),
  share: number(shareRule)
    .refine((share) => share > 0 && share < 1, { error: must(shareRule) })
    .exactOptional()
    .describe("With ids: the probability of a unit in the list, as a share of the others'."),
}).transform(({ sample, ids, share }, context): Avoid => {
  if (sample !== undefined) {
    for (const [key, value] of Object.entries({ ids, share })) {
      if (value !== undefined) {
        refuse(context, [key], `cannot stand beside sample: avoid is ${avoidForms}.`);
      }
    }
    return { sample };
  }
  if (ids === undefined && share === undefined) {
    refuse(context, ["sample"], `is missing: avoid is ${avoidForms}.`);
  } else if (ids === undefined) {
    refuse(context, ["ids"], "is missing: it must be the path of a CSV file with the column unit_id.");
  } else if (share === undefined) {
    refuse(context, ["share"], `is missing: it must be ${shareRule}, of the others' probability.`);
  }
  return { ids: ids ?? "", share: share ?? 0.5 };
});

const reservesRule = "a share below 1, such as 0.25, or from 1 a whole number a stratum";
const reserves = number(reservesRule).refine(
  (count) => count >= 0 && (count < 1 || Number.isSafeInteger(count)),
  {
    error: must(reservesRule),
  },
);

/** How a sample is drawn: keys and types; what goes with which method is judged across the plan. */
export const sample = keys({
  size: whole(1).describe("How many cases are drawn."),
  method: choice(["random", "systematic", "balanced"])
    .default("random")
    .describe("How they are drawn within strata; default random."),
  strata: z
    .array(fieldName, { error: must("a list of fields, such as [law_type, delay_band]") })
    .default(() => [])
    .describe('Fields whose combinations are the strata; default none, which is one stratum called "all".'),
  allocation: allocation
    .default((): Allocation => ({ method: "proportional" }))
    .describe("How many cases each stratum gives."),
  balance: listOf(fieldName, "a list of fields, such as [age_band, gender]")
    .exactOptional()
    .describe(
      "Under balanced: the fields whose levels the sample reproduces. Under systematic: those that units are sorted by.",
    ),
  targets: listOf(target, "a list of targets, each written { where: { FIELD: CONDITION }, at_least: NUMBER }")
    .exactOptional()
    .describe("Groups of which the sample is to hold at least so many. Not with systematic."),
  one_per: fieldName
    .exactOptional()
    .describe("Under random: draws the values of this field, such as case_id, and one unit of each."),
  caps: caps
    .exactOptional()
    .describe("Under random: field, and the most units of one value that the sample may hold."),
  reserves: reserves
    .default(0)
    .describe(
      "Cases held in reserve: below 1 a share of each stratum's draw, rounded up; from 1 a number a stratum. Default 0.",
    ),
  avoid: avoid
    .exactOptional()
    .describe("Under random: units reviewed before, which are to be drawn less often."),
});

/** What a plan may have instead of `sample`. */
export const linked = keys({
  by: fieldName.describe("The field that this sample shares with the one that it is linked to."),
});
