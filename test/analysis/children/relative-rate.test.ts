import { expect, test } from "vitest";
import { relativeRate } from "../../../src/analysis/children/relative-rate.js";

test("the ratio is by hand, and bounds are the odds of Wilson's", () => {
  // (20/100)/(80/900) = 0.2/0.08889 = 2.25.
  expect(
    relativeRate({ first: 20, both: 100, firstPopulation: 100, secondPopulation: 900 }).ratio,
  ).toMatchObject({ value: expect.closeTo(2.25, 12) });
  // Wilson of 65/100, as PHEindicatormethods has it; with populations alike the ratio is the odds.
  const [lower, upper] = [0.5525444329688797, 0.7363575175690247];
  const { ratio, pValue } = relativeRate({
    first: 65,
    both: 100,
    firstPopulation: 500,
    secondPopulation: 500,
  });
  expect(ratio).toMatchObject({
    value: expect.closeTo(65 / 35, 10),
    lower: expect.closeTo(lower / (1 - lower), 10),
    upper: expect.closeTo(upper / (1 - upper), 10),
  });
  // z = (0.65 − 0.5)/√(0.25/100) = 3: a two-sided normal tail of 0.0026998.
  expect(pValue).toBeCloseTo(0.0026998, 7);
});

test("an interval is symmetric on the logarithm (Newcombe 2001), and wider for children in families", () => {
  const groups = { first: 30, both: 200, firstPopulation: 100, secondPopulation: 900 };
  const alone = relativeRate(groups).ratio as { value: number; lower: number; upper: number };
  expect(alone.lower * alone.upper).toBeCloseTo(alone.value * alone.value, 10);
  const families = relativeRate({ ...groups, designEffect: 2 });
  expect((families.ratio as typeof alone).upper).toBeGreaterThan(alone.upper);
  expect(families.pValue).toBeGreaterThan(relativeRate(groups).pValue as number);
});

test("what is not shown hides the ratio, and a group without others has none", () => {
  const populations = { firstPopulation: 1, secondPopulation: 1 };
  expect(relativeRate({ first: { mark: "c" }, both: 9, ...populations })).toEqual({ ratio: { mark: "c" } });
  expect(relativeRate({ first: 3, both: { mark: "c" }, ...populations })).toEqual({ ratio: { mark: "c" } });
  expect(relativeRate({ first: 10, both: 10, ...populations })).toEqual({ ratio: { mark: "x" } });
  expect(relativeRate({ first: 0, both: 10, ...populations }).ratio).toMatchObject({ value: 0, lower: 0 });
});
