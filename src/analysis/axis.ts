import { bandOrder } from "../frame/bands.js";
import { codeSets } from "../frame/code-sets.js";
import { ethnicGroups } from "../frame/ethnicity.js";
import { type Field, isBlankLevel, listItems, notRecorded, severalAreas, unmapped } from "../frame/field.js";
import { fieldLabel, levelLabel } from "../frame/labels.js";
import { compareBytes } from "../frame/text.js";
import type { Plan } from "../plan/types.js";
import type { Axis, Level } from "./tally.js";

/** An axis, and where each level of the field stands on it. */
export interface CodedAxis extends Axis {
  /** For each of the field's levels, its places on the axis: one, or several or none for the items of a list. */
  readonly places: readonly (readonly number[])[];
}

/** A table without columns. */
export const noColumns: Axis = { field: "", label: "", levels: [] };

const unknownCodes: ReadonlySet<string> = new Set([
  notRecorded,
  unmapped,
  severalAreas,
  "unknown",
  "refused",
  "not_obtained",
]);

/** Whether a level says that nothing is known, or no one thing: it is shown apart and last, and is in no share's base. */
export function isUnknown(field: Pick<Field, "kind">, level: string): boolean {
  return unknownCodes.has(level) || isBlankLevel(field.kind, level);
}

/**
 * The levels of a field in the order in which tables show them: bands in theirs, absent ones too; codes in their set's;
 * others by how many units they have, most first, and then in byte order. Levels that say nothing come last.
 *
 * @param units - of the frame, that the axis is for
 */
export function axisOf(field: Field, plan: Plan, units: Int32Array): CodedAxis {
  const items = field.levels.map((level) => (field.kind === "list" ? itemsOf(level) : [level]));
  const unitsOf = new Int32Array(field.levels.length);
  for (let at = 0; at < units.length; at++) unitsOf[field.codes[units[at] as number] as number]!++;
  const held = new Map<string, number>();
  for (const [code, count] of unitsOf.entries())
    if (count > 0) for (const item of items[code] as string[]) held.set(item, (held.get(item) ?? 0) + count);
  const fixed = fixedLevels(field, plan);
  // A field of whether a band is known bears its name, and has none of its levels.
  const isBand = field.order !== undefined;
  for (const level of isBand ? fixed.filter((band) => !/^(?:below|unborn)/.test(band)) : [])
    if (!held.has(level)) held.set(level, 0);
  const place = (level: string): number => {
    const at = fixed.indexOf(level);
    return at === -1 ? fixed.length : at;
  };
  const keys = [...held.keys()].sort(
    (a, b) =>
      Number(isUnknown(field, a)) - Number(isUnknown(field, b)) ||
      place(a) - place(b) ||
      (held.get(b) as number) - (held.get(a) as number) ||
      compareBytes(a, b),
  );
  const at = new Map(keys.map((key, k) => [key, k]));
  return {
    field: field.name,
    label: fieldLabel(field.name),
    levels: keys.map((key) => levelOf(field, key, plan)),
    ...(fixed.length === 0 ? { byCount: true as const } : {}),
    places: items.map((of) => of.flatMap((item) => at.get(item) ?? [])),
  };
}

/**
 * A list without items stands under "Not recorded". Beside an item that says something, one that says nothing is passed
 * over, so that a unit is either known or stands in one row of those that are not.
 */
export function itemsOf(level: string): string[] {
  const items = listItems(level);
  const known = items.filter((item) => !unknownCodes.has(item));
  return known.length > 0 ? known : [items[0] ?? notRecorded];
}

/** The levels that a field may have, in their order, where they are known beforehand. */
export function fixedLevels(field: Pick<Field, "name">, plan: Plan): readonly string[] {
  const bands = bandOrder(field.name, plan.bands);
  if (bands.length > 0) return bands;
  if (field.name === "ethnic_group") return ethnicGroups;
  return Object.hasOwn(codeSets, field.name)
    ? (codeSets[field.name] as { readonly codes: readonly string[] }).codes
    : [];
}

function levelOf(field: Field, key: string, plan: Plan): Level {
  const label = key === "" ? "Not recorded" : levelLabel(field.name, key, plan);
  return isUnknown(field, key) ? { key, label, unknown: true } : { key, label };
}
