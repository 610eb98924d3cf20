import { hash } from "node:crypto";
import { compareRatios, type Ratio } from "../exact.js";

/** One stratum's claim on the sample. */
export interface Share {
  readonly key: string;
  /** Size measure a_h, a whole number ≥ 1; shares are proportional to it. */
  readonly measure: bigint;
  readonly min: number;
  readonly max: number;
}

/**
 * Whole numbers proportional to the measures, within bounds, summing to `total`.
 *
 * The real solution is n_h = clamp(λ·a_h, min_h, max_h) with λ such that Σ n_h = total; it is rounded down and what is
 * left goes by largest remainder to the strata strictly inside their bounds. All in integers: no rounding error can
 * move a unit. Equal remainders go to the smaller SHA-256 of the key, never to the first in the list.
 *
 * @param shares - Σ min ≤ total ≤ Σ max, min ≤ max, measure ≥ 1 (the caller has checked)
 * @param total - whole number
 * @returns one whole number a share, in the order given
 */
export function boundedShares(shares: readonly Share[], total: number): number[] {
  const scale = solveScale(shares, BigInt(total));
  const result: number[] = [];
  const inside: { index: number; remainder: bigint; tie: string }[] = [];
  let left = total;
  for (const [index, share] of shares.entries()) {
    const claim = scale.over * share.measure;
    const strictlyInside = claim > BigInt(share.min) * scale.under && claim < BigInt(share.max) * scale.under;
    let whole: number;
    if (strictlyInside) {
      whole = Number(claim / scale.under);
      inside.push({ index, remainder: claim % scale.under, tie: hash("sha256", share.key, "hex") });
    } else {
      whole = claim <= BigInt(share.min) * scale.under ? share.min : share.max;
    }
    result.push(whole);
    left -= whole;
  }
  inside.sort((a, b) =>
    a.remainder === b.remainder ? (a.tie < b.tie ? -1 : 1) : a.remainder > b.remainder ? -1 : 1,
  );
  for (const { index } of inside.slice(0, left)) result[index] = (result[index] as number) + 1;
  return result;
}

/** λ, exact: the clamped claims rise with it, so the stretch between two bounds that meets the total is found first. */
function solveScale(shares: readonly Share[], total: bigint): Ratio {
  const bends: Ratio[] = [];
  for (const share of shares) {
    for (const bound of [share.min, share.max]) bends.push({ over: BigInt(bound), under: share.measure });
  }
  bends.sort(compareRatios);
  let low = 0;
  let high = bends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (claimed(shares, bends[middle] as Ratio, total)) high = middle;
    else low = middle + 1;
  }
  const upper = bends[low] as Ratio;
  // Between the bend before and this one the free strata do not change: solve the straight line.
  let fixed = 0n;
  let freeMeasure = 0n;
  for (const share of shares) {
    const { measure } = share;
    if (compareRatios({ over: BigInt(share.max), under: measure }, upper) < 0) fixed += BigInt(share.max);
    else if (compareRatios({ over: BigInt(share.min), under: measure }, upper) >= 0)
      fixed += BigInt(share.min);
    else freeMeasure += measure;
  }
  return freeMeasure === 0n ? upper : { over: total - fixed, under: freeMeasure };
}

/** Whether the clamped claims at this scale reach the total. */
function claimed(shares: readonly Share[], scale: Ratio, total: bigint): boolean {
  let sum = 0n;
  for (const share of shares) {
    const claim = scale.over * share.measure;
    const min = BigInt(share.min) * scale.under;
    const max = BigInt(share.max) * scale.under;
    sum += claim < min ? min : claim > max ? max : claim;
  }
  return sum >= total * scale.under;
}
