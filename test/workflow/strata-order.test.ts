import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parsePlan } from "../../src/plan/load.js";
import { inShownOrder } from "../../src/workflow/summary/strata-order.js";
import { draw, workplace } from "./scratch.js";

// Reference date 16 November 2026: of five children one each was 16, 11, 7 and 2 on their last birthday, and one has no date.
const births = ["2010-02-01", "2015-02-01", "2019-02-01", "2024-02-01", ""];
const bands = ["1 to 4", "5 to 9", "10 to 15", "16 and over"];
const yaml = `casedraw: 1
title: Test inspection
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: children.csv }]
columns: { child_id: ID, date_of_birth: born, law_type: law }
sample: { size: 20, strata: [law_type, age_band] }
`;

test("the page has strata in the order of their bands, what is not known last; the file has them by bytes", async () => {
  const lines = Array.from(
    { length: 80 },
    (_, at) => `c${at},${births[at % 5]},${at % 2 === 0 ? "public" : "private"}`,
  );
  const folder = workplace(["ID,born,law", ...lines], yaml);
  await draw(folder);
  const page = readFileSync(join(folder, "out/summary.html"), "utf8");
  const table = page.slice(page.indexOf('id="strata-table"'));
  const shown = ["Private", "Public"].flatMap((law) =>
    [...bands, "Not recorded"].map((band) => `${law} / ${band}<`),
  );
  const places = shown.map((name) => table.indexOf(name));
  expect(places.every((at) => at > 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  const file = readFileSync(join(folder, "out/strata.csv"), "utf8").trimEnd().split("\n").slice(1);
  expect(file.map((line) => line.split(",")[0])).toEqual(
    ["private", "public"].flatMap((law) =>
      ["1 to 4", "10 to 15", "16 and over", "5 to 9", "not_recorded"].map((band) => `${law} / ${band}`),
    ),
  );
});

test("parts of a stratum stay beside each other, and strata without bands as they are", () => {
  const plan = parsePlan(yaml, { file: "plan.yaml" });
  const order = (keys: string[], fields: string[]) => inShownOrder(keys, (key) => key, { fields, plan });
  const keys = ["10 to 15", "5 to 9", "5 to 9 · new in version 2", "not_recorded"];
  expect(order(keys, ["age_band"])).toEqual([
    "5 to 9",
    "5 to 9 · new in version 2",
    "10 to 15",
    "not_recorded",
  ]);
  expect(order(["b", "a"], ["law_type"])).toEqual(["b", "a"]);
});
