import { derSimonianLaird } from "../../statistics/dersimonian-laird.js";
import { type FunnelScale, funnelScales } from "../../statistics/funnel-scale.js";
import { overdispersion } from "../../statistics/overdispersion.js";
import { quantile } from "../../statistics/quantile.js";
import type { Variation } from "./comparison.js";
import type { AreaCount } from "./judge-counts.js";

/** With fewer areas nobody can say how areas vary. */
const leastAreas = 5;

interface NamedCount extends AreaCount {
  readonly area: string;
}

interface VariationOptions {
  readonly kind: "share" | "rate";
  /** Share or rate of all areas together. */
  readonly target: number;
  readonly designEffect: number;
  readonly multiplier: number;
}

/** By more than this rounding may not add to what chance gives. */
const mostRounding = 0.05;

/**
 * Why nothing can be said of how areas vary, where what is hidden or rounded would say something else: counts are hidden because
 * they are small, and areas without the low ones vary in a way of their own.
 *
 * @param options.hidden - how many areas' counts are hidden
 * @param options.slack - by how much rounding may have moved each count
 */
export function unsaidVariation(
  areas: readonly AreaCount[],
  { kind, target, designEffect, hidden, slack }: Rounded & { readonly hidden: number },
): string | undefined {
  if (areas.length + hidden < leastAreas) return undefined;
  if (hidden > 0)
    return "How much areas vary is not said, and no limits are widened for it: counts are hidden because they are small, and the areas that are left do not vary as all do.";
  // A count that may have been any of 2·slack + 1 has a variance of slack·(slack + 1)/3 for that.
  const added = (slack * (slack + 1)) / 3;
  const chance = (n: number): number => designEffect * n * target * (kind === "share" ? 1 - target : 1);
  const parts = areas.map(({ n }) => (added * (1 + target * target)) / chance(n));
  const mean = parts.reduce((sum, part) => sum + part, 0) / Math.max(1, parts.length);
  return mean > mostRounding
    ? "How much areas vary is not said, and no limits are widened for it: rounding counts adds to it."
    : undefined;
}

type Rounded = Pick<VariationOptions, "kind" | "target" | "designEffect"> & { readonly slack: number };

/**
 * How areas vary beyond chance, chance being that of children in families.
 *
 * @param areas - those large enough to be tested
 * @returns undefined for fewer than five areas, and where all or none of the whole have what is measured
 */
export function variationOf(areas: readonly NamedCount[], options: VariationOptions): Variation | undefined {
  const { kind, target, designEffect, multiplier } = options;
  if (areas.length < leastAreas || target <= 0 || (kind === "share" && target >= 1)) return undefined;
  const scale: FunnelScale = kind === "share" ? "arcsine" : "log";
  const points = areas.map(({ count, n }) =>
    kind === "share" ? { observed: Math.min(count, n), size: n } : { observed: count, size: n * target },
  );
  const found = overdispersion(points, { scale, designEffect, ...(kind === "share" ? { target } : {}) });
  const { to, standardError } = funnelScales[scale];
  const { iSquared } = derSimonianLaird(
    points.map(({ observed, size }) => {
      const error = standardError(size / designEffect);
      const counted = scale === "log" && observed === 0 ? 0.5 : observed;
      return { estimate: to(counted / size), variance: error * error };
    }),
  );
  const values = areas.map(({ count, n }) => (count / n) * (kind === "rate" ? multiplier : 1));
  const named = (places: readonly number[]): string[] => places.map((at) => (areas[at] as NamedCount).area);
  return {
    phi: found.phi,
    tauSquared: found.tauSquared,
    scale,
    iSquared,
    p90: quantile(values, 0.9),
    p10: quantile(values, 0.1),
    trimmed: named(found.trimmed),
    zeros: named(found.zeros),
  };
}
