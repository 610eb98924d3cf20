import { crossCodes, type Field, LevelBuilder } from "../../frame/field.js";
import { isUnknown, itemsOf } from "../axis.js";
import type { Subject } from "../item.js";
import { perSubject } from "../per-subject.js";
import { fieldOf } from "../tabulate.js";
import type { MixField, MixFields } from "./defined-indicator.js";

/** Kinds of case that figures are standardised for. */
export interface MixStrata {
  /** Of each unit asked about, in their order. */
  readonly codes: Int32Array;
  readonly count: number;
  /** Kinds that were too rare to stand alone and went with others. */
  readonly merged: number;
}

/**
 * The kind of case of each unit: the crossing of the fields, a value that is not known being one of its own, and of a list which of
 * the commonest items it has. Kinds too rare first lose their lists, so that they stay with their age and law type; those
 * still too rare are one kind together, and with them the next rarest until that is large enough.
 *
 * @param options.least - so many units a kind has at least, where there are so many
 */
export function mixStrata(
  subject: Subject,
  units: Int32Array,
  { mix, least }: { readonly mix: MixFields; readonly least: number },
): MixStrata {
  const { full, coarse } = crossings(subject)(mix);
  const size = countsOf(units, full);
  const own = Int32Array.from(units, (unit) => {
    const code = full[unit] as number;
    return (size.get(code) as number) >= least ? code : -1 - (coarse[unit] as number);
  });
  const sizes = new Map<number, number>();
  for (const code of own) sizes.set(code, (sizes.get(code) ?? 0) + 1);
  const ascending = [...sizes].sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  let together = 0;
  let pooled = 0;
  for (const [, count] of ascending) {
    if (count >= least && (pooled === 0 || pooled >= least)) break;
    pooled += count;
    together++;
  }
  const place = new Map<number, number>();
  for (const [at, [code]] of ascending.entries()) {
    const alone = at - together + (together > 0 ? 1 : 0);
    place.set(code, at < together ? 0 : alone);
  }
  const count = ascending.length - together + (together > 0 ? 1 : 0);
  const kept = ascending.slice(together).filter(([code]) => code >= 0).length;
  return { codes: own.map((code) => place.get(code) as number), count, merged: size.size - kept };
}

interface Crossings {
  /** By every field, and by those that are no lists; of every unit of the frame. */
  readonly full: Int32Array;
  readonly coarse: Int32Array;
}

const crossings = perSubject((subject) => {
  const known = new Map<string, Crossings>();
  return (mix: MixFields): Crossings => {
    const key = JSON.stringify(mix.fields);
    const before = known.get(key);
    if (before !== undefined) return before;
    const rows = subject.frame.ids.length;
    const single = mix.fields.filter(({ items }) => items === undefined);
    const columns = (fields: readonly MixField[]) => fields.map((field) => columnOf(subject, field));
    const made = {
      full: crossCodes(rows, columns(mix.fields)).codes,
      coarse: crossCodes(rows, columns(single)).codes,
    };
    known.set(key, made);
    return made;
  };
});

/** Levels that say nothing are one: not known. */
function columnOf(subject: Subject, { name, items }: MixField): Pick<Field, "levels" | "codes"> {
  const field = fieldOf(subject, name);
  const builder = new LevelBuilder();
  const target = field.levels.map((level) => {
    if (items === undefined) return builder.code(isUnknown(field, level) ? "" : level);
    const held = itemsOf(level);
    if (held.every((item) => isUnknown(field, item))) return builder.code("");
    return builder.code(`has ${items.filter((item) => held.includes(item)).join(" ")}`);
  });
  return { levels: builder.levels, codes: field.codes.map((code) => target[code] as number) };
}

function countsOf(units: Int32Array, codes: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const unit of units) {
    const code = codes[unit] as number;
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}
