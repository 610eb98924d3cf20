import { expect, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import { main } from "../../src/cli/main.js";
import { workplace } from "../workflow/scratch.js";
import { fakeHost } from "./fake.js";

// Reference date 16 November 2026: of four children one each was 16, 11, 7 and 2 on their last birthday.
const births = ["2010-02-01", "2015-02-01", "2019-02-01", "2024-02-01"];
const inOrder = ["1 to 4", "5 to 9", "10 to 15", "16 and over"];

test("the terminal has bands in their order, where files have them by their bytes", async () => {
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
sample: { size: 12, strata: [age_band] }
`,
  );
  const { host, said } = fakeHost();
  const words = ["sample", "--plan", "plan.yaml", "--seed", "1", "--dry-run"];
  expect(await main(words, { ...host, cwd: folder }, catalogue)).toBe(0);
  const told = said.out
    .split("\n")
    .flatMap((line) => inOrder.find((band) => line.startsWith(`${band} `)) ?? []);
  expect(told).toEqual(inOrder);
});
