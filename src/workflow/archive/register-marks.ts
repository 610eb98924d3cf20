import { existsSync, readFileSync } from "node:fs";
import { seedCommitment } from "../../report/register/digest.js";
import { historyOf } from "../../report/register/history.js";
import { type DrawEntry, type RegisterLine, readRegister } from "../../report/register/lines.js";
import type { SampleFolder } from "../sample/folder.js";
import type { RegisterMark } from "./manifest.js";

type DrawLine = RegisterLine & { readonly record: DrawEntry & { readonly time: string } };

/**
 * The lines of the register that tell of a sample: the promise of its seed, its draw, and each version since.
 *
 * @param file - absolute, where the register lies now
 * @param check - gives what stands for a line's hash
 * @returns null where no register was kept, or the sample's line is not there
 */
export function registerMarks(
  { manifest, run }: SampleFolder,
  file: string | undefined,
  check: (hash: string) => string,
): RegisterMark[] | null {
  const own = run?.register;
  if (own === undefined || own === null || file === undefined || !existsSync(file)) return null;
  const lines = readRegister(readFileSync(file), file);
  const last = lines[own.line - 1];
  if (last?.hash !== own.hash || !isDraw(last)) return null;
  const versions = [last];
  for (let first = last; first.record.previous_selection_digest !== undefined; ) {
    const before = lines.findLast(
      (line): line is DrawLine =>
        line.number < first.number &&
        isDraw(line) &&
        line.record.seed === manifest.seed &&
        line.record.selection_digest === first.record.previous_selection_digest,
    );
    if (before === undefined) break;
    versions.unshift(before);
    first = before;
  }
  const promised = seedCommitment(manifest.of_frames?.seed ?? manifest.seed);
  const commit = lines.find(({ record }) => record?.kind === "commit" && record.seed_commitment === promised);
  return [...(commit === undefined ? [] : [commit]), ...versions].flatMap((line): RegisterMark[] => {
    const { record } = line;
    if (record === undefined) return [];
    const { kind, time, software } = record;
    const before = lines.slice(0, line.number - 1);
    return [
      {
        line: line.number,
        time,
        kind,
        ...(record.kind !== "commit" && record.version !== undefined ? { version: record.version } : {}),
        software,
        check: check(line.hash),
        ...(record.kind === "draw" ? { draws_before: historyOf(before, record).samePlan.length } : {}),
      },
    ];
  });
}

function isDraw(line: RegisterLine): line is DrawLine {
  return line.record !== undefined && line.record.kind !== "commit";
}
