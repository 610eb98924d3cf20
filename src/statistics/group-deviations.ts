import type { CaseInfluence } from "./case-influence.js";
import { checkGrouping, type Grouping } from "./grouping.js";
import { pearsonTail } from "./pearson-tail.js";
import { requireSameLength } from "./refusals.js";

/** The cases that a cluster has in one group, as one. */
export interface ClusterInfluence {
  readonly values: Float64Array;
  /** As all clusters together say that such a one varies. */
  readonly variances: Float64Array;
  readonly endings: Float64Array;
  readonly groups: Int32Array;
  /** Variance of a case over that of an independent one, and covariance of two of one cluster over it: one each for all. */
  readonly scale: number;
  readonly likeness: number;
  /** Mean cube of a value over the mean cube of its standard deviation. */
  readonly skewness: number;
}

/**
 * Cases' influence summed by cluster, with one variance for all: φ·Σ_i v_i + ρ·Σ_{i≠j} √(v_i·v_j), v_i what `caseInfluence` gives,
 * φ = Σ u_i²/Σ v_i over all cases, and ρ = Σ_{i≠j} u_i·u_j/Σ_{i≠j} √(v_i·v_j) over all pairs of one cluster and group.
 *
 * @param options.clusters - of each case; one that lies in several groups is one in each
 * @param options.groups - of each case
 * @throws CasedrawError `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE`
 * @remarks The variance of a cluster is not below that of its cases were they as unlike as can be, 0. O(n).
 * @see Liang & Zeger (1986) Biometrika 73:13–22, for one correlation of all pairs
 */
export function clusterInfluence(
  influence: CaseInfluence,
  { clusters, groups }: { readonly clusters: Grouping; readonly groups: Grouping },
): ClusterInfluence {
  const n = influence.values.length;
  requireSameLength("Clusters", clusters.codes.length, n);
  checkGrouping(clusters, n, "Clusters");
  checkGrouping(groups, n, "Groups");
  const places = new Map<number, number>();
  const cellOf = new Int32Array(n);
  for (let at = 0; at < n; at++) {
    const key = (clusters.codes[at] as number) * groups.count + (groups.codes[at] as number);
    const cell = places.get(key) ?? places.size;
    places.set(key, cell);
    cellOf[at] = cell;
  }
  const [values, own, roots, endings, variances] = [0, 1, 2, 3, 4].map(
    () => new Float64Array(places.size),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  let squares = 0;
  for (let at = 0; at < n; at++) {
    const [cell, value, variance] = [
      cellOf[at] as number,
      influence.values[at] as number,
      influence.variances[at] as number,
    ];
    values[cell]! += value;
    own[cell]! += variance;
    roots[cell]! += Math.sqrt(variance);
    endings[cell]! += influence.endings[at] as number;
    squares += value * value;
  }
  let [together, independent, pairs] = [0, 0, 0];
  for (let cell = 0; cell < values.length; cell++) {
    const [value, variance, root] = [values[cell] as number, own[cell] as number, roots[cell] as number];
    together += value * value;
    independent += variance;
    pairs += root * root - variance;
  }
  const scale = independent > 0 ? squares / independent : 1;
  const likeness = pairs > independent * 1e-9 ? (together - squares) / pairs : 0;
  let [cubes, spread] = [0, 0];
  for (let cell = 0; cell < values.length; cell++) {
    const [value, variance, root] = [values[cell] as number, own[cell] as number, roots[cell] as number];
    const held = Math.max(0, scale * variance + likeness * (root * root - variance));
    variances[cell] = held;
    cubes += value * value * value;
    spread += held * Math.sqrt(held);
  }
  const held = Int32Array.from(places.keys(), (key) => key % groups.count);
  return {
    values,
    variances,
    endings,
    groups: held,
    scale,
    likeness,
    skewness: spread > 0 ? cubes / spread : 0,
  };
}

/** A group beside all others. */
export interface GroupDeviation {
  /** Below 0 where cases end sooner than elsewhere. */
  readonly z: number;
  /** Two-sided: twice the smaller tail, at most 1; undefined where nothing varies. */
  readonly pValue: number | undefined;
  readonly clusters: number;
  /** Endings to be seen were the hazard that of all. */
  readonly expected: number;
}

/**
 * Whether the sums of groups' clusters lie further from 0 than chance has them. Each is tested against the others: of a group that
 * has a part π of all variance, the sum less its part of the sum of all varies by (1 − π) of its clusters' variance.
 *
 * @param count - how many groups there are
 * @remarks The variance and the skewness come of all groups' clusters, so that a small group is not judged by what little it says
 *   of its own. Tails by `pearsonTail`. O(clusters).
 * @see Breslow (1975) Int Stat Rev 43:45–57, for observed endings against those of a known hazard; Mielke & Berry (2007)
 *   Permutation Methods, §2.3, for three moments
 */
export function groupDeviations(
  { values, variances, endings, skewness, groups }: ClusterInfluence,
  count: number,
): readonly GroupDeviation[] {
  const [sums, varied, cubed, held, expected] = [0, 1, 2, 3, 4].map(() => new Float64Array(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  let [all, total] = [0, 0];
  for (let cell = 0; cell < values.length; cell++) {
    const [group, variance] = [groups[cell] as number, variances[cell] as number];
    sums[group]! += values[cell] as number;
    varied[group]! += variance;
    cubed[group]! += variance * Math.sqrt(variance);
    held[group]!++;
    expected[group]! += endings[cell] as number;
    all += values[cell] as number;
    total += variance;
  }
  return Array.from(sums, (sum, group) => {
    const [own, clusters] = [varied[group] as number, held[group] as number];
    const part = own / total;
    const variance = own * (1 - part);
    const base = { clusters, expected: expected[group] as number };
    if (!(variance > 0)) return { ...base, z: 0, pValue: undefined };
    const z = (sum - part * all) / Math.sqrt(variance);
    const third = skewness * (cubed[group] as number) * (1 - part) * (1 - 2 * part);
    const { lower, upper } = pearsonTail(z, third / (variance * Math.sqrt(variance)));
    return { ...base, z, pValue: Math.min(1, 2 * Math.min(lower, upper)) };
  });
}
