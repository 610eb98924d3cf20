import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rowsXml, workbook } from "../readers/workbook-fixture.js";
import { requires } from "../requires.js";
import { estimate, records, refusal } from "./estimating.js";
import { fillIn } from "./fill-in.js";
import { draw, plan, workplace } from "./scratch.js";

/** 30 of 90 children with reserves. */
async function drawn() {
  const folder = workplace(
    undefined,
    plan.replace(/sample: .*/, "sample: { size: 30, strata: [law_type], reserves: 3 }"),
  );
  await draw(folder);
  return { folder, ids: records(join(folder, "out"), "sample.csv").map(({ unit_id = "" }) => unit_id) };
}

const answer = (at: number): string => (at % 3 === 0 ? "Yes" : "No");

/** `findings.xlsx`: a copy of the sample's workbook with columns that inspectors added. */
function fill(folder: string, sheet = "Sample", to = "findings.xlsx", from = "out/sample.xlsx"): void {
  fillIn(join(folder, from), join(folder, to), {
    sheet,
    headers: ["Plan made", "Visits", "Reviewer"],
    cells: (row) => [answer(row), row % 5, "AB"],
  });
}

/** The same findings as CSV. */
function asCsv(folder: string, ids: readonly string[]): void {
  const lines = ids.map((id, at) => `${id},${answer(at)},${at % 5}`);
  writeFileSync(join(folder, "findings.csv"), `${["unit_id,Plan made,Visits", ...lines].join("\n")}\n`);
}

const figures = (folder: string): string => readFileSync(join(folder, "estimates/estimates.csv"), "utf8");

describe("the sample’s workbook, filled in", () => {
  test("gives the figures that the same findings give as CSV; its own columns are no findings", async () => {
    const { folder, ids } = await drawn();
    asCsv(folder, ids);
    await estimate(folder);
    const expected = figures(folder);
    fill(folder);
    const { context } = await estimate(folder, { findings: "findings.xlsx" });
    expect(figures(folder)).toBe(expected);
    expect(context.findings.columns.map(({ name }) => name)).toEqual(["Plan made", "Visits"]);
    const notes = context.findings.notes.map(({ text }) => text);
    expect(notes).toContain("Sheet Sample of findings.xlsx was read.");
    expect(notes.find((text) => text.includes("of the sample’s own list passed over"))).toMatch(
      /Case ID, Child ID, Gender/,
    );
  });

  test.skipIf(!requires("soffice"))("saved again by LibreOffice", { timeout: 60_000 }, async () => {
    const { folder, ids } = await drawn();
    asCsv(folder, ids);
    await estimate(folder);
    const expected = figures(folder);
    fill(folder);
    const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
    const words = [profile, "--headless", "--convert-to", "xlsx", "--outdir", join(folder, "saved")];
    const run = spawnSync("soffice", [...words, join(folder, "findings.xlsx")], { encoding: "utf8" });
    expect(run.status, run.stderr).toBe(0);
    await estimate(folder, { findings: "saved/findings.xlsx" });
    expect(figures(folder)).toBe(expected);
  });

  test("a row with nothing filled in is a case not reviewed", async () => {
    const { folder, ids } = await drawn();
    fillIn(join(folder, "out/sample.xlsx"), join(folder, "findings.xlsx"), {
      sheet: "Sample",
      headers: ["Plan made", "Reviewer"],
      cells: (row) => (row === 2 ? ["", "AB"] : [answer(row), "AB"]),
    });
    const { context } = await estimate(folder, { findings: "findings.xlsx" });
    const notes = new Map(context.findings.notes.map((note) => [note.code, note]));
    expect(notes.get("rows-untouched")?.text).toMatch(/^1 row of the sample's list with nothing filled in/);
    expect(notes.get("units-not-reviewed")?.cases).toEqual([ids[2]]);
    expect(records(join(folder, "estimates"), "estimates.csv")[0]).toMatchObject({
      n: "29",
      not_answered: "0",
    });
  });

  test("with nothing filled in at all is refused", async () => {
    const { folder } = await drawn();
    const error = await refusal(estimate(folder, { findings: "out/sample.xlsx" }));
    expect(error.code).toBe("FINDINGS_EMPTY");
    expect(error.message).toContain("columns that inspectors added");
  });

  test("in the sample’s folder itself: taken, and said; any other changed file is still refused", async () => {
    const { folder } = await drawn();
    copyFileSync(join(folder, "out/sample.xlsx"), join(folder, "plain.xlsx"));
    fill(folder, "Sample", "out/sample.xlsx", "plain.xlsx");
    const { context } = await estimate(folder, { findings: "out/sample.xlsx" });
    expect(context.findings.notes[0]).toMatchObject({ code: "filled-in-place" });
    copyFileSync(join(folder, "out/sample.xlsx"), join(folder, "copy.xlsx"));
    expect((await refusal(estimate(folder, { findings: "copy.xlsx" }))).code).toBe("SAMPLE_FOLDER_CHANGED");
    writeFileSync(join(folder, "out/strata.csv"), "x\n");
    expect((await refusal(estimate(folder, { findings: "out/sample.xlsx" }))).code).toBe(
      "SAMPLE_FOLDER_CHANGED",
    );
    expect(existsSync(join(folder, "out/sample.xlsx"))).toBe(true);
  });
});

describe("which sheet", () => {
  test("two sheets filled in: refused with their names, until one is named", async () => {
    const { folder } = await drawn();
    fill(folder, "Sample", "half.xlsx");
    fill(folder, "Reserves", "findings.xlsx", "half.xlsx");
    const error = await refusal(estimate(folder, { findings: "findings.xlsx" }));
    expect(error.code).toBe("SHEET_NOT_CLEAR");
    expect(error.message).toContain(
      'got "Sample", "Reserves" (findings.xlsx). Name it, such as --sheet "Sample".',
    );
    await estimate(folder, { findings: "findings.xlsx", sheet: "sample" });
    expect(records(join(folder, "estimates"), "estimates.csv")[0]).toMatchObject({ n: "30" });
    const wrong = await refusal(estimate(folder, { findings: "findings.xlsx", sheet: "Reserves" }));
    expect(wrong.code).toBe("FINDINGS_EMPTY"); // none of the sample is in it
    expect((await refusal(estimate(folder, { findings: "findings.xlsx", sheet: "Team" }))).code).toBe(
      "SHEET_NOT_FOUND",
    );
  });

  const book = (folder: string, sheets: Parameters<typeof workbook>[0]["sheets"]): void =>
    writeFileSync(join(folder, "findings.xlsx"), workbook({ sheets }));

  test("findings of their own beside a copy of the sample’s list", async () => {
    const { folder, ids } = await drawn();
    book(folder, [
      {
        name: "Sample",
        rows: rowsXml([
          ["Sampled children"],
          ["Draw order", "Unit ID"],
          ...ids.map((id, at) => [at + 1, id]),
        ]),
      },
      { name: "Team A", rows: rowsXml([["unit_id", "seen"], ...ids.map((id, at) => [id, answer(at)])]) },
    ]);
    const { context } = await estimate(folder, { findings: "findings.xlsx" });
    expect(context.findings.columns.map(({ name }) => name)).toEqual(["seen"]);
    expect(context.findings.notes[0]?.text).toBe("Sheet Team A of findings.xlsx was read.");
  });

  test.each([
    ["no unit ids in any sheet", undefined],
    ["no unit ids in the named sheet", "Findings"],
  ])("%s", async (_, sheet) => {
    const { folder } = await drawn();
    book(folder, [
      { name: "Cover", rows: rowsXml([["About"]]) },
      {
        name: "Findings",
        rows: rowsXml([
          ["case", "seen"],
          ["1", "yes"],
        ]),
      },
    ]);
    const error = await refusal(estimate(folder, { findings: "findings.xlsx", sheet }));
    expect(error.code).toBe("FINDINGS_COLUMN_MISSING");
    expect(error.message).toContain(sheet === undefined ? 'sheet "Cover", "Findings"' : 'sheet "Findings"');
  });

  test("of a text file a sheet is refused, and so is one without unit ids", async () => {
    const { folder, ids } = await drawn();
    asCsv(folder, ids);
    expect((await refusal(estimate(folder, { sheet: "Sample" }))).code).toBe("SHEET_NOT_FOUND");
    writeFileSync(join(folder, "findings.csv"), "case,seen\n1,yes\n");
    const error = await refusal(estimate(folder));
    expect(error.code).toBe("FINDINGS_COLUMN_MISSING");
    expect(error.message).toContain("(findings.csv)");
  });
});

test("“Weight” and “Status” are findings where the file is not the sample’s list", async () => {
  const { folder, ids } = await drawn();
  writeFileSync(
    join(folder, "findings.csv"),
    ["unit_id,Weight,Status", ...ids.map((id, at) => `${id},${at + 3},${answer(at)}`)].join("\n"),
  );
  const { context } = await estimate(folder);
  expect(context.findings.columns.map(({ name, kind }) => [name, kind])).toEqual([
    ["Weight", "number"],
    ["Status", "yes-no"],
  ]);
});
