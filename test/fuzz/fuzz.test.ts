import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, describe, expect, test } from "vitest";
import { CasedrawError, errorCodes } from "../../src/errors.js";
import { cleanText } from "../../src/frame/text.js";
import { parsePlan } from "../../src/plan/load.js";
import * as build from "../../src/workflow/build-from-plan.js";
import * as plans from "../../src/workflow/open-plan.js";
import { dice, makeCase, mutateCells, writeCase } from "./cases.mjs";
import { corpus } from "./corpus.mjs";
import { inventedValues, judgeCase } from "./judge.mjs";

const root = mkdtempSync(join(tmpdir(), "casedraw-fuzz-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const code = { ...plans, ...build, errorCodes };
const starts = corpus();

/** How many cases a run of the suite sees; bench/fuzz.mjs goes on from there for as long as it is left. */
const cases = 250;

test("broken exports and plans end in a coded refusal with a next step, or in a frame whose accounts balance", async () => {
  const faults: string[] = [];
  for (let seed = 1; seed <= cases; seed++) {
    const folder = join(root, String(seed));
    const made = makeCase(seed, starts);
    writeCase(folder, made);
    const fault = await judgeCase(folder, code);
    if (fault !== undefined) faults.push(`${made.label}: ${fault}`);
    rmSync(folder, { recursive: true });
  }
  expect(faults).toEqual([]);
});

test("the starting points themselves are read whole", async () => {
  for (const [at, { name, plan, files }] of starts.starts.entries()) {
    const folder = join(root, `start-${at}`);
    writeCase(folder, { label: name, plan, files });
    const opened = plans.openPlan("plan.yaml", folder);
    const [frame] = Object.keys(opened.plan.frames ?? {});
    if (frame !== undefined) continue;
    const built = await build.buildFromPlan(opened, { progress: () => {} });
    expect(built.frame.accounting.rowsRead, name).toBeGreaterThan(20);
  }
});

test("no value appears that was neither in a file nor in a map", async () => {
  const start = starts.starts.find(({ name }) => name === "flat");
  if (start === undefined) throw new Error("no such start");
  let frames = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const folder = join(root, `values-${seed}`);
    const die = dice(seed);
    const files = {
      ...start.files,
      "a.csv": mutateCells((start.files["a.csv"] as Buffer).toString("utf8"), die),
    };
    writeCase(folder, { label: "", plan: start.plan, files });
    try {
      const { plan } = plans.openPlan("plan.yaml", folder);
      const { frame } = await build.buildFromPlan(plans.openPlan("plan.yaml", folder), {
        progress: () => {},
      });
      const cells = Object.keys(files).flatMap((name) => csvCells(join(folder, name)));
      expect(inventedValues(frame, plan, cells, cleanText), `seed ${seed}`).toEqual([]);
      frames++;
    } catch (error) {
      if (!(error instanceof CasedrawError)) throw error;
    }
    rmSync(folder, { recursive: true });
  }
  // Otherwise every case would have been refused, and nothing seen.
  expect(frames).toBeGreaterThan(20);
});

/** Every cell, by a reader that is not casedraw's. */
function csvCells(path: string): string[] {
  const records: string[][] = parse(readFileSync(path), {
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  return records.flat();
}

describe("what fuzzing found", () => {
  const refusal = (text: string): CasedrawError => {
    try {
      parsePlan(text, { file: "plan.yaml" });
    } catch (error) {
      if (error instanceof CasedrawError) return error;
      throw error;
    }
    throw new Error("expected a refusal");
  };

  test("an export named as the plan took all of the memory", () => {
    expect(refusal("a: 1\n".repeat(2_000_000)).code).toBe("PLAN_TOO_LARGE");
    const file = join(root, "plan.yaml");
    writeFileSync(file, "x".repeat((512 << 10) + 1));
    expect(() => plans.openPlan(file, root)).toThrow(expect.objectContaining({ code: "PLAN_TOO_LARGE" }));
    writeFileSync(file, "x".repeat(512 << 10));
    expect(() => plans.openPlan(file, root)).toThrow(expect.objectContaining({ code: "PLAN_NOT_KEYS" }));
  });

  test("thousands of unknown keys took hours, each held against all before it", () => {
    const keys = Array.from({ length: 30_000 }, (_, i) => `k${i}: v`);
    const { code: found, details, message } = refusal(`casedraw: 1\ncolumns: {${keys.join(", ")}}`);
    expect(found).toBe("PLAN_INVALID");
    expect((details.problems as unknown[]).length).toBe(500);
    expect(message).toContain("500 or more problems");
  });
});
