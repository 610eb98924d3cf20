import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");

const imports = "lint/style/noRestrictedImports";
const globals = "lint/style/noRestrictedGlobals";
const properties = "lint/nursery/noJsRestrictedProperties";
const cycles = "lint/suspicious/noImportCycles";
const power = "plugin";

const pureRooms = [
  "table",
  "plan",
  "frame",
  "random",
  "sampling",
  "statistics",
  "analysis",
  "checks",
  "disclosure",
  "charts",
  "matching",
  "synth",
];
const edgeRooms = ["readers", "report", "workflow", "api", "interop", "cli"];
const rooms = [...pureRooms, ...edgeRooms];

/** Room → the rooms that it may import, by hand from the architecture. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  table: [],
  plan: [],
  frame: ["table", "plan"],
  random: ["table", "plan", "frame"],
  sampling: ["table", "plan", "frame", "random"],
  statistics: [],
  analysis: ["table", "plan", "frame", "random", "sampling", "statistics"],
  checks: ["table", "plan", "frame", "statistics", "analysis"],
  disclosure: ["plan", "analysis"],
  charts: ["plan", "frame", "sampling", "statistics", "analysis"],
  matching: ["table", "plan", "frame"],
  synth: ["random"],
  readers: ["table"],
  report: [...pureRooms, "readers"],
  workflow: [...pureRooms, "readers", "report"],
  api: [...pureRooms, "readers", "report", "workflow"],
  interop: [...pureRooms, "readers", "report", "workflow"],
  cli: [...pureRooms, "readers", "report", "workflow"],
};

function taking(specifier: string, name = "thing"): string {
  return `import { ${name} } from "${specifier}";\n\nexport const kept = ${name};\n`;
}

function saying(expression: string): string {
  return `export const said = (given: number) => [given, ${expression}];\n`;
}

/** Path under src → source, and the rule that must catch it. */
const breaches: [path: string, rule: string, source: string][] = [
  ...rooms.flatMap((room) =>
    rooms
      .filter((other) => other !== room && !mayImport[room]?.includes(other))
      .map((other): [string, string, string] => [
        `${room}/takes-${other}.ts`,
        imports,
        taking(`../${other}/there.js`),
      ]),
  ),
  ...rooms.map((room): [string, string, string] => [
    `${room}/takes-index.ts`,
    imports,
    taking("../index.js"),
  ]),
  ...edgeRooms.map((room): [string, string, string] => [
    `${room}/takes-itself-by-name.ts`,
    imports,
    taking("casedraw"),
  ]),
  ...pureRooms.flatMap((room): [string, string, string][] => [
    [`${room}/takes-files.ts`, imports, taking("node:fs", "readFileSync")],
    [`${room}/takes-random-bytes.ts`, imports, taking("node:crypto", "randomBytes")],
    [
      `${room}/takes-all-crypto.ts`,
      imports,
      `import * as all from "node:crypto";\n\nexport const kept = all;\n`,
    ],
    [`${room}/takes-library.ts`, imports, taking("yauzl", "open")],
    ...["process", "console", "Date", "performance", "setTimeout", "setInterval", "fetch", "globalThis"].map(
      (name): [string, string, string] => [
        `${room}/says-${name.toLowerCase()}.ts`,
        globals,
        saying(`${name}.name`),
      ],
    ),
  ]),
  ...[...pureRooms, ...edgeRooms].flatMap((room): [string, string, string][] => [
    [`${room}/random.ts`, properties, saying("Math.random()")],
    [`${room}/power-function.ts`, properties, saying("Math.pow(given, 2)")],
    [`${room}/power.ts`, power, saying("(given + 1) ** 2")],
    [`${room}/power-assigned.ts`, power, "export let said = 2;\nsaid **= 3;\n"],
    [`${room}/compares.ts`, properties, saying('"a".localeCompare("b")')],
  ]),
  [
    "frame/takes-type.ts",
    imports,
    'import type { Thing } from "../sampling/there.js";\n\nexport type Kept = Thing;\n',
  ],
  ["frame/takes-late.ts", imports, 'export const kept = () => import("../readers/there.js");\n'],
  ["frame/passes-on.ts", imports, 'export { thing } from "../cli/there.js";\n'],
  ["frame/destructures.ts", properties, "const { random } = Math;\n\nexport const kept = random;\n"],
  ["frame/barrel.ts", "lint/performance/noBarrelFile", 'export { kept } from "./power.js";\n'],
  ["frame/all.ts", "lint/performance/noReExportAll", 'export * from "./power.js";\n'],
  ["frame/default.ts", "lint/style/noDefaultExport", "export default 1;\n"],
  ["frame/NotKebab.ts", "lint/style/useFilenamingConvention", "export const kept = 1;\n"],
  ["frame/long.ts", "lint/style/noExcessiveLinesPerFile", manyLines(401)],
  ["frame/circle-one.ts", cycles, taking("./circle-two.js", "two").replace("kept", "one")],
  ["frame/circle-two.ts", cycles, taking("./circle-one.js", "one").replace("kept", "two")],
  ["frame/type-circle-one.ts", cycles, typeTaking("./type-circle-two.js", "Two", "One")],
  ["frame/type-circle-two.ts", cycles, typeTaking("./type-circle-one.js", "One", "Two")],
  ...[
    ...rooms.filter((other) => ![...(mayImport.sampling ?? []), "sampling"].includes(other)),
    "index.js",
  ].map((other): [string, string, string] => [
    `sampling/deep/takes-${other}.ts`.replace(".js.ts", ".ts"),
    imports,
    taking(other === "index.js" ? "../../index.js" : `../../${other}/there.js`),
  ]),
  ["sampling/deep/takes-files.ts", imports, taking("node:fs", "readFileSync")],
  ["sampling/deep/takes-library.ts", imports, taking("yauzl", "open")],
  ["statistics/deep/takes-sampling.ts", imports, taking("../../sampling/there.js")],
  ["statistics/deep/takes-index.ts", imports, taking("../../index.js")],
  ["statistics/deep/takes-files.ts", imports, taking("node:fs", "readFileSync")],
  ["analysis/deep/takes-charts.ts", imports, taking("../../charts/there.js")],
  ["analysis/deep/takes-disclosure.ts", imports, taking("../../disclosure/there.js")],
  ["analysis/deep/takes-index.ts", imports, taking("../../index.js")],
  ["analysis/deep/takes-files.ts", imports, taking("node:fs", "readFileSync")],
  ["checks/deep/takes-sampling.ts", imports, taking("../../sampling/there.js")],
  ["checks/deep/takes-index.ts", imports, taking("../../index.js")],
  ["checks/deep/takes-files.ts", imports, taking("node:fs", "readFileSync")],
  ["charts/takes-vega.ts", imports, taking("vega", "View")],
  ["charts/takes-vega-lite.ts", imports, taking("vega-lite", "compile")],
  ["cli/commands/takes-index.ts", imports, taking("../../index.js")],
  ["errors.ts", imports, taking("./table/there.js")],
];

function manyLines(count: number): string {
  return Array.from({ length: count }, (_, i) => `export const kept${i} = ${i};\n`).join("");
}

function typeTaking(specifier: string, taken: string, given: string): string {
  return `import type { ${taken} } from "${specifier}";\n\nexport type ${given} = ${taken}[];\n`;
}

/** What each room may do, in one file: nothing in it may be reported. */
function allowed(room: string): string {
  const sources = [
    "../errors.js",
    ...(mayImport[room] ?? []).map((other) => `../${other}/there.js`),
    "./beside.js",
  ];
  sources.push("node:crypto");
  if (room === "plan") sources.push("yaml", "zod");
  if (room === "random") sources.push("seedrandom");
  if (room === "sampling") sources.push("yalps");
  if (room === "statistics" || room === "charts") sources.push("simple-statistics");
  if (room === "statistics") sources.push("@stdlib/stats-base-dists-normal-quantile");
  if (edgeRooms.includes(room)) sources.push("node:fs", "yauzl");
  const names = sources.map((source, i) => (source === "node:crypto" ? "createHash" : `thing${i}`));
  const lines = sources.map((source, i) => `import { ${names[i]} } from "${source}";`);
  const use = edgeRooms.includes(room) ? ["process.pid", "new Date()"] : [];
  return `${lines.join("\n")}\n\nexport const kept = [${[...names, ...use, "Math.sqrt(2) * 2"].join(", ")}];\n`;
}

/** Path under src → source in which nothing may be reported. */
const clean: [path: string, source: string][] = [
  ...rooms.map((room): [string, string] => [`${room}/allowed.ts`, allowed(room)]),
  [
    "sampling/deep/allowed.ts",
    'import { thing } from "../../errors.js";\nimport { things } from "../../frame/there.js";\n' +
      'import { beside } from "../beside.js";\nimport { solve } from "yalps";\n\n' +
      "export const kept = [thing, things, beside, solve];\n",
  ],
  [
    "statistics/deep/allowed.ts",
    'import quantile from "@stdlib/stats-base-dists-normal-quantile";\nimport { thing } from "../../errors.js";\n' +
      'import { beside } from "../beside.js";\n\nexport const kept = [quantile, thing, beside];\n',
  ],
  [
    "charts/render-svg.ts",
    'import { View } from "vega";\nimport { compile } from "vega-lite";\n\nexport const kept = [View, compile];\n',
  ],
  [
    "charts/takes-type.ts",
    'import type { TopLevelSpec } from "vega-lite";\n\nexport type Kept = TopLevelSpec;\n',
  ],
  [
    "cli/commands/allowed.ts",
    'import { sample } from "../../workflow/sample.js";\nimport type { Io } from "../io.js";\n\n' +
      "export const run = (io: Io) => io.out(sample());\n",
  ],
];

/** The public API may pass names on, and is caught only for the line that takes a command. */
const index = 'export { CasedrawError } from "./errors.js";\nexport { main } from "./cli/main.js";\n';

let folder = "";
const found = new Map<string, string[]>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "casedraw-house-"));
  for (const shared of ["biome.json", ".gitignore", "lint"]) {
    cpSync(join(root, shared), join(folder, shared), { recursive: true });
  }
  const planted = breaches.map(([path, , source]) => [path, source] as const);
  for (const [path, source] of [...planted, ...clean, ["index.ts", index] as const]) {
    const target = join(folder, "src", path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, source);
  }
  for (const { category, location } of lint()) {
    const path = location.path.replaceAll("\\", "/").replace(/^.*?src\//, "");
    found.set(path, [...(found.get(path) ?? []), category]);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string };
}

function lint(): readonly Diagnostic[] {
  const result = spawnSync(
    process.execPath,
    [biome, "lint", "--reporter=json", "--max-diagnostics=none", "src"],
    { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  if (!result.stdout.startsWith("{")) throw new Error(`biome did not lint: ${result.stderr}`);
  return (JSON.parse(result.stdout) as { diagnostics: Diagnostic[] }).diagnostics;
}

describe("the lint rules hold the layers", () => {
  test.each([...rooms, "errors.ts"])("every breach planted in src/%s is caught", (place) => {
    const planted = breaches.filter(([path]) => path === place || path.startsWith(`${place}/`));
    expect(planted.length).toBeGreaterThan(0);
    expect(planted.filter(([path, rule]) => !found.get(path)?.includes(rule))).toEqual([]);
  });

  test("src/index.ts passes names on, but none of a command", () => {
    expect(found.get("index.ts")).toEqual([imports]);
  });

  test("every folder of src is a room with its rules", () => {
    const folders = readdirSync(join(root, "src"), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(folders.map((entry) => entry.name).filter((name) => !rooms.includes(name))).toEqual([]);
  });

  test.each(clean.map(([path]) => path))("src/%s, which keeps to them, passes", (path) => {
    expect(found.get(path) ?? []).toEqual([]);
  });
});
