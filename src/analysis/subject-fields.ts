import { codeSets } from "../frame/code-sets.js";
import { type Field, levelAt, mapLevels, severalAreas } from "../frame/field.js";
import { itemsOf } from "./axis.js";
import type { Subject } from "./item.js";

/** A subject that has one more field, or another in place of one, so that it can be counted by what no field says. */
export function withField(subject: Subject, field: Field): Subject {
  const fields = new Map([...subject.frame.fields, [field.name, field]]);
  return { ...subject, frame: { ...subject.frame, fields } };
}

/** A subject of nothing but some fields: without cases no design effect is worked out, where no share is. */
export function onlyFields(subject: Subject, fields: readonly Field[]): Subject {
  return {
    ...subject,
    frame: { ...subject.frame, fields: new Map(fields.map((field) => [field.name, field])) },
  };
}

/** Those of the subject's units of which a field says this. */
export function unitsWhere({ units }: Subject, field: Field, holds: (level: string) => boolean): Int32Array {
  const held = field.levels.map(holds);
  return units.filter((unit) => held[field.codes[unit] as number]);
}

/** What a field says of a unit; "" where the frame lacks it. */
export function textAt(subject: Subject, name: string, unit: number): string {
  const field = subject.frame.fields.get(name);
  return field === undefined ? "" : levelAt(field, unit);
}

/**
 * A field of one value a unit: who has several, as a case whose children differ, is of a level of their own, so that everyone stands in
 * one level and levels add up to all. Codes are single words and are told as a phrase; other values are quoted, for "Brighton and Hove"
 * is one place.
 *
 * @example singleValued({ name: "law_type", kind: "list", levels: ["private\u001epublic"], codes: Int32Array.of(0) }).levels // → ["private and public"]
 */
export function singleValued(field: Field): Field {
  if (field.kind !== "list") return field;
  const { name, order } = field;
  const merged = mapLevels(field, (level) => {
    const items = itemsOf(level);
    if (items.length === 1) return items[0] as string;
    return Object.hasOwn(codeSets, name) ? items.join(" and ") : items.map((item) => `“${item}”`).join(" + ");
  });
  return { name, kind: "category", ...merged, ...(order === undefined ? {} : { order }) };
}

/** A field of one area a unit: who is in several is of none of them. */
export function inOneArea(field: Field): Field {
  if (field.kind !== "list") return field;
  const { name, order } = field;
  const merged = mapLevels(field, (level) => {
    const items = itemsOf(level);
    return items.length === 1 ? (items[0] as string) : severalAreas;
  });
  return { name, kind: "category", ...merged, ...(order === undefined ? {} : { order }) };
}
