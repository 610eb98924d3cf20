import { CasedrawError } from "../../errors.js";
import { nearest } from "../../plan/nearest.js";

/** A number for some strata or all, as the plan gives it: by stratum key. */
export type ByStratum = Readonly<Record<string, number>>;

/**
 * Refuses a key that is no stratum of the frame.
 *
 * @param place - the plan's key that holds the numbers, such as `sample.allocation.min`
 * @throws CasedrawError `ALLOCATION_STRATUM_UNKNOWN`
 */
export function refuseUnknownStrata(given: ByStratum, keys: readonly string[], place: string): void {
  const known = new Set(keys);
  const unknown = Object.keys(given).find((key) => !known.has(key));
  if (unknown === undefined) return;
  const meant = nearest(unknown, keys);
  throw new CasedrawError(
    "ALLOCATION_STRATUM_UNKNOWN",
    `${place} names a stratum that the frame does not have: "${unknown}". ` +
      `${meant === undefined ? "" : `Did you mean "${meant}"? `}The strata are ${listKeys(keys)}.`,
    { stratum: unknown, strata: keys },
  );
}

/**
 * The numbers of all strata, where each one needs one.
 *
 * @param place - as above
 * @param advice - what to do about a missing one: a sentence
 * @returns one number a stratum, in the order of `keys`
 * @throws CasedrawError `ALLOCATION_STRATUM_UNKNOWN`, `ALLOCATION_STRATUM_MISSING`
 */
export function numbersOfAll(
  given: ByStratum,
  keys: readonly string[],
  { place, advice }: { readonly place: string; readonly advice: string },
): number[] {
  refuseUnknownStrata(given, keys, place);
  const missing = keys.filter((key) => !Object.hasOwn(given, key));
  if (missing.length > 0) {
    throw new CasedrawError(
      "ALLOCATION_STRATUM_MISSING",
      `${place} leaves strata without a number: ${listKeys(missing)}. ${advice}`,
      { strata: missing },
    );
  }
  return keys.map((key) => given[key] as number);
}

/** Stratum keys for a message: the first eight, and how many more. */
export function listKeys(keys: readonly string[]): string {
  const shown = keys
    .slice(0, 8)
    .map((key) => `"${key}"`)
    .join(", ");
  return keys.length > 8 ? `${shown} and ${keys.length - 8} more` : shown;
}
