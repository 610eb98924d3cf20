import type { Interval } from "./wilson.js";

/** On which scale an interval of a probability is symmetric: that of its log, of its log-log, or its own. */
export type IntervalScale = "log" | "log-log" | "plain";

/**
 * Interval of an estimated probability p with standard error s, at z standard errors on a scale.
 *
 * - `plain`: p ± z·s, cut at 0 and 1
 * - `log`: p·exp(±z·s/p), cut at 1
 * - `log-log`: p to the power exp(±z·s/(p·log p)), always within (0, 1)
 *
 * @returns undefined where the scale has no place for p: 0, and 1 under `log-log`
 * @see Borgan & Liestøl (1990) Scand J Stat 17:35–41; Klein & Moeschberger (2003) Survival Analysis, 2nd ed., §4.3
 */
export function probabilityInterval(
  estimate: { readonly p: number; readonly standardError: number },
  scale: IntervalScale,
  z: number,
): Interval | undefined {
  const { p, standardError } = estimate;
  if (p <= 0) return undefined;
  if (scale === "plain") {
    return { lower: Math.max(0, p - z * standardError), upper: Math.min(1, p + z * standardError) };
  }
  const relative = (z * standardError) / p;
  if (scale === "log") return { lower: p * Math.exp(-relative), upper: Math.min(1, p * Math.exp(relative)) };
  if (p >= 1) return undefined;
  const log = Math.log(p);
  const reach = Math.exp(-relative / log);
  return { lower: Math.exp(log * reach), upper: Math.exp(log / reach) };
}
