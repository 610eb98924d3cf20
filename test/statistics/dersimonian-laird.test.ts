import { describe, expect, test } from "vitest";
import { derSimonianLaird } from "../../src/statistics/dersimonian-laird.js";
import { refusalOf } from "../frames.js";
import { expectClose, packagesOfR, runR } from "./r.js";

// BCG vaccine against tuberculosis, 13 trials: cases and others, vaccinated and not (Colditz et al. 1994 JAMA 271:698–702).
const trials = [
  [4, 119, 11, 128],
  [6, 300, 29, 274],
  [3, 228, 11, 209],
  [62, 13536, 248, 12619],
  [33, 5036, 47, 5761],
  [180, 1361, 372, 1079],
  [8, 2537, 10, 619],
  [505, 87886, 499, 87892],
  [29, 7470, 45, 7232],
  [17, 1699, 65, 1600],
  [186, 50448, 141, 27197],
  [5, 2493, 3, 2338],
  [27, 16886, 29, 17825],
] as const;

const logRatios = trials.map(([a, b, c, d]) => ({
  estimate: Math.log(a / (a + b) / (c / (c + d))),
  variance: 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d),
}));

// R package metafor 3.8-1, rma(measure = "RR", …, data = dat.bcg, method = "DL"), as printed.
test("BCG trials", () => {
  const found = derSimonianLaird(logRatios);
  expect(found.tauSquared.toFixed(4)).toBe("0.3088");
  expect((100 * found.iSquared).toFixed(2)).toBe("92.12");
  expect(found.q.toFixed(4)).toBe("152.2330");
  expect(found.degreesOfFreedom).toBe(12);
  expect(found.pValue).toBeLessThan(0.0001);
  expect(found.mean.toFixed(4)).toBe("-0.7141");
  expect(found.standardError.toFixed(4)).toBe("0.1787");
  expect(found.interval.lower.toFixed(4)).toBe("-1.0644");
  expect(found.interval.upper.toFixed(4)).toBe("-0.3638");
});

// Q = 2² + 2² = 8 on 1; τ² = (8 − 1)/(2 − 1); each then weighs 1/8, the mean 2 has variance 4.
test("two areas by hand", () => {
  const found = derSimonianLaird([
    { estimate: 0, variance: 1 },
    { estimate: 4, variance: 1 },
  ]);
  expect(found).toMatchObject({ tauSquared: 7, iSquared: 7 / 8, q: 8, degreesOfFreedom: 1, mean: 2 });
  expect(found.standardError).toBeCloseTo(2, 14);
});

test("estimates that agree have no variation between them", () => {
  const found = derSimonianLaird([
    { estimate: 1, variance: 1 },
    { estimate: 1, variance: 3 },
  ]);
  expect(found).toMatchObject({ tauSquared: 0, iSquared: 0, q: 0, pValue: 1, mean: 1 });
  expect(found.standardError).toBeCloseTo(Math.sqrt(3 / 4), 14);
});

test.skipIf(!packagesOfR("metafor").has("metafor"))("R's metafor, to 1e-9", () => {
  const said = runR(`suppressMessages(library(metafor))
    r <- rma(yi = c(${logRatios.map(({ estimate }) => estimate)}), vi = c(${logRatios.map(({ variance }) => variance)}), method = "DL")
    say("all", c(r$tau2, r$I2 / 100, r$QE, r$QEp, r$b, r$se, r$ci.lb, r$ci.ub))`);
  const { tauSquared, iSquared, q, pValue, mean, standardError, interval } = derSimonianLaird(logRatios);
  const found = [tauSquared, iSquared, q, pValue, mean, standardError, interval.lower, interval.upper];
  expectClose(found, said.get("all")!);
});

describe("refuses", () => {
  test.each([
    [[{ estimate: 1, variance: 1 }]],
    [
      [
        { estimate: 1, variance: 0 },
        { estimate: 1, variance: 1 },
      ],
    ],
    [
      [
        { estimate: Number.NaN, variance: 1 },
        { estimate: 1, variance: 1 },
      ],
    ],
  ])("%j", (estimates) => {
    expect(refusalOf(() => derSimonianLaird(estimates)).code).toBe("VALUE_OUT_OF_RANGE");
  });
});
