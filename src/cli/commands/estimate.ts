import { varianceMethod } from "../../analysis/estimates/response.js";
import { shareIntervals } from "../../analysis/estimates/row.js";
import { CasedrawError } from "../../errors.js";
import { agreementSentences } from "../../workflow/estimate/agreement-outputs.js";
import { auditSentences } from "../../workflow/estimate/audits-outputs.js";
import { calibrationRecord, calibrationSentences } from "../../workflow/estimate/calibration-output.js";
import { chosenSentence } from "../../workflow/estimate/chosen-section.js";
import { collapseSentences } from "../../workflow/estimate/collapse.js";
import { noteWithCases } from "../../workflow/estimate/columns.js";
import { estimateToFolder, type WrittenEstimate } from "../../workflow/estimate/to-folder.js";
import { cautions, hiddenSentence, responseSentence, rowSentence } from "../../workflow/estimate/words.js";
import type { Invocation } from "../command.js";
import { reportFailure } from "../failure.js";
import type { Io } from "../io.js";
import { oneOf } from "../one-of.js";

/** The sample's folder does not hold, as `verify` says it. */
const differs = 3;

export async function run(invocation: Invocation, io: Io): Promise<number> {
  const { sample = "", findings = "", out = "" } = invocation.values;
  const interval = oneOf("--interval", invocation.values.interval, shareIntervals) ?? shareIntervals[0];
  const threshold = thresholdNamed(invocation.values.threshold);
  let done: WrittenEstimate;
  try {
    done = await estimateToFolder({
      sample,
      findings,
      by: invocation.lists.by ?? [],
      columns: invocation.lists.columns ?? [],
      sheet: invocation.values.sheet,
      auditColumn: invocation.values["audit-column"],
      secondReviews: invocation.values["second-reviews"],
      calibrate: invocation.lists.calibrate ?? [],
      collapse: invocation.lists.collapse ?? [],
      interval,
      threshold,
      chosen: invocation.flags.has("chosen"),
      out,
      force: invocation.flags.has("force"),
      cwd: io.cwd,
      progress: (step, fraction) => io.progress(step, fraction),
      claim: (target) => io.claim(target),
    });
  } catch (error) {
    if (!(error instanceof CasedrawError) || error.code !== "SAMPLE_FOLDER_CHANGED") throw error;
    reportFailure(error, io);
    return differs;
  }
  io.claim(undefined);
  report(done, out, io);
  return 0;
}

function thresholdNamed(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new CasedrawError(
    "USAGE",
    `--threshold: must be a whole number from 0, got "${text}". For example: --threshold 5.`,
    { option: "--threshold" },
  );
}

function report({ context, outputs }: WrittenEstimate, out: string, io: Io): void {
  const { findings, responses, shown, agreement, audits } = context;
  const hidden = hiddenSentence(shown.rows, context);
  if (io.json) {
    io.out(
      JSON.stringify({
        out,
        columns: findings.columns.map(({ name, kind }) => ({ name, kind })),
        estimates: shown.rows.length,
        suppressed: shown.rows.filter(({ suppressed }) => suppressed !== undefined).length,
        ...(hidden === undefined ? {} : { suppressed_note: hidden }),
        comparisons: shown.comparisons.length,
        ...(agreement === undefined ? {} : { agreement: agreement.rows.length }),
        ...(audits === undefined ? {} : { audits: audits.rows.length }),
        ...(context.chosen === undefined
          ? {}
          : { chosen: { cases: context.chosen.chosen, reviewed: context.chosen.reviewed } }),
        reviewed: responses.strata.reduce((sum, { reviewed }) => sum + reviewed, 0),
        variance_method: varianceMethod(responses),
        ...(responses.calibration === undefined
          ? {}
          : { calibration: calibrationRecord(responses.calibration) }),
        notes: findings.notes,
        outputs,
      }),
    );
    return;
  }
  for (const note of findings.notes) io.say(`Note: ${noteWithCases(note)}`);
  io.out(
    [
      context.plan.title,
      "",
      responseSentence(context),
      ...shown.rows.filter(({ field }) => field === undefined).map((row) => rowSentence(row, context)),
      ...(audits === undefined ? [] : auditSentences({ ...context, audits })),
      ...calibrationSentences(context),
      ...collapseSentences(context),
      ...cautions(shown.rows, context),
      ...(agreement === undefined ? [] : ["", ...agreementSentences({ ...context, agreement })]),
      ...(context.chosen === undefined ? [] : ["", chosenSentence(context.chosen)]),
      "",
      `Wrote ${out} (open estimates.html). For internal use: nothing here was made for publication.`,
    ].join("\n"),
  );
}
