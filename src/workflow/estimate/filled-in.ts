import { join } from "node:path";
import type { SampleFolder } from "../sample/folder.js";
import type { FindingsNote } from "./columns.js";

/**
 * The workbook of a sample's folder where inspectors filled in the original instead of a copy. Nothing is drawn again from it,
 * so the proof of the sample does not rest on it, and their work need not be lost.
 *
 * @param findings - absolute path
 */
export function filledInPlace({ path, manifest }: SampleFolder, findings: string): string | undefined {
  return manifest.outputs.find(
    (output) => output.path.endsWith(".xlsx") && join(path, output.path) === findings,
  )?.path;
}

/** The files of the folder that must be as they were written. */
export function namesBut({ manifest }: SampleFolder, filledIn: string | undefined): string[] {
  return manifest.outputs.map(({ path }) => path).filter((name) => name !== filledIn);
}

export function filledInNote(name: string): FindingsNote {
  return {
    code: "filled-in-place",
    count: 1,
    text: `${name} was filled in inside the sample's folder. All other files there are as they were written, but casedraw verify will name it as edited: fill in a copy next time.`,
  };
}
