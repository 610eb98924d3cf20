import type { Funnel, IndicatorComparison } from "../analysis/regional/comparison.js";
import {
  adjustedFunnelLimits,
  proportionFunnelLimits,
  ratioFunnelLimits,
} from "../statistics/funnel-limits.js";
import type { Interval } from "../statistics/wilson.js";

/** A limit of a funnel: points along it, in the figures' own unit. */
export interface FunnelLine {
  readonly confidence: 0.95 | 0.998;
  readonly side: "lower" | "upper";
  /** Widened for differences that all areas have. */
  readonly adjusted: boolean;
  readonly points: readonly { readonly size: number; readonly value: number }[];
}

const confidences = [0.95, 0.998] as const;
const sides = ["lower", "upper"] as const;
const pieces = 80;

/**
 * A funnel's limits over a range of sizes: raw, and widened for overdispersion where its τ² is above 0. Sizes are cases or
 * expected counts; for children of one case the limits are those of `size / designEffect`.
 *
 * @param most - the largest size drawn
 */
export function funnelLines(
  { funnel, variation, designEffect }: Pick<IndicatorComparison, "funnel" | "variation" | "designEffect">,
  most: number,
): FunnelLine[] {
  if (funnel === undefined) return [];
  const { kind, target } = funnel;
  // None of either can be off a target at the end of the scale.
  if (kind === "proportion" && (target <= 0 || target >= 1)) return [];
  // Closer where the funnel is narrow to bend: small sizes.
  const sizes = Array.from({ length: pieces }, (_, at) => {
    const part = (at + 1) / pieces;
    return most * part * part;
  }).filter((size) => size / designEffect >= 0.5);
  const raw = (size: number, confidence: number) => rawLimits(size, { funnel, confidence });
  const widened = (size: number, confidence: number) =>
    adjustedFunnelLimits(size, {
      scale: variation?.scale ?? "log",
      ...(kind === "proportion" ? { target } : {}),
      variation: { tauSquared: variation?.tauSquared ?? 0 },
      confidence,
    });
  const isWidened = variation !== undefined && variation.tauSquared > 0;
  return (isWidened ? [false, true] : [false]).flatMap((adjusted) =>
    confidences.flatMap((confidence) => {
      const limits = sizes.map((size) => ({
        size,
        ...(adjusted ? widened : raw)(size / designEffect, confidence),
      }));
      return sides.map(
        (side): FunnelLine => ({
          confidence,
          side,
          adjusted,
          points: limits.map((limit) => ({ size: limit.size, value: limit[side] })),
        }),
      );
    }),
  );
}

/** Limits that are not widened, at an effective size. */
export function rawLimits(
  size: number,
  { funnel: { kind, target }, confidence }: { readonly funnel: Funnel; readonly confidence: number },
): Interval {
  return kind === "proportion"
    ? proportionFunnelLimits(size, { target, confidence })
    : ratioFunnelLimits(size, { confidence });
}
