import { CasedrawError } from "../../errors.js";
import { someOf } from "../../frame/words.js";
import { type CalibrationGroups, groupSums } from "../../statistics/survey/calibration-group.js";
import { postStratified } from "../../statistics/survey/post-stratification.js";
import { raked } from "../../statistics/survey/raking.js";
import type { CalibratedGroup } from "./calibrated.js";
import type { Responses } from "./response.js";

/** A field whose counts in the population the weights are to meet: each unit belongs to one of its groups. */
export interface CalibrationField {
  readonly name: string;
  /** Levels of each group: several where they are merged. In the order in which they stand. */
  readonly groups: readonly (readonly string[])[];
  /** How many units of the population each group holds. */
  readonly totals: readonly number[];
  /** Group of each unit of the frame, a code from 0; needed of the responding ones only. */
  readonly groupOf: ArrayLike<number>;
}

/**
 * Factors outside these bounds are said. A convention: bounds are chosen by those who calibrate.
 *
 * @see Deville & Särndal (1992) JASA 87:376–382, §2, on bounding the factors
 */
const [leastUsual, mostUsual] = [1 / 3, 3];

/**
 * Brings the weights, after nonresponse, to the frame's counts: of one field by post-stratification, of several by raking. The
 * variance is then that of what the groups do not explain.
 *
 * @param fields - one or more
 * @throws CasedrawError `ESTIMATE_CALIBRATION_TOO_FEW` for a group with fewer than two responding units, unless these are all of
 *   it; `CALIBRATION_NOT_SOLVED`
 */
export function calibrate(responses: Responses, fields: readonly CalibrationField[]): Responses {
  const { design, units } = responses;
  const margins = fields.map(
    ({ name, totals, groupOf }): CalibrationGroups => ({
      name,
      totals,
      groupOf: Array.from(units, (unit) => groupOf[unit] as number),
    }),
  );
  const groups = fields.flatMap((field, at) =>
    groupsBefore(field, margins[at] as CalibrationGroups, design.weights),
  );
  for (const { name } of fields) refuseFew(groups.filter(({ field }) => field === name));
  const [first, ...others] = margins as [CalibrationGroups, ...CalibrationGroups[]];
  const made = others.length === 0 ? postStratified(design, first) : raked(design, margins);
  const factors = made.weights.map((weight, at) => weight / (design.weights[at] as number));
  return {
    ...responses,
    design: made,
    calibration: {
      method: others.length === 0 ? "post-stratified" : "raked",
      groups,
      factors: {
        least: factors.reduce((least, factor) => Math.min(least, factor), Number.POSITIVE_INFINITY),
        most: factors.reduce((most, factor) => Math.max(most, factor), 0),
      },
      extreme: factors.filter((factor) => factor < leastUsual || factor > mostUsual).length,
    },
  };
}

function groupsBefore(
  { name, groups }: CalibrationField,
  margin: CalibrationGroups,
  weights: Float64Array,
): CalibratedGroup[] {
  const sums = groupSums(margin, weights);
  return groups.flatMap((levels, group) => {
    const population = margin.totals[group] as number;
    if (population === 0) return [];
    const responding = Array.from(margin.groupOf).filter((code) => code === group).length;
    return [{ field: name, levels, population, responding, weighted: sums[group] as number }];
  });
}

function refuseFew(groups: readonly CalibratedGroup[]): void {
  const isFew = ({ responding, population }: CalibratedGroup): boolean =>
    responding < 2 && responding < population;
  const few = groups.filter(isFew);
  const [first] = few;
  if (first === undefined) return;
  const at = groups.indexOf(first);
  const near = [groups[at - 1], groups[at + 1], ...groups];
  const other = near.find((group) => group !== undefined && !isFew(group));
  const merged = [...few.flatMap(({ levels }) => levels), ...(other?.levels ?? [])].join("=");
  const told = few.map(
    ({ levels, responding, population }) => `${responding} of ${population} in "${levels.join(" or ")}"`,
  );
  throw new CasedrawError(
    "ESTIMATE_CALIBRATION_TOO_FEW",
    `Calibration to ${first.field}: each of its levels takes two reviewed cases or more, got ${someOf(told)}. ` +
      (groups.length < 2
        ? "Calibrate to another field."
        : `Merge with a level like it: --calibrate "${first.field}:${merged}"; or calibrate to another field.`),
    { field: first.field, levels: few.flatMap(({ levels }) => levels) },
  );
}
