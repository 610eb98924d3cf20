import { CasedrawError } from "../../errors.js";
import { type Field, isBlankLevel, listItems, unmapped } from "../../frame/field.js";
import type { Frame } from "../../frame/frame.js";

/** A frame's units by what they can be linked by. */
export interface LinkGroups {
  /** Of any eligible unit. */
  readonly values: readonly string[];
  /** Eligible units of each value, in byte order of their ids. */
  readonly members: readonly (readonly number[])[];
  /** The values of a unit, by their places in `values`; none where its field is blank. */
  readonly valuesOf: (unit: number) => readonly number[];
}

/** Where a field is sought, and what to do without it. */
export interface LinkSide {
  /** As a message begins: "this plan's frame". */
  readonly where: string;
  readonly instead: string;
}

/**
 * Groups the eligible units by the values of a field. Of a list each item is a value; a blank, and a value that the
 * field's code set does not know, tells nothing.
 *
 * @throws CasedrawError `DESIGN_FIELD_MISSING`
 */
export function linkGroups(frame: Frame, by: string, side: LinkSide): LinkGroups {
  const field = frame.fields.get(by);
  if (field === undefined) {
    throw new CasedrawError(
      "DESIGN_FIELD_MISSING",
      `Linking field "${by}" is not in ${side.where}. ${side.instead}`,
      { field: by },
    );
  }
  const places = new Map<string, number>();
  const members: number[][] = [];
  const ofCode: (readonly number[] | undefined)[] = [];
  for (const unit of frame.eligible) {
    const code = field.codes[unit] as number;
    ofCode[code] ??= itemsOf(field, field.levels[code] as string).map((item) => {
      const place = places.get(item) ?? members.push([]) - 1;
      places.set(item, place);
      return place;
    });
    for (const place of ofCode[code] as readonly number[]) (members[place] as number[]).push(unit);
  }
  return {
    values: [...places.keys()],
    members,
    valuesOf: (unit) => ofCode[field.codes[unit] as number] ?? [],
  };
}

function itemsOf(field: Field, level: string): string[] {
  if (isBlankLevel(field.kind, level) || level === unmapped) return [];
  return field.kind === "list" ? listItems(level) : [level];
}
