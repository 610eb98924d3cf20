import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { CasedrawError } from "../errors.js";
import { type Manifest, parseManifest, parseRunRecord, type RunRecord } from "../report/manifest.js";
import { readText } from "./open-plan.js";

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
 * @throws CasedrawError `FILE_NOT_FOUND`, `SAMPLE_FOLDER_INCOMPLETE`, `MANIFEST_…`
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
  const manifest = parseManifest(
    readText(manifestPath, join(label, "manifest.json"), "Manifest"),
    join(label, "manifest.json"),
  );
  const runPath = join(path, "run.json");
  if (!existsSync(runPath)) return { path, manifest };
  const run = parseRunRecord(
    readText(runPath, join(label, "run.json"), "Run record"),
    join(label, "run.json"),
  );
  return { path, manifest, run };
}

/** Files of the folder that neither the manifest nor casedraw's own records name, `/` between their parts. */
export function unlistedFiles(folder: SampleFolder): string[] {
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
