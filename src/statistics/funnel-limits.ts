import { chiSquareQuantile } from "./chi-square-quantile.js";
import { normalMultiplier, upperProbability } from "./confidence.js";
import { type FunnelScale, funnelScales } from "./funnel-scale.js";
import { requireInnerFraction, requirePositive, requireThat } from "./refusals.js";
import type { Interval } from "./wilson.js";

/** How wide a funnel is. */
export interface FunnelOptions {
  /** Share of areas at the target within the limits, a fraction in (0, 1); default 0.95. A second pair is at 0.998. */
  readonly confidence?: number;
}

/**
 * Funnel limits of a standardised ratio, observed over expected, around 1.
 *
 * @param expected - expected count; above 0, need not be whole
 * @returns χ²(α/2; 2E)/2E and χ²(1 − α/2; 2E + 2)/2E
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks The lines that are drawn. Whether an area is higher or lower is for `poissonMidPTest` to say: at small numbers
 *   these lines flag too many low and too few high areas.
 * @see Spiegelhalter (2005) Stat Med 24:1185–1202; R's package FunnelPlotR
 * @example ratioFunnelLimits(15) // → { lower: 0.5597, upper: 1.6493 } to 4 places
 */
export function ratioFunnelLimits(expected: number, options: FunnelOptions = {}): Interval {
  const upper = upperProbability(options.confidence);
  requirePositive("Expected count", expected);
  return {
    lower: chiSquareQuantile(1 - upper, 2 * expected) / (2 * expected),
    upper: chiSquareQuantile(upper, 2 * expected + 2) / (2 * expected),
  };
}

/**
 * Funnel limits of a rate around a target rate: those of a ratio with expected count population × rate, times the rate.
 *
 * @param population - in the unit of the rate's denominator; above 0
 * @param options.rate - the target; above 0
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @see Spiegelhalter (2005) Stat Med 24:1185–1202
 * @example rateFunnelLimits(1500, { rate: 0.01 }) // → { lower: 0.0056, upper: 0.0165 } to 4 places
 */
export function rateFunnelLimits(
  population: number,
  options: FunnelOptions & { readonly rate: number },
): Interval {
  requirePositive("Population", population);
  requirePositive("Target rate", options.rate);
  const { lower, upper } = ratioFunnelLimits(population * options.rate, options);
  return { lower: lower * options.rate, upper: upper * options.rate };
}

/**
 * Funnel limits of a proportion around a target, on the arcsine scale.
 *
 * @param cases - the area's; above 0
 * @param options.target - usually the proportion over all areas; a fraction in (0, 1)
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @remarks The lines that are drawn, as with `ratioFunnelLimits`; `binomialMidPTest` says whether an area is higher or lower.
 * @see Spiegelhalter (2005) Stat Med 24:1185–1202; R's package FunnelPlotR
 * @example proportionFunnelLimits(100, { target: 0.5 }) // → { lower: 0.4026, upper: 0.5974 } to 4 places
 */
export function proportionFunnelLimits(
  cases: number,
  options: FunnelOptions & { readonly target: number },
): Interval {
  requirePositive("Cases", cases);
  return adjustedFunnelLimits(cases, { ...options, scale: "arcsine", variation: { phi: 1 } });
}

/**
 * Funnel limits widened for overdispersion: areas differ by more than chance, for reasons that no one names.
 *
 * @param size - the area's expected count (ratios) or cases (proportions); above 0
 * @param options.scale - the one that `overdispersion` worked on
 * @param options.target - default 1 for ratios; a fraction in (0, 1), to be given, for proportions
 * @param options.variation - what `overdispersion` found. `tauSquared` adds to each area's variance (random effects); `phi`
 *   multiplies it, and where it is below 1 narrows nothing
 * @returns the target ± z·√(s² + τ²) or z·s·√φ on the scale, brought back; a bound beyond the scale's end is the end
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`
 * @see Spiegelhalter (2005) Qual Saf Health Care 14:347–351; Spiegelhalter et al. (2012) JRSS A 175:1–47
 * @example adjustedFunnelLimits(15, { scale: "log", variation: { tauSquared: 0.04 } }) // → { lower: 0.5272, upper: 1.8967 } to 4 places
 */
export function adjustedFunnelLimits(
  size: number,
  options: FunnelOptions & {
    readonly scale: FunnelScale;
    readonly target?: number;
    readonly variation: { readonly tauSquared: number } | { readonly phi: number };
  },
): Interval {
  const { scale, target = 1, variation } = options;
  const z = normalMultiplier(options.confidence);
  requirePositive("Size of the area", size);
  if (scale === "arcsine") requireInnerFraction("Target", target);
  else requirePositive("Target", target);
  const amount = "phi" in variation ? variation.phi : variation.tauSquared;
  requireThat(amount >= 0 && amount < Infinity, {
    what: "phi" in variation ? "Phi" : "Tau squared",
    rule: "it is a number of 0 or more",
    value: amount,
    next: "Take it from overdispersion.",
  });
  const { to, from, standardError } = funnelScales[scale];
  const own = standardError(size);
  const error = "phi" in variation ? own * Math.sqrt(Math.max(1, amount)) : Math.sqrt(own * own + amount);
  return { lower: from(to(target) - z * error), upper: from(to(target) + z * error) };
}
