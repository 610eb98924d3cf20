import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "rolldown";

// Bundles the command line into dist/bin: it starts faster when its modules, and those of its libraries, are few files.
await build({
  input: {
    casedraw: "src/cli/bin.ts",
    worker: "src/cli/worker.ts",
    "helper-thread": "src/cli/helper-thread.ts",
  },
  platform: "node",
  // Native: they stay where npm puts them, and are loaded only when a Parquet file is read or a picture made.
  external: [/^@duckdb\//, /^@resvg\//],
  plugins: [{ name: "licences", generateBundle: emitLicences }],
  output: { dir: "dist/bin", cleanDir: true, format: "esm", chunkFileNames: "[name]-[hash].js" },
});

/** The licence of every library that is bundled, as each of them asks. */
function emitLicences(_options, bundle) {
  const modules = Object.values(bundle).flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
  const folders = new Set(modules.flatMap((id) => packageFolder(id) ?? []));
  const packages = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text = file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), "utf8").trim();
    packages.set(text, [...(packages.get(text) ?? []), `${name} ${version}`]);
  }
  const texts = [...packages].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`);
  this.emitFile({ type: "asset", fileName: "LICENCES.txt", source: texts.join("\n---\n\n") });
}

function packageFolder(id) {
  if (!id.includes("node_modules")) return undefined;
  let folder = dirname(id);
  while (!(existsSync(join(folder, "package.json")) && namesPackage(folder))) folder = dirname(folder);
  return folder;
}

/** Some packages hold further package.json files that only set a module format. */
function namesPackage(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version !== undefined;
}
