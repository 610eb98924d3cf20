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

const areaFields = ["service_area", "dfj_area", "region", "local_authority", "court", "team"] as const;

/** The field whose levels are the areas of tables: the plan's, or the first that the export has. */
export function areaField({ frame, plan }: Pick<Subject, "frame" | "plan">): string | undefined {
  return [plan.pia?.areas, ...areaFields].find((name) => name !== undefined && frame.fields.has(name));
}

/** Those of the subject's units of which a field says this. */
export function unitsWhere({ units }: Subject, field: Field, holds: (level: string) => boolean): Int32Array {
  const held = field.levels.map(holds);
  return units.filter((unit) => held[field.codes[unit] as number]);
}

/** Open units, and what they are called; undefined where the export cannot tell. */
export function openUnits(subject: Subject): Int32Array | undefined {
  const open = subject.frame.fields.get("delay_is_open");
  return open === undefined ? undefined : unitsWhere(subject, open, (level) => level === "yes");
}

/** What a field says of a unit; "" where the frame lacks it. */
export function textAt(subject: Subject, name: string, unit: number): string {
  const field = subject.frame.fields.get(name);
  return field === undefined ? "" : levelAt(field, unit);
}
