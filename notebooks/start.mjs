// npm run notebooks: opens the notebooks in JupyterLab (or the older Jupyter Notebook) with the kernel that they need, or
// says what is missing and how to get it.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { missing, notebooks, registerKernel, works } from "./kernel.mjs";

const lacking = missing();
const desk = ["lab", "notebook"].find((each) => works("jupyter", each, "--version"));
if (desk === undefined) {
  lacking.push(
    "JupyterLab, to open notebooks in: run pip install jupyterlab (or, on Debian and Ubuntu, apt-get install jupyter-notebook)",
  );
}
if (lacking.length > 0) {
  console.error("The notebooks cannot be started. What is missing:\n");
  for (const each of lacking) console.error(`- ${each}`);
  console.error(
    "\nWith VS Code and its Jupyter extension no JupyterLab is needed: run npx deno jupyter --install once, open a notebook " +
      "of this folder, and choose the kernel Deno.\nReading needs nothing at all: every notebook is saved with its figures.",
  );
  process.exitCode = 2;
} else {
  start(desk);
}

function start(program) {
  const folder = mkdtempSync(join(tmpdir(), "casedraw-notebooks-"));
  registerKernel(folder);
  const path = [folder, process.env.JUPYTER_PATH].filter(Boolean).join(delimiter);
  const server = spawn("jupyter", [program, ...process.argv.slice(2)], {
    cwd: notebooks,
    env: { ...process.env, JUPYTER_PATH: path },
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  // Jupyter asks whether it is to stop, or stops; this goes when it has gone.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
  server.on("exit", (code) => {
    rmSync(folder, { recursive: true, force: true });
    process.exitCode = code ?? 1;
  });
}
