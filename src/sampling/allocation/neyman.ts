import { hash } from "node:crypto";
import type { Ratio } from "../exact.js";

/** One stratum's claim on an optimal allocation. */
export interface OptimalClaim {
  readonly key: string;
  /** A_h², exact: (N_h·S_h)², under costs divided by c_h. */
  readonly squaredMeasure: Ratio;
  readonly min: number;
  readonly max: number;
}

/** A stratum with the units that it has so far. */
interface Candidate {
  readonly index: number;
  readonly squaredMeasure: Ratio;
  /** Settles equal gains. */
  readonly tie: string;
  readonly size: number;
}

/**
 * Whole numbers within bounds, summing to `total`, that make Σ A_h²/n_h as small as it can be.
 *
 * Starts at the minima and gives one unit at a time to the stratum that gains the most, A_h²/(x(x+1)) from x units to x + 1.
 * A stratum without a unit comes before every stratum with one, whatever its A_h: nothing could be said of it. Gains are
 * compared exactly; equal ones go to the smaller SHA-256 of the key.
 *
 * @param claims - Σ min ≤ total ≤ Σ max (the caller has checked)
 * @param total - whole number
 * @returns one whole number a claim, in the order given
 * @see Wright (2017) Statistics & Probability Letters 129:50–57, algorithm III
 */
export function optimalSizes(claims: readonly OptimalClaim[], total: number): number[] {
  const sizes = claims.map((claim) => claim.min);
  const queue: Candidate[] = [];
  for (const [index, { key, squaredMeasure, min, max }] of claims.entries()) {
    if (min < max) enqueue(queue, { index, squaredMeasure, tie: hash("sha256", key, "hex"), size: min });
  }
  let left = total - sizes.reduce((sum, size) => sum + size, 0);
  for (; left > 0; left--) {
    const gainer = queue.pop() as Candidate;
    const size = gainer.size + 1;
    sizes[gainer.index] = size;
    if (size < (claims[gainer.index] as OptimalClaim).max) enqueue(queue, { ...gainer, size });
  }
  return sizes;
}

/** Keeps the queue in order, the one to be served next at its end. */
function enqueue(queue: Candidate[], candidate: Candidate): void {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (precedes(candidate, queue[middle] as Candidate)) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, candidate);
}

function precedes(a: Candidate, b: Candidate): boolean {
  if ((a.size === 0) !== (b.size === 0)) return a.size === 0;
  // A_a²/(x(x+1)) against A_b²/(y(y+1)), multiplied out; without a unit yet, A_a² against A_b².
  const left = a.squaredMeasure.over * b.squaredMeasure.under * steps(b);
  const right = b.squaredMeasure.over * a.squaredMeasure.under * steps(a);
  return left === right ? a.tie < b.tie : left > right;
}

function steps({ size }: Candidate): bigint {
  return size === 0 ? 1n : BigInt(size) * BigInt(size + 1);
}
