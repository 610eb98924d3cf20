import type { Plan } from "../../plan/types.js";
import type { Edition, Subject } from "../item.js";
import { unitNoun } from "../units.js";
import { besideOpen, dayStandingTallies, laterNotes } from "./day-standing-tallies.js";
import { joinOfDates, observe } from "./observation.js";

/**
 * What whoever runs an analysis has to know of an export's dates: that the span declared is not used, that times run from one
 * row of several, and who counts as open or as neither open nor ended. Counts are for the internal edition; in the other the items say them, protected.
 */
export function exportNotes(subject: Subject, edition: Edition): string[] {
  const { unused } = observe(subject);
  const caution = oneRowCaution(subject.plan);
  const told = [
    ...(unused === undefined ? [] : [`observed is not used: ${unused}`]),
    ...(caution === undefined ? [] : [caution]),
  ];
  if (edition === "publishable") return told;
  const tallies = dayStandingTallies(subject, "notes");
  const unknown = besideOpen(tallies, subject.plan, unitNoun(subject.plan));
  return [...told, ...laterNotes(tallies, subject.plan), ...(unknown === undefined ? [] : [unknown])];
}

/** That times run from one row of several that a joined file may have for a unit, where the plan takes its dates so. */
export function oneRowCaution(plan: Plan): string | undefined {
  const join = joinOfDates(plan);
  if (join === undefined) return undefined;
  const [taken, left] =
    typeof join.many === "object" && "earliest" in join.many ? ["earliest", "later"] : ["latest", "earlier"];
  return (
    `Times run from the ${taken} row of ${join.path} for each ${plan.unit}: ${left} rows are left aside, and who has waited ` +
    "longer over several rows is not seen."
  );
}
