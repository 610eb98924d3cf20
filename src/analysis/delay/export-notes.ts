import type { Edition, Subject } from "../item.js";
import { unitNoun } from "../units.js";
import { besideOpen, dayStandingTallies, laterNotes } from "./day-standing-tallies.js";
import { observe } from "./observation.js";

/**
 * What whoever runs an analysis has to know of an export's dates: that the span declared is not used, and who counts as open
 * or as neither open nor ended. Counts are for the internal edition; in the other the items say them, protected.
 */
export function exportNotes(subject: Subject, edition: Edition): string[] {
  const { unused } = observe(subject);
  const told = unused === undefined ? [] : [`observed is not used: ${unused}`];
  if (edition === "publishable") return told;
  const tallies = dayStandingTallies(subject, "notes");
  const unknown = besideOpen(tallies, subject.plan, unitNoun(subject.plan));
  return [...told, ...laterNotes(tallies, subject.plan), ...(unknown === undefined ? [] : [unknown])];
}
