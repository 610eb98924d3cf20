import { byName } from "../name-order.js";
import { listText } from "../words.js";
import type { IndicatorComparison } from "./comparison.js";

/** What all areas together are called, and what an area's comparator is. */
export interface WholeNames {
  readonly whole: string;
  readonly rest: string;
}

/** @param whole - as the plan or the published series names it: `England` */
export function wholeNames(whole: string | undefined): WholeNames {
  return whole === undefined
    ? { whole: "all areas", rest: "the other areas" }
    : { whole, rest: `the rest of ${whole}` };
}

/** Every area of some comparisons by name, those that are not known last. */
export function areaNamesOf(comparisons: readonly Pick<IndicatorComparison, "areas">[]): string[] {
  const unknown = new Map<string, boolean>();
  for (const { areas } of comparisons)
    for (const { area, unknown: is } of areas) unknown.set(area, is === true);
  return [...unknown.keys()].sort((a, b) => Number(unknown.get(a)) - Number(unknown.get(b)) || byName(a, b));
}

/** So many areas are named in a sentence. */
const mostNamed = 12;

/** "Avon, Essex and 3 more". */
export function someNames(names: readonly string[]): string {
  const more = names.length - mostNamed;
  if (more <= 1) return listText(names);
  return listText([...names.slice(0, mostNamed), `${more} more`]);
}
