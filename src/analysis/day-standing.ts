import { isBlankLevel } from "../frame/field.js";
import type { Subject } from "./item.js";
import { perSubject } from "./per-subject.js";

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
