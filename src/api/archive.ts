import type { WrittenArchive } from "../workflow/archive/to-folder.js";
import { given, type WriteOptions, writingOf } from "./options.js";
import type { RegisterOption } from "./sample.js";

/** How an archive is made. */
export interface ArchiveOptions extends WriteOptions, RegisterOption {
  /** The key file, kept apart from the archive; made where there is none. */
  readonly key: string;
  /** ISO date until which the archive may be kept, for example `2032-11-30`; by default not stated. */
  readonly retainUntil?: string;
  /** Whether the sample is archived without a last replay from its export, which is gone; the archive says so; default false. */
  readonly withoutExport?: boolean;
  /** The plan's file, where it is not where the draw found it. */
  readonly plan?: string;
  /** Inputs that have moved since the draw, matched by file name. */
  readonly data?: readonly string[];
  /** Folder of the sample that this one is linked to, where it is not where the draw found it. */
  readonly linkedTo?: string;
}

/**
 * Writes what must be kept of a sample so that its allocation and its draw can be replayed when the export is destroyed, as
 * `casedraw archive` does: pseudonyms in place of ids, and places in place of tickets. The sample is first verified against its
 * export. `verify` replays the archive.
 *
 * @param sample - folder of the last version of the sample
 * @returns what was written; `manifestSha256` stands for the whole archive, `manifest.archive.lost` are checks that nobody can make
 *   once the export is gone
 * @throws CasedrawError `ARCHIVE_…`, `RETAIN_UNTIL_INVALID`, `KEY_…`; before anything is written, or with everything but a new key
 *   removed again
 * @example
 * await writeSample("plan.yaml", { seed: "314159", out: "my-sample" });
 * const { madeKey, manifest } = await archiveSample("my-sample", { key: "archive.key", retainUntil: "2032-11-30", out: "archive" });
 * [madeKey, manifest.archive.verified_with_export, manifest.record.selection.units] // → [true, true, 60]
 * (await verify("archive")).verified // → true
 */
export async function archiveSample(sample: string, options: ArchiveOptions): Promise<WrittenArchive> {
  const { archiveToFolder } = await import("../workflow/archive/to-folder.js");
  const { key, withoutExport = false, plan, linkedTo, retainUntil, register } = options;
  return await archiveToFolder(sample, {
    ...writingOf(options),
    key,
    withoutExport,
    data: options.data ?? [],
    ...given({ plan, linkedTo, retainUntil, register }),
  });
}
