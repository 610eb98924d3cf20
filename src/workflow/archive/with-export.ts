import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import type { Frame } from "../../frame/frame.js";
import { frameDigests } from "../../frame/frame-digests.js";
import { readRegister } from "../../report/register/lines.js";
import { selectionDigest } from "../../sampling/selection-digest.js";
import { buildFromPlan } from "../build-from-plan.js";
import { openPlan, planOfFrame } from "../open-plan.js";
import type { Progress } from "../progress.js";
import { openKey } from "../pseudonymise/key-file.js";
import { fileCheck, keyCheck } from "../pseudonymise/keyed-hash.js";
import { renameWith } from "../pseudonymise/read-export.js";
import { locateInputs } from "../verify/find-plan.js";
import type { Remark } from "../verify/remark.js";
import type { ArchiveFolder } from "./manifest.js";
import { ordersOf, ranksOf } from "./orders.js";
import { unitPseudonym } from "./pack.js";
import { readArchived } from "./replay-archive.js";

/** What an archive can be held to beside itself. */
export interface ExportOptions {
  readonly cwd: string;
  /** The key file: without it neither the export nor the register tells anything. */
  readonly key?: string;
  readonly plan?: string;
  readonly data: readonly string[];
  readonly register?: string | null;
}

interface Checked {
  readonly differences: readonly Remark[];
  readonly notes: readonly Remark[];
  /** Places in the archive's list of lost checks of those that were made all the same. */
  readonly made: readonly number[];
}

/**
 * Makes the checks that go with the export, where it and the key are still there, and looks for the archive's lines in the
 * register.
 *
 * @param frame - the archive's
 * @throws CasedrawError `ARCHIVE_KEY_WRONG`, `KEY_FILE_MISSING`, and those of reading the export
 */
export async function checkWithExport(
  folder: ArchiveFolder,
  frame: Frame,
  options: ExportOptions & { readonly progress: Progress },
): Promise<Checked> {
  const differences: Remark[] = [];
  const notes: Remark[] = [];
  if (options.key === undefined) {
    if (options.plan !== undefined)
      notes.push({
        subject: "export",
        text: "was not looked at: without --key FILE nobody can tell its ids in the archive",
      });
    if (typeof options.register === "string")
      notes.push({
        subject: "register",
        text: "was not looked at: without --key FILE its lines cannot be told",
      });
    return { differences, notes, made: [] };
  }
  const key = keyOf(folder, options.key, options.cwd);
  if (typeof options.register === "string")
    differences.push(...checkRegisterLines(folder, resolve(options.cwd, options.register), key));
  if (options.plan === undefined) return { differences, notes, made: [] };
  const found = await compareExport(folder, frame, { ...options, key, plan: options.plan });
  differences.push(...found);
  return { differences, notes, made: [0, 1, 2] };
}

function keyOf({ manifest }: ArchiveFolder, label: string, cwd: string): Uint8Array {
  const opened = openKey(resolve(cwd, label), label);
  if (opened === undefined) {
    throw new CasedrawError(
      "KEY_FILE_MISSING",
      `Key file not found: there is no file ${label}. Check the path; a new key matches nothing.`,
      { file: label },
    );
  }
  if (keyCheck(opened.bytes) !== manifest.archive.key_check) {
    throw new CasedrawError(
      "ARCHIVE_KEY_WRONG",
      `Key is not that of the archive: its pseudonyms were made with another one, got ${label}. Name the key that the archive was made with.`,
      { file: label },
    );
  }
  return opened.bytes;
}

function checkRegisterLines({ manifest }: ArchiveFolder, file: string, key: Uint8Array): Remark[] {
  const { register } = manifest.archive;
  const differ = (text: string): Remark => ({ subject: "register", text });
  if (register === null) return [differ("the archive keeps no line of a register")];
  if (!existsSync(file)) return [differ(`${file} is not there`)];
  const lines = readRegister(readFileSync(file), file);
  const last = Math.max(...register.map(({ line }) => line));
  return [
    ...lines
      .slice(0, last)
      .flatMap(({ number, fault }) =>
        fault === undefined ? [] : [differ(`the chain of ${file} is broken: line ${number} ${fault}`)],
      ),
    ...register.flatMap(({ line, check, time }) => {
      const found = lines[line - 1];
      return found !== undefined && fileCheck(key, found.hash) === check && found.record?.time === time
        ? []
        : [differ(`line ${line} of ${file} is not the one that the archive records`)];
    }),
  ];
}

/** The frame of the export, the order of its tickets and the selection, set beside the archive's. */
async function compareExport(
  folder: ArchiveFolder,
  frame: Frame,
  options: Omit<ExportOptions, "key"> & {
    readonly key: Uint8Array;
    readonly plan: string;
    readonly progress: Progress;
  },
): Promise<Remark[]> {
  const { record, archive } = folder.manifest;
  const { key, cwd, progress } = options;
  const planFile = planOfFrame(openPlan(options.plan, cwd), record.of_frames?.frame);
  const { frame: own } = await buildFromPlan(planFile, {
    progress,
    locate: locateInputs({ manifest: record }, planFile, options),
  });
  const renaming = { rename: renameWith(key) };
  const ids = Array.from(own.eligible, (unit) => own.ids[unit] as string);
  const idOf = new Map(ids.map((id) => [unitPseudonym(renaming, id), id]));
  const differences: Remark[] = [];
  const differ = (subject: string, text: string): unknown => differences.push({ subject, text });
  const strangers = frame.ids.filter((id) => !idOf.has(id)).length;
  if (strangers > 0 || ids.length !== frame.ids.length) {
    differ(
      "frame",
      `the export has other eligible units: ${ids.length}, of which ${frame.ids.length - strangers} are in the archive, which has ${frame.ids.length}`,
    );
    return differences;
  }
  const digests = frameDigests(own, planFile.plan);
  if (fileCheck(key, digests.frame) !== archive.checks.frame)
    differ("frame", "the export's fields have other values than at the draw");
  if (fileCheck(key, digests.design) !== archive.checks.design)
    differ("frame", "the fields that the design uses have other values than at the draw");
  const known = frame.ids.map((id) => idOf.get(id) as string);
  for (const { name, seed } of ordersOf(planFile.plan, record)) {
    const ranks = ranksOf(known, seed);
    const table = readArchived(folder, "tickets.csv");
    const column = table?.header.indexOf(name) ?? -1;
    const told = new Map(table?.rows.map((row) => [row[0] as string, Number(row[column])]));
    if (frame.ids.some((id, at) => told.get(id) !== ranks[at]))
      differ("tickets.csv", `the order in ${name} is not that of the tickets`);
  }
  const column = (file: string, name: string): string[] => {
    const table = readArchived(folder, file);
    return (table?.rows ?? []).map((row) => row[table?.header.indexOf(name) ?? -1] as string);
  };
  const strata = column("reserves.csv", "stratum");
  const realId = (pseudonym: string): string => idOf.get(pseudonym) ?? pseudonym;
  const selection = selectionDigest(
    column("sample.csv", "unit_id").map(realId),
    column("reserves.csv", "unit_id").map((id, at) => ({
      stratum: strata[at] as string,
      unitId: realId(id),
    })),
  );
  if (fileCheck(key, selection) !== archive.checks.selection)
    differ("selection", "the units that the pseudonyms stand for are not those that were drawn");
  return differences;
}
