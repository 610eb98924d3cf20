// Runs every notebook from its first cell to its last, each in a kernel of its own and without a window, and compares what
// comes out with what is saved in it: figures, tables and text, to the byte. Only the numbers that Jupyter gives to
// executions, and what the kernel says of its own version, may differ.
//
//   node .ci/notebooks.mjs            fails on an error, and on an output that is not the saved one
//   node .ci/notebooks.mjs --save     saves what comes out, after a notebook or a result was changed on purpose
//   node .ci/notebooks.mjs 04 07      only those whose names begin so
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { missing, notebooks, registerKernel, works } from "../notebooks/kernel.mjs";

/** Kernels that run beside each other. */
const atOnce = 2;
/** Seconds that a cell may take. */
const patience = 120;

const patientClient = fileURLToPath(new URL("nbconvert.py", import.meta.url));

const save = process.argv.includes("--save");
const wanted = process.argv.slice(2).filter((each) => !each.startsWith("--"));
const names = readdirSync(notebooks)
  .filter((name) => name.endsWith(".ipynb"))
  .filter((name) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)))
  .sort();

const lacking = missing();
if (!works("jupyter", "nbconvert", "--version")) {
  lacking.push("jupyter nbconvert: on Debian and Ubuntu, apt-get install jupyter-nbconvert");
}
if (names.length === 0) lacking.push("a notebook of such a name");
if (lacking.length > 0) {
  for (const each of lacking) console.error(`missing: ${each}`);
  process.exitCode = 2;
} else {
  const folder = mkdtempSync(join(tmpdir(), "casedraw-notebooks-"));
  try {
    process.exitCode = await runAll(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runAll(folder) {
  registerKernel(folder);
  const began = performance.now();
  const waiting = [...names];
  let failed = 0;
  const lane = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const started = performance.now();
      const troubles = await outcome(name, folder);
      const took = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${name}: ${troubles.length === 0 ? (save ? "saved" : "as saved") : "failed"}, ${took} s`);
      for (const trouble of troubles) console.error(`  ${trouble}`);
      if (troubles.length > 0) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`notebooks: ${names.length - failed} of ${names.length} as they should be, ${seconds} s`);
  return failed === 0 ? 0 : 1;
}

/** What is wrong with a notebook when it has run, or when its outputs are set beside the saved ones. */
async function outcome(name, folder) {
  const { code, said } = await execute(name, folder);
  if (code !== 0) return [`it does not run (nbconvert ended with ${code}):\n${afterTraceback(said)}`];
  const path = join(notebooks, name);
  const saved = JSON.parse(readFileSync(path, "utf8"));
  const now = JSON.parse(readFileSync(join(folder, name), "utf8"));
  if (!save) return differences(saved, now);
  writeFileSync(path, savedText(saved, now));
  return [];
}

/** What a cell said, without the way through nbconvert. */
function afterTraceback(said) {
  const at = said.lastIndexOf("An error occurred while executing");
  return said.slice(Math.max(at, 0)).trimEnd();
}

/** Everything that Jupyter and Deno keep lies in the temporary folder: no run sees what an earlier one left. */
function execute(name, folder) {
  const own = mkdtempSync(join(folder, "run-"));
  const at = (part) => {
    const path = join(own, part);
    mkdirSync(path);
    return path;
  };
  const env = {
    ...process.env,
    JUPYTER_PATH: folder,
    JUPYTER_CONFIG_DIR: at("config"),
    JUPYTER_DATA_DIR: at("data"),
    JUPYTER_RUNTIME_DIR: at("runtime"),
    DENO_DIR: at("deno"),
    TMPDIR: at("tmp"),
  };
  const args = ["nbconvert", "--config", patientClient, "--to", "notebook", "--execute"];
  args.push(`--ExecutePreprocessor.timeout=${patience}`, `--ExecutePreprocessor.iopub_timeout=${patience}`);
  args.push("--ExecutePreprocessor.raise_on_iopub_timeout=True", "--output-dir", folder, "--output", name);
  args.push(join(notebooks, name));
  return new Promise((resolve) => {
    const run = spawn("jupyter", args, { cwd: notebooks, env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [run.stdout, run.stderr]) {
      stream.on("data", (chunk) => {
        said += chunk;
      });
    }
    run.on("error", (error) => resolve({ code: -1, said: String(error) }));
    run.on("close", (code) => resolve({ code, said }));
  });
}

function differences(saved, now) {
  const found = [];
  for (const [at, cell] of now.cells.entries()) {
    const before = lines(saved.cells[at]);
    const after = lines(cell);
    const line = after.findIndex((each, i) => each !== before[i]);
    if (line === -1 && before.length === after.length) continue;
    const where = line === -1 ? after.length : line;
    const [was, is] = beside(before[where], after[where]);
    found.push(
      `cell ${at + 1}: the output has changed, first in line ${where + 1}:\n    saved: ${was}\n    now:   ${is}`,
    );
  }
  if (found.length > 0)
    found.push("If that is meant: node .ci/notebooks.mjs --save, and look at what it saved.");
  return found;
}

/** Two lines from a little before the place where they part. */
function beside(was, is) {
  const chars = [...(is ?? "")];
  const parting = chars.findIndex((char, at) => char !== was?.[at]);
  const start = Math.max(0, (parting === -1 ? chars.length : parting) - 60);
  return [was, is].map((line) => (line === undefined ? "(nothing)" : line.slice(start, start + 160)));
}

/** A cell's outputs as lines of text, of every kind that they come in. */
function lines(cell) {
  return outputsOf(cell).flatMap(({ output_type: kind, name = "", data, text }) => [
    `${kind} ${name}`.trimEnd(),
    ...(text === undefined ? [] : text.join("").split("\n")),
    ...Object.entries(data ?? {}).flatMap(([type, body]) => [type, ...textOf(body).split("\n")]),
  ]);
}

function textOf(body) {
  return Array.isArray(body) ? body.join("") : typeof body === "string" ? body : JSON.stringify(body);
}

/** Without numbers of executions. How a stream was cut into pieces is chance: neighbours of one name are one. */
function outputsOf({ outputs = [] }) {
  const kept = [];
  for (const { execution_count: _, ...output } of outputs) {
    const before = kept.at(-1);
    if (output.output_type !== "stream") {
      kept.push(output);
    } else if (before?.output_type === "stream" && before.name === output.name) {
      before.text = inLines(before.text.join("") + textOf(output.text));
    } else {
      kept.push({ ...output, text: inLines(textOf(output.text)) });
    }
  }
  return kept;
}

function inLines(text) {
  return text.split(/(?<=\n)/);
}

/** The notebook as it was written, with what came out of it, cells numbered from 1. */
function savedText(saved, now) {
  let count = 0;
  const cells = saved.cells.map((cell, at) => {
    if (cell.cell_type !== "code") return cell;
    count += 1;
    const outputs = outputsOf(now.cells[at]).map((output) =>
      output.output_type === "execute_result" ? { ...output, execution_count: count } : output,
    );
    return { ...cell, execution_count: count, metadata: {}, outputs };
  });
  return `${JSON.stringify({ ...saved, cells }, null, 1)}\n`;
}
