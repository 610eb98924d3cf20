import { checkCondition } from "./check-condition.js";
import { type Check, checkDistinct, checkField, refuse } from "./check-names.js";
import type { Plan } from "./types.js";

/** A month and year, which is read again from the export and is no field. */
export const monthOfBirth = "month_of_birth";

/** What worksheets and findings call columns of their own. */
const reserved = [
  "unit id",
  "review",
  "reviewer",
  "reader",
  "read by",
  "site",
  "reserve order",
  "stratum",
  "reason",
  "asked by",
  "cannot be reviewed",
  "check",
];

const graded = /(?:^|[^a-z])(?:grade[sd]?|grading|judge?ments?)(?:$|[^a-z])/i;

/** Checks who takes the cases and what the worksheets hold, across the plan. */
export function checkHandover(check: Check): void {
  const { teams, handover } = check.plan;
  if (teams !== undefined) checkTeams(check, teams);
  if (handover === undefined) return;
  const { site, show, findings, needed_by } = handover;
  if (site !== undefined) checkField(check, ["handover", "site"], site, { without: "take it out" });
  checkDistinct(check, ["handover", "show"], show);
  show.forEach((name, i) => {
    const at = ["handover", "show", i];
    if (name === "date_of_birth")
      refuse(check, at, "names date_of_birth, which no worksheet holds.", monthOfBirth);
    else
      checkField(check, at, name === monthOfBirth ? "date_of_birth" : name, {
        without: "take it out of show",
      });
  });
  if (needed_by !== undefined && needed_by < check.plan.reference_date)
    refuse(
      check,
      ["handover", "needed_by"],
      `must not be before the reference date ${check.plan.reference_date}, got ${needed_by}.`,
    );
  const seen = new Set([...reserved, ...show].map(columnKey));
  findings.forEach(({ name }, i) => {
    const at = ["handover", "findings", i, "name"];
    const key = columnKey(name);
    if (seen.has(key))
      refuse(
        check,
        at,
        `names a column that the worksheet has already, got ${JSON.stringify(name)}; choose another.`,
      );
    else if (graded.test(name))
      refuse(check, at, "names a grade: individual work is not graded; ask for what was seen.");
    seen.add(key);
  });
}

/** A column's name as people tell it from others. */
function columnKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_]+/g, " ")
    .trim();
}

function checkTeams(check: Check, teams: NonNullable<Plan["teams"]>): void {
  const seen = new Map<string, string>();
  teams.forEach(({ name, where = {} }, i) => {
    const key = fileKey(name);
    // A team that is called after another's second readings would have their file.
    const other = seen.get(key) ?? teams.find((each) => key === `${fileKey(each.name)}-second-reading`)?.name;
    if (other !== undefined)
      refuse(
        check,
        ["teams", i, "name"],
        `is too like ${JSON.stringify(other)}, got ${JSON.stringify(name)}; name teams apart.`,
      );
    seen.set(key, name);
    for (const [field, condition] of Object.entries(where)) {
      const at = ["teams", i, "where", field];
      if (field === "date_of_birth") {
        refuse(
          check,
          at,
          "names date_of_birth, which the sample's list does not hold; take it out of where.",
        );
      } else if (checkField(check, at, field, { without: "take it out of where" })) {
        checkCondition(check, at, field, condition);
      }
    }
  });
}

/** A team's name as file names have it; teams differ in it. */
export function fileKey(name: string): string {
  return name
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}
