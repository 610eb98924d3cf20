import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { counted } from "../../frame/words.js";
import type { Plan } from "../../plan/types.js";
import type { Manifest } from "../../report/manifest.js";
import { readOwnCsv } from "../../report/own-csv.js";
import { sha256Of } from "../../report/sha256.js";
import { sameWorkbookContent } from "../../report/workbook/compare.js";
import type { Sample } from "../../sampling/draw.js";
import type { BuiltFrame } from "../build-from-plan.js";
import type { Progress } from "../progress.js";
import { renderHere } from "../render-workbook.js";
import type { SampleFolder } from "../sample/folder.js";
import { type SampleOutput, sampleOutputs } from "../sample/outputs.js";
import type { Remark } from "./remark.js";

/**
 * Compares every output on the disk with the manifest's hash, and the replay's own output with it too. Where one was
 * edited it says which cell, and tells a workbook that was only saved again from one whose content changed.
 */
export async function compareOutputs(context: {
  built: BuiltFrame;
  plan: Plan;
  sample: Sample;
  folder: SampleFolder;
  /** What the replay records. */
  now: Omit<Manifest, "outputs">;
  progress: Progress;
  /** Another release drew the same units: it may have laid its files out otherwise. */
  otherRelease: boolean;
}): Promise<{ readonly differences: Remark[]; readonly notes: Remark[] }> {
  const { built, plan, sample, folder, now, progress } = context;
  const differences: Remark[] = [];
  const notes: Remark[] = [];
  const outputs = sampleOutputs(
    { frame: built.frame, plan, sample, records: () => now, progress },
    renderHere,
  );
  for (const output of outputs) {
    const listed = folder.manifest.outputs.find(({ path }) => path === output.name);
    if (listed === undefined)
      differences.push({ subject: output.name, text: "is not listed in the manifest" });
  }
  for (const { path, sha256 } of folder.manifest.outputs) {
    const onDisk = join(folder.path, path);
    const output = outputs.find(({ name }) => name === path);
    const replayed = output === undefined ? undefined : await bytesOf(output);
    if (output === undefined)
      differences.push({ subject: path, text: "is listed in the manifest, and this draw has no such file" });
    if (!existsSync(onDisk)) {
      differences.push({ subject: path, text: "is missing from the folder" });
      continue;
    }
    if (!statSync(onDisk).isFile()) {
      differences.push({ subject: path, text: "is no longer a file" });
      continue;
    }
    const bytes = readFileSync(onDisk);
    const asReplayed = replayed !== undefined && bytes.equals(replayed);
    if (sha256Of(bytes) === sha256) {
      if (asReplayed || replayed === undefined) continue;
      const text = `is as it was written, and a replay gives another${firstDifference(bytes, replayed, path)}`;
      (context.otherRelease ? notes : differences).push({ subject: path, text });
    } else if (asReplayed) {
      differences.push({
        subject: "manifest",
        text: `its hash of ${path} is wrong: the file is what the replay gives`,
      });
    } else if (path.endsWith(".xlsx") && replayed !== undefined) {
      const same = await sameWorkbookContent(bytes, replayed);
      differences.push({
        subject: path,
        text: same ? "was saved again since the draw; its content is unchanged" : "was edited since the draw",
      });
    } else {
      const cell = replayed === undefined ? "" : firstDifference(bytes, replayed, path);
      differences.push({ subject: path, text: `was edited since the draw${cell}` });
    }
  }
  return { differences, notes };
}

async function bytesOf(output: SampleOutput): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  await output.write((chunk) => chunks.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk));
  return Buffer.concat(chunks);
}

/** The first cell in which two CSV files of ours differ, as a clause; "" where it cannot be told. */
function firstDifference(onDisk: Uint8Array, replayed: Uint8Array, name: string): string {
  if (!name.endsWith(".csv")) return "";
  let was: ReturnType<typeof readOwnCsv>;
  try {
    was = readOwnCsv(Buffer.from(onDisk).toString("utf8"), name);
  } catch {
    return ": it is no longer a well-formed CSV";
  }
  const is = readOwnCsv(Buffer.from(replayed).toString("utf8"), name);
  if (was.rows.length !== is.rows.length)
    return `: it has ${counted(was.rows.length, "row")} where the replay gives ${is.rows.length}`;
  for (const [at, row] of [was.header, ...was.rows].entries()) {
    const other = at === 0 ? is.header : is.rows[at - 1];
    const column = is.header.findIndex((_, i) => row[i] !== other?.[i]);
    if (was.header.length !== is.header.length)
      return `: it has ${counted(was.header.length, "column")} where the replay gives ${is.header.length}`;
    if (column !== -1) {
      return `: row ${at + 1}, column ${is.header[column]}, is not what the replay gives`;
    }
  }
  return ": its cells are the same, and its bytes are not";
}
