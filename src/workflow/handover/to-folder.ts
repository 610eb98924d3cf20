import { resolve } from "node:path";
import { levelAt } from "../../frame/field.js";
import { thousands } from "../../frame/note.js";
import { monthOfBirth } from "../../plan/check-handover.js";
import type { Plan } from "../../plan/types.js";
import type { ReadPart } from "../../readers/text-part.js";
import { startClock } from "../../report/clock.js";
import { type FolderWriter, writeFolder } from "../../report/folder.js";
import { jsonText, type ManifestOutput } from "../../report/manifest.js";
import { workbookBytes } from "../../report/workbook/workbook.js";
import { buildFromPlan, type Progress } from "../build.js";
import type { PlanFile } from "../open-plan.js";
import { textOfRun } from "../run-record.js";
import { openSampleFolder, refuseChangedFolder, type SampleFolder } from "../sample-folder.js";
import { findPlan, locateInputs } from "../verify/find-plan.js";
import { packageVersion } from "../version.js";
import { hashOfManifest } from "../versions.js";
import { writeTable } from "../write-table.js";
import { readSampleLists } from "./cases.js";
import { readConflicts } from "./conflicts.js";
import { evidencePage } from "./evidence.js";
import { requireField } from "./families.js";
import { type Handover, type HandoverNote, makeHandover } from "./make.js";
import { worksheetPath } from "./readers.js";
import { assignmentTable, type HandoverRecord, readHandover } from "./record.js";
import { requestList } from "./request-list.js";
import { handoverTag } from "./row-check.js";
import { monthText, worksheet } from "./worksheet.js";

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

/** Months of birth from the export, read only where the plan asks for them. */
async function birthsOf(
  handover: Handover,
  {
    folder,
    planFile,
    options,
  }: {
    readonly folder: SampleFolder;
    readonly planFile: PlanFile;
    readonly options: Parameters<typeof handoverToFolder>[0];
  },
): Promise<{
  readonly months: ReadonlyMap<string, string>;
  readonly notes: readonly HandoverNote[];
  readonly files: readonly string[];
}> {
  if (!handover.settings.show.includes(monthOfBirth)) return { months: new Map(), notes: [], files: [] };
  const { frame, inputs, files } = await buildFromPlan(planFile, {
    progress: options.progress,
    locate: locateInputs(folder, planFile, options),
    ...(options.readPart === undefined ? {} : { readPart: options.readPart }),
  });
  const field = frame.fields.get("date_of_birth");
  const unitOf = new Map(frame.ids.map((id, unit) => [id, unit]));
  const months = new Map<string, string>();
  const missing = [...handover.units.keys()].filter((id) => {
    const unit = unitOf.get(id);
    const date = unit === undefined || field === undefined ? "" : levelAt(field, unit);
    if (/^\d{4}-\d\d-\d\d$/.test(date)) months.set(id, monthText(date));
    return unit === undefined;
  });
  const changed = inputs.filter(({ sha256 }, at) => sha256 !== folder.manifest.inputs[at]?.sha256);
  const notes: HandoverNote[] = [];
  if (changed.length > 0) {
    notes.push({
      code: "export-differs",
      count: changed.length,
      text: `Months of birth were read from files that are not those of the draw: ${changed.map(({ path }) => path).join(", ")}.`,
    });
  }
  if (missing.length > 0) {
    notes.push({
      code: "births-missing",
      count: missing.length,
      text: `${thousands(missing.length)} of the cases are not in the export that was read, and have no month of birth.`,
    });
  }
  return { months, notes, files: files.map(({ file }) => file) };
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
  const { rows, teams, plan, settings, secondReviews } = handover;
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
    casedraw: 1,
    software: { name: "casedraw", version: packageVersion() },
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
