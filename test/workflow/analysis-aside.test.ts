import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catalogue } from "../../src/analysis/catalogue.js";
import type { Helper } from "../../src/cli/helper.js";
import type { Aside } from "../../src/workflow/analysis/aside.js";
import type { ToFolderOptions, Written } from "../../src/workflow/analysis/to-folder.js";
import { compareToFolder } from "../../src/workflow/compare/to-folder.js";
import { piaToFolder } from "../../src/workflow/pia/to-folder.js";
import { type Compiled, compile } from "../report/compiled.js";
import { piaPlan, piaWorkplace } from "./pia-export.js";

let compiled: Compiled;
let withHelper: <T>(work: (helper: Helper) => Promise<T>) => Promise<T>;
let helper: Helper;
let end: () => void;
let ended: Promise<void>;
beforeAll(async () => {
  compiled = compile("cli/helper.ts", "cli/helper-thread.ts");
  ({ withHelper } = await import(compiled.url("cli/helper.js")));
  await new Promise<void>((begun) => {
    ended = withHelper((started) => {
      helper = started;
      begun();
      return new Promise((over) => {
        end = over;
      });
    });
  });
});
afterAll(async () => {
  end();
  await ended;
  compiled.remove();
});

type Make = (plan: string, options: ToFolderOptions) => Promise<Written>;

async function write(
  folder: string,
  out: string,
  { make, png, aside }: { readonly make: Make; readonly png: boolean; readonly aside?: Aside },
) {
  const written = await make("plan.yaml", {
    edition: "internal",
    png,
    out,
    force: false,
    cwd: folder,
    progress: () => {},
    claim: () => {},
    ...(aside === undefined ? {} : { findAside: () => aside }),
  });
  return { written, manifest: readFileSync(join(folder, out, "manifest.json"), "utf8") };
}

test("what another thread does of a report comes out the same", { timeout: 120_000 }, async () => {
  const find = helper.prepareAnalysis();
  await expect.poll(find, { timeout: 60_000 }).toBeDefined();
  const aside = find() as Aside;
  const left = 3;
  let [counted, drawn, documents, digests] = [0, 0, 0, 0];
  const watched: Aside = {
    ...aside,
    startDigests(works) {
      const all = [...works];
      digests = all.length;
      return aside.startDigests(all);
    },
    startQuestions: (inquiry, pieces) => {
      const { take, theirs } = aside.startQuestions(inquiry, pieces);
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
    // Of the pictures this thread takes the last one alone.
    sharePng: (svg) => {
      const { take, theirs } = aside.sharePng(svg);
      return {
        take: () => drawn++ === 0 && take(),
        theirs,
      };
    },
  };
  const folder = piaWorkplace();
  const alone = await write(folder, "alone", { make: piaToFolder, png: true });
  const shared = await write(folder, "shared", { make: piaToFolder, png: true, aside: watched });
  // The manifest has the hash of every output.
  expect(shared.manifest).toBe(alone.manifest);
  expect(counted).toBeGreaterThanOrEqual(catalogue.length - left);
  expect(drawn).toBeGreaterThan(10);
  expect(drawn).toBe(shared.written.outputs.filter(({ path }) => path.endsWith(".png")).length);
  expect(documents).toBe(1);
  expect(digests).toBeGreaterThan(0);
});

test("what another thread does of a comparison comes out the same", { timeout: 120_000 }, async () => {
  const find = helper.prepareAnalysis();
  await expect.poll(find, { timeout: 60_000 }).toBeDefined();
  const aside = find() as Aside;
  const indicators = 3;
  let [counted, books] = [0, 0];
  const watched: Aside = {
    ...aside,
    render: (book) => {
      books++;
      return aside.render(book);
    },
    startIndicators: (work) => {
      const { take, theirs } = aside.startIndicators(work);
      return {
        take: (at) => at === 0 && take(at),
        theirs: async () => {
          const placed = await theirs();
          counted = placed.length;
          return placed;
        },
      };
    },
  };
  const yaml = `${piaPlan}compare:
  indicators:
    - { name: Disabled, where: { disability: ["yes"] } }
    - { name: Open over 52 weeks, of: { closed_date: { blank: true } }, where: { delay_days: { over: 364 } } }
    - { name: Still open at 26 weeks, still_open_at: 26 }
  standardise: [law_type]
`;
  const folder = piaWorkplace({ yaml });
  const make: Make = (plan, options) => compareToFolder(plan, { ...options, by: "service_area" });
  const alone = await write(folder, "alone", { make, png: false });
  const shared = await write(folder, "shared", { make, png: false, aside: watched });
  expect(shared.manifest).toBe(alone.manifest);
  expect(counted).toBeGreaterThanOrEqual(indicators - 1);
  expect(books).toBe(1);
});

test("a thread that has not said that it is ready is not waited for", async () => {
  await withHelper(async (starting) => {
    expect(starting.prepareAnalysis()()).toBeUndefined();
  });
});
