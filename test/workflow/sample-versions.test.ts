import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CasedrawError } from "../../src/errors.js";
import { readOwnCsv } from "../../src/report/own-csv.js";
import { readRegister } from "../../src/report/register/lines.js";
import { type Continuation, continueSample } from "../../src/workflow/next-version/continue-sample.js";
import { drawToFolder } from "../../src/workflow/sample/to-folder.js";
import { verifySample } from "../../src/workflow/verify/verify-sample.js";
import { workbook } from "../readers/workbook-fixture.js";
import { draw, exportLines, plan, workplace } from "./scratch.js";
import { correct, update } from "./updating.js";

const quiet = { progress: () => {} };

function go(
  folder: string,
  from: string,
  out: string,
  wanted: Continuation,
  extra: { readonly data?: readonly string[]; readonly register?: string | null } = {},
) {
  const options = { out, force: false, cwd: folder, claim: () => {}, data: [], ...quiet, ...extra };
  return continueSample(from, wanted, options);
}

const extend = (size: number): Continuation => ({ kind: "extend", size, afterFindings: false });
const table = (folder: string, path: string) => readOwnCsv(readFileSync(join(folder, path), "utf8"), path);
const column = (folder: string, path: string, name: string): string[] => {
  const { header, rows } = table(folder, path);
  return rows.map((row) => row[header.indexOf(name)] as string);
};
const verify = (folder: string, out: string, options: { readonly plan?: string } = {}) =>
  verifySample(out, { cwd: folder, data: [], ...quiet, ...options });

/** A log of drawn units by their place in the sample. */
function log(folder: string, from: string, rows: readonly (readonly [number, string])[]): Continuation {
  const ids = column(folder, `${from}/sample.csv`, "unit_id");
  const lines = rows.map(([at, reason]) => `${ids[at]},${reason}`);
  writeFileSync(join(folder, "log.csv"), `unit_id,reason\n${lines.join("\n")}\n`);
  return { kind: "replace", log: "log.csv" };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CasedrawError) return error.code;
    throw error;
  }
  throw new Error("expected a CasedrawError");
}

/** Drawn, replaced, enlarged, replaced again. */
async function fourVersions(yaml = plan): Promise<string> {
  const folder = workplace(exportLines(), yaml);
  await draw(folder);
  await go(
    folder,
    "out",
    "v2",
    log(folder, "out", [
      [0, "out-of-scope"],
      [3, "inaccessible"],
    ]),
  );
  await go(folder, "v2", "v3", extend(20));
  await go(folder, "v3", "v4", log(folder, "v3", [[1, "conflict"]]));
  return folder;
}

describe("versions", () => {
  test("each goes on where the one before stopped, verifies, and has its line in the register", async () => {
    const folder = await fourVersions();
    const ids = (out: string) => column(folder, `${out}/sample.csv`, "unit_id");
    expect(ids("v2").slice(0, 12)).toEqual(ids("out"));
    expect(ids("v3").slice(0, ids("v2").length)).toEqual(ids("v2"));
    expect(ids("v4").slice(0, 20)).toEqual(ids("v3"));
    expect(ids("v4")).toHaveLength(21);
    const orders = column(folder, "v4/sample.csv", "draw_order").map(Number);
    expect(orders).toEqual(orders.map((_, at) => at + 1));
    const statuses = column(folder, "v4/sample.csv", "status");
    expect([
      statuses[0],
      statuses[1],
      statuses[2],
      statuses[3],
      statuses[12],
      statuses[19],
      statuses[20],
    ]).toEqual(["out-of-scope", "conflict", "drawn", "inaccessible", "released", "added", "released"]);
    expect([...new Set(column(folder, "v4/sample.csv", "version"))]).toEqual(["1", "2", "3", "4"]);
    const reserves = column(folder, "out/reserves.csv", "unit_id");
    const { rows } = table(folder, "v2/replacements.csv");
    expect(rows.map(([version, unit, , reason]) => [version, unit, reason])).toEqual([
      ["2", ids("out")[0], "out-of-scope"],
      ["2", ids("out")[3], "inaccessible"],
    ]);
    for (const row of rows) expect(reserves).toContain(row[4]);
    for (const out of ["v2", "v3", "v4"]) {
      const { differences, notes, sameDraw } = await verify(folder, out);
      expect({ differences, notes, sameDraw }, out).toEqual({ differences: [], notes: [], sameDraw: true });
    }
    const lines = readRegister(readFileSync(join(folder, "draws.jsonl")), "draws.jsonl");
    expect(lines.map(({ record, fault }) => [record?.kind, fault])).toEqual([
      ["draw", undefined],
      ["replace", undefined],
      ["extend", undefined],
      ["replace", undefined],
    ]);
  });

  test("final weights of a stratum sum to its population, and strata.csv tells the response", async () => {
    const folder = await fourVersions();
    const strata = table(folder, "v4/strata.csv");
    const stratumOf = column(folder, "v4/sample.csv", "stratum");
    const weights = column(folder, "v4/sample.csv", "final_weight").map(Number);
    const at = (name: string): number => strata.header.indexOf(name);
    for (const row of strata.rows) {
      const own = weights.filter((_, i) => stratumOf[i] === row[0]);
      expect(own.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(Number(row[at("population")]), 9);
      const lost = Number(row[at("inaccessible")]) + Number(row[at("conflict")]);
      expect(Number(row[at("response_rate")])).toBe((own.length - lost) / own.length);
      expect(Number(row[at("drawn")])).toBe(own.length);
    }
  });

  test.each([
    "method: systematic, balance: [gender],",
    "method: balanced, balance: [gender],",
    "one_per: case_id,",
  ])("under %s too", async (design) => {
    const folder = await fourVersions(
      plan.replace("strata:", `${design} strata:`).replace("reserves: 0.25", "reserves: 2"),
    );
    for (const out of ["v2", "v3", "v4"]) expect((await verify(folder, out)).differences).toEqual([]);
  });

  test("the same log on the same folder gives the same bytes; a workbook is read as a CSV is", async () => {
    const folder = workplace();
    await draw(folder);
    const wanted = log(folder, "out", [[2, "conflict"]]);
    const [one, two] = [await go(folder, "out", "a", wanted), await go(folder, "out", "b", wanted)];
    expect(two.manifest).toEqual(one.manifest);
    const cells = readFileSync(join(folder, "log.csv"), "utf8").trim().split("\n");
    const row = (line: string, at: number): string =>
      `<row r="${at + 1}">${line
        .split(",")
        .map((cell, c) => `<c r="${"AB"[c]}${at + 1}" t="inlineStr"><is><t>${cell}</t></is></c>`)
        .join("")}</row>`;
    writeFileSync(
      join(folder, "log.xlsx"),
      workbook({ sheets: [{ name: "Log", rows: cells.map(row).join("") }] }),
    );
    const three = await go(folder, "out", "c", { kind: "replace", log: "log.xlsx" });
    expect(three.manifest).toEqual(one.manifest);
  });
});

describe("verification finds", () => {
  const subjects = async (folder: string, out: string): Promise<string[]> =>
    (await verify(folder, out)).differences.map(({ subject, text }) => `${subject}: ${text}`);

  test("an earlier folder that was changed, and says where one is gone", async () => {
    const folder = await fourVersions();
    writeFileSync(
      join(folder, "v3/manifest.json"),
      `${readFileSync(join(folder, "v3/manifest.json"), "utf8")} `,
    );
    expect(await subjects(folder, "v4")).toEqual([
      `versions: ${join(folder, "v3")} is not the folder that this version continues, or its manifest was changed since`,
    ]);
    rmSync(join(folder, "v3"), { recursive: true });
    const { differences, notes } = await verify(folder, "v4");
    expect(differences).toEqual([]);
    expect(notes.map(({ subject }) => subject)).toEqual(["versions"]);
  });

  test("a step whose reason, unit or size was changed", async () => {
    const folder = await fourVersions();
    const path = join(folder, "v4/manifest.json");
    const text = readFileSync(path, "utf8");
    const edited = async (from: string | RegExp, to: string): Promise<string> => {
      expect(text).toMatch(from);
      writeFileSync(path, text.replace(from, to));
      return (await subjects(folder, "v4")).join("\n");
    };
    expect(await edited('"reason": "inaccessible"', '"reason": "out-of-scope"')).toContain("sample.csv: ");
    expect(await edited('"size": 20', '"size": 21')).toContain("selection: ");
    expect(await edited(/"unit_id": "[^"]+"/, '"unit_id": "9999_9"')).toContain("9999_9");
    expect(await edited('"version": 4', '"version": 5')).toContain("it is of version 5, and records 3 steps");
    expect(await edited(/"selection_digest": "[0-9a-f]{8}/, '"selection_digest": "00000000')).toContain(
      "previous.selection_digest",
    );
  });
});

describe("refused", () => {
  test("a folder with an edited file", async () => {
    const folder = workplace();
    await draw(folder);
    writeFileSync(
      join(folder, "out/reserves.csv"),
      readFileSync(join(folder, "out/reserves.csv"), "utf8").replace("1,", "2,"),
    );
    expect(await codeOf(go(folder, "out", "v2", extend(20)))).toBe("SAMPLE_FOLDER_CHANGED");
    expect(existsSync(join(folder, "v2"))).toBe(false);
  });

  test("data that changed in what the design uses, naming the field; not in what it does not use", async () => {
    const folder = workplace();
    await draw(folder);
    const rows = exportLines().map((line) => line.replaceAll("Team 0", "Team 7"));
    writeFileSync(join(folder, "children.csv"), `${rows.join("\n")}\n`);
    await go(folder, "out", "v2", extend(20));
    expect((await verify(folder, "v2")).differences).toEqual([]);
    const id = column(folder, "out/frame.csv", "unit_id")[0]?.replace("_", ",") as string;
    const changed = rows.map((line) =>
      line.startsWith(`${id},`)
        ? line.replace(/private|public/, (law) => (law === "public" ? "private" : "public"))
        : line,
    );
    writeFileSync(join(folder, "children.csv"), `${changed.join("\n")}\n`);
    await expect(go(folder, "out", "v3", extend(20))).rejects.toMatchObject({
      code: "EXTENSION_DESIGN_CHANGED",
      details: { fields: ["law_type"] },
    });
    renameSync(join(folder, "children.csv"), join(folder, "later.csv"));
    writeFileSync(join(folder, "first.csv"), `${exportLines().join("\n")}\n`);
    await go(folder, "out", "v4", extend(20), { data: ["first.csv"] });
  });

  test("another plan, the folder itself as output, a log without its columns", async () => {
    const folder = workplace();
    await draw(folder);
    expect(await codeOf(go(folder, "out", "out", extend(20)))).toMatch(/^OUTPUT_/);
    writeFileSync(join(folder, "log.csv"), "id,reason\na,conflict\n");
    expect(await codeOf(go(folder, "out", "v2", { kind: "replace", log: "log.csv" }))).toBe(
      "COLUMN_NOT_FOUND",
    );
    writeFileSync(join(folder, "plan.yaml"), plan.replace("size: 12", "size: 13"));
    expect(await codeOf(go(folder, "out", "v2", extend(20)))).toBe("SAMPLE_NOT_REPLAYED");
  });

  test("a log's fault is told with file, row and column", async () => {
    const folder = workplace();
    await draw(folder);
    writeFileSync(join(folder, "log.csv"), "reason,unit_id\n\nconflict,9999_9\n");
    await expect(go(folder, "out", "v2", { kind: "replace", log: "log.csv" })).rejects.toThrow(
      "(log.csv, row 3, column unit_id)",
    );
  });
});

describe("avoid", () => {
  const spring = plan.replace("size: 12", "size: 30");
  const avoiding = (avoid: string): string =>
    plan.replace("reserves: 0.25", `reserves: 0.25, avoid: ${avoid}`);

  async function reviewedBefore(): Promise<string> {
    const folder = workplace(exportLines(), spring);
    await draw(folder, "spring", "spring");
    return folder;
  }

  test("an earlier sample's units are kept away from; its manifest is an input; the sample verifies", async () => {
    const folder = await reviewedBefore();
    writeFileSync(join(folder, "plan.yaml"), avoiding("{ sample: spring }"));
    const { manifest } = await draw(folder, "autumn");
    const before = new Set(column(folder, "spring/sample.csv", "unit_id"));
    // 30 and 12 of 90 leave room in every stratum: nobody is drawn twice.
    expect(column(folder, "out/sample.csv", "unit_id").filter((id) => before.has(id))).toEqual([]);
    expect(manifest.inputs[1]).toMatchObject({
      path: "spring/manifest.json",
      rows_read: 90,
      rows_matched: 90,
    });
    expect(manifest.algorithm).toEqual({ name: "stratified-coordinated", version: 1 });
    expect((await verify(folder, "out")).differences).toEqual([]);
    expect(await codeOf(go(folder, "out", "v2", extend(20)))).toBe("EXTENSION_NOT_POSSIBLE");
    await go(folder, "out", "v2", log(folder, "out", [[0, "conflict"]]));
    expect(column(folder, "v2/sample.csv", "status").at(-1)).toBe("substitute");
    expect((await verify(folder, "v2")).differences).toEqual([]);
  });

  test("a list splits the strata; replacements and top-ups go on in the parts", async () => {
    const folder = await reviewedBefore();
    writeFileSync(
      join(folder, "list.csv"),
      `unit_id\n${column(folder, "spring/sample.csv", "unit_id").join("\n")}\n`,
    );
    writeFileSync(join(folder, "plan.yaml"), avoiding("{ ids: list.csv, share: 0.2 }"));
    const { manifest } = await draw(folder, "autumn");
    expect(manifest.inputs[1]).toMatchObject({ path: "list.csv", rows_read: 30, rows_matched: 30 });
    expect(
      manifest.strata.map(({ stratum }) => stratum).filter((key) => key.endsWith(" / reviewed before"))
        .length,
    ).toBeGreaterThan(2);
    for (const { drawn, population } of manifest.strata) expect(drawn / population).toBeGreaterThan(0);
    await go(folder, "out", "v2", log(folder, "out", [[0, "conflict"]]));
    await go(folder, "v2", "v3", extend(24));
    for (const out of ["out", "v2", "v3"]) expect((await verify(folder, out)).differences).toEqual([]);
    expect(column(folder, "v3/sample.csv", "unit_id")).toHaveLength(24);
  });

  test("an earlier sample whose probabilities are not known exactly, or whose files were edited", async () => {
    const folder = workplace(exportLines(), spring.replace("strata:", "caps: { team: 12 }, strata:"));
    await draw(folder, "spring", "spring");
    writeFileSync(join(folder, "plan.yaml"), avoiding("{ sample: spring }"));
    expect(await codeOf(draw(folder, "autumn"))).toBe("AVOID_SAMPLE_UNSUITABLE");
    writeFileSync(join(folder, "plan.yaml"), spring);
    await draw(folder, "before", "before");
    correct(folder);
    await update(folder, "before", "updated");
    writeFileSync(join(folder, "plan.yaml"), avoiding("{ sample: updated }"));
    expect(await codeOf(draw(folder, "autumn"))).toBe("AVOID_SAMPLE_UNSUITABLE");
    writeFileSync(join(folder, "plan.yaml"), spring);
    await draw(folder, "other", "other");
    writeFileSync(join(folder, "other/sample.csv"), "edited");
    writeFileSync(join(folder, "plan.yaml"), avoiding("{ sample: other }"));
    expect(await codeOf(draw(folder, "autumn"))).toBe("SAMPLE_FOLDER_CHANGED");
  });
});

test("a sample that a later version goes on with is not replaced, though --force is given", async () => {
  const folder = workplace();
  await draw(folder);
  await go(folder, "out", "v2", extend(14));
  await go(folder, "v2", "v3", extend(16));
  const again = { out: "out", force: true, cwd: folder, claim: () => {}, ...quiet };
  expect(await codeOf(drawToFolder("plan.yaml", "2", again))).toBe("OUTPUT_CONTINUED");
  const options = { out: "v2", force: true, cwd: folder, claim: () => {}, data: [], ...quiet };
  expect(await codeOf(continueSample("out", extend(15), options))).toBe("OUTPUT_CONTINUED");
  for (const out of ["v2", "v3"])
    expect((await verifySample(out, { cwd: folder, data: [], ...quiet })).differences).toEqual([]);
  rmSync(join(folder, "v3"), { recursive: true });
  await continueSample("out", extend(15), options);
});
