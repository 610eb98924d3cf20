import { createHmac } from "node:crypto";
import { resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import { thousands } from "../../frame/words.js";
import { isRealDate } from "../../plan/iso-date.js";
import { writeFolder } from "../../report/folder.js";
import type { ManifestOutput } from "../../report/manifest.js";
import { type RecordedFrame, readRecordedFrame } from "../explain/recorded-frame.js";
import { replayRecorded } from "../explain/replay-recorded.js";
import { hashOfManifest } from "../next-version/sample-versions.js";
import { recordHead } from "../package-version.js";
import type { Progress } from "../progress.js";
import { checkKeyPlace, makeKey, openKey } from "../pseudonymise/key-file.js";
import { fileCheck, keyCheck, pseudonymDigits } from "../pseudonymise/keyed-hash.js";
import { renameWith } from "../pseudonymise/read-export.js";
import { openSampleFolder, refuseChangedFolder, type SampleFolder } from "../sample/folder.js";
import { verifySample } from "../verify/verify-sample.js";
import { type ArchiveFolder, type ArchiveManifest, archiveText, openArchive } from "./manifest.js";
import { lostChecks, retentionNote } from "./note.js";
import { packFrame, packRecord, type Renaming } from "./pack.js";
import { planWithoutNames, replacedFields } from "./people.js";
import { registerMarks } from "./register-marks.js";
import { verifyArchive } from "./verify-archive.js";
import { type Tables, writeSelected, writeUnits } from "./write-tables.js";

/** An archive as it was written. */
export interface WrittenArchive {
  readonly manifest: Omit<ArchiveManifest, "outputs">;
  /** Whether the key is a new one. */
  readonly madeKey: boolean;
  readonly notes: readonly string[];
  readonly outputs: readonly ManifestOutput[];
  /** Of the archive's `manifest.json`: it stands for the whole. */
  readonly manifestSha256: string;
}

export interface ArchiveOptions {
  /** The key file; made where there is none. */
  readonly key: string;
  readonly out: string;
  readonly force: boolean;
  /** The sample is not replayed from its export first. */
  readonly withoutExport: boolean;
  readonly plan?: string;
  readonly data: readonly string[];
  readonly register?: string | null;
  readonly linkedTo?: string;
  /** ISO date. */
  readonly retainUntil?: string;
  readonly cwd: string;
  readonly progress: Progress;
  /** Called with the absolute target before the first byte is written. */
  readonly claim: (target: string) => void;
}

/**
 * Writes what must be kept of a sample so that its allocation and draw can be replayed when the export is gone: pseudonyms,
 * strata, the fields of the design and the order of tickets. Before it gets its name it is verified.
 *
 * @param directory - the sample's folder, as the user wrote it
 * @throws CasedrawError `ARCHIVE_NOT_VERIFIED`, `ARCHIVE_FIELD_NAMES_PEOPLE`, `RETAIN_UNTIL_INVALID`, those of a replay and of the
 *   key; before anything is written, or with everything but a new key removed again
 */
export async function archiveToFolder(directory: string, options: ArchiveOptions): Promise<WrittenArchive> {
  const { cwd, progress } = options;
  refuseNoDate(options.retainUntil);
  const folder = openSampleFolder(resolve(cwd, directory), directory);
  refuseChangedFolder(folder, directory);
  const target = resolve(cwd, options.out);
  const keyPath = resolve(cwd, options.key);
  checkKeyPlace(keyPath, target, options.key);
  const known = openKey(keyPath, options.key);
  const recorded = readRecordedFrame(folder, directory);
  const replaced = replacedFields(recorded.plan);
  const register = await verifiedRegister(folder, directory, options);
  progress("Replaying the draw");
  const linked = recorded.plan.linked !== undefined;
  const replayed = linked ? undefined : await replayRecorded(folder, recorded);
  let written: Omit<WrittenArchive, "madeKey" | "notes"> | undefined;
  options.claim(target);
  await writeFolder(target, { force: options.force, protect: [folder.path, keyPath] }, async (writer) => {
    const key = known?.bytes ?? makeKey(keyPath, options.key);
    const renaming: Renaming = {
      rename: renameWith(key),
      check: (digest) => createHmac("sha256", key).update(`digest\u001f${digest}`, "utf8").digest("hex"),
      replaced,
    };
    progress("Writing the archive");
    const tables: Tables = { folder, directory, recorded, renaming, writer };
    writeUnits(tables, replayed?.designInputs.earlier);
    const record = packRecord(folder.manifest, {
      plan: planWithoutNames(recorded.plan, {
        fields: recorded.frame.fields,
        replaced,
        rename: renaming.rename,
      }),
      frame: packFrame(recorded, renaming),
      selected: writeSelected(tables),
      renaming,
    });
    const marks = registerMarks(folder, register, (hash) => fileCheck(key, hash));
    const manifest: Omit<ArchiveManifest, "outputs"> = {
      ...recordHead(),
      archive: {
        pseudonyms: `HMAC-SHA-256 of unit_id or the field's name, U+001F and the value; "p" and the first ${pseudonymDigits} hexadecimal digits`,
        key_check: keyCheck(key),
        verified_with_export: !options.withoutExport,
        ...(options.retainUntil === undefined ? {} : { retain_until: options.retainUntil }),
        checks: {
          frame: fileCheck(key, folder.manifest.frame.digest),
          design: fileCheck(key, folder.manifest.frame.design_digest),
          selection: fileCheck(key, folder.manifest.selection.digest),
          manifest: fileCheck(key, hashOfManifest(folder.path)),
        },
        inputs: folder.manifest.inputs.map(({ sha256, bytes, rows_read }) => ({
          check: fileCheck(key, sha256),
          bytes,
          rows_read,
        })),
        register: marks,
        lost: lostChecks(folder.manifest, marks !== null),
      },
      record,
    };
    writer.file("retention.md", retentionNote(manifest));
    const outputs = writer.outputs();
    const { sha256 } = writer.file("manifest.json", archiveText({ ...manifest, outputs }));
    progress("Replaying the archive");
    await holdToItself(writer.path);
    written = { manifest, outputs, manifestSha256: sha256 };
  });
  return {
    ...(written as NonNullable<typeof written>),
    madeKey: known === undefined,
    notes: notesOf(recorded, replaced, known?.exposed === true ? options.key : undefined),
  };
}

function refuseNoDate(date: string | undefined): void {
  if (date === undefined || isRealDate(date)) return;
  throw new CasedrawError(
    "RETAIN_UNTIL_INVALID",
    `Date until which the archive is kept: it must be written YYYY-MM-DD, such as 2032-11-30, got ${JSON.stringify(date)}. Correct --retain-until.`,
    { date },
  );
}

/** Replays the sample from its export, for the last time, and says where its register lies. */
async function verifiedRegister(
  folder: SampleFolder,
  directory: string,
  options: ArchiveOptions,
): Promise<string | undefined> {
  const { cwd, register } = options;
  if (options.withoutExport)
    return register === undefined
      ? folder.run?.register?.file
      : register === null
        ? undefined
        : resolve(cwd, register);
  const found = await verifySample(directory, options);
  const [first] = found.differences;
  if (first === undefined) return found.register?.file;
  throw new CasedrawError(
    "ARCHIVE_NOT_VERIFIED",
    `Sample does not agree with its export: ${first.subject}: ${first.text} (${thousands(found.differences.length)} in all, ${directory}). ` +
      "casedraw verify lists them. Where the export is gone already, archive with --without-export, which the archive then says.",
    { file: directory, differences: found.differences },
  );
}

/** An archive that does not replay is not written. */
async function holdToItself(path: string): Promise<void> {
  const folder = openArchive(path, path) as ArchiveFolder;
  const { differences } = await verifyArchive(folder, { cwd: path, data: [], progress: () => {} });
  const [first] = differences;
  if (first === undefined) return;
  throw new CasedrawError(
    "ARCHIVE_NOT_REPLAYED",
    `Archive would not give the sample again, so none was written: ${first.subject}: ${first.text}. Keep the sample's folder, and report this.`,
    { differences },
  );
}

const manyValues = 50;

function notesOf(
  { frame }: RecordedFrame,
  replaced: readonly string[],
  exposed: string | undefined,
): string[] {
  const wide = [...frame.fields.values()].filter(
    ({ name, kind, levels }) =>
      kind === "category" &&
      !replaced.includes(name) &&
      levels.length > manyValues &&
      levels.length * 5 > frame.ids.length,
  );
  return [
    ...wide.map(
      ({ name, levels }) =>
        `${name} has ${thousands(levels.length)} values among ${thousands(frame.ids.length)} units, kept as they are: if it is free text or names people, ` +
        "do not keep this archive.",
    ),
    ...(exposed === undefined
      ? []
      : [`Others on this computer may read the key: chmod 600 ${exposed} keeps it to you.`]),
  ];
}
