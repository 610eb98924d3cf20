import { resolve } from "node:path";
import { monthOfBirth } from "../../plan/check-handover.js";
import type { Plan } from "../../plan/types.js";
import type { ReadPart } from "../../readers/text-part.js";
import { startClock } from "../../report/clock.js";
import { type FolderWriter, writeFolder } from "../../report/folder.js";
import { jsonText, type ManifestOutput } from "../../report/manifest.js";
import { workbookBytes } from "../../report/workbook/workbook.js";
import { hashOfManifest } from "../next-version/sample-versions.js";
import { writeTable } from "../output-table.js";
import { recordHead } from "../package-version.js";
import type { Progress } from "../progress.js";
import { textOfRun } from "../run-record.js";
import { openSampleFolder, refuseChangedFolder, type SampleFolder } from "../sample/folder.js";
import { findPlan } from "../verify/find-plan.js";
import { birthsOf } from "./births.js";
import { readSampleLists } from "./cases.js";
import { readConflicts } from "./conflicts.js";
import { evidencePage } from "./evidence.js";
import { requireField } from "./families.js";
import { conflictsTable } from "./kept-conflicts.js";
import { type Handover, makeHandover } from "./make.js";
import type { HandoverNote } from "./notes.js";
import { worksheetPath } from "./readers.js";
import { assignmentTable, type HandoverRecord, readHandover } from "./record.js";
import { requestList } from "./request-list.js";
import { handoverTag } from "./row-check.js";
import { refuseOtherSample } from "./same-sample.js";
import { worksheet } from "./worksheet.js";

/** A handover as it was written. */
export interface WrittenHandover {
  readonly handover: Handover;
  readonly notes: readonly HandoverNote[];
  /** Files of the folder with their hashes, but the records. */
  readonly outputs: readonly ManifestOutput[];
}

/**
 * Hands a sample over: gives its cases to the plan's teams, and writes a worksheet for each, the request list, the evidence and
 * the records into a folder, whole or not at all.
 *
 * @param options.sample - the sample's folder, as the user wrote it
 * @param options.plan - where it is not where the draw found it
 * @param options.conflicts - a file of who may not have which case
 * @param options.after - the folder of an earlier handover, whose readers keep what they have
 * @throws CasedrawError `SAMPLE_FOLDER_CHANGED`, `HANDOVER_…`, `CONFLICTS_INVALID`, those of the readers and of the folder
 */
export async function handoverToFolder(options: {
  readonly sample: string;
  readonly plan?: string;
  readonly data: readonly string[];
  readonly conflicts?: string;
  readonly after?: string;
  readonly out: string;
  readonly force: boolean;
  readonly cwd: string;
  readonly progress: Progress;
  /** Called with the absolute target before the first byte is written. */
  readonly claim: (target: string) => void;
  readonly readPart?: ReadPart;
}): Promise<WrittenHandover> {
  const clock = startClock();
  const { cwd, progress, sample } = options;
  progress("Checking the sample");
  const folder = openSampleFolder(resolve(cwd, sample), sample);
  refuseChangedFolder(folder, sample);
  const planFile = findPlan(folder, sample, options);
  const lists = readSampleLists(folder, sample);
  const plan = planOf(planFile.plan, folder);
  for (const name of plan.handover?.show ?? [])
    if (name !== monthOfBirth) requireField(name, "handover.show", lists.fields);
  const earlier = options.after === undefined ? undefined : readHandover(cwd, options.after);
  if (earlier !== undefined && options.after !== undefined)
    refuseOtherSample(earlier, options.after, { folder, label: sample, units: lists.units });
  const bars =
    options.conflicts === undefined
      ? new Map()
      : await readConflicts(options.conflicts, {
          cwd,
          teams: plan.teams ?? [],
          known: new Set(lists.units.map(({ unitId }) => unitId)),
        });
  progress("Giving cases to teams");
  const handover = makeHandover(lists, plan, {
    seed: folder.manifest.seed,
    bars,
    ...(earlier === undefined ? {} : { earlier }),
  });
  const births = await birthsOf(handover, { folder, planFile, options });
  const notes = [...handover.notes, ...births.notes];
  const tag = handoverTag(handover.rows, hashOfManifest(folder.path));
  progress("Writing");
  const target = resolve(cwd, options.out);
  let outputs: readonly ManifestOutput[] = [];
  options.claim(target);
  const named = [options.conflicts, options.after].filter((each) => each !== undefined);
  await writeFolder(
    target,
    {
      force: options.force,
      protect: [folder.path, planFile.path, ...births.files, ...named.map((file) => resolve(cwd, file))],
    },
    (writer) => {
      fill(writer, handover, { folder, label: sample, births: births.months, tag });
      outputs = writer.outputs();
      writer.file("manifest.json", manifestText(handover, { folder, earlier, tag, notes, outputs }));
      const files = births.files.map((file, at) => ({
        path: folder.manifest.inputs[at]?.path ?? file,
        file,
      }));
      writer.file("run.json", textOfRun({ clock, files, planPath: planFile.path }, { from: folder.path }));
    },
  );
  return { handover, notes, outputs };
}

/** The design as it was drawn, and the handover as the plan has it now. */
function planOf(now: Plan, { manifest }: SampleFolder): Plan {
  const drawn = manifest.plan as Partial<Plan>;
  return {
    ...now,
    ...(drawn.sample === undefined ? {} : { sample: drawn.sample }),
    ...(drawn.bands === undefined ? {} : { bands: drawn.bands }),
  };
}

function fill(
  writer: FolderWriter,
  handover: Handover,
  {
    folder,
    label,
    births,
    tag,
  }: {
    readonly folder: SampleFolder;
    readonly label: string;
    readonly births: ReadonlyMap<string, string>;
    readonly tag: string;
  },
): void {
  const { rows, teams, plan, settings, secondReviews, conflicts } = handover;
  writeTable(writer, "assignment.csv", assignmentTable(rows));
  for (const team of teams) {
    for (const second of [false, true]) {
      const path = worksheetPath(team, second);
      const own = rows.filter(({ worksheet: place }) => place === path);
      if (own.length === 0) continue;
      writer.file(path, workbookBytes(worksheet(handover, own, { team, second, births, tag })));
    }
  }
  writer.file("request/request-list.xlsx", workbookBytes(requestList(handover)));
  writer.file("evidence/evidence.html", evidencePage(folder, label, { plan, marking: settings.marking }));
  if (settings.double_review !== undefined) {
    writeTable(writer, "second-reviews.csv", {
      header: ["unit_id", "probability"],
      rows: secondReviews.map(({ unitId, probability }) => [unitId, probability]),
    });
  }
  if (conflicts.length > 0) writeTable(writer, "conflicts.csv", conflictsTable(conflicts));
  const lost = rows.filter(({ unplaced, role }) => unplaced === "conflict" && role === "sampled");
  if (lost.length > 0) {
    writeTable(writer, "replacement-log.csv", {
      header: ["unit_id", "reason"],
      rows: lost.map(({ unitId }) => [unitId, "conflict"]),
    });
  }
}

/** Which sample was handed over and to whom: no id, clock, user, host or absolute path. */
function manifestText(
  { teams, settings, rows, secondReviews }: Handover,
  made: {
    readonly folder: SampleFolder;
    readonly earlier: HandoverRecord | undefined;
    readonly tag: string;
    readonly notes: readonly HandoverNote[];
    readonly outputs: readonly ManifestOutput[];
  },
): string {
  const { manifest, path } = made.folder;
  return jsonText({
    ...recordHead(),
    algorithm: { name: "handover", version: 1 },
    publishable: false,
    sample: {
      algorithm: manifest.algorithm,
      ...(manifest.version === undefined ? {} : { version: manifest.version }),
      frame_digest: manifest.frame.digest,
      selection_digest: manifest.selection.digest,
      manifest_sha256: hashOfManifest(path),
    },
    ...(made.earlier === undefined ? {} : { after: { manifest_sha256: hashOfManifest(made.earlier.path) } }),
    // By these worksheets of earlier handovers are told from those of this one.
    tags: [...(made.earlier?.manifest.tags ?? []), made.tag],
    marking: settings.marking,
    teams,
    findings: settings.findings,
    second_reviews:
      settings.double_review === undefined
        ? null
        : { wanted: settings.double_review, drawn: secondReviews.length, tickets: "<seed>|double-review|v1" },
    rows: rows.length,
    notes: made.notes,
    outputs: made.outputs,
  });
}
