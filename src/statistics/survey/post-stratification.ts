import { type CalibrationGroups, groupSums, refuseGroups } from "./calibration-group.js";
import type { SampleDesign } from "./sample-design.js";

/**
 * Post-stratification: weights of each group are scaled so that they add up to its known size, and the variance is that of
 * what differs within groups.
 *
 * @param design - as drawn
 * @param groups - a partition of the population, with sizes from the frame
 * @returns the design with calibrated weights
 * @throws CasedrawError `CALIBRATION_CELL_EMPTY`, `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE`
 * @remarks Unbiased but for small groups: about 20 responding units a group and more.
 * @see Holt & Smith (1979) J R Stat Soc A 142:33–46; Särndal, Swensson & Wretman (1992) Model Assisted Survey Sampling, §7.6
 * @example
 * const drawn = stratifiedDesign({ strata: [{ key: "", populationSize: 10 }], stratumOf: [0, 0, 0, 0, 0] });
 * postStratified(drawn, { name: "gender", groupOf: [0, 0, 0, 1, 1], totals: [4, 6] }).weights // → [4 / 3, 4 / 3, 4 / 3, 3, 3]
 */
export function postStratified(design: SampleDesign, groups: CalibrationGroups): SampleDesign {
  refuseGroups(groups, design.weights);
  const { groupOf, totals } = groups;
  const sums = groupSums(groups, design.weights);
  const scales = Float64Array.from(groupOf, (group) => (totals[group] as number) / (sums[group] as number));
  return {
    ...design,
    weights: design.weights.map((weight, unit) => weight * (scales[unit] as number)),
    varianceOfTotal(values) {
      const ofGroups = groupSums(
        groups,
        design.weights.map((weight, unit) => weight * (values[unit] as number)),
      );
      const residuals = values.map((value, unit) => {
        const group = groupOf[unit] as number;
        return (value - (ofGroups[group] as number) / (sums[group] as number)) * (scales[unit] as number);
      });
      return design.varianceOfTotal(residuals);
    },
  };
}
