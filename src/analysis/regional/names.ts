import { compareBytes } from "../../frame/text.js";
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

/** By name, upper and lower case alike, numbers within names as numbers: A2 stands before A10. */
export function byName(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [one, other] = [left[at] as string, right[at] as string];
    const numbers = /^\d/.test(one) && /^\d/.test(other);
    const order = numbers ? Number(one) - Number(other) : compareBytes(one, other);
    if (order !== 0) return order;
  }
  return left.length - right.length || compareBytes(a, b);
}

/** Every area of some comparisons by name, those that are not known last. */
export function areaNamesOf(comparisons: readonly Pick<IndicatorComparison, "areas">[]): string[] {
  const unknown = new Map<string, boolean>();
  for (const { areas } of comparisons)
    for (const { area, unknown: is } of areas) unknown.set(area, is === true);
  return [...unknown.keys()].sort((a, b) => Number(unknown.get(a)) - Number(unknown.get(b)) || byName(a, b));
}

function partsOf(name: string): string[] {
  return name.toLowerCase().match(/\d+|\D+/g) ?? [];
}

/** So many areas are named in a sentence. */
const mostNamed = 12;

/** "Avon, Essex and 3 more". */
export function someNames(names: readonly string[]): string {
  const more = names.length - mostNamed;
  if (more <= 1) return listText(names);
  return listText([...names.slice(0, mostNamed), `${more} more`]);
}
