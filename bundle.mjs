import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { build } from "rolldown";

// Bundles the command line into dist/bin and the library into dist/lib: they load faster when their modules, and those of
// their libraries, are few files. With another folder named, it goes there.
const dist = process.argv[2] ?? "dist";
const shared = {
  platform: "node",
  preserveEntrySignatures: "allow-extension", // as the bundler asks where modules are put together by hand
  // Native ones stay where npm puts them, and are loaded only when a Parquet file is read or a picture made; danfojs is the user's.
  external: [/^@duckdb\//, /^@resvg\//, "danfojs-node"],
  plugins: [{ name: "licences", generateBundle: emitLicences }],
};
const output = {
  cleanDir: true,
  format: "esm",
  chunkFileNames: "[name]-[hash].js",
  comments: false, // a third of what Node would have to read; lines stay, for an error's trace shows the one that threw
};

await build({
  ...shared,
  input: {
    casedraw: "src/cli/bin.ts",
    worker: "src/cli/worker.ts",
    "helper-thread": "src/cli/helper-thread.ts",
  },
  output: {
    ...output,
    dir: join(dist, "bin"),
    codeSplitting: loadedTogether({
      start: ["src/cli/bin.ts", "src/cli/worker.ts"],
      thread: ["src/cli/helper-thread.ts", "src/cli/commands/sample.ts"],
      draw: ["src/cli/commands/sample-draw.ts"],
    }),
  },
});

chmodSync(join(dist, "bin", "casedraw.js"), 0o755); // npm's link to the command stays when it is made anew

await build({
  ...shared,
  input: { index: "src/index.ts", danfo: "src/interop/danfo.ts" },
  output: {
    ...output,
    dir: join(dist, "lib"),
    codeSplitting: loadedTogether({ core: ["src/index.ts"] }),
  },
});

/** Puts what some entries import statically into one file each, named by the key: a hundred small ones take twice as long to load. */
function loadedTogether(entries) {
  const held = new Map();
  const groups = Object.entries(entries).map(([debugName, files]) => ({
    debugName,
    name(id, context) {
      if (!held.has(debugName))
        held.set(
          debugName,
          importedBy(
            files.map((file) => resolve(file)),
            context,
          ),
        );
      return held.get(debugName).has(id) ? debugName : null;
    },
  }));
  return { groups, includeDependenciesRecursively: false };
}

/** Not the entries themselves: what one does at its start is not to be done with another. */
function importedBy(entries, context) {
  const found = new Set(entries);
  for (const id of found) for (const each of context.getModuleInfo(id)?.importedIds ?? []) found.add(each);
  for (const entry of entries) found.delete(entry);
  return found;
}

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
