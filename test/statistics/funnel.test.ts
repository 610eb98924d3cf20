import { describe, expect, test } from "vitest";
import {
  adjustedFunnelLimits,
  proportionFunnelLimits,
  rateFunnelLimits,
  ratioFunnelLimits,
} from "../../src/statistics/funnel-limits.js";
import { overdispersion } from "../../src/statistics/overdispersion.js";
import { methodTexts } from "../../src/workflow/compare/words.js";
import { comparisonOf } from "../charts/regional-examples.js";
import { refusalOf } from "../frames.js";

// R package FunnelPlotR, Poisson limits of a standardised ratio.
test.each([
  [15, 0.95, 0.5596924, 1.649348],
  [20, 0.95, 0.610826, 1.544419],
  [30, 0.95, 0.6746958, 1.427562],
  [15, 0.998, 0.386265, 2.082907],
  [20, 0.998, 0.4479107, 1.902094],
  [30, 0.998, 0.5289724, 1.702771],
])("ratio limits at %d expected, %d", (expected, confidence, lower, upper) => {
  const limits = ratioFunnelLimits(expected, { confidence });
  expect(limits.lower.toFixed(7)).toBe(lower.toFixed(7));
  expect(limits.upper.toFixed(6)).toBe(upper.toFixed(6));
});

test("rate limits are the ratio's at the expected count, times the rate", () => {
  const limits = rateFunnelLimits(1500, { rate: 0.01 });
  expect(limits.lower.toFixed(9)).toBe("0.005596924");
  expect(limits.upper.toFixed(8)).toBe("0.01649348");
});

// sin²(π/4 ± x) = (1 ± sin 2x)/2 with x = 1.9599640/(2√100); sin .1959964 = .1947445.
test("proportion limits by hand", () => {
  const { lower, upper } = proportionFunnelLimits(100, { target: 0.5 });
  expect(lower).toBeCloseTo((1 - 0.1947445) / 2, 6);
  expect(upper).toBeCloseTo((1 + 0.1947445) / 2, 6);
});

// The 95 % limits at 5 expected are .325 and 2.334: counts of 0 and 1 lie below, of 12 and more above. By Poisson 6·e⁻⁵ = .0404 and
// .0055, where .025 would be even: too many low, too few high.
test("at small numbers the lines flag too many low and too few high areas", () => {
  const { lower, upper } = ratioFunnelLimits(5);
  expect([1, 2].map((count) => count / 5 < lower)).toEqual([true, false]);
  expect([11, 12].map((count) => count / 5 > upper)).toEqual([false, true]);
  const texts = methodTexts({
    edition: "internal",
    groups: [{ heading: "Area", areas: [], compared: [{ comparison: comparisonOf(6) }], published: false }],
  });
  expect(texts.join(" ")).toContain("At small numbers they flag too many low and too few high areas");
});

describe("widened limits", () => {
  // exp(∓1.9599640·√(1/15 + .04)) = exp(∓.640122).
  test("log scale, τ² .04, by hand", () => {
    const { lower, upper } = adjustedFunnelLimits(15, { scale: "log", variation: { tauSquared: 0.04 } });
    expect(Math.log(lower)).toBeCloseTo(-0.640122, 6);
    expect(Math.log(upper)).toBeCloseTo(0.640122, 6);
  });

  // (1 ∓ 1.9599640·2·1/(2·5))² = .608007² and 1.391993².
  test("square-root scale, φ 4, by hand", () => {
    const { lower, upper } = adjustedFunnelLimits(25, { scale: "square-root", variation: { phi: 4 } });
    expect(lower).toBeCloseTo(0.369673, 5);
    expect(upper).toBeCloseTo(1.937644, 5);
  });

  test("φ below 1 narrows nothing, and the ends of the scale hold", () => {
    const at = (phi: number) => adjustedFunnelLimits(25, { scale: "square-root", variation: { phi } });
    expect(at(0.3)).toEqual(at(1));
    expect(adjustedFunnelLimits(0.25, { scale: "square-root", variation: { phi: 1 } }).lower).toBe(0);
    expect(proportionFunnelLimits(2, { target: 0.9 }).upper).toBe(1);
    expect(proportionFunnelLimits(2, { target: 0.1 }).lower).toBe(0);
  });
});

describe("overdispersion", () => {
  // z = 2(√O − 5) = −2, 0, 2; 10 % and 90 % quantiles ∓1.6; φ = 2·1.6²/3; weights 4·25; τ² = (5.12 − 2)/(300 − 100).
  test("square-root scale, extremes cut to the bound, by hand", () => {
    const found = overdispersion(
      [16, 25, 36].map((observed) => ({ observed, size: 25 })),
      { scale: "square-root" },
    );
    expect(found.z.map((z) => z.toFixed(12))).toEqual([
      "-2.000000000000",
      "0.000000000000",
      "2.000000000000",
    ]);
    expect(found.phi).toBeCloseTo(5.12 / 3, 12);
    expect(found.tauSquared).toBeCloseTo(0.0156, 12);
    expect([found.trimmed, found.used]).toEqual([[0, 2], 3]);
  });

  // z = 10·log(O/100). Of 11 the smallest and the largest go; six of the nine left are ∓10·log 2: Σz² = 600·(log 2)² =
  // 288.2718083; φ a ninth of it; weights 100: τ² = (Σz² − 8)/(900 − 100).
  test("log scale, extremes left out, by hand", () => {
    const observed = [20, 50, 50, 50, 100, 100, 100, 200, 200, 200, 400];
    const found = overdispersion(
      observed.map((count) => ({ observed: count, size: 100 })),
      { scale: "log" },
    );
    expect(found.phi).toBeCloseTo(32.03020093, 7);
    expect(found.tauSquared).toBeCloseTo(0.3503397604, 9);
    expect([found.trimmed, found.used, found.zeros]).toEqual([[0, 10], 9, []]);
  });

  // Cases of unequal size: weights 4n = 16 and 64, z = 2√n·(asin √p − π/4) = ∓2·2·π/4 = −π and 2·4·π/4 = 2π.
  // 10 % and 90 %: −π + .3π = −.7π and 1.7π; Σ = (.49 + 2.89)π²; τ² = (Σ − 1)/(80 − 4352/80).
  test("arcsine scale, sizes that differ, by hand", () => {
    const found = overdispersion(
      [
        { observed: 0, size: 4 },
        { observed: 16, size: 16 },
      ],
      { scale: "arcsine", target: 0.5 },
    );
    const sum = 3.38 * Math.PI * Math.PI;
    expect(found.phi).toBeCloseTo(sum / 2, 10);
    expect(found.tauSquared).toBeCloseTo((sum - 1) / 25.6, 10);
  });

  test("areas that differ no more than chance have no τ²", () => {
    const areas = [100, 101, 99, 100].map((observed) => ({ observed, size: 100 }));
    expect(overdispersion(areas, { scale: "square-root" }).tauSquared).toBe(0);
  });

  test("a count of 0 is taken as one half on the log scale, and named", () => {
    const areas = [0, 4, 5, 6, 4, 5, 6, 4, 5, 6, 4].map((observed) => ({ observed, size: 5 }));
    const found = overdispersion(areas, { scale: "log" });
    expect(found.zeros).toEqual([0]);
    expect(found.z[0]).toBeCloseTo(Math.sqrt(5) * Math.log(0.1), 12);
    expect(overdispersion(areas, { scale: "square-root" }).zeros).toEqual([]);
  });

  test("the proportion over all areas is the default target", () => {
    const areas = [
      { observed: 10, size: 20 },
      { observed: 30, size: 80 },
    ];
    expect(overdispersion(areas, { scale: "arcsine" })).toEqual(
      overdispersion(areas, { scale: "arcsine", target: 0.4 }),
    );
  });

  // Quantiles interpolated at a place that is whole but for rounding: the value there is not beyond itself.
  test("a z at the quantile stays", () => {
    const areas = Array.from({ length: 71 }, (_, at) => ({ observed: 100 + at, size: 135 }));
    expect(overdispersion(areas, { scale: "log" }).used).toBe(57);
  });
});

describe("refuses", () => {
  test.each([
    ["no expected count", () => ratioFunnelLimits(0), "VALUE_OUT_OF_RANGE"],
    ["no population", () => rateFunnelLimits(-1, { rate: 1 }), "VALUE_OUT_OF_RANGE"],
    ["a confidence of 95", () => ratioFunnelLimits(5, { confidence: 95 }), "CONFIDENCE_OUT_OF_RANGE"],
    ["a target beyond 1", () => proportionFunnelLimits(5, { target: 1.2 }), "VALUE_OUT_OF_RANGE"],
    [
      "a τ² below 0",
      () => adjustedFunnelLimits(5, { scale: "log", variation: { tauSquared: -1 } }),
      "VALUE_OUT_OF_RANGE",
    ],
    ["one area", () => overdispersion([{ observed: 1, size: 1 }], { scale: "log" }), "VALUE_OUT_OF_RANGE"],
    [
      "more than all",
      () =>
        overdispersion(
          [
            { observed: 3, size: 2 },
            { observed: 1, size: 2 },
          ],
          { scale: "arcsine" },
        ),
      "VALUE_OUT_OF_RANGE",
    ],
    [
      "too few when the extremes are out",
      () =>
        overdispersion(
          [50, 100, 200].map((observed) => ({ observed, size: 100 })),
          { scale: "log" },
        ),
      "STATISTIC_UNDEFINED",
    ],
  ])("%s", (_, attempt, code) => {
    expect(refusalOf(attempt).code).toBe(code);
  });
});
