import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import { main } from "../../src/cli/main.js";
import { draw, workplace } from "../workflow/scratch.js";
import { fakeHost } from "./fake.js";

async function run(words: readonly string[], cwd = "/somewhere") {
  const { host, said } = fakeHost();
  const code = await main(["estimate", ...words], { ...host, cwd }, catalogue);
  return { code, said };
}

const given = ["--sample", "out", "--findings", "findings.csv", "--out", "estimates"];

test.each([
  ["--threshold", "few", "a whole number from 0"],
  ["--interval", "wald", "korn-graubard or wilson"],
])("%s %s is refused before anything is read", async (option, value, rule) => {
  const { code, said } = await run([...given, option, value]);
  expect(code).toBe(2);
  expect(said.err).toContain(`error[USAGE] ${option}: must be ${rule}, got "${value}".`);
  expect(said.claims).toEqual([]);
});

/** The small export's sample, and findings for it: every second case a yes. */
async function reviewed(): Promise<string> {
  const folder = workplace();
  await draw(folder);
  const lines = readFileSync(join(folder, "out/sample.csv"), "utf8").trimEnd().split("\n").slice(1);
  const rows = lines.map((line, at) => `${line.split(",")[1]},${at % 2 ? "yes" : "no"}`);
  writeFileSync(join(folder, "findings.csv"), ["unit_id,seen", ...rows].join("\n"));
  return folder;
}

test("prints each estimate with population, date and nonresponse", async () => {
  const folder = await reviewed();
  const { code, said } = await run([...given, "--threshold", "0"], folder);
  expect(code).toBe(0);
  expect(said.out).toContain("All 12 sampled children were reviewed.");
  expect(said.out).toMatch(/seen: [\d.]+% of all 90 eligible children on 16 November 2026 \(between /);
  expect(said.err).toContain("Column seen was read as yes or no; 12 answered, 0 not.");
});

test("--json gives facts", async () => {
  const folder = await reviewed();
  const { said } = await run([...given, "--json"], folder);
  expect(JSON.parse(said.out)).toMatchObject({
    out: "estimates",
    columns: [{ name: "seen", kind: "yes-no" }],
    estimates: 1,
    reviewed: 12,
    variance_method: "stratified",
  });
});

test("a folder that was changed ends with 3, one that is not there with 2", async () => {
  const folder = await reviewed();
  appendFileSync(join(folder, "out/strata.csv"), "x\n");
  const { code, said } = await run(given, folder);
  expect(code).toBe(3);
  expect(said.err).toContain("error[SAMPLE_FOLDER_CHANGED]");
  expect(
    (
      await run(
        given.map((word) => (word === "out" ? "nowhere" : word)),
        folder,
      )
    ).code,
  ).toBe(2);
});
