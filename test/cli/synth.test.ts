import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recordsOf, runIn } from "../workflow/check-export.js";
import { workplace } from "../workflow/scratch.js";

const words = ["synth", "--rows", "4000", "--seed", "1", "--out", "faulty.csv"];

test("--faults lists what was planted with the row of the file where it stands", async () => {
  const folder = workplace([], "");
  const said = await runIn(folder, ...words, "--faults", "planted.csv", "--json");
  expect(said.code).toBe(0);
  const planted = recordsOf(folder, "planted.csv");
  expect(JSON.parse(said.out)).toMatchObject({ faults: "planted.csv", planted: planted.length });
  const lines = readFileSync(join(folder, "faulty.csv"), "utf8").split("\n");
  const longAgo = planted.filter(({ code }) => code === "CHECK_DATE_LONG_AGO").map(({ row }) => Number(row));
  expect(longAgo.length).toBeGreaterThan(0);
  // Row 1 holds the headers. Nothing else plants this day.
  expect(lines.flatMap((line, at) => (line.includes("01/01/1900") ? [at + 1] : []))).toEqual(longAgo);
});

test("without --faults nothing is planted or listed, and one file cannot be both", async () => {
  const folder = workplace([], "");
  const plain = await runIn(folder, ...words, "--json");
  expect(JSON.parse(plain.out)).not.toHaveProperty("planted");
  const both = await runIn(
    folder,
    "synth",
    "--rows",
    "9",
    "--seed",
    "1",
    "--out",
    "x.csv",
    "--faults",
    "x.csv",
  );
  expect(both.code).toBe(2);
  expect(both.err).toContain("--faults: must be another file than --out");
  expect(existsSync(join(folder, "x.csv"))).toBe(false);
});

test("--force replaces an earlier synthetic export and list of faults, and no other file", async () => {
  const folder = workplace(["case ID,child ID,case name", "1,2,Smith"], "title: mine\n");
  const few = ["synth", "--rows", "9", "--seed", "1", "--force"];
  for (const [out, faults] of [
    ["plan.yaml", "planted.csv"],
    ["children.csv", "planted.csv"],
    ["fresh.csv", "plan.yaml"],
  ] as const) {
    const said = await runIn(folder, ...few, "--out", out, "--faults", faults);
    expect(said.code, said.err).toBe(2);
    expect(said.err).toContain("error[OUTPUT_NOT_OURS] ");
  }
  expect(readFileSync(join(folder, "plan.yaml"), "utf8")).toBe("title: mine\n");
  expect(readFileSync(join(folder, "children.csv"), "utf8")).toContain("Smith");
  for (const words of [["--messy"], []])
    expect((await runIn(folder, ...few, ...words, "--out", "own.csv", "--faults", "list.csv")).code).toBe(0);
});
