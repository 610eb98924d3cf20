import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import type { Plan } from "../../plan/types.js";
import { writeFolder } from "../../report/folder.js";
import { jsonText, type ManifestOutput } from "../../report/manifest.js";
import { sha256OfFile } from "../../report/sha256.js";
import { readSampleLists } from "../handover/cases.js";
import { type HandoverRecord, readHandover } from "../handover/record.js";
import { refuseOtherSample } from "../handover/same-sample.js";
import { hashOfManifest } from "../next-version/sample-versions.js";
import { writeTable } from "../output-table.js";
import { recordHead } from "../package-version.js";
import type { Progress } from "../progress.js";
import { openSampleFolder, refuseChangedFolder, type SampleFolder } from "../sample/folder.js";
import { type DueReserve, dueReserves } from "./due-reserves.js";
import { issuesTable } from "./issues.js";
import { type Merged, mergeWorksheets } from "./merge.js";
import { progressPage } from "./page.js";
import { progressOf, type WholeProgress } from "./progress.js";
import { type ReturnedSheet, readWorksheet } from "./worksheet-rows.js";

/** What worksheets say, as it was written. */
export interface WrittenTrack {
  readonly merged: Merged;
  readonly due: readonly DueReserve[];
  readonly progress: WholeProgress;
  /** Files of the folder with their hashes, but the manifest. */
  readonly outputs: readonly ManifestOutput[];
}

/**
 * Reads worksheets back and writes findings, losses, conflicts and progress into a folder, whole or not at all. The worksheets
 * are only read.
 *
 * @param options.sample - the folder of the sample as it stands now, as the user wrote it
 * @param options.handover - the folder of the latest handover
 * @param options.sheets - worksheets as they came back, or folders of them
 * @throws CasedrawError `SAMPLE_FOLDER_CHANGED`, `HANDOVER_FOLDER_INVALID`, `HANDOVER_OTHER_SAMPLE`, `WORKSHEET_INVALID`, those of the readers and the folder
 */
export async function trackToFolder(options: {
  readonly sample: string;
  readonly handover: string;
  readonly sheets: readonly string[];
  readonly out: string;
  readonly force: boolean;
  readonly cwd: string;
  readonly progress: Progress;
  /** Called with the absolute target before the first byte is written. */
  readonly claim: (target: string) => void;
}): Promise<WrittenTrack> {
  const { cwd, progress: tell, sample } = options;
  tell("Checking the sample");
  const folder = openSampleFolder(resolve(cwd, sample), sample);
  refuseChangedFolder(folder, sample);
  const lists = readSampleLists(folder, sample);
  const handover = readHandover(cwd, options.handover);
  checkRecord(handover, options.handover);
  refuseOtherSample(handover, options.handover, { folder, label: sample, units: lists.units });
  const findings = handover.manifest.findings.map(({ name }) => name);
  const sheets: ReturnedSheet[] = [];
  const named = options.sheets.flatMap((label) => filesOf(cwd, label));
  for (const [at, label] of named.entries()) {
    tell("Reading worksheets", at / named.length);
    sheets.push(await readWorksheet(resolve(cwd, label), label, findings));
  }
  const units = new Map(lists.units.map((unit) => [unit.unitId, unit]));
  const merged = mergeWorksheets(sheets, handover, units);
  const plan = folder.manifest.plan as Plan;
  const sites = new Map(handover.rows.map(({ unitId, site }) => [unitId, site]));
  const due = dueReserves(merged.losses, {
    plan,
    units,
    reserves: lists.reserves,
    siteOf: ({ unitId }) => sites.get(unitId) ?? "",
  });
  const progress = progressOf(merged, due, { folder, label: sample, lists, handover });
  tell("Writing");
  const target = resolve(cwd, options.out);
  let outputs: readonly ManifestOutput[] = [];
  options.claim(target);
  await writeFolder(
    target,
    {
      force: options.force,
      protect: [folder.path, handover.path, ...options.sheets.map((file) => resolve(cwd, file))],
    },
    (writer) => {
      writeTable(writer, "findings.csv", {
        header: ["unit_id", "review", "reviewer", ...findings],
        rows: merged.findings.map(({ unitId, review, reviewer, answers }) => [
          unitId,
          review,
          reviewer,
          ...answers,
        ]),
      });
      writeTable(writer, "issues.csv", issuesTable(merged.issues));
      if (due.length > 0) {
        writeTable(writer, "replacement-log.csv", {
          header: ["unit_id", "reason"],
          rows: due.map(({ unitId, reason }) => [unitId, reason]),
        });
        writeTable(writer, "reserves-due.csv", {
          header: ["stratum", "lost", "reason", "reserve", "reserve_site", "reserve_team"],
          rows: due.map(({ stratum, unitId, reason, reserve }) => {
            const row = handover.rows.find((each) => each.unitId === reserve?.unitId);
            return [stratum, unitId, reason, reserve?.unitId ?? "", row?.site ?? "", row?.team ?? ""];
          }),
        });
      }
      if (merged.conflicts.length > 0) {
        writeTable(writer, "conflicts.csv", {
          header: ["unit_id", "team", "pair", "state"],
          rows: merged.conflicts.map(({ unitId, team, pair, settled }) => [
            unitId,
            team,
            pair ?? "",
            settled ? "settled" : "open",
          ]),
        });
      }
      const marking = handover.manifest.marking;
      writer.file("progress.html", progressPage(progress, { plan, marking, issues: merged.issues, due }));
      outputs = writer.outputs();
      writer.file("manifest.json", manifestText({ folder, handover, sheets, merged, outputs }));
    },
  );
  return { merged, due, progress, outputs };
}

/** A worksheet, or those of a folder, but what a program keeps beside one that is open. */
function filesOf(cwd: string, label: string): string[] {
  if (!isFolder(resolve(cwd, label))) return [label];
  const files = readdirSync(resolve(cwd, label))
    .filter((name) => /^[^.~].*\.xlsx$/i.test(name))
    .sort()
    .map((name) => join(label, name));
  // The handover's own folder, where teams filled the worksheets in as they lie.
  if (isFolder(resolve(cwd, label, "worksheets"))) files.push(...filesOf(cwd, join(label, "worksheets")));
  if (files.length > 0) return files;
  throw new CasedrawError(
    "WORKSHEET_INVALID",
    `Folder of worksheets: it must hold .xlsx files, got none (${label}). Name the folder that the worksheets came back to.`,
    { file: label },
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The list of who has which case is what answers are held against: it must be as it was written. Worksheets may be filled in. */
function checkRecord({ path, manifest }: HandoverRecord, label: string): void {
  const file = join(path, "assignment.csv");
  const listed = manifest.outputs.find((output) => output.path === "assignment.csv");
  const same = listed !== undefined && existsSync(file) && sha256OfFile(file) === listed.sha256;
  if (same) return;
  throw new CasedrawError(
    "HANDOVER_FOLDER_INVALID",
    `Folder of the handover: its list of who has which case must be as casedraw wrote it, got assignment.csv edited or removed (${label}). Restore it.`,
    { file: label },
  );
}

/** What was read and what came of it: no id, clock, user, host or absolute path. */
function manifestText({
  folder,
  handover,
  sheets,
  merged,
  outputs,
}: {
  readonly folder: SampleFolder;
  readonly handover: HandoverRecord;
  readonly sheets: readonly ReturnedSheet[];
  readonly merged: Merged;
  readonly outputs: readonly ManifestOutput[];
}): string {
  return jsonText({
    ...recordHead(),
    algorithm: { name: "track", version: 1 },
    publishable: false,
    sample: {
      selection_digest: folder.manifest.selection.digest,
      manifest_sha256: hashOfManifest(folder.path),
    },
    handover: { manifest_sha256: hashOfManifest(handover.path) },
    worksheets: sheets.map(({ file, fingerprint, rows }) => ({
      path: basename(file),
      ...fingerprint,
      rows_read: rows.length,
    })),
    findings: merged.findings.length,
    losses: merged.losses.length,
    conflicts: merged.conflicts.filter(({ settled }) => !settled).length,
    issues: merged.issues.length,
    outputs,
  });
}
