import { describe, expect, test } from "vitest";
import { countIndicator } from "../../../src/analysis/regional/count-indicator.js";
import { indicatorsOf } from "../../../src/analysis/regional/indicators.js";
import { oneSidedCounts, oneSidedShare } from "../../../src/analysis/regional/one-sided.js";
import type { Count, Tally } from "../../../src/analysis/tally.js";
import { disabilityBy, times } from "./examples.js";

function counted(rows: readonly string[]): Tally {
  const subject = disabilityBy(rows);
  const [defined] = indicatorsOf(subject, "service_area").defined;
  if (defined === undefined) throw new Error("no indicator");
  return countIndicator(subject, defined, "service_area", { plain: true }).tallies[0] as Tally;
}

const others = [...times(20, "A|public|no"), ...times(20, "B|public|no")];

describe("a share by which no area can differ", () => {
  test("is one that nobody has, or everybody, or that is known of nobody", () => {
    expect(oneSidedShare(counted(others))).toMatchObject({ reason: "Nobody of the whole has it." });
    const all = [...times(20, "A|public|yes"), ...times(20, "B|public|yes"), "B|public|"];
    expect(oneSidedShare(counted(all))).toMatchObject({ reason: "Everybody has it.", alike: true });
    const blank = [...times(20, "A|public|"), ...times(20, "B|public|")];
    expect(oneSidedShare(counted(blank))?.reason).toBe("It is known of nobody of the whole.");
  });

  test("is none where one child has it, or one has it not", () => {
    expect(oneSidedShare(counted([...others, "A|public|yes"]))).toBeUndefined();
    expect(oneSidedShare(counted([...times(20, "A|public|yes"), "B|public|no"]))).toBeUndefined();
  });

  test("goes by the areas that are known, and says so", () => {
    expect(oneSidedShare(counted([...others, "|public|yes"]))?.reason).toBe("Nobody of a known area has it.");
  });

  test("concludes nothing of a count that is hidden", () => {
    const tally = counted(others);
    const [, ...rest] = tally.cells;
    const hide = (mark: "c" | "low"): Tally => ({ ...tally, cells: [[{ mark }, 0], ...rest] });
    expect(oneSidedShare(hide("c"))).toBeUndefined();
    expect(oneSidedShare(hide("low"))).toBeUndefined();
  });
});

describe("published figures", () => {
  const area = (numerator: Count, denominator: Count) => ({ numerator, denominator });

  test("a share is alike at none and at all, a rate at none alone", () => {
    expect(oneSidedCounts("share", [area(0, 10), area(0, 20)])?.reason).toBe("Nobody of the whole has it.");
    expect(oneSidedCounts("share", [area(10, 10), area(20, 20)])?.reason).toBe("Everybody has it.");
    expect(oneSidedCounts("rate", [area(10, 10), area(20, 20)])).toBeUndefined();
    expect(oneSidedCounts("rate", [area(0, 10), area(0, 20)])).toBeDefined();
  });

  test("nothing is said where a count is not published", () => {
    expect(oneSidedCounts("share", [area({ mark: "c" }, 10), area(0, 20)])).toBeUndefined();
    expect(oneSidedCounts("share", [area(20, 20), area(20, { mark: "x" })])).toBeUndefined();
  });
});
