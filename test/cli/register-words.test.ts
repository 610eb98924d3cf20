import { expect, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.js";
import { main } from "../../src/cli/main.js";
import { entryLines } from "../../src/cli/register-words.js";
import { drawToFolder } from "../../src/workflow/sample/to-folder.js";
import { workplace } from "../workflow/scratch.js";
import { go, logOf } from "../workflow/updating.js";
import { fakeHost } from "./fake.js";

async function verify(folder: string, out: string): Promise<string> {
  const { host, said } = fakeHost();
  expect(await main(["verify", out], { ...host, cwd: folder }, catalogue), said.err).toBe(0);
  return said.out;
}

const draw = (folder: string, seed: string, out: string) =>
  drawToFolder("plan.yaml", seed, { out, force: false, cwd: folder, progress: () => {}, claim: () => {} });

const next = (folder: string, from: string, out: string, lost: number) =>
  go(folder, from, out, logOf(folder, from, [[lost, "inaccessible"]]));

test("verify says which of the earlier draws is version 1 of the sample itself", async () => {
  const folder = workplace();
  await draw(folder, "1", "out");
  await next(folder, "out", "v2", 0);
  await next(folder, "v2", "v3", 1);
  expect(await verify(folder, "out")).toContain("Draws of this plan before it: none.");
  for (const version of ["v2", "v3"])
    expect(await verify(folder, version)).toMatch(
      /Draws of this plan before it: 1 \([^,)]+ UTC\), which is version 1 of this sample\. Draws/,
    );
  // A second seed was tried.
  await draw(folder, "2", "other");
  await next(folder, "other", "other-2", 0);
  expect(await verify(folder, "other")).toMatch(/before it: 1 \([^)]+ UTC\)\. Draws/);
  expect(await verify(folder, "other-2")).toMatch(
    /before it: 2 \([^)]+\), version 1 of this sample among them\. Draws/,
  );
});

test("a later version's own draw is called that where the version is written too", async () => {
  const folder = workplace();
  await draw(folder, "1", "out");
  expect(entryLines(await next(folder, "out", "v2", 0))[0]).toMatch(
    /, after 1 earlier draw of this plan, which is version 1 of this sample$/,
  );
  await draw(folder, "2", "other");
  expect(entryLines(await next(folder, "out", "again", 0))[0]).toMatch(
    /, after 2 earlier draws of this plan, version 1 of this sample among them$/,
  );
});
