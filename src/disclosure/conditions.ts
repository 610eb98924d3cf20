import { type Axis, type Count, isMarked, type Tally } from "../analysis/tally.js";
import { CasedrawError } from "../errors.js";

/** What a unit of a level fulfils, and one that is not of it. */
export interface Conditions {
  readonly has: string;
  readonly lacks: string;
}

/** The condition that a level of an axis stands for: the same for the same field and level, whatever the table. */
export function conditionsOf({ field, of, levels }: Axis, at: number): Conditions {
  const { key, of: same } = levels[at] as Axis["levels"][number];
  const asked = of ?? same ?? { field, level: key };
  const has = JSON.stringify([asked.field, asked.level]);
  const lacks = JSON.stringify([asked.field, asked.level, "not"]);
  return of !== undefined && key === "no" ? { has: lacks, lacks: has } : { has, lacks };
}

/** A count as a whole number; what cannot apply counts nobody. */
export function countOf({ id }: Tally, count: Count | undefined): number {
  if (isMarked(count) && count.mark === "z") return 0;
  if (typeof count === "number" && Number.isSafeInteger(count) && count >= 0) return count;
  throw new CasedrawError(
    "DISCLOSURE_COUNTS_INVALID",
    `Table ${id}: counts must be whole numbers from 0, got ${isMarked(count) ? `[${count.mark}]` : count}. ` +
      "Protect tables once, before they are rounded.",
    { tally: id },
  );
}
