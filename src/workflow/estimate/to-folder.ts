import { basename, join, resolve } from "node:path";
import { estimateFindings } from "../../analysis/estimates.js";
import { responsesOf } from "../../analysis/estimates-response.js";
import type { ShareInterval } from "../../analysis/estimates-row.js";
import { suppressSmall } from "../../analysis/estimates-suppression.js";
import { CasedrawError } from "../../errors.js";
import { type FolderWriter, writeFolder } from "../../report/folder.js";
import { jsonText } from "../../report/manifest.js";
import type { Progress } from "../build.js";
import { readRecordedFrame } from "../explain/recorded-frame.js";
import { replayRecorded } from "../explain/replay-recorded.js";
import { openSampleFolder, refuseChangedFolder, type SampleFolder } from "../sample-folder.js";
import { packageVersion } from "../version.js";
import { hashOfManifest } from "../versions.js";
import { writeTable } from "../write-table.js";
import type { EstimateContext } from "./context.js";
import { readFindings } from "./findings.js";
import { groupsOf, readSampleList } from "./groups.js";
import { estimatesPage } from "./page.js";
import { comparisonsTable, estimatesTable, responsesTable } from "./tables.js";

/** An estimate as it was written. */
export interface WrittenEstimate {
  readonly context: EstimateContext;
  /** Files of the folder with their hashes, but the manifest. */
  readonly outputs: readonly { readonly path: string; readonly sha256: string }[];
}

/**
 * Estimates from findings into a folder, whole or not at all. The sample's folder is checked first, from its own files: their
 * hashes, and the draw again from `frame.csv`, the manifest's plan and seed.
 *
 * @param options.sample - the sample's folder, as the user wrote it
 * @param options.findings - the findings, as the user wrote it
 * @param options.by - fields of the sample's list
 * @param options.columns - of the findings; by default all but those of the sample's list
 * @param options.threshold - whole number; 0 takes nothing out
 * @throws CasedrawError `SAMPLE_FOLDER_CHANGED`, `MANIFEST_INVALID`, `FINDINGS_…`, `ESTIMATE_…`, before anything is written
 */
export async function estimateToFolder(options: {
  readonly sample: string;
  readonly findings: string;
  readonly by: readonly string[];
  readonly columns: readonly string[];
  readonly interval: ShareInterval;
  readonly threshold: number;
  readonly out: string;
  readonly force: boolean;
  readonly cwd: string;
  readonly progress: Progress;
  /** Called with the absolute target before the first byte is written. */
  readonly claim: (target: string) => void;
}): Promise<WrittenEstimate> {
  const { cwd, progress, interval, threshold, by } = options;
  progress("Checking the sample");
  const folder = openSampleFolder(resolve(cwd, options.sample), options.sample);
  refuseLinked(folder);
  refuseChangedFolder(folder, options.sample);
  const { frame, plan, sample } = await asRecorded(folder, options.sample);
  const list = readSampleList(folder, options.sample);
  progress("Reading the findings");
  const findingsPath = resolve(cwd, options.findings);
  const findings = await readFindings(findingsPath, options.findings, {
    frame,
    sample,
    own: new Set(list.header),
    only: options.columns,
  });
  progress("Estimating");
  const responses = responsesOf(frame, sample, {
    reviewed: findings.reviewed,
    seed: folder.manifest.seed,
  });
  const groups = groupsOf(responses, by, { frame, plan, sample, list });
  const estimates = estimateFindings(responses, findings.columns, { groups, interval });
  const shown = suppressSmall(estimates, threshold);
  const context = {
    frame,
    plan,
    sample,
    findings,
    responses,
    shown,
    interval,
    threshold,
    by: [...new Set(by)],
  };
  progress("Writing");
  const target = resolve(cwd, options.out);
  const outputs: { path: string; sha256: string }[] = [];
  options.claim(target);
  await writeFolder(
    target,
    { force: options.force, protect: [findingsPath, join(folder.path, "manifest.json")] },
    async (writer) => {
      await fill(writer, context);
      outputs.push(...writer.outputs());
      writer.file("manifest.json", manifestText(context, { folder, options, outputs }));
    },
  );
  return { context, outputs };
}

/** The sample, drawn again from what its folder records: files that disagree are changed ones. */
async function asRecorded(folder: SampleFolder, label: string) {
  try {
    const recorded = readRecordedFrame(folder, label);
    const { sample } = await replayRecorded(folder, recorded);
    return { ...recorded, sample };
  } catch (error) {
    if (!(error instanceof CasedrawError) || error.code !== "MANIFEST_INVALID") throw error;
    throw new CasedrawError("SAMPLE_FOLDER_CHANGED", error.message, error.details);
  }
}

/** Before the replay, which has no way to draw a linked sample from its own folder. */
function refuseLinked({ manifest }: SampleFolder): void {
  if (manifest.linked_to === undefined) return;
  throw new CasedrawError(
    "ESTIMATE_DESIGN_UNSUPPORTED",
    "Linked sample: its units come together with those of another sample, so no variance is known for it, got a linked sample. " +
      "Estimate from the sample that it is linked to.",
  );
}

async function fill(folder: FolderWriter, context: EstimateContext): Promise<void> {
  writeTable(folder, "estimates.csv", estimatesTable(context));
  if (context.by.length > 0) writeTable(folder, "comparisons.csv", comparisonsTable(context));
  writeTable(folder, "responses.csv", responsesTable(context));
  // Vega takes half a second to load, and only this needs it.
  const { renderParts } = await import("../../charts/render-svg.js");
  const page = await estimatesPage(context, { draw: renderParts });
  folder.file("estimates.html", page);
}

/** What was estimated, from which sample and findings: no clock, user, host or absolute path. */
function manifestText(
  { findings, responses, interval, threshold, by }: EstimateContext,
  made: {
    readonly folder: SampleFolder;
    readonly options: { readonly findings: string; readonly columns: readonly string[] };
    readonly outputs: WrittenEstimate["outputs"];
  },
): string {
  const { manifest, path } = made.folder;
  return jsonText({
    casedraw: 1,
    software: { name: "casedraw", version: packageVersion() },
    algorithm: { name: "estimate", version: 1 },
    publishable: false,
    sample: {
      algorithm: manifest.algorithm,
      ...(manifest.version === undefined ? {} : { version: manifest.version }),
      frame_digest: manifest.frame.digest,
      selection_digest: manifest.selection.digest,
      manifest_sha256: hashOfManifest(path),
    },
    findings: { path: basename(made.options.findings), ...findings.fingerprint, rows_read: findings.rows },
    options: { by, columns: made.options.columns, interval, threshold, confidence: 0.95 },
    variance_method: responses.design.method,
    notes: findings.notes,
    outputs: made.outputs,
  });
}
