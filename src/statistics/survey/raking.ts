import { CasedrawError } from "../../errors.js";
import { requireThat, requireWhole } from "../refusals.js";
import { type CalibrationGroups, groupSums, refuseGroups } from "./calibration-group.js";
import { leastSquares } from "./least-squares.js";
import type { SampleDesign } from "./sample-design.js";

/** Totals are met when none is further off than this share of itself. */
const tolerance = 1e-11;
const mostRounds = 1000;

/**
 * Raking: weights are scaled to the known sizes of the groups of one field after the other, again and again, until all are
 * met; the variance is that of what the groups of all fields do not explain.
 *
 * @param design - as drawn
 * @param margins - one or more partitions of the population, with sizes from the frame that add up to the same number
 * @returns the design with calibrated weights
 * @throws CasedrawError `CALIBRATION_CELL_EMPTY`, `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE`; `CALIBRATION_NOT_SOLVED` where the
 *   totals cannot all be met
 * @see Deming & Stephan (1940) Ann Math Stat 11:427–444; Deville, Särndal & Sautory (1993) JASA 88:1013–1020; Deville &
 *   Särndal (1992) JASA 87:376–382, for the residual variance
 * @example
 * const drawn = stratifiedDesign({ strata: [{ key: "", populationSize: 10 }], stratumOf: [0, 0, 0, 0] });
 * const gender = { name: "gender", groupOf: [0, 0, 1, 1], totals: [4, 6] };
 * const law = { name: "law type", groupOf: [0, 1, 0, 1], totals: [5, 5] };
 * raked(drawn, [gender, law]).weights // → [2, 2, 3, 3]; 4·½ and 6·½
 */
export function raked(design: SampleDesign, margins: readonly CalibrationGroups[]): SampleDesign {
  requireWhole("Number of margins", margins.length, 1);
  for (const margin of margins) refuseGroups(margin, design.weights);
  const [population, ...others] = margins.map(({ totals }) => totals.reduce((sum, total) => sum + total, 0));
  for (const other of others) {
    requireThat(Math.abs(other - (population as number)) <= tolerance * other, {
      what: "Totals of a margin",
      rule: `all margins add up to the same number, which is ${population}`,
      value: other,
      next: "Take all totals from the same frame.",
    });
  }
  const weights = rake(design.weights, margins);
  const columns = margins.flatMap(({ groupOf, totals }) =>
    totals.map((_, group) => Float64Array.from(groupOf, (code) => (code === group ? 1 : 0))),
  );
  const fit = leastSquares(columns, design.weights);
  return {
    ...design,
    weights,
    varianceOfTotal(values) {
      const residuals = fit.scaledResiduals(values);
      // Back from √w·e to e, then times g = w′/w.
      const scaled = residuals.map((residual, unit) => {
        const weight = design.weights[unit] as number;
        return ((residual / Math.sqrt(weight)) * (weights[unit] as number)) / weight;
      });
      return design.varianceOfTotal(scaled);
    },
  };
}

function rake(start: Float64Array, margins: readonly CalibrationGroups[]): Float64Array {
  const weights = start.slice();
  let furthest = Infinity;
  for (let round = 0; round < mostRounds && furthest > tolerance; round++) {
    furthest = 0;
    for (const margin of margins) {
      const scales = groupSums(margin, weights).map((sum, group) => {
        const scale = (margin.totals[group] as number) / sum;
        if (sum > 0) furthest = Math.max(furthest, Math.abs(scale - 1));
        return scale;
      });
      weights.forEach((weight, unit) => {
        weights[unit] = weight * (scales[margin.groupOf[unit] as number] as number);
      });
    }
  }
  if (furthest <= tolerance) return weights;
  throw new CasedrawError(
    "CALIBRATION_NOT_SOLVED",
    `Raking: all totals are met after ${mostRounds} rounds, got one that is off by a share of ${furthest}. ` +
      "Merge small groups, or calibrate to fewer fields.",
    { rounds: mostRounds, furthest },
  );
}
