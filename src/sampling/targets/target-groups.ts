import { CasedrawError } from "../../errors.js";
import { conditionTest } from "../../frame/condition.js";
import type { Frame } from "../../frame/frame.js";
import type { Note } from "../../frame/note.js";
import { thousands } from "../../frame/words.js";
import type { Condition, Target } from "../../plan/types.js";

/** The units that a target is about. */
export interface TargetGroup {
  /** The conditions as people read them: `disability: yes; factors: neglect or drugs`. */
  readonly label: string;
  /** The fields of its conditions. */
  readonly fields: readonly string[];
  readonly atLeast: number;
  /** By unit of the frame: 1 for an eligible unit that meets every condition. */
  readonly members: Uint8Array;
  /** How many there are. */
  readonly eligible: number;
}

/**
 * Finds the eligible units that meet each target's conditions.
 *
 * @returns one group a target, in plan order; `notes` says which values of the conditions no unit has
 * @throws CasedrawError `DESIGN_FIELD_MISSING`, `CONDITION_UNSUITABLE`, `TARGET_EXCEEDS_GROUP`
 */
export function targetGroups(
  frame: Frame,
  targets: readonly Target[],
): { readonly groups: readonly TargetGroup[]; readonly notes: readonly Note[] } {
  const notes: Note[] = [];
  return { groups: targets.map((target) => targetGroup(frame, target, notes)), notes };
}

function targetGroup(frame: Frame, target: Target, notes: Note[]): TargetGroup {
  const label = Object.entries(target.where)
    .map(([name, condition]) => `${name}: ${conditionText(condition)}`)
    .join("; ");
  const tests = Object.entries(target.where).map(([name, condition]) => {
    const field = frame.fields.get(name);
    if (field === undefined) {
      throw new CasedrawError(
        "DESIGN_FIELD_MISSING",
        `Target field "${name}" is not in the data, so nobody is known to meet "${label}". Map a column to it in the plan, or ` +
          `take this target out of sample.targets: without it, by the strata and the balance fields alone, the group gets its ` +
          `share of the sample on average.`,
        { field: name, target: label },
      );
    }
    return conditionTest(field, condition, { subject: "target", notes });
  });
  const members = new Uint8Array(frame.ids.length);
  let eligible = 0;
  for (const unit of frame.eligible) {
    if (!tests.every((test) => test(unit))) continue;
    members[unit] = 1;
    eligible++;
  }
  const atLeast = target.at_least;
  if (eligible < atLeast) throw tooFew({ label, atLeast, eligible });
  return { label, fields: Object.keys(target.where), atLeast, members, eligible };
}

function tooFew({
  label,
  atLeast,
  eligible,
}: {
  label: string;
  atLeast: number;
  eligible: number;
}): CasedrawError {
  return new CasedrawError(
    "TARGET_EXCEEDS_GROUP",
    `Target "${label}" asks for more than there are: at least ${thousands(atLeast)}, got ${thousands(eligible)} eligible ` +
      `${eligible === 1 ? "unit" : "units"}. ` +
      (eligible === 0
        ? "Check the spelling of its values, widen the cohort, or take the target out."
        : `Set at_least to ${eligible} or less, or widen the target or the cohort.`),
    { target: label, asked: atLeast, held: eligible },
  );
}

function conditionText(condition: Condition): string {
  if (Array.isArray(condition)) return (condition as readonly string[]).join(" or ");
  if ("blank" in condition) return condition.blank ? "blank" : "not blank";
  return Object.entries(condition)
    .map(([key, bound]) => `${key.replace("_", " ")} ${bound}`)
    .join(" ");
}
