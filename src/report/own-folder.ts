import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
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

/**
 * Makes sure that no output beside a folder goes on with what it holds: a later version of its sample, a sample linked to it, a
 * handover of it. Each of these names the manifest that it goes on with, and could not be verified without it.
 *
 * @param target - a folder that {@link checkOwnFolder} has passed
 * @throws CasedrawError `OUTPUT_CONTINUED` naming the first that does
 */
export function refuseContinued(target: string): void {
  const path = resolve(target);
  // A folder of several frames has a sample in each subfolder.
  const manifests = readOutputs(target)
    .map((output) => output.path)
    .filter((name) => name.endsWith("/manifest.json") && existsSync(join(path, name)));
  const own = new Set(["manifest.json", ...manifests].map((name) => sha256OfFile(join(path, name))));
  for (const entry of atOutput(target, () => readdirSync(dirname(path), { withFileTypes: true }))) {
    const beside = join(dirname(path), entry.name);
    if (!entry.isDirectory() || entry.name.startsWith(".") || beside === path) continue;
    if (!manifestsContinued(beside).some((hash) => own.has(hash))) continue;
    throw new CasedrawError(
      "OUTPUT_CONTINUED",
      `Output folder: one that other work goes on with is not replaced, got one that ${entry.name} goes on with (${target}). ` +
        `Choose another folder, or move ${entry.name} elsewhere first if it is not wanted.`,
      { file: target, continued_by: entry.name },
    );
  }
}

/** Hashes of the manifests that a folder's own, whatever casedraw command wrote it, goes on with. */
function manifestsContinued(folder: string): string[] {
  const named = z.looseObject({ manifest_sha256: z.string() }).optional().catch(undefined);
  const schema = z.looseObject({
    algorithm: z.looseObject({ name: z.string() }).optional().catch(undefined),
    previous: named,
    linked_to: named,
    after: named,
    sample: named,
  });
  try {
    const manifest = schema.parse(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")));
    const { previous, linked_to, after, sample, algorithm } = manifest;
    // Estimates and progress name their sample too, and can be made anew.
    const handed = algorithm?.name === "handover" ? sample : undefined;
    return [previous, linked_to, after, handed].flatMap((each) => each?.manifest_sha256 ?? []);
  } catch {
    return []; // no manifest, or none of ours
  }
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
