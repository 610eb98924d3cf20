import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { type Frequencies, meanOf, totalOf, varianceOf } from "./count-distribution.js";
import type { Interval } from "./wilson.js";

/**
 * 95 % interval of a mean count over independent draws. It takes the variance to be in proportion to the mean, D = s²/m, and
 * holds every μ with |m − μ| ≤ z·√(D·μ/K): for common counts m ± z·s/√K, for rare ones it stays above 0. Where all
 * counts were the same, another one by 1 may still come up in z²/(K + z²) of the draws (Wilson's limit for 0 of K), and it
 * reaches so far; a mean of 0 has no other side.
 *
 * @param frequencies - of the counts; at least one
 * @see the score method of Wilson (1927) JASA 22:209–212; McCullagh & Nelder (1989) Generalized Linear Models, §6.2, for D
 */
export function meanCountInterval(frequencies: Frequencies): Interval {
  const z = normalQuantile(0.975, 0, 1);
  const draws = totalOf(frequencies);
  const mean = meanOf(frequencies);
  const variance = varianceOf(frequencies);
  if (variance === 0) {
    const unseen = (z * z) / (draws + z * z);
    return { lower: mean === 0 ? 0 : mean - unseen, upper: mean + unseen };
  }
  const step = (z * z * variance) / (mean * draws);
  const half = Math.sqrt(mean * step + (step * step) / 4);
  return { lower: mean + step / 2 - half, upper: mean + step / 2 + half };
}
