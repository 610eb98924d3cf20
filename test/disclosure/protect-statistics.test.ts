import { describe, expect, test } from "vitest";
import { protectStatistics } from "../../src/disclosure/protect-statistics.js";

describe("protectStatistics", () => {
  test("a figure that rests on fewer than 10 units, or no more than the threshold, is not shown", () => {
    const of = (base: number) => ({ value: 3, base, step: 1 });
    const given = { nine: of(9), ten: of(10), fifteen: of(15), sixteen: of(16) };
    expect(protectStatistics(given, { threshold: 5 })).toMatchObject({ ...given, nine: { mark: "c" } });
    expect(protectStatistics(given, { threshold: 15 })).toMatchObject({
      ten: { mark: "c" },
      fifteen: { mark: "c" },
      sixteen: given.sixteen,
    });
    expect(protectStatistics(given, { threshold: 0 })).toMatchObject(given);
  });

  test("the value is rounded to the step, its bounds outwards, the base to that of counts", () => {
    const given = { median: { value: 17.26, lower: 16.84, upper: 17.65, base: 1_233, step: 0.1 } };
    expect(protectStatistics(given, { threshold: 5, roundTo: 5 })).toEqual({
      median: { value: 17.3, lower: 16.8, upper: 17.7, base: 1_235, step: 0.1, coarse: true },
    });
    const days = { wait: { value: 206, lower: 199, upper: 213, base: 40, step: 7 } };
    // 206 is 29.4 weeks, 199 is 28.4 and 213 is 30.4: 29, from 28 to 31.
    expect(protectStatistics(days, { threshold: 5 }).wait).toMatchObject({
      value: 203,
      lower: 196,
      upper: 217,
    });
  });

  test("a bound that is a multiple stays", () => {
    const given = { of: { value: 0.3, lower: 0.1, upper: 0.7, base: 100, step: 0.1 } };
    expect(protectStatistics(given, { threshold: 5 }).of).toMatchObject({
      value: 0.3,
      lower: 0.1,
      upper: 0.7,
    });
  });

  test("what is marked already stays so", () => {
    expect(protectStatistics({ none: { mark: "x" } }, { threshold: 5 })).toEqual({ none: { mark: "x" } });
  });
});
