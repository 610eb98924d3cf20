import type { Field } from "../frame/field.js";
import { groupByCode } from "../frame/rows.js";

/**
 * Rows that agree in every one of some fields, two or more together. Field by field groups are split, and a row that stands
 * alone is looked at no further: the most telling field goes first.
 *
 * @param among - by row, whether it takes part; default all
 * @returns groups in order of the first field's levels, rows ascending in each
 */
export function agreeingRows(fields: readonly Field[], among?: (row: number) => boolean): Int32Array[] {
  const [first, ...others] = fields as [Field, ...Field[]];
  const { order, starts } = groupByCode(first.codes, first.levels.length);
  let groups: Int32Array[] = [];
  for (let code = 0; code < first.levels.length; code++) {
    const [start, end] = [starts[code] as number, starts[code + 1] as number];
    if (end - start < 2) continue;
    const all = order.subarray(start, end);
    const members = among === undefined ? all : all.filter(among);
    if (members.length > 1) groups.push(members);
  }
  for (const { codes } of others) {
    const next: Int32Array[] = [];
    for (const group of groups) {
      if (group.length === 2) {
        if (codes[group[0] as number] === codes[group[1] as number]) next.push(group);
      } else next.push(...split(group, codes));
    }
    groups = next;
  }
  return groups;
}

function split(group: Int32Array, codes: Int32Array): Int32Array[] {
  if (agree(group, codes)) return [group];
  const parts = new Map<number, number[]>();
  for (const row of group) {
    const code = codes[row] as number;
    const part = parts.get(code);
    if (part === undefined) parts.set(code, [row]);
    else part.push(row);
  }
  return [...parts.values()].filter((part) => part.length > 1).map((part) => Int32Array.from(part));
}

function agree(group: Int32Array, codes: Int32Array): boolean {
  const first = codes[group[0] as number];
  for (let k = 1; k < group.length; k++) if (codes[group[k] as number] !== first) return false;
  return true;
}

/** All rows of groups, ascending. */
export function rowsOfGroups(groups: readonly Int32Array[]): Int32Array {
  return Int32Array.from(groups.flatMap((group) => [...group])).sort();
}

/** All rows of groups but the first of each, ascending. */
export function laterRowsOf(groups: readonly Int32Array[]): Int32Array {
  return rowsOfGroups(groups.map((group) => group.subarray(1)));
}
