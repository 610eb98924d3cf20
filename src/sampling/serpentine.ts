import { CasedrawError } from "../errors.js";
import type { Field } from "../frame/field.js";
import { compareBytes } from "../frame/text.js";
import { designField } from "./design-field.js";
import type { TicketedUnit } from "./smallest-tickets.js";

/**
 * Sorts units by several fields so that neighbours are alike: by the first field, then by the next with its direction
 * turned at each new group, so that where one group ends the next begins with the same level. Within a cell units keep
 * the order given.
 *
 * @param units - in ticket order
 * @param fields - the first weighs most; bands stand in band order, numbers by size, everything else in byte order
 * @see Williams & Chromy (1980) on serpentine (hierarchic) ordering for systematic sampling
 */
export function serpentine(units: readonly TicketedUnit[], fields: readonly Field[]): TicketedUnit[] {
  const ranks = fields.map(rankLevels);
  const turned = fields.map(() => false);
  const walk = (group: readonly TicketedUnit[], depth: number): readonly TicketedUnit[] => {
    const field = fields[depth];
    if (field === undefined) return group;
    const rank = ranks[depth] as Int32Array;
    const direction = turned[depth] === true ? -1 : 1;
    turned[depth] = !turned[depth];
    const byLevel = new Map<number, TicketedUnit[]>();
    for (const found of group) {
      const level = rank[field.codes[found.unit] as number] as number;
      const alike = byLevel.get(level);
      if (alike === undefined) byLevel.set(level, [found]);
      else alike.push(found);
    }
    const result: TicketedUnit[] = [];
    for (const [, alike] of [...byLevel].sort(([a], [b]) => direction * (a - b))) {
      for (const found of walk(alike, depth + 1)) result.push(found);
    }
    return result;
  };
  return [...walk(units, 0)];
}

/** The place of each level in the field's order. */
function rankLevels({ kind, levels, order = [] }: Field): Int32Array {
  const banded = (level: string): number => {
    const at = order.indexOf(level);
    return at === -1 ? order.length : at;
  };
  const numeric = (level: string): number => (level === "" ? Number.NEGATIVE_INFINITY : Number(level));
  const bySize = (a: string, b: string): number => {
    const [x, y] = [numeric(a), numeric(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  };
  const sorted = levels.toSorted(
    kind === "number" ? bySize : (a, b) => banded(a) - banded(b) || compareBytes(a, b),
  );
  const place = new Map(sorted.map((level, at) => [level, at]));
  return Int32Array.from(levels, (level) => place.get(level) as number);
}

/** The fields to sort by. */
export function sortFields(fields: ReadonlyMap<string, Field>, names: readonly string[]): Field[] {
  return names.map((name) => {
    const remedy = "take it out of sample.balance; method: random needs none.";
    const field = designField(fields, name, { role: "Sort", remedy });
    if (field.kind === "list") {
      throw new CasedrawError(
        "SORT_FIELD_LIST",
        `Sort field "${name}" has several values for some units, so units cannot be put in its order. ` +
          "Take it out of sample.balance, or use method: balanced, which takes lists.",
        { field: name },
      );
    }
    return field;
  });
}
