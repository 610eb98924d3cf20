import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "vitest";

/** A temporary folder a test, empty at its start and removed after it. */
export interface Scratch {
  path(...parts: string[]): string;
  /** Writes files by their paths within the folder, making the folders on the way. */
  put(files: Readonly<Record<string, string>>): void;
  /** Everything below a folder of it, hidden or not, by path in byte order; a folder's path ends in `/`. */
  list(folder?: string): string[];
}

export function scratch(): Scratch {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "casedraw-test-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const path = (...parts: string[]) => join(root, ...parts);
  return {
    path,
    put(files) {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(path(name)), { recursive: true });
        writeFileSync(path(name), text);
      }
    },
    list: (folder = "") => listed(path(folder), ""),
  };
}

function listed(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory()
        ? [`${folder}${entry.name}/`, ...listed(root, `${folder}${entry.name}/`)]
        : [`${folder}${entry.name}`],
    )
    .sort();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A folder as casedraw leaves one: outputs, the manifest that lists them, and the run's record. */
export function ownFolder(outputs: Readonly<Record<string, string>>): Record<string, string> {
  const listed = Object.entries(outputs).map(([path, text]) => ({ path, sha256: sha256(text) }));
  return {
    ...outputs,
    "manifest.json": JSON.stringify({ casedraw: 1, outputs: listed }),
    "run.json": "{}",
  };
}
