import type { DesignStratum } from "../design-stratum.js";
import type { CappedField } from "./cap-groups.js";

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
 * the stratum and the strata of the unit's fellow members. Where the groups of several fields cross, likeness in that sense
 * is not enough (one long chain of groups looks like several short ones), and only units of the same stratum and the very same
 * groups share a class.
 *
 * @see colour refinement: Weisfeiler & Leman (1968); exact on forests, which groups that lie within each other make
 */
export function exchangeableClasses(
  strata: readonly DesignStratum[],
  fields: readonly CappedField[],
  unitCount: number,
): ExchangeableClasses {
  const units = strata.flatMap((stratum) => Array.from(stratum.units));
  const classOf = new Int32Array(unitCount).fill(-1);
  for (const [at, stratum] of strata.entries()) for (const unit of stratum.units) classOf[unit] = at;
  const nested = liesWithin(units, fields);
  let count = strata.length;
  for (;;) {
    const colours = fields.map(({ groups, groupCount }) =>
      nested
        ? groupColours(units, groups, groupCount, classOf)
        : Int32Array.from({ length: groupCount }, (_, g) => g),
    );
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

/** Whether of every two fields the groups of one lie within groups of the other. */
function liesWithin(units: readonly number[], fields: readonly CappedField[]): boolean {
  return fields.every((one, at) =>
    fields.slice(at + 1).every((other) => within(units, one, other) || within(units, other, one)),
  );
}

function within(units: readonly number[], { groups, groupCount }: CappedField, outer: CappedField): boolean {
  const found = new Int32Array(groupCount).fill(-2);
  return units.every((unit) => {
    const group = groups[unit] as number;
    if (group === -1) return true;
    const around = outer.groups[unit] as number;
    const known = found[group] as number;
    found[group] = around;
    return known === -2 || known === around;
  });
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
