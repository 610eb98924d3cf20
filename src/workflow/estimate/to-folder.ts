import { basename, join, resolve } from "node:path";
import { calibrate } from "../../analysis/estimates/calibration.js";
import { linkedUnsupported } from "../../analysis/estimates/design.js";
import { estimateFindings } from "../../analysis/estimates/estimate-findings.js";
import { responsesOf, varianceMethod } from "../../analysis/estimates/response.js";
import type { ShareInterval } from "../../analysis/estimates/row.js";
import { suppressSmall } from "../../analysis/estimates/suppression.js";
import { CasedrawError } from "../../errors.js";
import { usualDisclosure } from "../../plan/types.js";
import { type FolderWriter, writeFolder } from "../../report/folder.js";
import { jsonText } from "../../report/manifest.js";
import { readChosenFindings } from "../chosen/chosen-findings.js";
import { standingCases } from "../chosen/standing-cases.js";
import { readRecordedFrame } from "../explain/recorded-frame.js";
import { replayRecorded } from "../explain/replay-recorded.js";
import { hashOfManifest } from "../next-version/sample-versions.js";
import { writeTable } from "../output-table.js";
import { recordHead } from "../package-version.js";
import type { Progress } from "../progress.js";
import { openSampleFolder, refuseChangedFolder, type SampleFolder } from "../sample/folder.js";
import { agreementOf, readChances } from "./agreement.js";
import { agreementTable } from "./agreement-outputs.js";
import { auditsOf } from "./audits.js";
import { auditsTable } from "./audits-outputs.js";
import { readBalance, readCalibration } from "./calibrate.js";
import { calibrationRecord, calibrationTable } from "./calibration-output.js";
import { readCollapse } from "./collapse.js";
import type { EstimateContext } from "./context.js";
import { filledInNote, filledInPlace, namesBut } from "./filled-in.js";
import { readFindings } from "./findings.js";
import { groupsOf, readSampleList } from "./groups.js";
import { laterVersions } from "./later-version.js";
import { estimatesPage } from "./page.js";
import type { SecondReviewChances } from "./second-review-file.js";
import { shownNotes } from "./shown-notes.js";
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
 * @param options.sheet - of a workbook of findings; by default the one that has findings
 * @param options.auditColumn - of the findings, agreement with the body's own audits; by default `audit_agreement`
 * @param options.secondReviews - a file `unit_id,probability` that says how second reviews were chosen
 * @param options.calibrate - fields of the sample's frame to whose counts weights are brought: `FIELD`, or `FIELD:LEVEL=LEVEL` to
 *   take levels for one
 * @param options.collapse - strata that are one for the variance: `STRATUM=STRATUM`
 * @param options.chosen - to list what was found in chosen cases beside the estimates, which leave them out
 * @param options.threshold - whole number; 0 takes nothing out; by default that of the plan, and else 5
 * @throws CasedrawError `SAMPLE_FOLDER_CHANGED`, `MANIFEST_INVALID`, `FINDINGS_…`, `ESTIMATE_…`, before anything is written
 */
export async function estimateToFolder(options: {
  readonly sample: string;
  readonly findings: string;
  readonly by: readonly string[];
  readonly columns: readonly string[];
  readonly sheet?: string | undefined;
  readonly auditColumn?: string | undefined;
  readonly secondReviews?: string | undefined;
  readonly calibrate: readonly string[];
  readonly collapse: readonly string[];
  readonly interval: ShareInterval;
  readonly threshold: number | undefined;
  /** Whether to list what was found in chosen cases. */
  readonly chosen?: boolean;
  readonly out: string;
  readonly force: boolean;
  readonly cwd: string;
  readonly progress: Progress;
  /** Called with the absolute target before the first byte is written. */
  readonly claim: (target: string) => void;
}): Promise<WrittenEstimate> {
  const { cwd, progress, interval, by } = options;
  progress("Checking the sample");
  const folder = openSampleFolder(resolve(cwd, options.sample), options.sample);
  refuseLinked(folder);
  const findingsPath = resolve(cwd, options.findings);
  const filledIn = filledInPlace(folder, findingsPath);
  refuseChangedFolder(folder, options.sample, namesBut(folder, filledIn));
  const { frame, plan, sample } = await asRecorded(folder, options.sample);
  const list = readSampleList(folder, options.sample);
  const collapse = readCollapse(options.collapse, { sample, plan });
  const fields = readCalibration(options.calibrate, {
    frame,
    plan,
    sample,
    list,
    balance: readBalance(folder, options.sample),
  });
  progress("Reading the findings");
  const read = await readFindings(findingsPath, options.findings, {
    frame,
    plan,
    sample,
    label: options.sample,
    later: () => laterVersions(folder, options.sample),
    own: new Set(list.header),
    only: options.columns,
    sheet: options.sheet,
    auditColumn: options.auditColumn,
  });
  const chances = await readChances(options.secondReviews, { cwd, frame, sample, findings: read });
  progress("Estimating");
  const drawn = responsesOf(frame, sample, {
    reviewed: read.reviewed,
    seed: folder.manifest.seed,
    collapse,
  });
  const responses = fields.length === 0 ? drawn : calibrate(drawn, fields);
  const source = { frame, plan, sample, list };
  const groups = groupsOf(responses, by, source);
  const estimates = estimateFindings(responses, read.columns, { groups, interval });
  const threshold = options.threshold ?? plan.disclosure?.threshold ?? usualDisclosure.threshold;
  const shown = suppressSmall(estimates, threshold);
  const agreement = agreementOf(responses, read, { chances, threshold });
  const audits = read.audits && auditsOf(responses, read.audits, { source, interval, threshold });
  const notes = [
    ...(filledIn === undefined ? [] : [filledInNote(filledIn)]),
    ...shownNotes(read.notes, {
      threshold,
      askedHidden: new Set(
        shown.rows.flatMap(({ column, field, askedHidden }) =>
          field === undefined && askedHidden ? [column] : [],
        ),
      ),
    }),
    ...(chances?.notes ?? []),
    ...(audits?.notes ?? []),
  ];
  const findings = { ...read, notes };
  const chosen =
    options.chosen === true
      ? await readChosenFindings(findingsPath, options.findings, {
          cases: standingCases(frame, sample).filter(({ sampled }) => !sampled),
          columns: read.columns.map(({ name }) => name),
          own: new Set(list.header),
          sheet: options.sheet,
        })
      : undefined;
  const context: EstimateContext = {
    frame,
    plan,
    sample,
    findings,
    responses,
    shown,
    interval,
    threshold,
    by: [...new Set(by)],
    ...(agreement === undefined ? {} : { agreement }),
    ...(audits === undefined ? {} : { audits }),
    ...(chosen === undefined ? {} : { chosen }),
  };
  progress("Writing");
  const target = resolve(cwd, options.out);
  const outputs: { path: string; sha256: string }[] = [];
  options.claim(target);
  await writeFolder(
    target,
    {
      force: options.force,
      protect: [
        findingsPath,
        join(folder.path, "manifest.json"),
        ...(options.secondReviews === undefined ? [] : [resolve(cwd, options.secondReviews)]),
      ],
    },
    async (writer) => {
      await fill(writer, context);
      outputs.push(...writer.outputs());
      writer.file("manifest.json", manifestText(context, { folder, options, outputs, chances }));
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
  throw linkedUnsupported();
}

async function fill(folder: FolderWriter, context: EstimateContext): Promise<void> {
  writeTable(folder, "estimates.csv", estimatesTable(context));
  if (context.by.length > 0) writeTable(folder, "comparisons.csv", comparisonsTable(context));
  writeTable(folder, "responses.csv", responsesTable(context));
  const { calibration } = context.responses;
  if (calibration !== undefined) writeTable(folder, "calibration.csv", calibrationTable(calibration));
  const { agreement, audits } = context;
  if (agreement !== undefined) writeTable(folder, "agreement.csv", agreementTable({ ...context, agreement }));
  if (audits !== undefined) writeTable(folder, "audits.csv", auditsTable({ ...context, audits }));
  if (context.chosen !== undefined) writeTable(folder, "chosen.csv", context.chosen.table);
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
    readonly options: Pick<
      Parameters<typeof estimateToFolder>[0],
      "findings" | "columns" | "sheet" | "auditColumn" | "secondReviews" | "calibrate" | "collapse"
    >;
    readonly outputs: WrittenEstimate["outputs"];
    readonly chances: SecondReviewChances | undefined;
  },
): string {
  const { manifest, path } = made.folder;
  return jsonText({
    ...recordHead(),
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
    ...(made.chances === undefined
      ? {}
      : {
          second_reviews: {
            path: basename(made.options.secondReviews as string),
            ...made.chances.fingerprint,
          },
        }),
    options: {
      by,
      columns: made.options.columns,
      ...(made.options.sheet === undefined ? {} : { sheet: made.options.sheet }),
      ...(made.options.auditColumn === undefined ? {} : { audit_column: made.options.auditColumn }),
      calibrate: made.options.calibrate,
      collapse: made.options.collapse,
      interval,
      threshold,
      confidence: 0.95,
    },
    variance_method: varianceMethod(responses),
    ...(responses.calibration === undefined ? {} : { calibration: calibrationRecord(responses.calibration) }),
    notes: findings.notes.map(({ cases: _, ...note }) => note),
    outputs: made.outputs,
  });
}
