import { normalMultiplier } from "../../statistics/confidence.js";
import { effectiveWilsonInterval } from "../../statistics/effective-wilson.js";
import { rateInterval } from "../../statistics/rate-interval.js";
import type { Interval95 } from "../result.js";
import type { AreaCount } from "./judge-counts.js";

/** How counts become figures. */
export interface FigureOptions {
  readonly kind: "share" | "rate";
  /** Of a count, for children in families. */
  readonly designEffect: number;
  /** A rate is for so many. */
  readonly multiplier: number;
  /** Default 0.95. */
  readonly confidence?: number;
}

/** The figure of an area: a share with Wilson's interval at the effective size, or a rate with that of its count. */
export function figureOf({ count, n }: AreaCount, options: FigureOptions): Interval95 {
  const { kind, designEffect, multiplier, confidence = 0.95 } = options;
  if (kind === "rate") {
    const { rate, lower, upper } = rateInterval(count, { denominator: n, multiplier, confidence });
    return { value: rate, lower, upper };
  }
  const value = Math.min(1, count / n);
  if (value > 0 && value < 1) {
    const variance = (designEffect * value * (1 - value)) / n;
    return { value, ...effectiveWilsonInterval({ proportion: value, variance }, { confidence }) };
  }
  // At the ends Wilson's other bound is n/(n + z²), of the effective n.
  const z = normalMultiplier(confidence);
  const size = n / designEffect;
  const bound = size / (size + z * z);
  return value === 0 ? { value, lower: 0, upper: 1 - bound } : { value, lower: bound, upper: 1 };
}

/** An interval over a number. */
export function over({ value, lower, upper }: Interval95, divisor: number): Interval95 {
  return { value: value / divisor, lower: lower / divisor, upper: upper / divisor };
}
