import { matchKey } from "../frame/text.js";
import { columnAt } from "./export-file.js";
import { joinColumns } from "./plan-data.js";
import type { Proposal } from "./proposal.js";
import { comment, commentedOut } from "./yaml-text.js";

/** What usually belongs in a cohort, left to be decided: without it every row may be sampled. */
export function cohortLines(proposal: Proposal): string[] {
  const { columns, relations, window } = proposal;
  const include: string[] = [];
  const rest: string[] = [];
  if (columns.has("law_type")) include.push("    law_type: [public, private]");
  if (columns.has("closed_date") && !("none" in window))
    include.push("    closed_date: { blank: true }   # open cases only");
  else include.push(...joinedOpenLines(proposal));
  const letters = relations.data.flatMap((file) => {
    const header = file.fields.get("case_type");
    return header === undefined ? [] : columnAt(file.table, header).values;
  });
  const letter = letters.find((value) => matchKey(value) === "safeguarding letter only");
  if (letter !== undefined) rest.push("  exclude:", "    case_type: [safeguarding letter only]");
  if (columns.has("last_activity_date") || columns.has("application_date"))
    rest.push("  active_within_months: 6");
  const lines = [...(include.length === 0 ? [] : ["  include:", ...include]), ...rest];
  if (lines.length === 0) return [];
  return [
    ...comment("Every row may be sampled. DECIDE who may not: take the # away where one of these is meant."),
    ...commentedOut(["cohort:", ...lines]),
  ];
}

/** Open cases by a closing date that a joined file gives: who has no row there has it blank too, and is not known to be open. */
function joinedOpenLines({ columns, relations }: Proposal): string[] {
  if (columns.has("closed_date")) return [];
  for (const join of relations.joins) {
    const given = joinColumns(join)
      .map(([field]) => field)
      .filter((field) => !(join.key as readonly string[]).includes(field));
    if (!given.includes("closed_date")) continue;
    const others = given.filter((field) => field !== "closed_date");
    const beside = others.includes("application_date") ? "application_date" : others[0];
    return [
      ...(beside === undefined
        ? comment(
            `DECIDE: who has no row in ${join.file.path} has a blank closed_date too; add a field of that file with { blank: false }.`,
            "    ",
          )
        : [
            `    ${beside}: { blank: false }   # without it, who has no row in ${join.file.path} would count as open`,
          ]),
      "    closed_date: { blank: true }   # open cases only",
    ];
  }
  return [];
}
