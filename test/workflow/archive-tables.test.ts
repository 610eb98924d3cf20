import { describe, expect, test } from "vitest";
import { tableDifference } from "../../src/workflow/archive/compare-tables.js";

describe("a table of an archive beside its replay", () => {
  const columns = ["unit_id", "inclusion_probability", "standard_error", "design_weight", "final_weight"];
  const differs = (was: readonly string[], is: readonly string[]) =>
    tableDifference(
      { header: columns, rows: [was] },
      { header: columns, rows: [is] },
      { columns, slack: 0.05 },
    );

  test("the final weight of a substitute holds within simulation error, as that of the place which it has", () => {
    const substitute = (weight: string) => ["a", "0", "0", "0", weight];
    expect(differs(substitute("4"), substitute("4.1"))).toBeUndefined();
    expect(differs(substitute("4"), substitute("5"))).toBe(
      "row 2, column final_weight, is not what the replay gives",
    );
  });

  test("that of a drawn unit is its design weight times what losses make of it", () => {
    const drawn = (weight: string, final: string) => ["a", String(1 / Number(weight)), "0.01", weight, final];
    expect(differs(drawn("4", "8"), drawn("4.1", "8.2"))).toBeUndefined();
    expect(differs(drawn("4", "8"), drawn("4.1", "4.1"))).toBe(
      "row 2, column final_weight, is not what the replay gives",
    );
  });
});
