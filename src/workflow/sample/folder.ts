import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { CasedrawError } from "../../errors.js";
import { type Manifest, parseManifest, parseRunRecord, type RunRecord } from "../../report/manifest.js";
import { sha256OfFile } from "../../report/sha256.js";
import { openArchive } from "../archive/manifest.js";
import { openFramesFolder } from "../frames/folder.js";
import { readText } from "../read-text.js";

/** A sample's folder as it lies on the disk. */
export interface SampleFolder {
  /** Absolute. */
  readonly path: string;
  readonly manifest: Manifest;
  /** Absent where someone has taken it away: then the plan must be named. */
  readonly run?: RunRecord;
}

/**
 * Opens a sample's folder.
 *
 * @param label - the path as the user wrote it
 * @throws CasedrawError `FILE_NOT_FOUND`, `SAMPLE_FOLDER_INCOMPLETE`, `FOLDER_OF_FRAMES`, `FOLDER_OF_ARCHIVE`, `FOLDER_OF_OTHER_OUTPUT`,
 *   `MANIFEST_…`
 */
export function openSampleFolder(path: string, label: string): SampleFolder {
  if (!existsSync(path)) {
    throw new CasedrawError(
      "FILE_NOT_FOUND",
      `Sample folder not found: there is none at ${label}. Check the path.`,
      {
        file: label,
      },
    );
  }
  const manifestPath = join(path, "manifest.json");
  if (!statSync(path).isDirectory() || !existsSync(manifestPath)) {
    throw new CasedrawError(
      "SAMPLE_FOLDER_INCOMPLETE",
      `Not a sample's folder: ${label} has no manifest.json. Name the folder that casedraw sample wrote.`,
      { file: label },
    );
  }
  refuseFrames(path, label);
  refuseArchive(path, label);
  const text = readText(manifestPath, join(label, "manifest.json"), "Manifest");
  refuseOtherOutput(text, label);
  const manifest = parseManifest(text, join(label, "manifest.json"));
  const runPath = join(path, "run.json");
  if (!existsSync(runPath)) return { path, manifest };
  const run = parseRunRecord(
    readText(runPath, join(label, "run.json"), "Run record"),
    join(label, "run.json"),
  );
  return { path, manifest, run };
}

function refuseFrames(path: string, label: string): void {
  const several = openFramesFolder(path, label);
  if (several === undefined) return;
  const names = several.manifest.frames.map(({ name }) => join(label, name));
  throw new CasedrawError(
    "FOLDER_OF_FRAMES",
    `Folder holds the samples of several frames: one is wanted, got ${label}. Name one of them: ${names.join(", ")}.`,
    { file: label, folders: names },
  );
}

function refuseArchive(path: string, label: string): void {
  if (openArchive(path, label) === undefined) return;
  throw new CasedrawError(
    "FOLDER_OF_ARCHIVE",
    `Folder is an archive: a sample's folder is wanted, got one that holds pseudonyms (${label}). ` +
      `casedraw verify ${label} replays it; for all else name the folder that it was made of.`,
    { file: label },
  );
}

/** What tells the manifests of other commands from a sample's, with the command's name. */
const otherOutputs: readonly (readonly [key: string, command: string])[] = [
  ["pseudonymised", "pseudonymise"],
  ["size", "size"],
  ["simulation", "simulate"],
];

/** Every command's manifest lists its outputs; only a sample's has a selection. */
function refuseOtherOutput(text: string, label: string): void {
  const manifest = recordOf(text);
  if (manifest === undefined || !Array.isArray(manifest.outputs) || "selection" in manifest) return;
  const { name } = (manifest.algorithm ?? {}) as { readonly name?: unknown };
  // The algorithm of a simulation is that of the design.
  const command = otherOutputs.find(([key]) => key in manifest)?.[1] ?? name;
  throw new CasedrawError(
    "FOLDER_OF_OTHER_OUTPUT",
    `Not a sample’s folder: one that a draw wrote is wanted, got one of casedraw${command === undefined ? "" : ` ${command}`} (${label}). ` +
      nextStep(manifest, command, label),
    { file: label },
  );
}

function nextStep(manifest: Readonly<Record<string, unknown>>, command: unknown, label: string): string {
  if (["check", "compare", "pia"].includes(command as string))
    return `casedraw verify ${label} makes it again; for all else name a sample’s folder.`;
  return `It cannot be verified or continued by itself: name ${"sample" in manifest ? "the sample’s folder that it was made of" : "a sample’s folder"}.`;
}

function recordOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined; // the manifest's own reader says what is wrong with it
  }
}

/** Files of the folder that neither the manifest nor casedraw's own records name, `/` between their parts. */
export function unlistedFiles(folder: {
  readonly path: string;
  readonly manifest: Pick<Manifest, "outputs">;
}): string[] {
  const known = new Set([
    "manifest.json",
    "run.json",
    ...folder.manifest.outputs.map((output) => output.path),
  ]);
  return readdirSync(folder.path, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder.path, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((name) => !known.has(name))
    .sort();
}

/**
 * Makes sure that files of a folder are as they were written, before something is built on them.
 *
 * @param names - by default all that the manifest lists
 * @throws CasedrawError `SAMPLE_FOLDER_CHANGED`
 */
export function refuseChangedFolder(
  { path, manifest }: SampleFolder,
  label: string,
  names: readonly string[] = manifest.outputs.map((output) => output.path),
): void {
  const changed = names.filter((name) => {
    const listed = manifest.outputs.find((output) => output.path === name);
    const file = join(path, name);
    if (listed === undefined || !existsSync(file) || !statSync(file).isFile()) return true;
    return sha256OfFile(file) !== listed.sha256;
  });
  if (changed.length === 0) return;
  throw new CasedrawError(
    "SAMPLE_FOLDER_CHANGED",
    `Sample's folder is not as casedraw wrote it: ${changed.join(", ")} ${changed.length === 1 ? "was" : "were"} edited or removed ` +
      `(${label}). Restore the files; casedraw verify ${label} tells what was changed.`,
    { file: label, changed },
  );
}
