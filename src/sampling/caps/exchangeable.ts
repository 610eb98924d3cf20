import type { DesignStratum } from "../design.js";
import type { CapGroups } from "./cap-groups.js";

/** Units that no draw can tell apart: they share one inclusion probability. */
export interface ExchangeableClasses {
  /** The class of each unit of the frame; −1 where it is in no stratum that gives units. */
  readonly classOf: Int32Array;
  /** Units of each class. */
  readonly sizes: Int32Array;
}

/**
 * Puts units into classes within which they can be exchanged: the same stratum and, for each capped field, groups whose
 * members have the same classes. The classes are refined until they no longer change; with one capped field that is
 * the stratum and the strata of the unit's fellow members.
 *
 * @see colour refinement: Weisfeiler & Leman (1968); exact where the groups of one field lie within those of another
 */
export function exchangeableClasses(
  strata: readonly DesignStratum[],
  { fields }: CapGroups,
  unitCount: number,
): ExchangeableClasses {
  const units = strata.flatMap((stratum) => Array.from(stratum.units));
  const classOf = new Int32Array(unitCount).fill(-1);
  for (const [at, stratum] of strata.entries()) for (const unit of stratum.units) classOf[unit] = at;
  let count = strata.length;
  for (;;) {
    const colours = fields.map(({ groups, groupCount }) => groupColours(units, groups, groupCount, classOf));
    const known = new Map<string, number>();
    const next = units.map((unit) => {
      const key = [
        classOf[unit],
        ...fields.map(({ groups }, f) => {
          const group = groups[unit] as number;
          return group === -1 ? -1 : (colours[f] as Int32Array)[group];
        }),
      ].join(" ");
      const code = known.get(key) ?? known.size;
      known.set(key, code);
      return code;
    });
    for (const [i, unit] of units.entries()) classOf[unit] = next[i] as number;
    if (known.size === count) break;
    count = known.size;
  }
  const sizes = new Int32Array(count);
  for (const unit of units) sizes[classOf[unit] as number] = (sizes[classOf[unit] as number] as number) + 1;
  return { classOf, sizes };
}

/** A number for each group, the same for groups whose members' classes are the same, counted. */
function groupColours(
  units: readonly number[],
  groups: Int32Array,
  groupCount: number,
  classOf: Int32Array,
): Int32Array {
  const members: number[][] = Array.from({ length: groupCount }, () => []);
  for (const unit of units) {
    const group = groups[unit] as number;
    if (group !== -1) (members[group] as number[]).push(classOf[unit] as number);
  }
  const known = new Map<string, number>();
  return Int32Array.from(members, (classes) => {
    const key = classes.sort((a, b) => a - b).join(" ");
    const code = known.get(key) ?? known.size;
    known.set(key, code);
    return code;
  });
}
