import type { ResultTable } from "../result.js";
import type { IndicatorComparison } from "./comparison.js";

/** How areas vary beyond chance, an indicator a row; undefined where nothing can be said of any. */
export function variationTable(comparisons: readonly IndicatorComparison[]): ResultTable | undefined {
  const rows = comparisons.flatMap(({ indicator, variation, tested, designEffect }) => {
    if (variation === undefined) return [];
    const { phi, tauSquared, iSquared, p90, p10, scale } = variation;
    return [
      {
        names: [indicator.name],
        cells: [
          tested?.areas ?? 0,
          designEffect,
          phi,
          tauSquared,
          scale,
          iSquared,
          p90,
          p10,
          p10 > 0 ? p90 / p10 : ({ mark: "z" } as const),
        ],
      },
    ];
  });
  if (rows.length === 0) return undefined;
  return {
    id: "variation",
    caption: "How areas vary beyond chance, by indicator; percentiles of shares as fractions",
    dimensions: ["Indicator"],
    measures: [
      { key: "areas", label: "Areas", kind: "count" },
      { key: "design_effect", label: "Design effect", kind: "number", decimals: 2 },
      { key: "phi", label: "Overdispersion φ", kind: "number", decimals: 2 },
      { key: "tau_squared", label: "Variance τ²", kind: "number", decimals: 5 },
      { key: "scale", label: "Scale", kind: "text" },
      { key: "i_squared", label: "Not chance (I²)", kind: "share" },
      { key: "p90", label: "90th percentile", kind: "number", decimals: 3 },
      { key: "p10", label: "10th percentile", kind: "number", decimals: 3 },
      { key: "ratio", label: "90th over 10th", kind: "ratio" },
    ],
    rows,
  };
}
