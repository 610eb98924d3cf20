import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catalogue } from "../../src/analysis/catalogue.js";
import type { Helper } from "../../src/cli/helper.js";
import type { Aside } from "../../src/workflow/pia/aside.js";
import { piaToFolder } from "../../src/workflow/pia/to-folder.js";
import { type Compiled, compile } from "../report/compiled.js";
import { piaWorkplace } from "./pia-export.js";

let compiled: Compiled;
let helper: Helper;
beforeAll(async () => {
  compiled = compile("cli/helper.ts", "cli/helper-thread.ts");
  helper = (await import(compiled.url("cli/helper.js"))).startHelper();
});
afterAll(async () => {
  await helper.stop();
  compiled.remove();
});

async function write(folder: string, out: string, aside?: Aside) {
  const written = await piaToFolder("plan.yaml", {
    edition: "internal",
    png: true,
    out,
    force: false,
    cwd: folder,
    progress: () => {},
    claim: () => {},
    ...(aside === undefined ? {} : { findAside: () => aside }),
  });
  return { written, manifest: readFileSync(join(folder, out, "manifest.json"), "utf8") };
}

test("what another thread does of an analysis comes out the same", { timeout: 120_000 }, async () => {
  const find = helper.prepareAnalysis();
  await expect.poll(find, { timeout: 60_000 }).toBeDefined();
  const aside = find() as Aside;
  const left = 3;
  let [counted, drawn, documents, digests] = [0, 0, 0, 0];
  const watched: Aside = {
    startDigests(works) {
      const all = [...works];
      digests = all.length;
      return aside.startDigests(all);
    },
    startCounting: (inquiry, items) => {
      const { take, theirs } = aside.startCounting(inquiry, items);
      // This thread leaves the other one most items, so that something is seen of it.
      return {
        take: (at) => at < left && take(at),
        theirs: async () => {
          const outcomes = await theirs();
          counted = outcomes.length;
          return outcomes;
        },
      };
    },
    startDocuments: (work) => {
      documents++;
      return aside.startDocuments(work);
    },
    drawPng: (svg) => {
      drawn++;
      return aside.drawPng(svg);
    },
  };
  const folder = piaWorkplace();
  const alone = await write(folder, "alone");
  const shared = await write(folder, "shared", watched);
  // The manifest has the hash of every output.
  expect(shared.manifest).toBe(alone.manifest);
  expect(counted).toBeGreaterThanOrEqual(catalogue.length - left);
  expect(drawn).toBe(shared.written.outputs.filter(({ path }) => path.endsWith(".png")).length);
  expect(documents).toBe(1);
  expect(digests).toBeGreaterThan(0);
});

test("a thread that has not said that it is ready is not waited for", async () => {
  const starting = (await import(compiled.url("cli/helper.js"))).startHelper() as Helper;
  expect(starting.prepareAnalysis()()).toBeUndefined();
  await starting.stop();
});
