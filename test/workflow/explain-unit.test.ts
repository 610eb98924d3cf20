import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readOwnCsv } from "../../src/report/own-csv.js";
import { explainUnit } from "../../src/workflow/explain-unit.js";
import { draw, workplace } from "./scratch.js";

const explain = (folder: string, id: string) => explainUnit("out", id, { cwd: folder, progress: () => {} });
const rows = (folder: string, name: string) =>
  readOwnCsv(readFileSync(join(folder, "out", name), "utf8"), name).rows;

test("every eligible unit: drawn, in reserve or neither, with its rank by ticket", async () => {
  const folder = workplace();
  await draw(folder);
  const drawn = new Map(rows(folder, "sample.csv").map((row) => [row[1] as string, Number(row[0])]));
  const reserves = new Map(rows(folder, "reserves.csv").map((row) => [row[1] as string, Number(row[0])]));
  const ranks = new Map<string, number[]>();
  for (const [id = "", stratum = ""] of rows(folder, "frame.csv")) {
    const explanation = await explain(folder, id);
    if (explanation.outcome === "excluded") throw new Error("eligible units are not excluded");
    expect(explanation.stratum).toBe(stratum);
    ranks.set(stratum, [...(ranks.get(stratum) ?? []), explanation.rank]);
    if (explanation.outcome === "drawn") expect(explanation.drawOrder).toBe(drawn.get(id));
    else if (explanation.outcome === "reserve") expect(explanation.reserveOrder).toBe(reserves.get(id));
    else expect(drawn.has(id) || reserves.has(id)).toBe(false);
    if (drawn.has(id)) expect(explanation.rank).toBeLessThanOrEqual(explanation.drawn);
  }
  for (const found of ranks.values()) {
    expect(found.toSorted((a, b) => a - b)).toEqual(found.map((_, at) => at + 1));
  }
});

test("an excluded unit has its reason; an unknown one a suggestion", async () => {
  const folder = workplace();
  await draw(folder);
  expect(await explain(folder, "0000_0")).toEqual({
    outcome: "excluded",
    unitId: "0000_0",
    reason: "include: closed_date",
  });
  await expect(explain(folder, "0000_77")).rejects.toThrow(/Did you mean 0000_/);
});

test("files that disagree, and data that has changed, are said and not explained away", async () => {
  const folder = workplace();
  await draw(folder);
  const path = join(folder, "out", "sample.csv");
  const [header, first = "", ...others] = readFileSync(path, "utf8").split("\n");
  writeFileSync(path, [header, ...others].join("\n"));
  await expect(explain(folder, first.split(",")[1] as string)).rejects.toThrow(/files disagree/);
  const data = join(folder, "children.csv");
  writeFileSync(data, `${readFileSync(data, "utf8")}9999,1,S,F,01/01/2015,public,01/06/2026,,Team 1\n`);
  await expect(explain(folder, "9999_1")).rejects.toThrow(/has changed since the draw/);
});
