import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import { main } from "../../src/cli/main.js";
import { piaWorkplace } from "../workflow/pia-export.js";
import { fakeHost } from "./fake.js";

async function run(folder: string, ...words: string[]) {
  const { host, said } = fakeHost({ terminal: { out: false, err: true } });
  const code = await main(words, { ...host, cwd: folder }, catalogue);
  return { code, ...said };
}

const pia = ["pia", "--plan", "plan.yaml", "--no-png", "--out", "out"];

test("help says what the two editions are", async () => {
  const { code, out } = await run("/", "pia", "--help");
  expect(code).toBe(0);
  expect(out).toContain("--edition NAME");
  expect(out).toMatch(/internal \(without it\).*publishable: small counts/s);
  expect(out).toContain("casedraw pia --plan");
});

test("sentences go to the output and progress elsewhere", async () => {
  const folder = piaWorkplace();
  const { code, out, err, progress, claims } = await run(folder, ...pia);
  expect(code).toBe(0);
  expect(err).toBe("");
  expect(progress.some((step) => step.startsWith("Counting"))).toBe(true);
  expect(progress.some((step) => step.startsWith("Drawing charts"))).toBe(true);
  expect(out).toMatch(/^Test inspection\n\n- /);
  expect(out).toMatch(/\d+ questions of \d+ answered; the report says why the others are not\.\n/);
  expect(out).toContain(
    `Wrote out (open ${join("out", "pia.html")}). For the inspection team: small numbers are shown.`,
  );
  // The plan's cohort is of some; all are counted.
  const whom = /\nCounts all [\d,]+ children of the export, whether or not they may be sampled\.\n/.exec(
    out,
  )?.[0];
  expect(readFileSync(join(folder, "out/pia.html"), "utf8")).toContain(whom?.trim());
  // It is claimed while it is written, so that an interrupted run can say what it left.
  expect(claims).toEqual([join(folder, "out"), undefined]);
  expect(await run(folder, ...pia)).toMatchObject({ code: 2 });
  expect(await run(folder, ...pia, "--force")).toMatchObject({ code: 0 });
  const verified = await run(folder, "verify", "out");
  expect(verified).toMatchObject({ code: 0 });
  expect(verified.out).toContain("files of the internal edition, and none was changed.");
  writeFileSync(join(folder, "out/tables/age.csv"), "edited\n");
  const edited = await run(folder, "verify", "out", "--json");
  expect(edited.code).toBe(3);
  expect(JSON.parse(edited.out)).toMatchObject({
    verified: false,
    differences: [{ subject: "tables/age.csv", text: "was changed since it was written" }],
  });
});

test("answers programs in one object, refusals with their reasons", async () => {
  const { code, out } = await run(piaWorkplace(), ...pia, "--json", "--edition", "publishable");
  expect(code).toBe(0);
  const answer = JSON.parse(out);
  expect(answer).toMatchObject({ out: "out", edition: "publishable" });
  expect(answer.messages.length).toBeGreaterThan(0);
  expect(answer.items.find(({ id }: { id: string }) => id === "sites")).toEqual({
    id: "sites",
    shown: false,
    reason: "It would tell of places or children in small numbers.",
    instead: "The internal edition has it, for the inspection team.",
  });
  expect(answer.items.find(({ id }: { id: string }) => id === "gender")).toMatchObject({ shown: true });
  expect(answer.outputs.map(({ path }: { path: string }) => path)).toContain("pia.html");
});

test.each([
  [["--edition", "nonsense"], '--edition: must be internal or publishable, got "nonsense".'],
  [["--edition", ""], "--edition: needs a value"],
])("pia %j is refused before anything is read", async (words, message) => {
  const { code, err, claims } = await run("/nowhere", ...pia, ...words);
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(claims).toEqual([]);
});
