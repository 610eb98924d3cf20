import { type Field, levelAt } from "../frame/field.js";
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
