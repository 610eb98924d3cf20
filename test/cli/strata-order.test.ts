import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import type { Invocation } from "../../src/cli/command.js";
import { continueFrom } from "../../src/cli/commands/sample-continue.js";
import { updateWith } from "../../src/cli/commands/update.js";
import type { Helper } from "../../src/cli/helper.js";
import type { Io } from "../../src/cli/io.js";
import { main } from "../../src/cli/main.js";
import { draw, workplace } from "../workflow/scratch.js";
import { fakeHost } from "./fake.js";

// Reference date 16 November 2026: of four children one each was 16, 11, 7 and 2 on their last birthday.
const births = ["2010-02-01", "2015-02-01", "2019-02-01", "2024-02-01"];
const inOrder = ["1 to 4", "5 to 9", "10 to 15", "16 and over"];

const yaml = `casedraw: 1
title: Test inspection
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: children.csv }]
columns: { child_id: ID, date_of_birth: born }
sample: { size: 12, strata: [age_band] }
`;

/** The bands with which lines of the terminal begin. The threads that help take built code, so here a command does all by itself. */
async function bandsTold(
  folder: string,
  words: readonly string[],
  alone: (invocation: Invocation, io: Io) => Promise<number>,
): Promise<string[]> {
  const { host, said } = fakeHost();
  const load = async () => ({ run: alone });
  expect(await main([...words], { ...host, cwd: folder }, { ...catalogue, load })).toBe(0);
  return said.out.split("\n").flatMap((line) => inOrder.find((band) => line.startsWith(`${band} `)) ?? []);
}

test("the terminal has bands in their order, where files have them by their bytes", async () => {
  const lines = Array.from({ length: 40 }, (_, at) => `c${at},${births[at % 4]}`);
  const folder = workplace(["ID,born", ...lines], yaml);
  const { host, said } = fakeHost();
  const words = ["sample", "--plan", "plan.yaml", "--seed", "1", "--dry-run"];
  expect(await main(words, { ...host, cwd: folder }, catalogue)).toBe(0);
  const told = said.out
    .split("\n")
    .flatMap((line) => inOrder.find((band) => line.startsWith(`${band} `)) ?? []);
  expect(told).toEqual(inOrder);

  await draw(folder);
  const extend = ["sample", "--extend", "out", "--size", "16", "--out", "v2"];
  expect(await bandsTold(folder, extend, (call, io) => continueFrom(call, io, {} as Helper))).toEqual(
    inOrder,
  );
  writeFileSync(join(folder, "children.csv"), `${["ID,born", ...lines.slice(4)].join("\n")}\n`);
  const update = ["update", "--sample", "out", "--plan", "plan.yaml", "--out", "v3"];
  expect(await bandsTold(folder, update, (call, io) => updateWith(call, io, {}))).toEqual(inOrder);
});
