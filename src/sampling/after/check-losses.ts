import { CasedrawError, type ErrorDetails } from "../../errors.js";
import type { Frame } from "../../frame/frame.js";
import { nearest } from "../../plan/nearest.js";
import { orList } from "../../plan/or-list.js";
import type { Sample } from "../draw.js";
import { type Loss, type LossReason, lossReasons } from "./outcome.js";

/** A row of a replacement log as it is written, and where it stands. */
export interface LoggedLoss {
  readonly unitId: string;
  readonly reason: string;
  /** "(log.csv, row 3", without the bracket's end. */
  readonly place: string;
  readonly details: ErrorDetails;
}

/**
 * The losses of a replacement log.
 *
 * @param sample - as it stands before them
 * @throws CasedrawError `REPLACEMENT_LOG_EMPTY`, `REPLACEMENT_REASON_UNKNOWN`, `REPLACEMENT_UNIT_UNKNOWN`,
 *   `REPLACEMENT_STILL_IN_RESERVE`, `REPLACEMENT_NOT_IN_SAMPLE`, `REPLACEMENT_DUPLICATE`
 */
export function checkedLosses(frame: Frame, sample: Sample, logged: readonly LoggedLoss[]): Loss[] {
  if (logged.length === 0) {
    throw new CasedrawError(
      "REPLACEMENT_LOG_EMPTY",
      "Replacement log: it must list at least one case, got none. Add a row for each case that cannot be reviewed.",
    );
  }
  const idOf = ({ unit }: { readonly unit: number }): string => frame.ids[unit] as string;
  const members = new Map(sample.drawn.map((found, at) => [idOf(found), at]));
  const reserves = new Set(sample.reserves.map(idOf));
  const seen = new Set<string>();
  return logged.map(({ unitId, reason, place, details }): Loss => {
    const refuse = refusal(unitId, place, details);
    const known = lossReasons.find((each) => each === reason);
    if (known === undefined) throw unknownReason(reason, place, details);
    const at = members.get(unitId);
    if (at === undefined && reserves.has(unitId)) {
      throw refuse(
        "REPLACEMENT_STILL_IN_RESERVE",
        "it is in reserve and was not released",
        "Only cases of the sample are replaced; take the row out.",
      );
    }
    if (at === undefined && frame.eligible.some((unit) => frame.ids[unit] === unitId)) {
      throw refuse(
        "REPLACEMENT_NOT_IN_SAMPLE",
        "it was not drawn",
        "Only cases of the sample are replaced; take the row out.",
      );
    }
    if (at === undefined) {
      const meant = nearest(unitId, [...members.keys()]);
      throw refuse(
        "REPLACEMENT_UNIT_UNKNOWN",
        "no unit of the frame is called that",
        `${meant === undefined ? "" : `Did you mean ${meant}? `}Write the id as sample.csv does.`,
      );
    }
    const before = sample.after?.members[at]?.status;
    if (seen.has(unitId) || lossReasons.includes(before as LossReason)) {
      throw refuse(
        "REPLACEMENT_DUPLICATE",
        seen.has(unitId) ? "it stands in the log twice" : `an earlier log has it as ${before}`,
        "A case is lost once; take the row out.",
      );
    }
    seen.add(unitId);
    return { unitId, reason: known };
  });
}

function refusal(unitId: string, place: string, details: ErrorDetails) {
  return (
    code:
      | "REPLACEMENT_STILL_IN_RESERVE"
      | "REPLACEMENT_NOT_IN_SAMPLE"
      | "REPLACEMENT_UNIT_UNKNOWN"
      | "REPLACEMENT_DUPLICATE",
    why: string,
    next: string,
  ): CasedrawError =>
    new CasedrawError(
      code,
      `Unit ${JSON.stringify(unitId)} cannot be replaced: ${why} ${place}, column unit_id). ${next}`,
      { ...details, column: "unit_id", unit_id: unitId },
    );
}

function unknownReason(reason: string, place: string, details: ErrorDetails): CasedrawError {
  const meant = nearest(reason, [...lossReasons]);
  return new CasedrawError(
    "REPLACEMENT_REASON_UNKNOWN",
    `Reason for a replacement: it must be ${orList(lossReasons)}, ` +
      `got ${JSON.stringify(reason)} ${place}, column reason).${meant === undefined ? " Write one of them." : ` Did you mean ${meant}?`}`,
    { ...details, column: "reason" },
  );
}
