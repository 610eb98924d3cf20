import { CasedrawError } from "../../errors.js";
import { type Field, isBlankLevel } from "../../frame/field.js";
import type { Frame } from "../../frame/frame.js";
import type { Note } from "../../frame/note.js";
import { thousands } from "../../frame/words.js";
import { designField } from "../design-field.js";
import type { DesignStratum } from "../design-stratum.js";

/** A capped field as the draw sees it: each unit's group, and how many units a group may give. */
export interface CappedField {
  readonly name: string;
  readonly cap: number;
  readonly groupCount: number;
  /** −1 where no cap can bind: a blank value, or a group with no more units than its cap. */
  readonly groups: Int32Array;
  /** The value of each group. */
  readonly values: readonly string[];
}

/**
 * Finds the groups that a cap can bind.
 *
 * @param caps - field → the most units of one value that the sample may hold
 * @param strata - those that give units
 * @throws CasedrawError `DESIGN_FIELD_MISSING`, `CAP_FIELD_LIST`
 */
export function capGroups(
  frame: Frame,
  caps: Readonly<Record<string, number>>,
  strata: readonly DesignStratum[],
  notes: Note[],
): CappedField[] {
  return Object.entries(caps).map(([name, cap]) =>
    groupsOf(frame, cappable(frame, name), cap, strata, notes),
  );
}

function cappable(frame: Frame, name: string): Field {
  const field = designField(frame.fields, name, { role: "Capped", remedy: "take it out of sample.caps." });
  if (field.kind === "list") {
    throw new CasedrawError(
      "CAP_FIELD_LIST",
      `Capped field "${name}" has several values for some units, so it cannot be said whose cap a unit counts for. ` +
        "Take it out of sample.caps, or let its join take one row.",
      { field: name },
    );
  }
  return field;
}

function groupsOf(
  frame: Frame,
  field: Field,
  cap: number,
  strata: readonly DesignStratum[],
  notes: Note[],
): CappedField {
  const sizes = new Int32Array(field.levels.length);
  let blank = 0;
  for (const { units } of strata) {
    for (const unit of units) {
      const code = field.codes[unit] as number;
      sizes[code] = (sizes[code] as number) + 1;
      if (isBlankLevel(field.kind, field.levels[code] as string)) blank++;
    }
  }
  const groupOf = new Int32Array(field.levels.length).fill(-1);
  const values: string[] = [];
  for (const [code, level] of field.levels.entries()) {
    if ((sizes[code] as number) <= cap || isBlankLevel(field.kind, level)) continue;
    groupOf[code] = values.length;
    values.push(level);
  }
  if (blank > 0) {
    notes.push({
      code: "cap-value-blank",
      text: `${thousands(blank)} eligible unit${blank === 1 ? " has" : "s have"} no ${field.name}, and no cap on it.`,
      count: blank,
      details: { field: field.name },
    });
  }
  const groups = new Int32Array(frame.ids.length).fill(-1);
  for (const { units } of strata) {
    for (const unit of units) groups[unit] = groupOf[field.codes[unit] as number] as number;
  }
  return { name: field.name, cap, groupCount: values.length, groups, values };
}
