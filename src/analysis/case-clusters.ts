import { compareBytes } from "../frame/text.js";
import type { Subject } from "./item.js";
import { perSubject } from "./per-subject.js";

/** The case of each unit, for figures that let children of one case be alike. */
export interface CaseClusters {
  readonly count: number;
  /** For each of the subject's units, in their order, its case from 0; cases in byte order of their ids. */
  readonly of: Int32Array;
}

/** Numbers the cases of a subject's units; a unit is its own where cases are not known, or are the units. */
export const caseClusters = perSubject(clustersOf);

function clustersOf({ frame, plan, units }: Subject): CaseClusters {
  const cases = plan.unit === "child" ? frame.fields.get("case_id") : undefined;
  const idOf = (unit: number): string =>
    cases === undefined ? (frame.ids[unit] as string) : (cases.levels[cases.codes[unit] as number] as string);
  const ids = [...new Set(Array.from(units, idOf))].sort(compareBytes);
  const place = new Map(ids.map((id, at) => [id, at]));
  return { count: ids.length, of: Int32Array.from(units, (unit) => place.get(idOf(unit)) as number) };
}
