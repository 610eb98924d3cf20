import { CasedrawError } from "../errors.js";
import { type FrameInputs, gatherRows } from "../frame/build-frame.js";
import type { Frame } from "../frame/frame.js";
import { selectRows } from "../frame/rows.js";
import { someOf } from "../frame/words.js";
import type { Plan } from "../plan/types.js";
import { type CheckFinding, foundRow } from "./finding.js";
import { placedAtJoined, sourcesOfJoined } from "./joined-rows.js";
import { judge, lacksOf } from "./judge.js";
import { recordRules } from "./record-rules.js";
import { type CheckSubject, rowsWhere, subjectOfFrame } from "./subject.js";

/**
 * Errors that change which units can be drawn and that `buildFrame` does not itself refuse: a child twice in one case, a wrong
 * date that the cohort goes by. Units of the exclusion list are out whatever is wrong with them.
 */
export function frameAlteringErrors(plan: Plan, frame: Frame): CheckFinding[] {
  const subject = withoutListed(subjectOfFrame(plan, frame), frame);
  return recordRules.flatMap((rule) => {
    const { refuses } = rule;
    if (refuses === undefined || rule.refusedByFrame === true || lacksOf(rule, subject).length > 0) return [];
    const possible = rule.needs(plan).flat();
    if (!refuses(plan, possible)) return [];
    return judge(rule, subject).filter((finding) => finding.refuses);
  });
}

/** The subject without the units that the exclusion list names. */
function withoutListed(subject: CheckSubject, { ids, exclusion }: Frame): CheckSubject {
  const listed = exclusion.reasons.findIndex(({ reason }) => reason === "exclude_ids") + 1;
  if (listed === 0 || !exclusion.codes.includes(listed)) return subject;
  const keep = rowsWhere(ids.length, (unit) => exclusion.codes[unit] !== listed);
  const rows = selectRows(subject.rows, keep);
  return {
    ...subject,
    rows,
    source: { idOf: (row) => ids[keep[row] as number] as string, places: rows.places },
  };
}

/**
 * Refuses to go on where {@link frameAlteringErrors} finds any.
 *
 * @param inputs - those that the frame was built of. They are gathered again, only where there is something to refuse: a frame
 *   does not keep which row of a joined file a value stands in
 * @throws CasedrawError `FRAME_ERRORS`
 */
export function refuseFrameErrors(inputs: FrameInputs, frame: Frame): void {
  const found = frameAlteringErrors(inputs.plan, frame);
  if (found.length === 0) return;
  if (inputs.joins.length === 0) throw frameErrors(found);
  const { rows, joined } = gatherRows(inputs, { traced: true });
  const sources = sourcesOfJoined(joined, rows, () => "");
  throw frameErrors(found.map((finding) => placedAtJoined(finding, { rows, sources })));
}

/** The refusal of a draw because of these findings. */
export function frameErrors(found: readonly CheckFinding[]): CasedrawError {
  const said = found.map((finding) => {
    const shown = Math.min(finding.rows.length, 5);
    const places = Array.from({ length: shown }, (_, k) => {
      const { file, row } = foundRow(finding, k);
      return `${file}, row ${row}`;
    });
    const more = finding.rows.length > shown ? ", …" : "";
    return `${finding.message.replace(/\.$/, "")} (${finding.code}: ${someOf(places)}${more})`;
  });
  return new CasedrawError(
    "FRAME_ERRORS",
    `Data have errors that change which children can be drawn: a draw needs none, got ${said.join("; ")}. ` +
      `${remedyOf(found)} casedraw check --out lists every row with its unit id.`,
    {
      findings: found.map(({ code, fields, count, rows, source }) => ({
        code,
        fields,
        count,
        unit_ids: [...rows.subarray(0, 1000)].map((row) => source.idOf(row)),
      })),
    },
  );
}

/** What to do, what is likeliest first: many dates in the future are an export that was taken later than the plan says. */
function remedyOf(found: readonly CheckFinding[]): string {
  const leaveOut =
    "leave them out of the draw by naming them, with the reason, in the list of cohort.exclude_ids.";
  if (found.some(({ code }) => code === "CHECK_DATE_IN_FUTURE"))
    return `See first whether the export was taken later than the plan’s reference_date, and correct that; else ask the data’s owner for a corrected export. If a few units stay wrong, ${leaveOut}`;
  const dated = found.some(({ code }) => code.startsWith("CHECK_DATE_"));
  return `${dated ? "See whether the plan’s reference_date is right. " : ""}Ask the data’s owner for a corrected export. If a few units stay wrong, ${leaveOut}`;
}
