import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type FramesManifest, isFramesManifest, parseFramesManifest } from "../../report/frames-manifest.js";
import { readText } from "../read-text.js";

/** A folder with the samples of several frames, as it lies on the disk. */
export interface FramesFolder {
  /** Absolute. */
  readonly path: string;
  /** As the user wrote it. */
  readonly label: string;
  readonly manifest: FramesManifest;
}

/**
 * Opens a folder of several frames.
 *
 * @returns undefined where the folder is none of these: it is a sample's then, or nothing of ours
 * @throws CasedrawError `MANIFEST_INVALID`, `MANIFEST_FORMAT_UNKNOWN`
 */
export function openFramesFolder(path: string, label: string): FramesFolder | undefined {
  const file = join(path, "manifest.json");
  if (!existsSync(file)) return undefined;
  const shown = join(label, "manifest.json");
  const text = readText(file, shown, "Manifest");
  return isFramesManifest(text) ? { path, label, manifest: parseFramesManifest(text, shown) } : undefined;
}

/** What stands in the folder, beside the frames' subfolders, that the manifest does not name. */
export function unlistedEntries({ path, manifest }: FramesFolder): string[] {
  const known = new Set(["manifest.json", "overlaps.csv", ...manifest.frames.map(({ name }) => name)]);
  return readdirSync(path)
    .filter((name) => !known.has(name))
    .sort();
}
