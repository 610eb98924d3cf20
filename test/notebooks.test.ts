import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as library from "../src/index.js";
import * as danfo from "../src/interop/danfo.js";

// What holds of every saved notebook without Jupyter; .ci/notebooks.mjs runs them.
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "notebooks");

interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly data?: Readonly<Record<string, string | readonly string[]>>;
  readonly metadata?: Readonly<Record<string, { readonly alt?: string }>>;
}

interface Cell {
  readonly id: string;
  readonly cell_type: "markdown" | "code";
  readonly source: readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly Output[];
}

interface Notebook {
  readonly nbformat: number;
  readonly nbformat_minor: number;
  readonly metadata: { readonly kernelspec: { readonly name: string; readonly language: string } };
  readonly cells: readonly Cell[];
}

const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
const textOf = (name: string): string => readFileSync(join(folder, name), "utf8");
const notebookOf = (name: string): Notebook => JSON.parse(textOf(name)) as Notebook;
const codeOf = ({ cells }: Notebook): Cell[] => cells.filter((cell) => cell.cell_type === "code");
const outputsOf = (notebook: Notebook): Output[] => codeOf(notebook).flatMap(({ outputs = [] }) => outputs);
const readJson = (path: string): unknown => JSON.parse(readFileSync(join(root, path), "utf8"));

/** What the notebooks use of Deno, and of newer JavaScript that it has. */
const denoTypes = `
declare const Deno: {
  readonly jupyter: { broadcast(type: string, content: object): Promise<void> };
  readDirSync(path: string): Iterable<{ readonly name: string }>;
  writeTextFileSync(path: string, text: string): void;
};
interface Uint8Array { toBase64(): string }
`;

const notebookConfig = {
  extends: join(root, "tsconfig.json"),
  compilerOptions: {
    module: "esnext",
    moduleResolution: "bundler",
    allowImportingTsExtensions: true,
    noUncheckedIndexedAccess: false,
    typeRoots: [join(root, "node_modules", "@types")],
    paths: {
      casedraw: [join(root, "src", "index.ts")],
      "casedraw/danfo": [join(root, "src", "interop", "danfo.ts")],
      "danfojs-node": [
        join(root, "node_modules", "danfojs-node", "dist", "danfojs-node", "src", "index.d.ts"),
      ],
    },
  },
  include: ["*.ts"],
};

/** Imported names by module; one without names stands for its side effect. */
function importsOf(notebook: Notebook): [name: string, module: string][] {
  const source = codeOf(notebook)
    .map((cell) => cell.source.join(""))
    .join("\n");
  return [...source.matchAll(/^import (?:\{([^}]*)\} from )?"([^"]+)";$/gm)].flatMap(
    ([, list = "", module]) =>
      list.split(",").map((name): [string, string] => [name.trim(), module as string]),
  );
}

test("notebooks are numbered without a gap, and listed in the folder's page", () => {
  expect(names.map((name) => name.slice(0, 3))).toEqual(names.map((_, at) => `0${at + 1}-`));
  expect(names.length).toBe(7);
  const page = textOf("README.md");
  for (const name of names) expect(page).toContain(`(${name})`);
});

test("the names of casedraw lead to the files that the package exports", () => {
  const { exports } = readJson("package.json") as { exports: Record<string, { default: string }> };
  const { imports } = readJson("notebooks/deno.json") as { imports: Record<string, string> };
  expect(imports).toEqual({
    casedraw: `.${exports["."]?.default}`,
    "casedraw/danfo": `.${exports["./danfo"]?.default}`,
  });
});

test("the code of every notebook passes the type checker, with the library's own types", {
  timeout: 240_000,
}, () => {
  const place = mkdtempSync(join(tmpdir(), "casedraw-notebook-types-"));
  try {
    for (const name of names) {
      const cells = codeOf(notebookOf(name)).map(({ source }) => source.join(""));
      writeFileSync(join(place, name.replace("ipynb", "ts")), `${cells.join("\n;\n")}\nexport {};\n`);
    }
    for (const name of ["practice.ts", "show.ts"]) writeFileSync(join(place, name), textOf(name));
    writeFileSync(join(place, "deno.d.ts"), denoTypes);
    writeFileSync(join(place, "tsconfig.json"), JSON.stringify(notebookConfig));
    const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", "."], { cwd: place, encoding: "utf8" });
    // The project's own modules are checked by npm run types.
    expect(stdout.split("\n").filter((line) => /^[^./ ][^/\\]*\.ts\(/.test(line))).toEqual([]);
    expect(stdout).not.toMatch(/^error TS/m);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});

describe.each(names)("%s", (name) => {
  const notebook = notebookOf(name);

  test("opens as a notebook of format 4.5 for the Deno kernel", () => {
    const { nbformat, nbformat_minor, metadata, cells } = notebook;
    expect([nbformat, nbformat_minor]).toEqual([4, 5]);
    expect(metadata.kernelspec).toMatchObject({ name: "deno", language: "typescript" });
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
  });

  test("says first whom it is for, and that its data are synthetic", () => {
    const [first] = notebook.cells;
    expect(first?.cell_type).toBe("markdown");
    const text = first?.source.join("") ?? "";
    expect(text).toMatch(/^# [A-Z][^\n]+\n\nFor (?:the officer|whoever) .+\n/);
    expect(text).toMatch(/All data are synthetic: /);
  });

  test("was saved after a run from the first cell to the last, without an error or a warning", () => {
    const code = codeOf(notebook);
    expect(code.map(({ execution_count: count }) => count)).toEqual(code.map((_, at) => at + 1));
    const outputs = outputsOf(notebook);
    expect(outputs.filter(({ output_type: kind }) => kind === "error")).toEqual([]);
    expect(outputs.filter(({ name: stream }) => stream === "stderr")).toEqual([]);
    expect(code.filter(({ outputs: shown = [] }) => shown.length === 0).map(({ id }) => id)).toEqual([]);
  });

  test("is short: 7 to 15 cells of code, none above 25 lines, no line above 125 characters", () => {
    const code = codeOf(notebook);
    expect(code.length).toBeGreaterThanOrEqual(7);
    expect(code.length).toBeLessThanOrEqual(15);
    for (const { source } of code) {
      expect(source.length).toBeLessThanOrEqual(25);
      expect(Math.max(...source.map((line) => line.length))).toBeLessThanOrEqual(125);
    }
  });

  test("tells nothing of the machine that it ran on, and nobody's name", () => {
    const text = textOf(name);
    for (const path of [root, tmpdir(), homedir(), "/tmp/", "/home/", "/root/", "/Users/", ":\\\\"]) {
      expect(text).not.toContain(`${path}`);
    }
    // As the synthetic export names its families.
    expect(text).not.toMatch(/Family \d|\(synthetic\)/);
    expect(text).not.toMatch(/<th[^>]*>(?:case[_ ]name|date[_ ]of[_ ]birth)</i);
  });

  test("has text beside every table and picture, and is small", () => {
    for (const { data, metadata } of outputsOf(notebook)) {
      if (data === undefined) continue;
      const plain = [data["text/plain"] ?? ""].flat().join("");
      expect(plain.length).toBeGreaterThan(0);
      expect(plain).not.toContain("\u001b");
      if (data["image/png"] === undefined) continue;
      const alt = metadata?.["image/png"]?.alt ?? "";
      expect(alt.length).toBeGreaterThan(15);
      expect(plain).toContain(alt);
    }
    expect(textOf(name).length).toBeLessThan(900_000);
  });

  test("imports what casedraw and danfo export, and little else", () => {
    const imports = importsOf(notebook);
    const modules = new Set(imports.map(([, module]) => module));
    const known = ["casedraw", "casedraw/danfo", "danfojs-node", "./practice.ts", "./show.ts"];
    expect([...modules].filter((module) => !known.includes(module) && !module.startsWith("node:"))).toEqual(
      [],
    );
    expect(modules).toContain("casedraw");
    expect(modules).toContain("danfojs-node");
    for (const [imported, module] of imports) {
      if (module === "casedraw") expect(Object.keys(library)).toContain(imported);
      if (module === "casedraw/danfo") expect(Object.keys(danfo)).toContain(imported);
    }
  });
});
