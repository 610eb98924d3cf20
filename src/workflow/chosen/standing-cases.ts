import type { Frame } from "../../frame/frame.js";
import type { Plan } from "../../plan/types.js";
import type { ChosenCase } from "../../sampling/after/outcome.js";
import type { Sample } from "../../sampling/draw.js";
import type { OutputTable } from "../output-table.js";
import { shownFields, shownValue } from "../sample/tables.js";

/** A chosen case beside the sample as it stands now. */
export interface StandingCase extends ChosenCase {
  /** Unit of the frame; absent where the frame at hand does not have it. */
  readonly unit?: number;
  /** Whether it was sampled too, in its own right: then it stays sampled, with its weight. */
  readonly sampled: boolean;
  /** "eligible", "in reserve", "excluded (reason)" or "not in the export". */
  readonly standing: string;
}

/** What marks a case on every list that inspectors see. */
const chosenMark = "chosen, not sampled";
const sampledMark = "sampled, and chosen too";

/** "chosen, not sampled", or that it is in the sample anyway. */
export function markOf({ sampled }: StandingCase): string {
  return sampled ? sampledMark : chosenMark;
}

/**
 * The chosen cases of a sample, in the order in which they came.
 *
 * @param frame - with the excluded units as well: read from `frame.csv`, which has none, they would count as not in the export
 */
export function standingCases(frame: Frame, { drawn, reserves, after }: Sample): StandingCase[] {
  const chosen = after?.chosen ?? [];
  if (chosen.length === 0) return [];
  const units = new Map(frame.ids.map((id, unit) => [id, unit]));
  const sampled = new Set(drawn.map(({ unit }) => unit));
  const spare = new Set(reserves.map(({ unit }) => unit));
  return chosen.map((each): StandingCase => {
    const unit = units.get(each.unitId);
    if (unit === undefined) return { ...each, sampled: false, standing: "not in the export" };
    const reason = frame.exclusion.reasons[(frame.exclusion.codes[unit] as number) - 1]?.reason;
    return {
      ...each,
      unit,
      sampled: sampled.has(unit),
      standing: reason === undefined ? (spare.has(unit) ? "in reserve" : "eligible") : `excluded (${reason})`,
    };
  });
}

/** `chosen.csv`: cases that stand beside the sample, without probability or weight. */
export function chosenTable(frame: Frame, plan: Plan, sample: Sample): OutputTable {
  const fields = shownFields(frame, plan);
  return {
    header: [
      "unit_id",
      "status",
      "standing",
      "reason",
      "asked_by",
      "asked_on",
      "version",
      ...fields.map(({ name }) => name),
    ],
    rows: standingCases(frame, sample).map((each) => [
      each.unitId,
      markOf(each),
      each.standing,
      each.reason,
      each.askedBy,
      each.askedOn,
      each.version,
      ...fields.map((field) => (each.unit === undefined ? "" : shownValue(field, each.unit))),
    ]),
  };
}
