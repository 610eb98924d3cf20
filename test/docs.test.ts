import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalogue } from "../src/cli/catalogue.js";
import { errorCodes } from "../src/errors.js";

const root = resolve(import.meta.dirname, "..");
const bin = join(root, "dist/bin/casedraw.js");
const commands = catalogue.groups.flatMap((group) => group.commands);
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "bench/README.md",
  "data-samples/README.md",
  "docs/plan.md",
  "docs/start-a-plan.md",
  "docs/register.md",
  "docs/choose-a-design.md",
  "docs/focused-visits.md",
  "docs/replacements.md",
  "docs/corrected-export.md",
  "docs/chosen-cases.md",
  "docs/size.md",
  "docs/compare.md",
  "docs/estimate.md",
  "docs/pia.md",
  "docs/check.md",
  "docs/pseudonymise.md",
  "docs/published-series.md",
  "docs/published-workbooks.md",
];
const read = (page: string): string => readFileSync(join(root, page), "utf8");

/** The folder that an officer stands in: the demo has been run there. */
let folder: string;

function casedraw(...words: string[]): string {
  return execFileSync(process.execPath, [bin, ...words], { cwd: folder, encoding: "utf8", stdio: "pipe" });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "casedraw-docs-"));
  casedraw("demo");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("help", () => {
  test.each(commands.map((command) => [command.name, command] as const))(
    "%s is in the README and has an example",
    (name, { examples }) => {
      expect(read("README.md")).toContain(`casedraw ${name}`);
      expect(examples.length).toBeGreaterThan(0);
      expect(casedraw(name, "--help")).toContain(examples[0]);
    },
  );

  test("every example runs after the demo, in the order of the help", { timeout: 300_000 }, () => {
    for (const example of commands.flatMap((command) => command.examples)) {
      const [program, ...words] = example.split(" ");
      expect(program).toBe("casedraw");
      if (example === "casedraw demo") continue; // it has been run
      expect(casedraw(...words), example).not.toBe("");
    }
  });
});

describe("pages", () => {
  test.each(pages)("links of %s resolve", (page) => {
    for (const [, target = ""] of read(page).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      if (/^https?:/.test(target)) continue;
      expect(existsSync(resolve(root, dirname(page), target)), `${page}: ${target}`).toBe(true);
    }
  });

  test("the README's plan draws and verifies as its steps say", () => {
    const [, plan = ""] = /```yaml\n([\s\S]*?)```/.exec(read("README.md")) ?? [];
    writeFileSync(join(folder, "my-plan.yaml"), plan.replace(/^ {3}/gm, ""));
    for (const [, words = ""] of read("README.md").matchAll(/npx casedraw (sample|verify .*|sample .*)$/gm)) {
      expect(casedraw(...words.split(" ")), words).not.toBe("");
    }
    expect(readdirSync(join(folder, "my-sample"))).toContain("sample.xlsx");
  });

  test("every npm script that a page names is there", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    for (const page of pages) {
      for (const [, name = ""] of read(page).matchAll(/npm run ([a-z]+)/g))
        expect(Object.keys(scripts), page).toContain(name);
    }
  });
});

test("every error code has a meaning, and explain tells it", () => {
  for (const [code, meaning] of Object.entries(errorCodes)) {
    expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/);
    expect(meaning, code).toMatch(/^\S.*\.$/s);
  }
  expect(casedraw("explain", "JOIN_TIE")).toContain(errorCodes.JOIN_TIE);
});

test("every error code is thrown somewhere", () => {
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && name !== "errors.ts")
    .map((name) => readFileSync(join(root, "src", name), "utf8"))
    .join("\n");
  for (const code of Object.keys(errorCodes))
    expect(sources.includes(`"${code}"`) || sources.includes(` ${code}:`), code).toBe(true);
});
