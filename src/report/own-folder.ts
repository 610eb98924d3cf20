import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CasedrawError } from "../errors.js";
import { parseOutputs } from "./manifest.js";
import { atOutput } from "./output-error.js";
import { isRecord } from "./output-file.js";
import { sha256OfFile } from "./sha256.js";

/**
 * Makes sure that a folder holds nothing but what casedraw wrote: the manifest, the run record (also one beside a listed
 * manifest in a subfolder), and outputs that the manifest lists, unchanged since.
 *
 * @param target - the folder, as the user wrote it
 * @throws CasedrawError `OUTPUT_NOT_OURS` naming the first entry that is not, in the folder's order
 */
export function checkOwnFolder(target: string): void {
  const listed = new Map(readOutputs(target).map((output) => [output.path, output.sha256]));
  atOutput(target, () => checkEntries(target, "", listed));
}

function readOutputs(target: string): ReturnType<typeof parseOutputs> {
  try {
    return parseOutputs(readFileSync(join(resolve(target), "manifest.json"), "utf8"), "manifest.json");
  } catch {
    throw notOurs(target, "manifest.json", "which is not there or cannot be read");
  }
}

function checkEntries(target: string, folder: string, listed: ReadonlyMap<string, string>): void {
  for (const entry of readdirSync(join(resolve(target), folder), { withFileTypes: true })) {
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory() && [...listed.keys()].some((output) => output.startsWith(`${path}/`))) {
      checkEntries(target, `${path}/`, listed);
    } else if (entry.isFile() && listed.has(path)) {
      if (sha256OfFile(join(resolve(target), path)) !== listed.get(path))
        throw notOurs(target, path, "which was changed");
    } else if (
      !(entry.isFile() && isRecord(path) && (folder === "" || listed.has(`${folder}manifest.json`)))
    ) {
      throw notOurs(target, path, "which is no file that the manifest lists");
    }
  }
}

function notOurs(target: string, entry: string, why: string): CasedrawError {
  return new CasedrawError(
    "OUTPUT_NOT_OURS",
    `Output folder: only what casedraw wrote and nobody changed since is replaced, got ${entry}, ${why} (${target}). ` +
      "Move what you want to keep elsewhere, or choose another folder.",
    { file: target, entry },
  );
}
