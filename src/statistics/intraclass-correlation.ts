import { CasedrawError } from "../errors.js";
import type { ClusteredValues } from "./cluster-variance.js";
import { checkGrouping } from "./grouping.js";

/** How alike units of one cluster are. */
export interface IntraclassCorrelation {
  /** ρ; below 0 where values of one cluster differ more than those of several. */
  readonly correlation: number;
  readonly meanSquareBetween: number;
  readonly meanSquareWithin: number;
  /** Average size of a cluster as the analysis of variance takes it. */
  readonly averageSize: number;
  /** 1 + (Σm²/n − 1)·ρ: what a mean over values suffers from clusters of these sizes. */
  readonly designEffect: number;
}

/**
 * Intraclass correlation by one-way analysis of variance: how alike the values of one cluster are, for example those of the
 * children of one family's case.
 *
 * @param data - values and their clusters, coded from 0
 * @throws CasedrawError `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE`, `STATISTIC_UNDEFINED` with fewer than two clusters, with none
 *   of more than one value, or where all values are the same
 * @remarks ρ = (B − W)/(B + (m₀ − 1)W), m₀ = (n − Σm²/n)/(C − 1). Assumes clusters drawn alike. O(n).
 * @see Donner (1986) Int Stat Rev 54:67–82; Kish (1965) Survey Sampling, §5.4
 * @example intraclassCorrelation({ values: [1, 2, 5, 6], clusters: { codes: [0, 0, 1, 1], count: 2 } }).correlation // → 0.9394 to 4 places
 */
export function intraclassCorrelation(data: ClusteredValues): IntraclassCorrelation {
  const { values, clusters } = data;
  const n = values.length;
  checkGrouping(clusters, n, "Clusters");
  const sums = new Float64Array(clusters.count);
  const sizes = new Float64Array(clusters.count);
  let total = 0;
  for (let at = 0; at < n; at++) {
    const code = clusters.codes[at] as number;
    sums[code]! += values[at] as number;
    sizes[code]!++;
    total += values[at] as number;
  }
  const held = sizes.filter((size) => size > 0).length;
  if (held < 2 || held === n) {
    refuse(
      "at least 2 clusters, one of them with several values, are wanted",
      `${held} clusters of ${n} values`,
    );
  }
  let [between, within, squaredSizes] = [0, 0, 0];
  for (let code = 0; code < clusters.count; code++) {
    const size = sizes[code] as number;
    if (size === 0) continue;
    const distance = (sums[code] as number) / size - total / n;
    between += size * distance * distance;
    squaredSizes += size * size;
  }
  for (let at = 0; at < n; at++) {
    const code = clusters.codes[at] as number;
    const distance = (values[at] as number) - (sums[code] as number) / (sizes[code] as number);
    within += distance * distance;
  }
  const meanSquareBetween = between / (held - 1);
  const meanSquareWithin = within / (n - held);
  const averageSize = (n - squaredSizes / n) / (held - 1);
  const spread = meanSquareBetween + (averageSize - 1) * meanSquareWithin;
  if (!(spread > 0)) refuse("values differ", "the same one everywhere, or what is no number");
  const correlation = (meanSquareBetween - meanSquareWithin) / spread;
  const designEffect = 1 + (squaredSizes / n - 1) * correlation;
  return { correlation, meanSquareBetween, meanSquareWithin, averageSize, designEffect };
}

function refuse(rule: string, got: string): never {
  throw new CasedrawError(
    "STATISTIC_UNDEFINED",
    `Intraclass correlation: ${rule}, got ${got}. Take the design effect as 1 and say so.`,
  );
}
