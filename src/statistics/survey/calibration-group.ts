import { CasedrawError } from "../../errors.js";
import { requireSameLength, requireThat } from "../refusals.js";

/** Groups of the population with their sizes, such as the levels of a field in the frame. */
export interface CalibrationGroups {
  /** What they are of, for messages. */
  readonly name: string;
  /** Group of each responding unit, a code from 0. */
  readonly groupOf: ArrayLike<number>;
  /** How many units of the population each group holds, 0 or more. */
  readonly totals: readonly number[];
}

/** Σ w_k of each group. */
export function groupSums({ groupOf, totals }: CalibrationGroups, weights: Float64Array): Float64Array {
  const sums = new Float64Array(totals.length);
  weights.forEach((weight, unit) => {
    const group = groupOf[unit] as number;
    sums[group] = (sums[group] as number) + weight;
  });
  return sums;
}

/**
 * @throws CasedrawError `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE`; `CALIBRATION_CELL_EMPTY` for a group that holds units of the
 *   population and no responding one
 */
export function refuseGroups(groups: CalibrationGroups, weights: Float64Array): void {
  const { name, groupOf, totals } = groups;
  requireSameLength(`Groups of ${name}`, groupOf.length, weights.length);
  for (let unit = 0; unit < groupOf.length; unit++) {
    const group = groupOf[unit] as number;
    requireThat((totals[group] ?? 0) > 0, {
      what: `Group of a unit in ${name}`,
      rule: "it is the code of one that holds units of the population",
      value: group,
      next: "Take groups and totals from the same frame.",
    });
  }
  const sums = groupSums(groups, weights);
  totals.forEach((total, group) => {
    requireThat(Number.isFinite(total) && total >= 0, {
      what: `Total of a group in ${name}`,
      rule: "it is a number of 0 or more",
      value: total,
      next: "Count it in the frame.",
    });
    if (total === 0 || (sums[group] as number) > 0) return;
    throw new CasedrawError(
      "CALIBRATION_CELL_EMPTY",
      `Calibration to ${name}: a group of ${total} has one responding unit or more, got none in group ${group}. ` +
        "Merge the group with one like it.",
      { name, group, total },
    );
  });
}
