import { describe, expect, test } from "vitest";
import type { Edition } from "../../src/analysis/item.js";
import { mayHaveEnded } from "../../src/analysis/units.js";
import { parsePlan } from "../../src/plan/load.js";
import { whomText } from "../../src/workflow/analysis/whom.js";
import { type BuiltFrame, inputsTold } from "../../src/workflow/build-from-plan.js";
import { frameOf, tableOf } from "../frames.js";

const base = `casedraw: 1
title: Children in an open episode
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: x.csv }]
columns: { child_id: id, closed_date: to }
`;
const open = "cohort: { include: { closed_date: { blank: true } } }\n";

/** By hand: of 3 children 2 are open. */
function whom(more: string, edition: Edition = "internal"): string | undefined {
  const frame = frameOf(base + more, { data: [tableOf("x.csv", ["id|to", "1|", "2|01/02/2026", "3|"])] });
  const plan = parsePlan(base + more, { file: "plan.yaml" });
  return whomText({ plan, edition, built: { frame } as BuiltFrame });
}

describe("whom an analysis counts", () => {
  test("is said beside a title that names fewer", () => {
    expect(whom(open)).toBe("Counts all 3 children of the export, whether or not they may be sampled.");
    expect(whom("")).toBe("Counts all 3 children of the export.");
    expect(whom(`${open}pia: { cohort: true }\n`)).toBe("Counts the 2 children who may be sampled (of 3).");
  });

  test("has no exact number in a publishable edition, and nothing where there is no export", () => {
    expect(whom(open, "publishable")).toBe(
      "Counts all children of the export, whether or not they may be sampled.",
    );
    expect(whom(`${open}pia: { cohort: true }\n`, "publishable")).toBe(
      "Counts only the children who may be sampled.",
    );
    const plan = parsePlan(base, { file: "plan.yaml" });
    expect(whomText({ plan, edition: "internal" })).toBeUndefined();
  });

  test.each([
    [open, true],
    [`${open}pia: { cohort: true }\n`, false],
    ["cohort: { exclude: { closed_date: { blank: false } } }\npia: { cohort: true }\n", false],
    ["cohort: { include: { closed_date: { blank: false } } }\npia: { cohort: true }\n", true],
    ["cohort: { include: { delay_is_open: [yes] } }\npia: { cohort: true }\n", false],
    ["cohort: { exclude: { delay_is_open: [no] } }\npia: { cohort: true }\n", false],
    ["cohort: { include: { delay_is_open: [yes, no] } }\npia: { cohort: true }\n", true],
    ["cohort: { exclude: { delay_is_open: [yes] } }\npia: { cohort: true }\n", true],
  ])("%s: cases that have ended may be among them: %s", (more, expected) => {
    const dated = base.replace("closed_date: to", "application_date: from, closed_date: to");
    expect(mayHaveEnded(parsePlan(dated + more, { file: "plan.yaml" }))).toBe(expected);
  });
});

test("a value map that maps nothing is not told as a file that was read, another empty file is", () => {
  const plan = parsePlan(`${base}value_map: map.csv\n`, { file: "plan.yaml" });
  const inputs = [
    { path: "x.csv", rows_read: 3 },
    { path: "list.csv", rows_read: 0 },
    { path: "map.csv", rows_read: 1 },
  ];
  const paths = (remarks: number) => inputsTold(inputs, { plan, built: { remarks } }).map(({ path }) => path);
  // The one row is the remark that casedraw init wrote, or a code.
  expect(paths(1)).toEqual(["x.csv", "list.csv"]);
  expect(paths(0)).toEqual(["x.csv", "list.csv", "map.csv"]);
});
