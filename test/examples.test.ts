import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as api from "../src/index.js";
import { examplesOf, runExample, stepsOf } from "./examples.js";

const source = fileURLToPath(new URL("../src", import.meta.url));
const examples = examplesOf(source);

/** Where every example that reads or writes begins: a synthetic export of 600 children, and its plan. */
const plan = `casedraw: 1
title: Cafcass full inspection, autumn 2026
reference_date: 2026-11-16
observed: { from: 2025-11-16, to: 2026-11-16 }
unit: child
unit_id: [case_id, child_id]
data:
  - path: children.csv
columns:
  case_id: case ID
  child_id: child ID
  gender: gender
  date_of_birth: date of birth
  ethnicity: ethnicity
  disability: disability (Y/N)
  law_type: law type
  service_area: service area
  application_date: application date
  closed_date: closed date
  factors: { list: Proceedings factors, separator: ";" }
sample:
  size: 60
  method: random
  strata: [law_type, delay_band]
  allocation: { method: proportional, min: 2 }
  reserves: 0.25
teams:
  - { name: North, where: { service_area: [A1 North East, A2 Cumbria and Lancashire] }, pairs: 2 }
  - { name: Off site, pairs: 3 }
handover:
  findings:
    - { name: voice, answers: [in person, in writing, not heard] }
`;

let start = "";
const home = process.cwd();

beforeAll(async () => {
  start = mkdtempSync(join(tmpdir(), "casedraw-examples-"));
  writeFileSync(join(start, "plan.yaml"), plan);
  await api.writeSynthetic({ rows: 600, seed: "1", out: "children.csv", cwd: start });
});
afterAll(() => rmSync(start, { recursive: true }));

/** Numbers agree to the places that are shown, or to 12 digits; of objects only the parts that are shown are compared. */
function check(found: unknown, expected: unknown, places: number | undefined): void {
  if (typeof expected === "number" && typeof found === "number") {
    const tolerance =
      places === undefined ? 1e-12 * Math.max(1, Math.abs(expected)) : 0.5 / Number(`1e${places}`);
    expect(Math.abs(found - expected), `${found} is not ${expected}`).toBeLessThanOrEqual(
      tolerance * (1 + 1e-9),
    );
    return;
  }
  if (typeof expected !== "object" || expected === null) {
    expect(found).toEqual(expected);
    return;
  }
  if (Array.isArray(expected)) expect((found as ArrayLike<unknown>).length).toBe(expected.length);
  for (const [key, value] of Object.entries(expected)) {
    check((found as Record<string, unknown>)[key], value, places);
  }
}

describe("examples of the doc comments give the results that they show", () => {
  test.each(examples.map((example) => [`${example.file}:${example.line}`, example] as const))(
    "%s",
    async (_, { file, text }) => {
      const own: Record<string, unknown> = await import(join(source, file));
      const folder = mkdtempSync(join(tmpdir(), "casedraw-example-"));
      cpSync(start, folder, { recursive: true });
      process.chdir(folder);
      try {
        let results = 0;
        await runExample(text, { ...api, ...own }, (...result) => {
          results++;
          check(...result);
        });
        expect(results, "an example shows a result").toBeGreaterThan(0);
      } finally {
        process.chdir(home);
        rmSync(folder, { recursive: true });
      }
    },
  );
});

describe("an example is taken apart", () => {
  test("an expression over lines, statements before it, places and a reason", () => {
    const text = "const a = 1;\nadd(a,\n  2) // → 3 to 2 places; a sum\nconst b = [a];\nb.length\n// → 1";
    expect(stepsOf(text)).toEqual([
      { statements: "const a = 1;" },
      { expression: "add(a,\n  2)", expected: "3", places: 2 },
      { statements: "const b = [a];" },
      { expression: "b.length", expected: "1" },
    ]);
  });

  test.each([
    ["1 + 1 // → 3", false],
    ["1 + 1 // → 2", true],
    ["0.12345 // → 0.1234 to 4 places", true],
    ["0.12345 // → 0.1236 to 4 places", false],
    ["[1, 2] // → [1]", false],
    ["({ a: 1, b: 2 }) // → { a: 1 }", true],
    ["({ a: 1 }) // → { a: 1, b: 2 }", false],
    ["undefined // → 2", false],
  ])("%s is held to be %s", async (text, holds) => {
    const held = runExample(text, {}, check).then(
      () => true,
      () => false,
    );
    expect(await held).toBe(holds);
  });
});
