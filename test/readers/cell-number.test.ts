import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numberText, plainNumber } from "../../src/readers/cell-number.js";

describe("plainNumber", () => {
  test.each([
    [9212044, "9212044"],
    [1e15, "1000000000000000"],
    [1e21, "1000000000000000000000"],
    [1.5e22, "15000000000000000000000"],
    [0.1, "0.1"],
    [1e-7, "0.0000001"],
    [-1.25e-9, "-0.00000000125"],
    [-0, "0"],
    [6.1382614647501708, "6.138261464750171"],
  ])("%d is %s", (value, text) => {
    expect(plainNumber(value)).toBe(text);
  });

  test("reads back as the same number, without an exponent", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = plainNumber(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

describe("numberText", () => {
  // ECMA-376 part 1, 18.17.4.1: in the 1900 system day 1 is 1 January 1900, day 60 the 29 February that never was, and
  // 2 958 465 is 31 December 9999; in the 1904 system day 0 is 1 January 1904.
  test.each<[string, boolean, string]>([
    ["1", false, "1900-01-01"],
    ["59", false, "1900-02-28"],
    ["60", false, "1900-02-29"],
    ["61", false, "1900-03-01"],
    ["25569", false, "1970-01-01"],
    ["45351", false, "2024-02-29"],
    ["2958465", false, "9999-12-31"],
    ["0", true, "1904-01-01"],
    ["43889", true, "2024-02-29"],
    ["45351.5", false, "2024-02-29 12:00:00"],
    ["45351.999999999", false, "2024-03-01"],
    ["45351.000011574", false, "2024-02-29 00:00:01"],
  ])("day %s (1904: %s) is %s", (raw, date1904, text) => {
    expect(numberText(raw, "date", date1904)).toBe(text);
  });

  test("a number that no date can have stays a number", () => {
    expect(numberText("0", "date", false)).toBe("0");
    expect(numberText("-3", "date", false)).toBe("-3");
    expect(numberText("2958466", "date", false)).toBe("2958466");
    expect(numberText("0.5", "date", false)).toBe("0.5");
  });

  test("a time of day, and a whole date under a time format", () => {
    expect(numberText("0", "time", false)).toBe("00:00:00");
    expect(numberText("0.999988425925926", "time", false)).toBe("23:59:59");
    expect(numberText("45351.25", "time", false)).toBe("2024-02-29 06:00:00");
    expect(numberText("0.25", "time", true)).toBe("06:00:00");
  });

  test("digits beyond what a number holds are kept", () => {
    expect(numberText("12345678901234567890", "number", false)).toBe("12345678901234567890");
    expect(numberText("1E3", "number", false)).toBe("1000");
    expect(numberText("007", "number", false)).toBe("7");
  });

  test.each(["", " 1", "0x10", "1,5", "Infinity", "NaN", "1e999"])("%j is no number", (raw) => {
    expect(numberText(raw, "number", false)).toBeUndefined();
  });
});
