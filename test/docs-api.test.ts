import { readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { beforeAll, describe, expect, test } from "vitest";
import { apiPages, commentOf, modelOf } from "./docs/api-reference.js";
import { root as home } from "./docs/terminal.js";

/** The package with its build; `npm test` builds it. */
const root = process.env.CASEDRAW_ROOT ?? home;

// `npm run docs:api` writes these pages anew.
describe("the reference of the library", { timeout: 120_000 }, () => {
  let pages: ReadonlyMap<string, string> = new Map();
  beforeAll(() => {
    pages = apiPages(root);
  });

  test("is what the doc comments say", async () => {
    expect(pages.size).toBeGreaterThan(10);
    for (const [path, text] of pages) await expect(text).toMatchFileSnapshot(join(home, path));
  });

  test("has no page of what is gone", () => {
    const made = [...pages.keys()]
      .filter((path) => path.startsWith("docs/api/"))
      .map((path) => path.slice(9));
    expect(readdirSync(join(home, "docs/api")).sort()).toEqual(made.sort());
  });
});

describe.each(["dist/index.d.ts", "dist/interop/danfo.d.ts"])(
  "every export of %s",
  { timeout: 120_000 },
  (entry) => {
    const model = modelOf(root, entry);

    test("has a doc comment", () => {
      expect(model.filter((each) => commentOf(each).summary === "").map(({ name }) => name)).toEqual([]);
    });

    test("has parameters that are the function's own", () => {
      const strange = model.flatMap((each) => {
        if (each.kind !== "Function") return [];
        const signature = each.excerptTokens.map(({ text }) => text).join("");
        // What is taken apart at once has its name in the comment alone.
        if (/[(,]\s*(?:\{|input: )/.test(signature)) return [];
        return commentOf(each)
          .tags.filter(({ tag }) => tag === "param")
          .map(({ text }) => /^(?:- )?([\w]+)/.exec(text)?.[1] ?? "")
          .filter((name) => name !== "options" && !new RegExp(`\\b${name}\\??:`).test(signature))
          .map((name) => `${each.name}: ${name}`);
      });
      expect(strange).toEqual([]);
    });
  },
);
