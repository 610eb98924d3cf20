import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeSynthetic } from "../../src/api/synth.js";
import * as api from "../../src/index.js";
import { exportLines, plan } from "../workflow/scratch.js";

/** The package with its build; `npm test` builds it. */
const root = process.env.CASEDRAW_ROOT ?? fileURLToPath(new URL("../../", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "casedraw-library-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a script that imports casedraw by its name, as from within the package it may. */
function runScript(script: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", script, ...args],
    { cwd: root, encoding: "utf8", env: { ...process.env, ...env } },
  );
  return { status, stdout, stderr };
}

/** What a script loads, by the URLs of its modules. */
function loadedBy(script: string): string[] {
  const coverage = join(folder, "coverage");
  const { status, stderr } = runScript(script, [], { NODE_V8_COVERAGE: coverage });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const urls = readdirSync(coverage).flatMap((file) => {
    const { result } = JSON.parse(readFileSync(join(coverage, file), "utf8")) as {
      result: { url: string }[];
    };
    return result.map(({ url }) => url);
  });
  return urls.filter((url) => url.startsWith("file:") && !url.endsWith("[eval1]"));
}

/** Libraries that take long to load, and a command that few scripts use. */
const heavy =
  /node_modules\/(danfojs-node|@duckdb|@resvg|zod|yaml|vega|vega-lite|docx|officecrypto-tool|csv-parse)\//;

describe("importing casedraw", () => {
  test("loads none of the heavy libraries, and neither readers, pages nor commands", () => {
    const unbundled = pathToFileURL(join(root, "dist/index.js")).href;
    const loaded = loadedBy(`await import(${JSON.stringify(unbundled)})`);
    expect(loaded).toContain(unbundled);
    expect(loaded.filter((url) => heavy.test(url))).toEqual([]);
    expect(
      loaded.filter((url) => /dist\/(cli|readers\/read|report|interop|charts|analysis)\//.test(url)),
    ).toEqual([]);
  });

  test("loads zod when a plan is read, so that the first test can fail", () => {
    const unbundled = pathToFileURL(join(root, "dist/index.js")).href;
    const loaded = loadedBy(
      `(await import(${JSON.stringify(unbundled)})).parsePlan("casedraw: 1").catch(() => {})`,
    );
    expect(loaded.filter((url) => /node_modules\/zod\//.test(url)).length).toBeGreaterThan(0);
  });

  test("by its name loads two or three files of the bundle", () => {
    const loaded = loadedBy('await import("casedraw")').map((url) =>
      url.slice(url.lastIndexOf("/dist/") + 6),
    );
    expect(loaded.map((path) => path.replace(/-[\w-]{8}\.js$/, ".js")).sort()).toEqual([
      "lib/core.js",
      "lib/index.js",
      "lib/rolldown-runtime.js",
    ]);
  });

  test("casedraw/danfo is imported without danfojs", () => {
    const loaded = loadedBy('await import("casedraw/danfo")');
    expect(loaded.filter((url) => heavy.test(url))).toEqual([]);
  });
});

test("the whole chain by the package's own name", async () => {
  await writeSynthetic({ rows: 1500, seed: "7", out: "children.csv", cwd: folder });
  const synthetic = plan
    .replace("  case_name: case name\n", "")
    .replace("gender: gender", "gender: gender\n  disability: disability (Y/N)");
  const teams = "teams: [{ name: Everybody }]\nhandover: { findings: [{ name: seen }] }\n";
  writeFileSync(join(folder, "plan.yaml"), synthetic.replace("size: 12", "size: 40") + teams);
  const chain = readFileSync(new URL("chain.mjs", import.meta.url), "utf8");
  const { status, stdout, stderr } = runScript(chain, [folder]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout)).toEqual({
    findings: 0,
    rows: 1500,
    accounted: 1500,
    simulated: true,
    needed: expect.any(Number),
    drawn: 40,
    sameInFolder: true,
    digest: true,
    verified: true,
    explained: "drawn",
    balance: true,
    given: 40,
    left: 40,
    archived: ["archive", true, 40],
    estimates: 1,
    table: "gender",
    svg: true,
    data: true,
    raw: 1500,
    whole: true,
  });
});

describe("what a script is told when something is amiss", () => {
  test("an item that the data cannot carry says why, one that is not there which there are", async () => {
    writeFileSync(join(folder, "plan.yaml"), plan);
    writeFileSync(join(folder, "children.csv"), exportLines().join("\n"));
    const analysis = await api.analyse("plan.yaml", { cwd: folder });
    const refused = analysis.answers.find((answer) => "refusal" in answer);
    expect(refused).toBeDefined();
    const id = refused?.item.id ?? "";
    const reason = refused !== undefined && "refusal" in refused ? refused.refusal.reason : "";
    expect(() => api.shownItem(analysis, id)).toThrow(reason);
    expect(() => api.shownItem(analysis, "gendre")).toThrow("cohort-flow, age, gender");
    expect(api.shownItem(analysis, "gender").result.tables.length).toBeGreaterThan(0);
  });

  test("a frame that the plan lacks is told with those that it has, and no sample is spoken of", async () => {
    const frames = plan.replace(/sample: .*\n/, "frames:\n  current: { sample: { size: 12 } }\n");
    writeFileSync(join(folder, "plan.yaml"), frames);
    const { plan: current } = await api.loadPlan("plan.yaml", { cwd: folder, frame: "current" });
    expect(current.sample?.size).toBe(12);
    const refused = await api.loadPlan("plan.yaml", { cwd: folder, frame: "curent" }).catch(String);
    expect(refused).toContain(`it has to be one of the plan's, got "curent", and the plan has current.`);
  });

  test("a folder of one sample is not explained as one of several frames", async () => {
    await expect(api.explainInFrames(folder, "A-1")).rejects.toMatchObject({ code: "FRAMES_FOLDER_WANTED" });
  });
});

describe("a program that checks no types", () => {
  const untyped = api as unknown as Record<string, (...given: readonly unknown[]) => unknown>;
  test.each<[string, readonly unknown[], RegExp]>([
    ["writeSample", ["plan.yaml"], /seed is wanted as text/],
    ["writeSample", ["plan.yaml", { seed: "1" }], /name the folder/],
    ["writeSample", ["plan.yaml", { out: "out" }], /seed is wanted as text.*got none/],
    ["writeSample", ["plan.yaml", { seed: 7, out: "out" }], /got one of type number/],
    ["writeSimulation", ["plan.yaml", { out: "out" }], /got none/],
    ["writeSynthetic", [{ rows: 5, out: "five.csv" }], /got none/],
    ["commitSeed", [undefined, { plan: "plan.yaml" }], /got none/],
    ["loadPlan", [], /No plan is named/],
  ])("%s(%j) is refused, and nothing is written", async (name, given, said) => {
    writeFileSync(join(folder, "plan.yaml"), plan);
    writeFileSync(join(folder, "children.csv"), `${exportLines().join("\n")}\n`);
    const inFolder = given.map((each) =>
      typeof each === "object" && each !== null ? { ...each, cwd: folder } : each,
    );
    const call = async () => await untyped[name]?.(...inFolder);
    await expect(call()).rejects.toMatchObject({
      code: "CALL_INVALID",
      message: expect.stringMatching(said),
    });
    expect(readdirSync(folder).sort()).toEqual(["children.csv", "plan.yaml"]);
  });
});
