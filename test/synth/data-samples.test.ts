import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readSeries } from "../../src/analysis/published/read-series.js";
import { seriesItems } from "../../src/analysis/published/series-items.js";
import { parsePlan } from "../../src/plan/load.js";
import { readTable } from "../../src/readers/read-table.js";
import { csvText } from "../../src/report/csv.js";
import { workbookBytes } from "../../src/report/workbook/workbook.js";
import { courtLookup } from "../../src/synth/places.js";
import { blankRecordRate, quirks } from "../../src/synth/quirks.js";
import { synthesise } from "../../src/synth/synthesise.js";

const folder = new URL("../../data-samples/", import.meta.url);
const path = (name: string): string => fileURLToPath(new URL(name, folder));
const makerPath = path("make.mjs");
const maker = await import(makerPath);
const samples: Record<string, string | Uint8Array> = maker.makeSamples({
  synthesise,
  courtLookup,
  quirks,
  blankRecordRate,
  csvText,
  workbookBytes,
});

const read = async (name: string, where: { sheet?: string; wanted?: readonly string[] } = {}) =>
  (await readTable({ path: path(name), label: name, ...where })).table;
const annexHeaders = (
  "case ID,case name,gender,ethnicity,disability (Y/N),date of birth,lead application,law type,case type," +
  "practitioner,team,service area,local authority,court,file location"
).split(",");
const distinct = (values: readonly string[]): number => new Set(values.map((value) => value.trim())).size;

describe("data-samples", () => {
  test.each([
    "open-children.csv",
    "closed-children.csv",
    "factors.xlsx",
    "closed-annex-a.xlsx",
    "courts.csv",
    "audits.csv",
    "complaints.csv",
    "practitioners.csv",
    "supervision.csv",
    "published-quarterly.csv",
    "published-regional.csv",
  ])("%s is what make.mjs makes (npm run build && node data-samples/make.mjs)", (name) => {
    expect(Buffer.compare(readFileSync(path(name)), Buffer.from(samples[name] as Uint8Array))).toBe(0);
  });

  test("the published figures are two series that a reader takes, and say that they are invented", async () => {
    const rows = readSeries(await read("published-quarterly.csv"), "published-quarterly.csv");
    expect(rows).toHaveLength(36);
    expect(new Set(rows.map(({ source }) => source))).toEqual(new Set(["Invented statistics (synthetic)"]));
    expect(seriesItems(rows).map(({ id, refusal }) => [id, refusal])).toEqual([
      ["published-care-cases-closed-within-26-weeks", undefined],
      ["published-new-care-cases", undefined],
    ]);
  });

  test("the README states every quirk with its rate", () => {
    const readme = readFileSync(path("README.md"), "utf8");
    expect(readme).toContain(samples.quirks);
    expect(maker.withQuirks(readme, samples.quirks)).toBe(readme);
    expect(readme).toContain("| blank cell | law type, application date, date of birth | 0.2 % |");
  });

  test("about 2,000 open and 1,000 closed children, 23 columns and a blank one, another header in one", async () => {
    const open = await read("open-children.csv");
    const closed = await read("closed-children.csv");
    expect(open.rowCount + closed.rowCount).toBe(3_000);
    expect(Math.abs(open.rowCount - 2_000)).toBeLessThan(100);
    expect(open.headers).toHaveLength(24);
    expect(open.headers).not.toContain("Proceedings factors");
    expect(open.headers).toContain("closed date");
    expect(closed.headers).toEqual(
      open.headers.map((name) => (name === "closed date" ? "Date closed" : name)),
    );
    const closing = open.columns.find(({ header }) => header === "closed date");
    expect(closing?.values).toEqual([""]);
  });

  test("the Annex A list has exactly its 15 columns, about 300 children in 200 cases", async () => {
    const list = await read("closed-annex-a.xlsx", { sheet: "List 1", wanted: annexHeaders });
    expect(list.headers).toEqual(annexHeaders);
    expect(Math.abs(list.rowCount - 300)).toBeLessThan(30);
    expect(Math.abs(distinct(list.columns[0]?.values ?? []) - 200)).toBeLessThan(20);
    expect(list.rowNumbers[0]).toBe(3);
  });

  test("factors have several rows a case, all of them cases of the two files", async () => {
    const factors = await read("factors.xlsx", { sheet: "Factors", wanted: ["case ID", "Factor"] });
    const ids = new Set(factors.columns[0]?.values);
    expect(factors.headers).toEqual(["case ID", "Factor"]);
    expect(factors.rowCount).toBeGreaterThan(1.5 * ids.size);
    const known = new Set<string>();
    for (const name of ["open-children.csv", "closed-children.csv"])
      for (const id of (await read(name)).columns[0]?.values ?? []) known.add(id.trim());
    expect([...ids].filter((id) => !known.has(id))).toEqual([]);
  });

  test.each(["national.yaml", "annex-a.yaml"])("plans/%s is a plan", (name) => {
    const plan = parsePlan(readFileSync(path(`plans/${name}`), "utf8"), { file: name });
    expect(plan.reference_date).toBe("2026-11-16");
  });
});
