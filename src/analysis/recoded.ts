import { type Field, isBlankLevel, levelAt } from "../frame/field.js";
import type { Plan } from "../plan/types.js";
import type { Subject } from "./item.js";
import { perSubject } from "./per-subject.js";

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
export function areaField({
  frame,
  plan,
}: {
  readonly frame: { readonly fields: ReadonlyMap<string, Field> };
  readonly plan: Pick<Plan, "pia">;
}): string | undefined {
  return [plan.pia?.areas, ...areaFields].find((name) => name !== undefined && frame.fields.has(name));
}

/** Those of the subject's units of which a field says this. */
export function unitsWhere({ units }: Subject, field: Field, holds: (level: string) => boolean): Int32Array {
  const held = field.levels.map(holds);
  return units.filter((unit) => held[field.codes[unit] as number]);
}

/** Where a unit stands on the reference date. */
export const dayStandings = ["Open", "Ended", "Not known whether open"] as const;

/**
 * Where each unit of the frame stands on the reference date, as a place in {@link dayStandings}: ended only if its end is
 * on that day or before, open if it ends later or has no end. Without a beginning and an end nobody can tell. Every
 * question of what is open asks here.
 *
 * @returns undefined where the export has no dates to tell by
 */
export function dayStanding({ frame, plan }: Subject): Uint8Array | undefined {
  const open = frame.fields.get("delay_is_open");
  if (open === undefined) return undefined;
  const [from, to] = [frame.fields.get(plan.delay.from), frame.fields.get(plan.delay.to)];
  const [undated, endless] = [from, to].map((field) =>
    field?.levels.map((level) => isBlankLevel(field.kind, level)),
  );
  const isOpen = open.levels.map((level) => level === "yes");
  return Uint8Array.from(frame.ids, (_, unit) => {
    if (!isOpen[open.codes[unit] as number]) return 1;
    const bare =
      undated?.[from?.codes[unit] as number] === true && endless?.[to?.codes[unit] as number] === true;
    return bare ? 2 : 0;
  });
}

/** Units open on the reference date; undefined where the export cannot tell. */
export function openUnits(subject: Subject): Int32Array | undefined {
  return openOf(subject).units;
}

const openOf = perSubject((subject): { readonly units?: Int32Array } => {
  const standing = dayStanding(subject);
  return standing === undefined ? {} : { units: subject.units.filter((unit) => standing[unit] === 0) };
});

/** What a field says of a unit; "" where the frame lacks it. */
export function textAt(subject: Subject, name: string, unit: number): string {
  const field = subject.frame.fields.get(name);
  return field === undefined ? "" : levelAt(field, unit);
}
