// The packed package, installed where nothing else is: without danfojs, and then with it as the refusal says. Ends with an
// exit code; the packages come from npm's registry.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = process.env.CASEDRAW_ROOT ?? fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "casedraw-package-"));
const started = performance.now();

function check() {
  const manifest = { name: "office", private: true, type: "module" };
  write("package.json", JSON.stringify(manifest));
  run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: root });
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  install(`./${tarball}`);
  refuse(readdirSync(join(folder, "node_modules")).includes("danfojs-node"), "danfojs was installed unasked");
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  equal(run("npx", ["--no-install", "casedraw", "--version"]).trim(), `casedraw ${version}`, "the version");
  draw();
  done("without danfojs: import, command, draw, verification");

  const { code, overrides } = JSON.parse(node(refusal));
  equal(code, "DANFO_NOT_INSTALLED", "the refusal's code");
  const installed = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  write("package.json", JSON.stringify({ ...installed, overrides }));
  install("danfojs-node@^1.2.0");
  equal(node(dataFrame), '["007","1e5"] string,int32', "a data frame");
  write("officer.ts", typed);
  const tsc = join(root, "node_modules/.bin/tsc");
  run(tsc, [
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "--module",
    "nodenext",
    "--target",
    "es2023",
    "officer.ts",
  ]);
  done("with danfojs, installed by what the refusal says: a data frame, and types");
}

/** A draw by the command from what the library wrote, both as installed. */
function draw() {
  write("plan.yaml", plan);
  node(
    `import { writeSynthetic } from "casedraw"; await writeSynthetic({ rows: 400, seed: "1", out: "children.csv" });`,
  );
  run("npx", [
    "--no-install",
    "casedraw",
    "sample",
    "--plan",
    "plan.yaml",
    "--seed",
    "314159",
    "--out",
    "sample",
  ]);
  const found = node(
    `import { verify } from "casedraw"; process.stdout.write(String((await verify("sample")).verified));`,
  );
  equal(found, "true", "the verification");
}

const plan = `casedraw: 1
title: Installed
reference_date: 2026-11-16
unit: child
unit_id: [case_id, child_id]
data: [{ path: children.csv }]
columns: { case_id: case ID, child_id: child ID, law_type: law type }
sample: { size: 20, strata: [law_type] }
`;

const table = `{ id: "t", caption: "", dimensions: ["Id"], measures: [{ key: "n", label: "n", kind: "count" }],
  rows: [{ names: ["007"], cells: [1] }, { names: ["1e5"], cells: [2] }] }`;

/** What an officer without danfojs is told, and the overrides out of its text. */
const refusal = `import { resultToDataFrame } from "casedraw/danfo";
const { code, message } = await resultToDataFrame(${table}).catch((error) => error);
const block = message.slice(message.indexOf('"overrides": ') + '"overrides": '.length, message.indexOf("\\nand then"));
process.stdout.write(JSON.stringify({ code, overrides: JSON.parse(block) }));`;

const dataFrame = `import { resultToDataFrame } from "casedraw/danfo";
const frame = await resultToDataFrame(${table});
process.stdout.write(JSON.stringify(frame.column("id").values) + " " + frame.dtypes.join());`;

const typed = `import { type Frame, type Plan, wilsonInterval } from "casedraw";
import { frameToDataFrame } from "casedraw/danfo";
export const lower: number = wilsonInterval(81, 263).lower;
export const shape = async (frame: Frame, plan: Plan): Promise<number[]> => (await frameToDataFrame(frame, { plan })).shape;
`;

function write(name, text) {
  writeFileSync(join(folder, name), text);
}

function install(what) {
  run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error", what]);
}

function node(script) {
  return run(process.execPath, ["--input-type=module", "--eval", script]);
}

function run(program, args, options = {}) {
  const stdio = ["ignore", "pipe", "inherit"];
  return execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio, ...options });
}

function equal(found, wanted, what) {
  refuse(found !== wanted, `${what}: wanted ${wanted}, got ${found}`);
}

function refuse(wrong, what) {
  if (wrong) throw new Error(`the installed package fails: ${what}`);
}

function done(what) {
  console.log(`${((performance.now() - started) / 1000).toFixed(1)} s ${what}`);
}

try {
  check();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
