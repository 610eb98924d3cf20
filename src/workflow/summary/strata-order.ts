import { bandOrder } from "../../frame/bands.js";
import { compareBytes } from "../../frame/text.js";
import type { Plan } from "../../plan/types.js";
import { partsOfKey } from "../../sampling/update/classes.js";

/**
 * Strata as people are shown them: bands in their own order, "5 to 9" before "10 to 15". Files have them by the bytes of their keys.
 *
 * @param keyOf - a stratum's key, its levels joined by " / "
 */
export function inShownOrder<T>(
  strata: readonly T[],
  keyOf: (stratum: T) => string,
  { fields, plan }: { readonly fields: readonly string[]; readonly plan: Pick<Plan, "bands"> },
): T[] {
  const orders = fields.map((name) => bandOrder(name, plan.bands));
  if (orders.every((order) => order.length === 0)) return [...strata];
  const placesOf = (key: string): readonly [level: string, place: number][] => {
    const levels = partsOfKey(key).home.split(" / ");
    return levels.map((level, at) => {
      const order = orders[at] ?? [];
      const place = order.indexOf(level);
      return [level, place === -1 ? order.length : place];
    });
  };
  const places = new Map(strata.map((stratum) => [stratum, placesOf(keyOf(stratum))]));
  return [...strata].sort((a, b) => {
    const [one, other] = [places.get(a) ?? [], places.get(b) ?? []];
    for (const [at, [level, place]] of one.entries()) {
      const [level2 = "", place2 = 0] = other[at] ?? [];
      const order = place - place2 || compareBytes(level, level2);
      if (order !== 0) return order;
    }
    return compareBytes(keyOf(a), keyOf(b));
  });
}
