import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { estimate, records } from "./estimating.js";
import { draw, workplace } from "./scratch.js";

// Reference date 16 November 2026: of four children one each was 16, 11, 7 and 2 on their last birthday.
const births = ["2010-02-01", "2015-02-01", "2019-02-01", "2024-02-01"];
const inOrder = ["1 to 4", "5 to 9", "10 to 15", "16 and over"];

test("bands stand in their order as groups and as what was found; other answers by text", async () => {
  const lines = Array.from({ length: 40 }, (_, at) => `c${at},${births[at % 4]}`);
  const folder = workplace(
    ["ID,born", ...lines],
    `casedraw: 1
title: Test inspection
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: children.csv }]
columns: { child_id: ID, date_of_birth: born }
sample: { size: 40 }
`,
  );
  await draw(folder);
  const sample = records(join(folder, "out"), "sample.csv");
  const rows = sample.map(({ unit_id, age_band }) => `${unit_id},${age_band},${age_band}`);
  writeFileSync(join(folder, "findings.csv"), ["unit_id,age_band,Age seen", ...rows, ""].join("\n"));
  await estimate(folder, { by: ["age_band"], columns: ["age_band", "Age seen"] });
  const found = records(join(folder, "estimates"), "estimates.csv");
  const levelsOf = (name: string): string[] =>
    found.flatMap(({ column, by, level = "" }) => (column === name && by === "" ? [level] : []));
  expect(levelsOf("age_band")).toEqual(inOrder);
  expect(levelsOf("Age seen")).toEqual(["1 to 4", "10 to 15", "16 and over", "5 to 9"]);
  const groups = found.flatMap(({ column, level, group = "" }) =>
    column === "age_band" && level === "1 to 4" && group !== "" ? [group] : [],
  );
  expect(groups).toEqual(inOrder);
  const page = readFileSync(join(folder, "estimates/estimates.html"), "utf8");
  const places = inOrder.map((band) => page.indexOf(`age_band: ${band}`));
  expect(places.every((at) => at > 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});
