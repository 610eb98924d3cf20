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

test("agreement of reviews and with audits: printed, and counted in --json", async () => {
  const folder = await reviewed();
  const lines = readFileSync(join(folder, "findings.csv"), "utf8").split("\n");
  const ids = lines.slice(1).map((line) => line.split(",")[0] as string);
  const second = ids.map((id, at) => `${id},2,${at % 2 || at === 0 ? "yes" : "no"},`);
  const first = lines
    .slice(1)
    .map((line, at) => line.replace(",", ",1,").concat(at % 3 ? ",in line" : ",more positive"));
  writeFileSync(
    join(folder, "findings.csv"),
    ["unit_id,review,seen,Compared", ...first, ...second].join("\n"),
  );
  writeFileSync(
    join(folder, "second.csv"),
    ["unit_id,probability", ...ids.map((id) => `${id},0.5`)].join("\n"),
  );
  const words = [
    ...given,
    "--threshold",
    "0",
    "--audit-column",
    "compared",
    "--second-reviews",
    "second.csv",
  ];
  const { code, said } = await run(words, folder);
  expect(said.err).not.toContain("error[");
  expect(code).toBe(0);
  expect(said.out).toMatch(
    /In line with the body’s own audit: [\d.]+% of the audited children among all 90 eligible/,
  );
  expect(said.out).toMatch(
    /seen: two reviews would agree on [\d.]+% of all 90 eligible children .* from 12 pairs\./,
  );
  expect(said.out).toContain("Fewer than 20 pairs: too few for an interval of kappa or AC1.");
  const facts = JSON.parse((await run([...words, "--force", "--json"], folder)).said.out);
  expect(facts).toMatchObject({ agreement: 1, audits: 9 });
});

test("a sheet that the findings lack ends with 2", async () => {
  const folder = await reviewed();
  const { code, said } = await run([...given, "--sheet", "Team"], folder);
  expect(code).toBe(2);
  expect(said.err).toContain("error[SHEET_NOT_FOUND]");
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

test("--calibrate and --collapse: what was done to the weights and strata is printed, and stands in --json", async () => {
  const folder = await reviewed();
  const strata = readFileSync(join(folder, "out/strata.csv"), "utf8").split("\n").slice(1, 3);
  const [a = "", b = ""] = strata.map((line) => line.split(",")[0]);
  const words = [...given, "--threshold", "0", "--collapse", `${a}=${b}`, "--calibrate", "law_type"];
  const { code, said } = await run(words, folder);
  expect([code, said.err]).toEqual([0, expect.any(String)]);
  expect(said.out).toMatch(
    /by law type \(post-stratification\)\. That changed them by factors from [\d.]+ to [\d.]+\./,
  );
  expect(said.out).toContain("are one for the variance. That is cautious");
  const { said: json } = await run([...words, "--json", "--force"], folder);
  expect(JSON.parse(json.out)).toMatchObject({
    variance_method: "collapsed-strata, post-stratified",
    calibration: { method: "post-stratified", fields: ["law_type"], extreme_factors: 0 },
  });
});
