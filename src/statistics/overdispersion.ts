import { quantileSorted } from "simple-statistics";
import { CasedrawError } from "../errors.js";
import { type FunnelScale, funnelScales } from "./funnel-scale.js";
import { requireInnerFraction, requirePositive, requireThat } from "./refusals.js";

/** One area: a count and what it is set against. */
export interface FunnelArea {
  /** Observed count; a whole number from 0. */
  readonly observed: number;
  /** Expected count (ratios) or cases (proportions); above 0. */
  readonly size: number;
}

/** How much more areas differ than by chance. */
export interface Overdispersion {
  /** Mean of the squared z; above 1, areas differ by more than chance. */
  readonly phi: number;
  /** Variance between areas on the scale, 0 or more. */
  readonly tauSquared: number;
  /** Each area's z, before any was trimmed. */
  readonly z: readonly number[];
  /** How many areas φ and τ² are taken over. */
  readonly used: number;
  /** Places of the areas whose z was cut to the bound, or left out. */
  readonly trimmed: readonly number[];
  /** Places of the areas with a count of 0 that the log scale took as one half. */
  readonly zeros: readonly number[];
}

/** The share at each end that is trimmed. */
const trimmedShare = 0.1;

/** A z this near to the bound is at it: the bound is interpolated. */
const slack = 1e-9;

/**
 * Overdispersion of areas around a target: φ, the factor by which they vary more than chance has it (multiplicative), and τ²,
 * the variance between areas that accounts for it (additive random effects).
 *
 * - `log`, for ratios: z = √E·log(O/E), the extremes left out (as the SHMI does). A count of 0, which has no log, is taken
 *   as one half for this purpose, and named.
 * - `square-root`, for ratios: z = 2(√O − √E), the extremes cut to the bound (as the Care Quality Commission does).
 * - `arcsine`, for proportions: z = 2√n·(asin √p − asin √target), the extremes cut to the bound.
 *
 * The extremes are those beyond the 10 % and 90 % quantiles of z, of type 7.
 *
 * @param areas - at least 2
 * @param options.target - for `arcsine`, a fraction in (0, 1); default the proportion over all areas. Ratios: 1
 * @param options.designEffect - by how much counts vary more than independent ones, for children in families; above 0, default
 *   1. Then φ and τ² are what areas vary beyond that.
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `STATISTIC_UNDEFINED` if fewer than two areas are left
 * @remarks τ² is DerSimonian and Laird's about the target. Assumes most areas to be alike but for chance and τ². O(n log n).
 * @see Spiegelhalter (2005) Qual Saf Health Care 14:347–351; Spiegelhalter et al. (2012) JRSS A 175:1–47; DerSimonian & Laird
 *   (1986) Control Clin Trials 7:177–188
 * @example overdispersion([{ observed: 10, size: 20 }, { observed: 45, size: 20 }], { scale: "square-root" }).z[1] // → 4.4721 to 4 places; 2(√45 − √20)
 */
export function overdispersion(
  areas: readonly FunnelArea[],
  options: { readonly scale: FunnelScale; readonly target?: number; readonly designEffect?: number },
): Overdispersion {
  const { scale, designEffect = 1 } = options;
  requirePositive("Design effect", designEffect);
  const { to } = funnelScales[scale];
  const standardError = (size: number): number => funnelScales[scale].standardError(size / designEffect);
  for (const area of areas) checkArea(area, scale);
  requireThat(areas.length >= 2, {
    what: "Areas",
    rule: "there are at least 2",
    value: areas.length,
    next: "Compare more areas.",
  });
  const target = scale === "arcsine" ? (options.target ?? pooled(areas)) : 1;
  if (scale === "arcsine") requireInnerFraction("Target", target);
  const zeros = scale === "log" ? placesOf(areas, ({ observed }) => observed === 0) : [];
  const z = areas.map(({ observed, size }) => {
    const counted = scale === "log" && observed === 0 ? 0.5 : observed;
    return (to(counted / size) - to(target)) / standardError(size);
  });
  const sorted = [...z].sort((a, b) => a - b);
  const [low, high] = [quantileSorted(sorted, trimmedShare), quantileSorted(sorted, 1 - trimmedShare)];
  const trimmed = placesOf(z, (value) => value < low - slack || value > high + slack);
  const kept = scale === "log" ? [...z.keys()].filter((at) => !trimmed.includes(at)) : [...z.keys()];
  if (kept.length < 2) {
    throw new CasedrawError(
      "STATISTIC_UNDEFINED",
      `Overdispersion: at least 2 areas are left when the extremes are out, got ${kept.length}. Compare more areas.`,
      { areas: areas.length, left: kept.length },
    );
  }
  let [squares, weights, squaredWeights] = [0, 0, 0];
  for (const at of kept) {
    const own = z[at] as number;
    const value = trimmed.includes(at) ? Math.min(Math.max(own, low), high) : own;
    const error = standardError((areas[at] as FunnelArea).size);
    const weight = 1 / (error * error);
    squares += value * value;
    weights += weight;
    squaredWeights += weight * weight;
  }
  const excess = squares - (kept.length - 1);
  return {
    phi: squares / kept.length,
    tauSquared: Math.max(0, excess / (weights - squaredWeights / weights)),
    z,
    used: kept.length,
    trimmed,
    zeros,
  };
}

function checkArea({ observed, size }: FunnelArea, scale: FunnelScale): void {
  requirePositive("Size of the area", size);
  requireThat(Number.isSafeInteger(observed) && observed >= 0 && (scale !== "arcsine" || observed <= size), {
    what: "Observed count",
    rule:
      scale === "arcsine" ? "it is a whole number from 0 to the area's cases" : "it is a whole number from 0",
    value: observed,
    next: "Check what was counted.",
  });
}

function pooled(areas: readonly FunnelArea[]): number {
  return (
    areas.reduce((sum, { observed }) => sum + observed, 0) / areas.reduce((sum, { size }) => sum + size, 0)
  );
}

function placesOf<T>(list: readonly T[], holds: (value: T) => boolean): number[] {
  return [...list.keys()].filter((at) => holds(list[at] as T));
}
