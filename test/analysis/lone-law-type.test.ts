import { expect, test } from "vitest";
import { ageItem } from "../../src/analysis/children/age-item.js";
import { genderItem } from "../../src/analysis/children/gender-item.js";
import { withoutLoneLawType } from "../../src/analysis/lone-law-type.js";
import { resultOf, subjectOf } from "./small-export.js";

test("without a law type no column says “All children” in every row, and no words promise it", () => {
  const subject = subjectOf(
    ["child_id", "gender", "date_of_birth"],
    ["a|male|2020-01-01", "b|female|2016-01-01"],
  );
  const found = resultOf(genderItem, subject);
  const result = withoutLoneLawType(found);
  expect(result.tables[0]).toMatchObject({
    caption:
      "Children by gender, 16 November 2026: number of children, percentage of those known with 95% interval, and bounds",
    dimensions: ["Gender"],
  });
  expect(result.tables[0]?.rows.map(({ names }) => names)).toEqual([["Female"], ["Male"]]);
  expect(result.tables[0]?.rows.map(({ cells }) => cells)).toEqual(
    found.tables[0]?.rows.map(({ cells }) => cells),
  );
  expect(result.method).toBe("Share of the children whose gender is known.");

  const [, median] = withoutLoneLawType(resultOf(ageItem, subject)).tables;
  expect(median).toMatchObject({
    caption: "Median age in completed years, children born and of known age, 16 November 2026",
    dimensions: ["Group"],
    rows: [{ names: ["All children"] }],
  });
});

test("with one it stays as it is", () => {
  const subject = subjectOf(["child_id", "law_type", "gender"], ["a|public|male", "b|public|female"]);
  const found = resultOf(genderItem, subject);
  expect(withoutLoneLawType(found)).toBe(found);
  expect(found.tables[0]?.rows.map(({ names: [law] }) => law)).toContain("Public law");
});
