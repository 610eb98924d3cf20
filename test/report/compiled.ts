import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Modules of `src/` that a child process can import: compiled here, so that no earlier build is taken for this code. */
export interface Compiled {
  /** The specifier of a module, as `report/folder.js`. */
  url(module: string): string;
  remove(): void;
}

/** Compiles modules, with what they import, into a temporary folder. */
export function compile(...modules: readonly string[]): Compiled {
  const folder = mkdtempSync(join(tmpdir(), "casedraw-compiled-"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: join(root, "tsconfig.json"),
      compilerOptions: {
        noEmit: false,
        noCheck: true,
        rootDir: join(root, "src"),
        outDir: join(folder, "out"),
      },
      include: [],
      files: modules.map((module) => join(root, "src", module)),
    }),
  );
  execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder], {
    stdio: "inherit",
  });
  return {
    url: (module) => new URL(`file://${join(folder, "out", module)}`).href,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
