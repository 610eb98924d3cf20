import { CasedrawError } from "../errors.js";
import { type Field, isBlankLevel } from "../frame/field.js";
import type { Frame } from "../frame/frame.js";
import type { Note } from "../frame/note.js";
import { compareBytes } from "../frame/text.js";
import { someOf, thousands } from "../frame/words.js";
import { designField } from "./design-field.js";
import { type Stratum, stratumPlaces } from "./strata.js";

/** A stratum whose sampling units are families. */
export interface FamilyStratum extends Stratum {
  /** Families in it. */
  readonly populationSize: number;
  /** Codes of its families in `Families.field`, in byte order of their ids. */
  readonly families: Int32Array;
}

/** The eligible units as families, each in the stratum of its first child. */
export interface Families {
  readonly field: Field;
  readonly strata: readonly FamilyStratum[];
  /** m of each unit's family: eligible units that share its value; 0 where a unit is not eligible. */
  readonly sizeOf: Int32Array;
}

/**
 * Groups the eligible units into families, so that one child of each may be drawn. A family whose children lie in
 * different strata belongs to that of its first child by `child_ordinal` (by id where there is none); a note says so.
 *
 * @param name - the field whose values are families: `case_id`
 * @param strata - of units, as `stratify` gives them
 * @throws CasedrawError `DESIGN_FIELD_MISSING`, `FAMILY_BLANK`, `FAMILY_ID_IS_UNIT_ID`
 */
export function groupFamilies(
  frame: Frame,
  name: string,
  strata: readonly Stratum[],
  notes: Note[],
): Families {
  const field = familyField(frame, name);
  const { codes, levels } = field;
  const sizes = new Int32Array(levels.length);
  for (const unit of frame.eligible)
    sizes[codes[unit] as number] = (sizes[codes[unit] as number] as number) + 1;
  const sizeOf = new Int32Array(frame.ids.length);
  for (const unit of frame.eligible) sizeOf[unit] = sizes[codes[unit] as number] as number;
  refuseSharedIds(frame, field, sizeOf);

  const ordinal = ordinals(frame);
  const first = new Int32Array(levels.length).fill(-1);
  // Eligible units stand in byte order of their ids, which settles equal ordinals.
  for (const unit of frame.eligible) {
    const code = codes[unit] as number;
    const before = first[code] as number;
    if (before === -1 || (ordinal[unit] as number) < (ordinal[before] as number)) first[code] = unit;
  }
  const stratumOf = stratumPlaces(strata, frame.ids.length);
  const home = first.map((unit) => (unit === -1 ? -1 : (stratumOf[unit] as number)));
  const crossing = new Set<number>();
  const members: number[][] = strata.map(() => []);
  for (const unit of frame.eligible) {
    const code = codes[unit] as number;
    if (stratumOf[unit] !== home[code]) crossing.add(code);
    members[home[code] as number]?.push(unit);
  }
  const families: number[][] = strata.map(() => []);
  const order = Int32Array.from(levels.keys()).sort((a, b) =>
    compareBytes(levels[a] as string, levels[b] as string),
  );
  for (const code of order) families[home[code] as number]?.push(code);
  sayCrossing(notes, name, [...crossing], levels);
  return {
    field,
    sizeOf,
    strata: strata.flatMap(({ key }, at) => {
      const own = families[at] as number[];
      if (own.length === 0) return [];
      return [
        {
          key,
          units: Int32Array.from(members[at] as number[]),
          families: Int32Array.from(own),
          populationSize: own.length,
        },
      ];
    }),
  };
}

function familyField(frame: Frame, name: string): Field {
  const remedy = "take sample.one_per out: then several children of a family may be drawn.";
  const field = designField(frame.fields, name, { role: "Family", remedy });
  const blank = frame.eligible.filter((unit) =>
    isBlankLevel(field.kind, field.levels[field.codes[unit] as number] as string),
  );
  if (blank.length > 0) {
    const ids = Array.from(blank, (unit) => frame.ids[unit] as string);
    throw new CasedrawError(
      "FAMILY_BLANK",
      `Family is not recorded: one_per needs a ${name} for every eligible unit, and ${thousands(ids.length)} ` +
        `${ids.length === 1 ? "has" : "have"} none (${someOf(ids)}). Fill it in, or leave them out under cohort: exclude.`,
      { field: name, unit_ids: ids },
    );
  }
  return field;
}

/**
 * A child and a family of the same id have the same ticket, so that what is drawn of one family would depend on whether the
 * other family is; among siblings, that bends the choice.
 */
function refuseSharedIds(frame: Frame, { name, levels, codes }: Field, sizeOf: Int32Array): void {
  const families = new Set(Array.from(frame.eligible, (unit) => levels[codes[unit] as number]));
  const shared = frame.eligible.find(
    (unit) => (sizeOf[unit] as number) > 1 && families.has(frame.ids[unit] as string),
  );
  if (shared === undefined) return;
  throw new CasedrawError(
    "FAMILY_ID_IS_UNIT_ID",
    `Unit id equals a ${name}: ${frame.ids[shared]} names a child and a family, whose tickets would be the same and bend the draw. ` +
      `Set unit_id: [${name}, …] or unit_id_prefix in the plan.`,
    { field: name, unit_id: frame.ids[shared] },
  );
}

function ordinals({ fields, ids }: Frame): Float64Array {
  const field = fields.get("child_ordinal");
  return field === undefined
    ? new Float64Array(ids.length)
    : Float64Array.from(field.codes, (code) => Number(field.levels[code]));
}

function sayCrossing(notes: Note[], name: string, crossing: number[], levels: readonly string[]): void {
  if (crossing.length === 0) return;
  const ids = crossing.map((code) => levels[code] as string).sort(compareBytes);
  const several = ids.length > 1;
  notes.push({
    code: "families-across-strata",
    text:
      `${thousands(ids.length)} ${several ? "families have" : "family has"} children in more than one stratum ` +
      `(${name} ${someOf(ids)}); each belongs to the stratum of its first child.`,
    count: ids.length,
    details: { families: ids.slice(0, 1000) },
  });
}
