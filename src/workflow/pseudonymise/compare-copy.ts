import { CasedrawError } from "../../errors.js";
import { type Field, isBlankLevel, levelAt, listItems } from "../../frame/field.js";
import type { Frame } from "../../frame/frame.js";
import { listLevel } from "../../frame/read-field.js";
import { isDerivedField } from "../../plan/fields.js";
import type { Rename } from "./copied-id.js";
import type { Treatment } from "./treatment.js";

/**
 * Holds the frame of a copy to the export's: the same units under their pseudonyms, the same reason for each that is left
 * out, the same counts, and every field but what the copy is to hide.
 *
 * @param ids - of each of the export's units, the id that it has to have in the copy
 * @throws CasedrawError `PSEUDONYMS_CHANGE_FRAME`
 */
export function compareCopy(
  frame: Frame,
  copy: Frame,
  options: { readonly ids: readonly string[]; readonly treatment: Treatment; readonly rename: Rename },
): void {
  const { ids, treatment, rename } = options;
  const { rowsRead, superseded, folded } = frame.accounting;
  const unitOf = new Map(copy.ids.map((id, unit) => [id, unit]));
  const sameCounts =
    copy.accounting.rowsRead === rowsRead &&
    copy.accounting.superseded === superseded &&
    copy.accounting.folded === folded;
  if (!sameCounts || copy.ids.length !== ids.length || !ids.every((id) => unitOf.has(id)))
    throw changed("its units", ids.length);
  const units = ids.map((id) => unitOf.get(id) as number);
  const differing = (differs: (unit: number, other: number) => boolean): number =>
    units.reduce((count, other, unit) => count + Number(differs(unit, other)), 0);
  const excluded = differing((unit, other) => reasonOf(frame, unit) !== reasonOf(copy, other));
  if (excluded > 0) throw changed("who may be sampled", excluded);
  for (const [name, field] of frame.fields) {
    if (!stays(name, treatment)) continue;
    const other = copy.fields.get(name);
    const expected = treatment.hashed.includes(name) ? renamed(field, rename) : field;
    const count =
      other === undefined
        ? ids.length
        : differing((unit, at) => levelAt(expected, unit) !== levelAt(other, at));
    if (count > 0) throw changed(name, count);
  }
}

function stays(name: string, { kept, hashed }: Treatment): boolean {
  return name !== "source" && (kept.includes(name) || hashed.includes(name) || isDerivedField(name));
}

function renamed(field: Field, rename: Rename): Field {
  const levels = field.levels.map((level) => {
    if (isBlankLevel(field.kind, level)) return level;
    if (field.kind !== "list") return rename(field.name, level);
    return listLevel(listItems(level).map((item) => rename(field.name, item)));
  });
  return { ...field, levels };
}

function reasonOf({ exclusion }: Frame, unit: number): string | undefined {
  return exclusion.reasons[(exclusion.codes[unit] as number) - 1]?.reason;
}

function changed(what: string, count: number): CasedrawError {
  return new CasedrawError(
    "PSEUDONYMS_CHANGE_FRAME",
    `Copy must give the same frame as the export: reading it back, ${what} would differ for ${count} unit${count === 1 ? "" : "s"}. ` +
      "Nothing was written. Leave that field out of the plan, or map its values under values, and run again.",
    { what, count },
  );
}
