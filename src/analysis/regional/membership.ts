import { conditionTest } from "../../frame/condition.js";
import type { Field } from "../../frame/field.js";
import type { Note } from "../../frame/note.js";
import type { Condition } from "../../plan/types.js";
import { isUnknown, itemsOf } from "../axis.js";
import { openUnits } from "../day-standing.js";
import type { Subject } from "../item.js";
import { fieldOf } from "../tabulate.js";
import type { Conditions, Counting } from "./defined-indicator.js";

/** What is said of a unit: 0 no, 1 yes, 2 not known. */
export type Answers = Uint8Array;

export const notKnown = 2;

/** The units that an indicator is of. */
export function baseUnits(subject: Subject, { of, open }: Counting): Int32Array {
  const units = open ? (openUnits(subject) ?? new Int32Array()) : subject.units;
  return unitsMeeting(subject, units, of);
}

/** Those of some units that meet every condition; a unit of which that is not known does not. */
export function unitsMeeting(subject: Subject, units: Int32Array, conditions: Conditions): Int32Array {
  const answers = answersOf(subject, units, { conditions, notes: [] });
  return units.filter((_, at) => answers[at] === 1);
}

/**
 * Whether each unit meets every condition: no where one fails, not known where none fails and one cannot be told. What is blank
 * can be told only of a condition on blanks.
 *
 * @param asked.notes - receives values that no unit has
 * @throws CasedrawError `CONDITION_UNSUITABLE` where a condition does not fit its field
 */
export function answersOf(
  subject: Subject,
  units: Int32Array,
  { conditions, notes }: { readonly conditions: Conditions; readonly notes: Note[] },
): Answers {
  const answers = new Uint8Array(units.length).fill(1);
  for (const [name, condition] of Object.entries(conditions)) {
    const field = fieldOf(subject, name);
    const holds = conditionTest(field, condition, { subject: "indicator", notes });
    const lacks = blanksOf(field, condition);
    for (let at = 0; at < units.length; at++) {
      const unit = units[at] as number;
      if (answers[at] === 0 || holds(unit)) continue;
      answers[at] = lacks[field.codes[unit] as number] ? notKnown : 0;
    }
  }
  return answers;
}

/** For each level whether it leaves a condition open. A value that is named is known to be met, whatever it says. */
function blanksOf(field: Field, condition: Condition): readonly boolean[] {
  if ("blank" in condition) return field.levels.map(() => false);
  return field.levels.map((level) =>
    field.kind === "list" ? itemsOf(level).every((item) => isUnknown(field, item)) : isUnknown(field, level),
  );
}

/** Whether each unit's value of a field is blank or says that it is not known: yes or no, which can always be told. */
export function lacking(subject: Subject, units: Int32Array, name: string): Answers {
  const field = fieldOf(subject, name);
  const lacks = field.levels.map((level) => isUnknown(field, level));
  return Uint8Array.from(units, (unit) => (lacks[field.codes[unit] as number] ? 1 : 0));
}
