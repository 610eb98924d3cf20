import { date, fieldName, keys, listOf, must, number, refuse, text, whole } from "./leaves.js";
import { usualMarking } from "./marking.js";
import { conditions } from "./schema-cohort.js";

/** Names of teams become names of files and of nothing else, so they hold what any system takes. */
const teamName = text(
  "a name of 1 to 30 letters, digits, blanks, - and ', which begins with a letter or digit",
  /^(?!(?:con|prn|aux|nul|com\d|lpt\d)[' -]*$)[\p{L}\p{N}][\p{L}\p{N}' -]{0,29}(?<! )$/iu,
);

const team = keys({
  name: teamName.describe("The team's name, also that of its worksheet."),
  where: conditions
    .exactOptional()
    .describe(
      "Field and condition: the team takes cases that meet every one. A team without it is a pool, which takes what the others do not.",
    ),
  capacity: whole(1)
    .exactOptional()
    .describe("The most reviews that the team can do, second reviews too; default no limit."),
  pairs: whole(1).default(1).describe("How many pairs of inspectors the team has; default 1."),
}).superRefine(({ where }, context) => {
  if (where !== undefined && Object.keys(where).length === 0)
    refuse(context, ["where"], "must name at least one field, got none; a pool has no where.");
});

export const teams = listOf(team, "a list of teams, each with name");

/** What a drop-down list of a spreadsheet can hold. */
const longestList = 255;
const answer = text(
  "an answer without commas and quotation marks, up to 60 characters",
  /^[^,"=+@'-][^,"]{0,59}$/,
);

const finding = keys({
  name: text("a name of up to 60 characters, such as plan_timely", /^[\p{L}][^\p{Cc}]{0,59}$/u).describe(
    "The column's name; each name once.",
  ),
  question: text("a question of up to 250 characters", /^[^\p{Cc}]{1,250}$/u)
    .exactOptional()
    .describe("What the inspector is asked; shown beside the cell."),
  answers: listOf(answer, "a list of answers")
    .default(() => ["yes", "no", "not applicable"])
    .describe("What may be chosen; default yes, no and not applicable."),
}).superRefine(({ answers }, context) => {
  const length = answers.join(",").length;
  if (length > longestList)
    refuse(context, ["answers"], `must have at most ${longestList} characters in all, got ${length}.`);
  const twice = answers.findIndex((each, at) => answers.indexOf(each) !== at);
  if (twice !== -1) refuse(context, ["answers"], `must differ, got ${JSON.stringify(answers[twice])} twice.`);
});

export const handover = keys({
  site: fieldName
    .exactOptional()
    .describe("Where a case is reviewed; default the first of service_area, court and team that is mapped."),
  findings: listOf(finding, "a list of findings, each with name").describe(
    "The questions that inspectors answer of each case.",
  ),
  double_review: number("a number above 0")
    .refine((value) => value > 0 && (value < 1 || Number.isInteger(value)), {
      error: must("a share above 0 and below 1, or a whole number of 1 or more"),
    })
    .exactOptional()
    .describe(
      "How many sampled cases are read a second time by others: below 1 a share of each stratum, else a number over all.",
    ),
  show: listOf(text("the name of a field, or month_of_birth"), "a list of names of fields")
    .default(() => [])
    .describe(
      "Fields that the worksheets show beside id and place; month_of_birth is read again from the export.",
    ),
  needed_by: date().exactOptional().describe("The date by which the body is to give access, YYYY-MM-DD."),
  marking: text("a marking of up to 80 characters, such as OFFICIAL-SENSITIVE", /^[^\p{Cc}&]{1,80}$/u)
    .default(usualMarking)
    .describe(`Stands on every sheet and page; default ${usualMarking}.`),
});
