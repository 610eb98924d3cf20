// Where the notebooks run: Deno's own Jupyter kernel, from this project's node_modules, registered in a folder that the
// caller names, so that nothing is written into anybody's home.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const project = fileURLToPath(new URL("..", import.meta.url));

/** The folder of the notebooks. */
export const notebooks = fileURLToPath(new URL(".", import.meta.url));

/** What is not there of what a notebook needs, each with the command that gets it; empty where all is. */
export function missing() {
  const lacking = [];
  for (const name of ["deno", "danfojs-node"]) {
    if (!installed(name)) lacking.push(`the npm package ${name}: run npm ci in ${project}`);
  }
  if (!existsSync(join(project, "dist", "lib", "danfo.js"))) {
    lacking.push(`casedraw itself, built: run npm run build in ${project}`);
  }
  return lacking;
}

function installed(name) {
  try {
    return existsSync(require.resolve(`${name}/package.json`));
  } catch {
    return false;
  }
}

/** Whether a program starts. */
export function works(program, ...args) {
  return spawnSync(program, args, { stdio: "ignore", shell: process.platform === "win32" }).status === 0;
}

/**
 * Registers the kernel under the name that the notebooks ask for.
 *
 * @param folder - to be on JUPYTER_PATH of whatever starts a notebook
 */
export function registerKernel(folder) {
  const home = dirname(require.resolve("deno/package.json"));
  // The package fetches its program when it is installed, or else when it is first started.
  spawnSync(process.execPath, [join(home, "bin.cjs"), "--version"], { stdio: "ignore" });
  const program = join(home, process.platform === "win32" ? "deno.exe" : "deno");
  const kernel = join(folder, "kernels", "deno");
  mkdirSync(kernel, { recursive: true });
  const spec = {
    argv: [program, "jupyter", "--kernel", "--conn", "{connection_file}"],
    display_name: "Deno",
    language: "typescript",
    env: { DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" },
  };
  writeFileSync(join(kernel, "kernel.json"), JSON.stringify(spec, null, 2));
}
