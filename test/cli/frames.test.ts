import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

/** The built program; `npm test` builds it. */
const program = fileURLToPath(new URL("../../dist/bin/casedraw.js", import.meta.url));

const plan = `casedraw: 1
title: Test visit
reference_date: 2026-11-16
unit_id: [case_id, child_id]
data: [{ path: children.csv }]
columns: { case_id: case, child_id: child, practitioner: who }
frames:
  all: { sample: { size: 8, reserves: 1 } }
  some: { cohort: { include: { practitioner: [P1, P2] } }, sample: { size: 4 } }
`;
const links = `casedraw: 1
title: Test records
reference_date: 2026-11-16
unit: case
unit_id: record
data: [{ path: records.csv }]
columns: { practitioner: who }
fields: { record: { column: record, type: text } }
linked: { by: practitioner }
`;

function office(): string {
  const folder = mkdtempSync(join(tmpdir(), "casedraw-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const children = Array.from({ length: 40 }, (_, i) => `${i >> 1},${i},P${i % 8}`);
  const records = Array.from({ length: 16 }, (_, i) => `R${i},P${i % 9}`);
  writeFileSync(join(folder, "plan.yaml"), plan);
  writeFileSync(join(folder, "links.yaml"), links);
  writeFileSync(join(folder, "children.csv"), `case,child,who\n${children.join("\n")}\n`);
  writeFileSync(join(folder, "records.csv"), `record,who\n${records.join("\n")}\n`);
  return folder;
}

function casedraw(folder: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const sample = ["sample", "--plan", "plan.yaml", "--seed", "1"];

test("a plan with frames: dry run, draw, replace, verify and explain", () => {
  const folder = office();
  const dry = casedraw(folder, ...sample, "--dry-run");
  expect(dry.status, dry.stderr).toBe(0);
  expect(dry.stdout).toMatch(/^Frame all\n[\s\S]*\nFrame some\n[\s\S]*\nNothing was drawn or written\.\n$/);
  expect(readdirSync(folder)).not.toContain("draws.jsonl");
  const drawn = casedraw(folder, ...sample, "--out", "out");
  expect(drawn.status, drawn.stderr).toBe(0);
  // P1 and P2 have five children each.
  expect(drawn.stdout).toMatch(/\n {2}all and some: 10 children in both, (none|\d) drawn in both\n/);
  expect(readdirSync(join(folder, "out")).sort()).toEqual(["all", "manifest.json", "overlaps.csv", "some"]);
  expect(readFileSync(join(folder, "draws.jsonl"), "utf8").trim().split("\n")).toHaveLength(2);
  const verified = casedraw(folder, "verify", "out");
  expect([verified.status, verified.stdout.split("\n").at(-2)]).toEqual([
    0,
    "Verified: all 2 frames of out, and what is in more than one of them (overlaps.csv).",
  ]);
  const explained = casedraw(folder, "explain", "out", "0_0");
  expect(explained.stdout).toContain("Frame some\n0_0 could not be drawn: it is excluded.");
  const again = casedraw(folder, ...sample, "--out", "out");
  expect([again.status, again.stderr.includes("error[OUTPUT_EXISTS]")]).toEqual([2, true]);
  const forced = casedraw(folder, ...sample, "--out", "out", "--force", "--json");
  const facts = JSON.parse(forced.stdout);
  expect(
    facts.frames.map((each: { name: string; seed: string; drawn: number }) => [
      each.name,
      each.seed,
      each.drawn,
    ]),
  ).toEqual([
    ["all", "1|frame/all", 8],
    ["some", "1|frame/some", 4],
  ]);
  expect(facts.overlaps).toMatchObject([{ frames: ["all", "some"], shared_by: "child", shared: 10 }]);
  writeFileSync(join(folder, "out", "overlaps.csv"), "x\n");
  expect(casedraw(folder, "verify", "out").status).toBe(3);
});

test("a seed that was committed is told of every frame", () => {
  const folder = office();
  expect(casedraw(folder, "sample", "--plan", "plan.yaml", "--commit", "--seed", "1").status).toBe(0);
  const drawn = casedraw(folder, ...sample, "--out", "out");
  expect(drawn.stdout.match(/Seed committed on /g)).toHaveLength(2);
});

test("a linked sample: dry run, draw, verify and explain", () => {
  const folder = office();
  casedraw(folder, ...sample, "--out", "out");
  const link = ["sample", "--plan", "links.yaml", "--linked-to", "out/all"];
  const dry = casedraw(folder, ...link, "--dry-run");
  expect([dry.status, existsSync(join(folder, "records"))]).toEqual([0, false]);
  const drawn = casedraw(folder, ...link, "--out", "records");
  expect(drawn.status, drawn.stderr).toBe(0);
  expect(drawn.stdout).toMatch(/\nTook \d+ cases linked by practitioner to out\/all\n/);
  expect(casedraw(folder, "verify", "records").status).toBe(0);
  expect(casedraw(folder, "explain", "records", "R8").stdout).toMatch(/^R8 could not be linked: /);
  const seeded = casedraw(folder, ...link, "--seed", "1", "--out", "more");
  expect([seeded.status, seeded.stderr.includes("error[USAGE] --seed")]).toEqual([2, true]);
  const unnamed = casedraw(folder, "sample", "--plan", "links.yaml", "--seed", "1", "--out", "more");
  expect([unnamed.status, unnamed.stderr.includes("error[LINK_SAMPLE_MISSING]")]).toEqual([2, true]);
  const whole = casedraw(folder, "sample", "--plan", "links.yaml", "--linked-to", "out", "--out", "more");
  expect([whole.status, whole.stderr.includes("error[FOLDER_OF_FRAMES]")]).toEqual([2, true]);
});
