import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import { main } from "../../src/cli/main.js";
import { draw, workplace } from "../workflow/scratch.js";
import { fakeHost } from "./fake.js";

async function run(folder: string, ...words: string[]) {
  const { host, said } = fakeHost();
  const code = await main(words, { ...host, cwd: folder }, catalogue);
  return { code, ...said };
}

async function drawn(): Promise<string> {
  const folder = workplace();
  await draw(folder);
  return folder;
}

const words = ["archive", "out", "--key", "the.key", "--out", "kept"];

test("archive tells what is lost and until when; verify ends with 0, with 3 after an edit, with 2 where it cannot", async () => {
  const folder = await drawn();
  const made = await run(folder, ...words, "--retain-until", "2032-11-30");
  expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: "" });
  expect(made.out).toContain("To be kept until: 30 November 2032");
  expect(made.out).toContain("- which child or case a pseudonym stands for");
  expect(made.out).toContain("Made the key the.key");
  expect(made.claims).toEqual([join(folder, "kept"), undefined]);
  for (const name of ["out", "plan.yaml", "children.csv", "draws.jsonl"])
    rmSync(join(folder, name), { recursive: true });
  const whole = await run(folder, "verify", "kept");
  expect(whole.code).toBe(0);
  expect(whole.out).toContain("Verified: kept, an archive of version 1 of a sample");
  expect(whole.out).toContain("Without the export nobody can check");
  const strata = join(folder, "kept", "strata.csv");
  writeFileSync(strata, readFileSync(strata, "utf8").replace(/,\d/, ",9"));
  const touched = await run(folder, "verify", "kept");
  expect(touched.code).toBe(3);
  expect(touched.out).toContain("The draw itself is untouched");
  expect(touched.out).toContain("strata.csv: was edited since the archive was made");
  const told = await run(folder, "verify", "kept", "--json");
  expect(JSON.parse(told.out)).toMatchObject({ verified: false, same_draw: true });
  const manifest = join(folder, "kept", "manifest.json");
  const text = readFileSync(manifest, "utf8");
  writeFileSync(manifest, text.replace('"version": 1\n', '"version": 9\n'));
  expect(await run(folder, "verify", "kept")).toMatchObject({
    code: 2,
    err: expect.stringContaining("ALGORITHM_UNKNOWN"),
  });
  writeFileSync(manifest, text.slice(0, -20));
  expect((await run(folder, "verify", "kept")).code).toBe(2);
});

test("archive answers programs, and refuses what it must with 2", async () => {
  const folder = await drawn();
  const { code, out } = await run(folder, ...words, "--json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    out: "kept",
    key: "the.key",
    key_made: true,
    verified_with_export: true,
  });
  const again = await run(folder, ...words);
  expect(again).toMatchObject({ code: 2, err: expect.stringContaining("OUTPUT_EXISTS") });
  expect((await run(folder, ...words, "--force")).code).toBe(0);
  const date = await run(folder, ...words, "--force", "--retain-until", "next year");
  expect(date).toMatchObject({ code: 2, err: expect.stringContaining("RETAIN_UNTIL_INVALID") });
  expect(
    await run(folder, "estimate", "--sample", "kept", "--findings", "plan.yaml", "--out", "e"),
  ).toMatchObject({
    code: 2,
    err: expect.stringContaining("FOLDER_OF_ARCHIVE"),
  });
});
