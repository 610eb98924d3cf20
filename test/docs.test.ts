import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalogue } from "../src/cli/catalogue.js";
import { errorCodes } from "../src/errors.js";
import { agrees, blocksOf, mended } from "./docs/blocks.js";
import { anchorsOf, brokenLinks } from "./docs/links.js";
import { bin, copyDemo, type Demo, makeDemo, root, run } from "./docs/terminal.js";

const commands = catalogue.groups.flatMap((group) => group.commands);
const pages = markdownFiles();
const told = pages.filter((page) => page === "README.md" || page.startsWith("docs/"));
const read = (page: string): string => readFileSync(join(root, page), "utf8");

let made: Promise<Demo> | undefined;

/** Every test shares one demonstration; it is made when the first one asks. */
function demo(): Promise<Demo> {
  made ??= makeDemo();
  return made;
}

afterAll(async () => {
  if (made !== undefined) rmSync((await made).folder, { recursive: true, force: true });
});

/** Every Markdown file that belongs to the project, from its root. */
function markdownFiles(): string[] {
  const folders = ["", "bench", "data-samples", "docs", "notebooks"];
  return folders.flatMap((folder) => {
    const names = readdirSync(join(root, folder), { recursive: folder !== "", encoding: "utf8" });
    return names
      .filter((name) => name.endsWith(".md"))
      .map((name) => join(folder, name).replaceAll("\\", "/"))
      .sort();
  });
}

describe("help", () => {
  let folder: string;
  const casedraw = (...words: string[]): string =>
    execFileSync(process.execPath, [bin, ...words], { cwd: folder, encoding: "utf8", stdio: "pipe" });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "casedraw-help-"));
    copyDemo(await demo(), folder);
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

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

  test("explain tells what an error code means", () => {
    expect(casedraw("explain", "JOIN_TIE")).toContain(errorCodes.JOIN_TIE);
  });
});

describe("pages", () => {
  test.each(pages)("links of %s lead somewhere", (page) => {
    expect(brokenLinks(join(root, page))).toEqual([]);
  });

  test("every npm script that a page names is there", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    for (const page of pages) {
      for (const [, name = ""] of read(page).matchAll(/npm run ([a-z]+(?::[a-z]+)*)/g))
        expect(Object.keys(scripts), page).toContain(name);
    }
  });

  // `npm run docs:update` writes what was printed into the pages.
  test.concurrent.for(told.filter((page) => blocksOf(read(page)).length > 0))(
    "%s shows what its commands print",
    { timeout: 300_000 },
    async (page, { expect }) => {
      await expect(await run(read(page), demo)).toMatchFileSnapshot(join(root, page));
    },
  );
});

describe("how pages are read", () => {
  test("commands, their output, and files to write", () => {
    const page = [
      "1. Draw:",
      "",
      "   ```console exit=3",
      "   $ casedraw a",
      "   one",
      "   $ casedraw b",
      "   ```",
      "<!-- $ ls -->",
      "```yaml into=plan.yaml",
      "title: b",
      "```",
      "```sh",
      "npm ci",
      "casedraw c # why",
      "```",
      "```yaml",
      "title: not a file",
      "```",
    ].join("\n");
    const shown = (from: number, to: number, lines: string[]) => ({ from, to, indent: "   ", lines });
    expect(blocksOf(page)).toEqual([
      {
        kind: "run",
        line: 3,
        entries: [
          { command: "casedraw a", shown: shown(4, 5, ["one"]) },
          { command: "casedraw b", shown: shown(6, 6, []) },
        ],
        exit: 3,
      },
      { kind: "run", line: 8, entries: [{ command: "ls", shown: undefined }], exit: 0 },
      { kind: "write", line: 9, how: "into", path: "plan.yaml", text: "title: b\n" },
      { kind: "run", line: 12, entries: [{ command: "casedraw c # why", shown: undefined }], exit: 0 },
    ]);
  });

  test("… stands for lines, and inside a line for characters", () => {
    expect(agrees(["a", "…", "d"], ["a", "b", "c", "d"])).toBe(true);
    expect(agrees(["a", "…", "d"], ["a", "d"])).toBe(true);
    expect(agrees(["at … o'clock."], ["at 10:15 o'clock."])).toBe(true);
    expect(agrees(["a"], ["a", "b"])).toBe(false);
    expect(agrees(["a.c"], ["abc"])).toBe(false);
    expect(agrees([], ["a"])).toBe(false);
    expect(mended(["a", "…", "d"], ["x", "b", "c", "y"])).toEqual(["x", "…", "y"]);
    expect(mended(["a"], ["x", "b"])).toEqual(["x", "b"]);
  });

  test("anchors are those of the headings", () => {
    expect([...anchorsOf("# A plan's `key`\n## Twice\n## Twice\n```\n# no\n```\n")]).toEqual([
      "a-plans-key",
      "twice",
      "twice-1",
    ]);
  });
});

test("every error code has a meaning", () => {
  for (const [code, meaning] of Object.entries(errorCodes)) {
    expect(code).toMatch(/^[A-Z][A-Z0-9_]+$/);
    expect(meaning, code).toMatch(/^\S.*\.$/s);
  }
});

test("every error code is thrown somewhere", () => {
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && name !== "errors.ts")
    .map((name) => readFileSync(join(root, "src", name), "utf8"))
    .join("\n");
  for (const code of Object.keys(errorCodes))
    expect(sources.includes(`"${code}"`) || sources.includes(` ${code}:`), code).toBe(true);
});
