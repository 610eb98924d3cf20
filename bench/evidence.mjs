// Writes docs/evidence.md: what the methods do in simulations, each with its Monte Carlo error. A few minutes.
// node bench/evidence.mjs [--quick]     --quick: only the parts that are enumerated or worked out, in seconds; the rest stays
// Works on dist, or on a folder that CASEDRAW_DIST names.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as allocation from "./evidence/allocation.mjs";
import * as cube from "./evidence/cube.mjs";
import * as disclosure from "./evidence/disclosure.mjs";
import * as flags from "./evidence/flags.mjs";
import * as inclusion from "./evidence/inclusion.mjs";
import { intervals, regions } from "./evidence/printed.mjs";
import * as siblings from "./evidence/siblings.mjs";
import * as survival from "./evidence/survival.mjs";
import * as update from "./evidence/update.mjs";
import * as wilson from "./evidence/wilson.mjs";

const studies = [
  inclusion,
  allocation,
  siblings,
  cube,
  update,
  wilson,
  intervals,
  survival,
  flags,
  regions,
  disclosure,
];
const page = fileURLToPath(new URL("../docs/evidence.md", import.meta.url));
const dist = process.env.CASEDRAW_DIST;
const folder = dist === undefined ? new URL("../dist/", import.meta.url) : `${pathToFileURL(dist).href}/`;
const load = (path) => import(new URL(path, folder).href);
const onlyQuick = process.argv.includes("--quick");
const only = process.argv.find((word) => word.startsWith("--only="))?.slice("--only=".length);

const before = sectionsOf(readPage());
const parts = [];
for (const { id, title, quick, run } of studies) {
  const wanted = only === undefined ? !onlyQuick || quick === true : only === id;
  const began = performance.now();
  const text = wanted ? await run(load) : (before.get(id) ?? "Not yet run.");
  if (wanted) console.error(`${id}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  parts.push(`## ${title}\n\n<!-- ${id} -->\n\n${text}\n\n<!-- end -->`);
}
const head = [
  "# Evidence",
  "Written by `node bench/evidence.mjs`, from the built program and fixed seeds: the same numbers each time. `--quick` works out anew only what is enumerated and " +
    "not simulated; the tests hold that part. What the methods are and why: [methods](methods.md).",
];
writeFileSync(page, `${[...head, ...parts].join("\n\n")}\n`);

function readPage() {
  try {
    return readFileSync(page, "utf8");
  } catch {
    return "";
  }
}

/** Study → its text, as the page has it. */
function sectionsOf(text) {
  return new Map(
    [...text.matchAll(/<!-- (\S+) -->\n\n([\s\S]*?)\n\n<!-- end -->/g)].map(([, id, body]) => [id, body]),
  );
}
