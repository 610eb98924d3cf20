import { thousands } from "../../frame/words.js";
import { isUnknown } from "../axis.js";
import type { Edition, Subject } from "../item.js";
import { isLawType } from "../law-types.js";
import { inOneArea, singleValued, unitsWhere, withField } from "../subject-fields.js";
import type { Statistic } from "../tally.js";
import type { Counting } from "./defined-indicator.js";
import { baseUnits } from "./membership.js";
import { type Figures, shownValue } from "./shown-statistics.js";

/**
 * A subject whose units are of one area and one kind of law each, so that areas add up to the whole: a case whose children differ in
 * the area stands under a level of its own that is compared with nothing, and one of both kinds of law is in neither.
 *
 * @param by - the field of the areas
 */
export function comparable(subject: Subject, by: string): Subject {
  const [areas, law] = [subject.frame.fields.get(by), subject.frame.fields.get("law_type")];
  const changed = [
    ...(areas?.kind === "list" ? [inOneArea(areas)] : []),
    ...(law?.kind === "list" && by !== "law_type" ? [singleValued(law)] : []),
  ];
  const own = changed.reduce(withField, subject);
  const { earlier } = subject;
  return earlier === undefined ? own : { ...own, earlier: earlier.map((each) => comparable(each, by)) };
}

const bothLaws = "both_laws";

/** How many an indicator of one kind of law leaves out because they are of both. For publication only whether there are any. */
export function bothLawsOf(
  subject: Subject,
  counting: Counting,
  edition: Edition,
): Record<string, Statistic> {
  const law = subject.frame.fields.get("law_type");
  const { law_type: asked, ...of } = counting.of;
  if (law === undefined || asked === undefined) return {};
  const units = baseUnits(subject, { ...counting, of });
  const base = unitsWhere(
    { ...subject, units },
    law,
    (level) => !isUnknown(law, level) && !isLawType(level),
  ).length;
  return base === 0 ? {} : { [bothLaws]: { value: edition === "internal" ? base : 1, base, step: 1 } };
}

/** @param edition - a publishable one has no number that is not rounded */
export function bothLawsNotes(statistics: Figures, edition: Edition): string[] {
  const found = statistics[bothLaws];
  if (found === undefined) return [];
  const value = edition === "internal" ? shownValue(found) : undefined;
  return [
    `Left out, because children of one case are of public law and of private law${value === undefined ? "" : `: ${thousands(value)}`}.`,
  ];
}
