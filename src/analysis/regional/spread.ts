import { quantile } from "../../statistics/quantile.js";
import { numberIn } from "./cells.js";
import type { IndicatorComparison } from "./comparison.js";

/** Where the figures of the areas that are known, shown and not too few lie. */
export interface Spread {
  readonly areas: number;
  readonly least: number;
  readonly lowerQuarter: number;
  readonly median: number;
  readonly upperQuarter: number;
  readonly most: number;
}

/** How the areas' figures lie; quantiles of type 7. */
export function spreadOf({ areas }: Pick<IndicatorComparison, "areas">): Spread | undefined {
  const values = areas.flatMap(({ figure, unknown, verdict }) => {
    const value = numberIn(figure);
    return unknown || value === undefined || verdict === "few" ? [] : [value];
  });
  if (values.length < 2) return undefined;
  return {
    areas: values.length,
    least: Math.min(...values),
    lowerQuarter: quantile(values, 0.25),
    median: quantile(values, 0.5),
    upperQuarter: quantile(values, 0.75),
    most: Math.max(...values),
  };
}
