import { compareBytes } from "../frame/text.js";

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

function partsOf(name: string): string[] {
  return name.toLowerCase().match(/\d+|\D+/g) ?? [];
}
