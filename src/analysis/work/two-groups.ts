import { type BootstrapValue, caseBootstrap } from "../../statistics/case-bootstrap.js";
import { chiSquareTest } from "../../statistics/chi-square.js";
import { type Moments, standardisedMeanDifference } from "../../statistics/standardised-difference.js";
import type { CaseClusters } from "../case-clusters.js";

/** A number of each unit; NaN where it is not known or does not count. */
export interface Numbers {
  readonly kind: "number";
  readonly values: Float64Array;
}

/** A level of each unit, from 0; −1 where it is not known. */
export interface Levels {
  readonly kind: "level";
  readonly codes: Int32Array;
  readonly count: number;
}

/** Two groups of units that are to be compared. */
export interface TwoGroups {
  /** Of each unit: 0 or 1; −1 in neither. */
  readonly groups: Int8Array;
  readonly clusters: CaseClusters;
  readonly characteristics: readonly (Numbers | Levels)[];
}

/**
 * How unlike two groups are in each characteristic: standardised mean difference of numbers, Cramér's V of levels, with
 * intervals from cases drawn again.
 *
 * @returns in the order of the characteristics
 * @remarks One pass over the units a replicate.
 */
export function compareGroups(
  data: TwoGroups,
  options: { readonly replicates: number; readonly stream: (replicate: number) => () => number },
): readonly BootstrapValue[] {
  const add = adder(data);
  return caseBootstrap({
    clusters: data.clusters.count,
    statistic: (times) => {
      const totals = add(times);
      return data.characteristics.map((characteristic, at) => {
        const own = totals.subarray(add.starts[at], add.starts[at + 1]);
        return characteristic.kind === "number" ? differenceOf(own) : associationOf(own);
      });
    },
    ...options,
  });
}

interface Adder {
  (times: Int32Array): Float64Array;
  /** Where each characteristic's totals begin, and where the last ends. */
  readonly starts: readonly number[];
}

/**
 * Adds up what all characteristics need, cases counting as often as they were drawn. Of a number, by group: how many, their
 * sum, that of their squares; of levels: how many, by level and group.
 */
function adder({ groups, clusters, characteristics }: TwoGroups): Adder {
  const starts = [0];
  for (const one of characteristics)
    starts.push((starts.at(-1) as number) + (one.kind === "number" ? 6 : one.count * 2));
  const places: number[] = [];
  const amounts: number[] = [];
  const cases: number[] = [];
  const unitsOf = unitsByCluster(clusters);
  for (let cluster = 0; cluster < clusters.count; cluster++) {
    const first = places.length;
    // Children of one case are alike in much: what goes to the same place is added up beforehand.
    const put = (place: number, amount: number): void => {
      const held = places.indexOf(place, first);
      if (held !== -1) amounts[held]! += amount;
      else {
        places.push(place);
        amounts.push(amount);
        cases.push(cluster);
      }
    };
    for (const unit of unitsOf[cluster] as number[]) {
      const group = groups[unit] as number;
      if (group < 0) continue;
      characteristics.forEach((one, at) => {
        const start = starts[at] as number;
        const value = (one.kind === "number" ? one.values[unit] : one.codes[unit]) as number;
        if (one.kind === "level") {
          if (value < 0) return;
          put(start + value * 2 + group, 1);
        } else if (!Number.isNaN(value)) {
          put(start + group * 3, 1);
          put(start + group * 3 + 1, value);
          put(start + group * 3 + 2, value * value);
        }
      });
    }
  }
  const totals = new Float64Array(starts.at(-1) as number);
  const ends = placeEnds(places, totals.length);
  const [ofCase, amount] = [new Int32Array(places.length), new Float64Array(places.length)];
  const next = Int32Array.from(ends, (_, place) => ends[place - 1] ?? 0);
  places.forEach((place, i) => {
    const to = next[place]!++;
    ofCase[to] = cases[i] as number;
    amount[to] = amounts[i] as number;
  });
  // Place by place, so that a sum stays in hand until it is whole.
  const add = (times: Int32Array): Float64Array => {
    let i = 0;
    for (let place = 0; place < totals.length; place++) {
      let sum = 0;
      for (const end = ends[place] as number; i < end; i++) {
        sum += (times[ofCase[i] as number] as number) * (amount[i] as number);
      }
      totals[place] = sum;
    }
    return totals;
  };
  return Object.assign(add, { starts });
}

/** Where each place's amounts end, if they are put place after place. */
function placeEnds(places: readonly number[], count: number): Int32Array {
  const ends = new Int32Array(count);
  for (const place of places) ends[place]!++;
  for (let place = 1; place < count; place++) ends[place]! += ends[place - 1] as number;
  return ends;
}

function unitsByCluster({ of, count }: CaseClusters): readonly (readonly number[])[] {
  const units = Array.from({ length: count }, (): number[] => []);
  of.forEach((cluster, unit) => {
    (units[cluster] as number[]).push(unit);
  });
  return units;
}

function differenceOf(totals: Float64Array): number | undefined {
  const [first, second] = [momentsOf(totals.subarray(0, 3)), momentsOf(totals.subarray(3))];
  if (first === undefined || second === undefined || !(first.variance + second.variance > 0))
    return undefined;
  return standardisedMeanDifference({ first, second });
}

function momentsOf(sums: Float64Array): Moments | undefined {
  const [n, sum, squares] = sums as unknown as [number, number, number];
  if (n < 2) return undefined;
  const mean = sum / n;
  return { mean, variance: Math.max(0, (squares - n * mean * mean) / (n - 1)) };
}

/** Levels without units say nothing; without two levels or without one of the groups there is no association. */
function associationOf(table: Float64Array): number | undefined {
  const rows: [number, number][] = [];
  for (let at = 0; at < table.length; at += 2) {
    const row: [number, number] = [table[at] as number, table[at + 1] as number];
    if (row[0] + row[1] > 0) rows.push(row);
  }
  const both = [0, 1].every((group) => rows.some((row) => (row[group] as number) > 0));
  return rows.length < 2 || !both ? undefined : chiSquareTest(rows).cramersV;
}
