import type { Field } from "../../frame/field.js";
import { axisOf } from "../axis.js";
import type { Subject } from "../item.js";
import { recorded } from "../quality/completeness.js";
import type { Level } from "../tally.js";
import { allocationField } from "../workforce/allocation-item.js";
import type { Counting } from "./defined-indicator.js";
import type { Answers } from "./membership.js";
import { sameFields } from "./mix-fields.js";

/**
 * The level of a field whose units are exactly those of which an indicator says yes. Tables of that field then hold the same
 * counts, and disclosure control has to know it: what is hidden in the one could be read in the other.
 */
export function sameLevel(
  subject: Subject,
  { units, answers, counting: { what } }: { units: Int32Array; answers: Answers; counting: Counting },
): Level["of"] {
  const names = "where" in what ? Object.keys(what.where) : "lacking" in what ? [what.lacking] : [];
  const [name] = names;
  if (name === undefined || names.length > 1) return undefined;
  const alike = [name, ...(sameFields.find((set) => set.includes(name)) ?? [])];
  const fields = [...new Set(alike)].flatMap((each) => subject.frame.fields.get(each) ?? []);
  const allocation = ["practitioner", "allocation_date"].includes(name)
    ? allocationField(subject)
    : undefined;
  for (const field of allocation === undefined ? fields : [allocation, ...fields]) {
    const level = levelOf(field, { subject, units, answers });
    if (level !== undefined) return { field: field.name, level };
  }
  return undefined;
}

/**
 * The level of those of whom a field is known, where an indicator counts all the others: tables of how complete the field is
 * hold the same counts, and part those others by what is said of them.
 */
export function recordedLevel({ what }: Counting): Level["of"] {
  return "lacking" in what ? { field: what.lacking, level: recorded } : undefined;
}

function levelOf(
  field: Field,
  { subject, units, answers }: { subject: Subject; units: Int32Array; answers: Answers },
): string | undefined {
  // Of each of the field's levels: 1 where some unit says no, 2 where some says yes, 3 where both.
  const said = new Uint8Array(field.levels.length);
  for (let at = 0; at < units.length; at++)
    said[field.codes[units[at] as number] as number]! |= answers[at] === 1 ? 2 : 1;
  if (said.includes(3) || !said.includes(2)) return undefined;
  const { levels, places } = axisOf(field, subject.plan, units);
  const isHeld = (place: number): boolean =>
    places.every((of, code) => said[code] === 0 || of.includes(place) === (said[code] === 2));
  return levels.find((_, place) => isHeld(place))?.key;
}
