import { chiSquareQuantile } from "./chi-square-quantile.js";
import { chiSquareTail } from "./chi-square-tail.js";
import { requirePositive, requireThat } from "./refusals.js";

/** The figure of one period. */
export interface TrendPoint {
  readonly value: number;
  /** Above 0; from a published 95 % interval, its width over 3.92. */
  readonly standardError: number;
}

/** Whether five points in a row rise or fall by more than chance. */
export interface FivePointTrend {
  readonly direction: "increasing" | "decreasing" | "none";
  /** Change a period, over all five. */
  readonly slope: number;
  /** (slope/its standard error)², to hold against 9.54954. */
  readonly statistic: number;
  readonly pValue: number;
  /** Whether the slope keeps its sign whichever point is left out. */
  readonly consistent: boolean;
}

const points = 5;

/** 9.54953570608324: the statistic exceeds it once in 500 series without a trend. */
const critical = chiSquareQuantile(0.998, 1);

/**
 * Five-point trend: whether a published indicator rose or fell over its last five periods.
 *
 * @param series - exactly 5 points, equally spaced, oldest first
 * @returns a direction where the inverse-variance weighted slope has χ² above 9.54954 and the same sign in each of the five
 *   fits that leave one point out
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`
 * @remarks Assumes independent figures with known standard errors.
 * @see Office for Health Improvement and Disparities, Fingertips technical guidance, "Recent trends"
 * @example fivePointTrend([1, 2, 3, 4, 5].map((value) => ({ value, standardError: 0.5 }))).statistic // → 40
 */
export function fivePointTrend(series: readonly TrendPoint[]): FivePointTrend {
  requireThat(series.length === points, {
    what: "Points of the trend",
    rule: `there are ${points}`,
    value: series.length,
    next: "Take the five latest periods, or none.",
  });
  for (const { value, standardError } of series) {
    requireThat(Number.isFinite(value), {
      what: "Point of the trend",
      rule: "it is a number",
      value,
      next: "A series with a gap has no five-point trend.",
    });
    requirePositive("Standard error", standardError);
  }
  const { slope, variance } = weightedLine(series, -1);
  const sign = Math.sign(slope);
  const consistent =
    sign !== 0 && [...series.keys()].every((out) => Math.sign(weightedLine(series, out).slope) === sign);
  const statistic = (slope * slope) / variance;
  const direction =
    consistent && statistic > critical ? (slope > 0 ? "increasing" : "decreasing") : ("none" as const);
  return { direction, slope, statistic, pValue: chiSquareTail(statistic, 1), consistent };
}

/** Weighted straight line through the points but one. */
function weightedLine(series: readonly TrendPoint[], out: number): { slope: number; variance: number } {
  let [weights, times, values] = [0, 0, 0];
  for (const [at, { value, standardError }] of series.entries()) {
    if (at === out) continue;
    const weight = 1 / (standardError * standardError);
    weights += weight;
    times += weight * at;
    values += weight * value;
  }
  let [spread, product] = [0, 0];
  for (const [at, { value, standardError }] of series.entries()) {
    if (at === out) continue;
    const weight = 1 / (standardError * standardError);
    const distance = at - times / weights;
    spread += weight * distance * distance;
    product += weight * distance * (value - values / weights);
  }
  return { slope: product / spread, variance: 1 / spread };
}
