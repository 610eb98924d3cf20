import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readOwnCsv } from "../../src/report/own-csv.js";
import { draw, exportLines, plan, workplace } from "./scratch.js";

const read = (folder: string, name: string): string => readFileSync(join(folder, "out", name), "utf8");
const table = (folder: string, name: string) => readOwnCsv(read(folder, name), name);

function hashes(folder: string): Record<string, string> {
  const names = readdirSync(join(folder, "out")).filter((name) => name !== "run.json");
  return Object.fromEntries(
    names.sort().map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(folder, "out", name)))
        .digest("hex"),
    ]),
  );
}

test("the folder holds what the contract lists, and no name or date of birth", async () => {
  const folder = workplace();
  await draw(folder);
  expect(readdirSync(join(folder, "out")).sort()).toEqual([
    "balance.csv",
    "frame.csv",
    "manifest.json",
    "reserves.csv",
    "run.json",
    "sample.csv",
    "sample.xlsx",
    "strata.csv",
    "summary.html",
  ]);
  const { header, rows } = table(folder, "sample.csv");
  expect(header).toEqual([
    "draw_order",
    "unit_id",
    "stratum",
    "inclusion_probability",
    "design_weight",
    "ticket",
    "case_id",
    "child_id",
    "gender",
    "law_type",
    "team",
    "application_date",
    "closed_date",
    "age_band",
    "delay_band",
  ]);
  expect(rows.map((row) => row[0])).toEqual(Array.from({ length: 12 }, (_, i) => String(i + 1)));
  const tickets = rows.map((row) => row[5] as string);
  expect(tickets.toSorted()).toEqual(tickets);
  for (const name of readdirSync(join(folder, "out"))) {
    expect(readFileSync(join(folder, "out", name)).includes("Secret"), name).toBe(false);
    expect(read(folder, name).includes("2015-"), name).toBe(false);
  }
});

test("every figure of the folder agrees with the export", async () => {
  const folder = workplace();
  const { manifest } = await draw(folder);
  const open = exportLines()
    .slice(1)
    .map((line) => line.split(","))
    .filter((cells) => cells[7] === "");
  expect(manifest.frame).toMatchObject({ rows_read: 120, eligible: open.length, superseded: 0, folded: 0 });
  expect(manifest.frame.excluded).toEqual([{ reason: "include: closed_date", count: 120 - open.length }]);
  expect(table(folder, "frame.csv").rows.map(([id]) => id)).toEqual(
    open.map((cells) => `${cells[0]}_${cells[1]}`).sort(),
  );
  const strata = table(folder, "strata.csv").rows;
  const total = (at: number): number => strata.reduce((sum, row) => sum + Number(row[at]), 0);
  expect([total(1), total(2), total(3)]).toEqual([open.length, 12, 12]);
  for (const row of table(folder, "sample.csv").rows) {
    const stratum = strata.find(([key]) => key === row[2]) as string[];
    expect(Number(row[3])).toBe(Number(stratum[3]) / Number(stratum[1]));
    expect(Number(row[4])).toBe(Number(stratum[1]) / Number(stratum[3]));
  }
});

test("reserves are numbered within their stratum, and rows matched are counted", async () => {
  const lookups = "lookups: [{ path: teams.csv, from: team, to: { region: Region } }]\ncolumns:";
  const yaml = plan.replace("columns:", lookups).replace("reserves: 0.25", "reserves: 3");
  const folder = workplace(exportLines(), yaml);
  writeFileSync(join(folder, "teams.csv"), "team,Region\nTeam 0,North\nTeam 1,South\nTeam 9,West\n");
  const { manifest } = await draw(folder);
  const seen = new Map<string, number>();
  for (const [order, , stratum = ""] of table(folder, "reserves.csv").rows) {
    expect(Number(order)).toBe((seen.get(stratum) ?? 0) + 1);
    seen.set(stratum, Number(order));
  }
  expect(Math.max(...seen.values())).toBe(3);
  expect(manifest.inputs.map(({ rows_read, rows_matched }) => [rows_read, rows_matched])).toEqual([
    [120, 120],
    [3, 2],
  ]);
});

test("the digests are over what the contract names and nothing else", async () => {
  const folder = workplace();
  const { manifest } = await draw(folder);
  const units = table(folder, "frame.csv").rows;
  const cells = new Map(
    exportLines()
      .slice(1)
      .map((line) => [line.split(",").slice(0, 2).join("_"), line.split(",")]),
  );
  const iso = (date = ""): string => date.split("/").toReversed().join("-");
  const sha = (lines: string[]): string =>
    createHash("sha256")
      .update(lines.map((line) => `${line}\n`).join(""))
      .digest("hex");
  const names = [
    "application_date",
    "case_id",
    "child_id",
    "closed_date",
    "date_of_birth",
    "gender",
    "law_type",
    "team",
  ];
  const values = (id = ""): (string | undefined)[] => {
    const [caseId, childId, , gender, birth, law, start, end, team] = cells.get(id) as string[];
    return [iso(start), caseId, childId, iso(end), iso(birth), gender === "F" ? "female" : "male", law, team];
  };
  expect(manifest.frame.digest).toBe(
    sha([["unit_id", ...names].join("\u001f"), ...units.map(([id]) => [id, ...values(id)].join("\u001f"))]),
  );
  // A stratum's key is "law_type / delay_band"; the design's fields stand in byte order.
  const design = units.map(([id, key = ""]) => [id, ...key.split(" / ").toReversed()].join("\u001f"));
  expect(manifest.frame.design_digest).toBe(sha(["unit_id\u001fdelay_band\u001flaw_type", ...design]));
  expect(Object.keys(manifest.frame.field_digests)).toEqual([...names, "delay_band"].sort());
});

test("the same export, plan and seed give the same bytes; another seed does not", async () => {
  const [one, two, three] = [workplace(), workplace(), workplace()];
  await draw(one);
  await draw(two);
  await draw(three, "314160");
  expect(hashes(two)).toEqual(hashes(one));
  expect(hashes(three)["sample.csv"]).not.toBe(hashes(one)["sample.csv"]);
});

test("shuffled rows and a split file change nothing but the inputs", async () => {
  const [header, ...rows] = exportLines() as [string, ...string[]];
  const one = workplace();
  const shuffled = workplace([header, ...rows.toReversed()]);
  const split = workplace(
    [header, ...rows.slice(60)],
    plan.replace("[{ path: children.csv }]", "[{ path: children.csv }, { path: more.csv }]"),
  );
  writeFileSync(join(split, "more.csv"), [header, ...rows.slice(0, 60)].join("\r\n"));
  await draw(one);
  const expected = hashes(one);
  for (const folder of [shuffled, split]) {
    await draw(folder);
    const found = hashes(folder);
    expect({ ...found, "manifest.json": "" }).toEqual({ ...expected, "manifest.json": "" });
    const { inputs: _, plan: __, ...manifest } = JSON.parse(read(folder, "manifest.json"));
    expect(JSON.parse(read(one, "manifest.json"))).toMatchObject(manifest);
  }
});

test("adding a row changes no other unit's ticket", async () => {
  const one = workplace();
  const more = workplace([...exportLines(), "9999,1,Secret,F,01/01/2015,public,01/01/2026,,Team 1"]);
  await draw(one);
  await draw(more);
  const tickets = (folder: string) =>
    new Map(table(folder, "sample.csv").rows.map((row) => [row[1], row[5]]));
  const before = tickets(one);
  for (const [id, ticket] of tickets(more)) if (before.has(id)) expect(ticket).toBe(before.get(id));
});
