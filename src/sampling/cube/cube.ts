import { CasedrawError } from "../../errors.js";
import { groupByCode } from "../../frame/rows.js";
import { Flight, type IndicatorRows, isSettled, snapped } from "./flight.js";

/** How far the sum of a stratum's probabilities may be from a whole number: rounding errors only. */
const sizeTolerance = 1e-6;

/**
 * Draws a balanced sample by the cube method: each unit with exactly its probability, each stratum's size exactly, and of
 * every indicator column nearly as many as expected, Σ_drawn x_k ≈ Σ π_k x_k.
 *
 * First a flight within each stratum on its size and all indicators, then a joint one on what is left, so that no more
 * units stay undecided than there are strata and columns. Then the landing lets go of the columns one by one, the last
 * first and the sizes never, so that the columns that matter most stay nearest.
 *
 * @param options.probabilities - inclusion probability of each unit, a fraction from 0 to 1, in ticket order; one within
 *   1e-9 of 0 or 1 counts as 0 or 1
 * @param options.strata - stratum code of each unit, from 0; strata fly in the order of their codes
 * @param options.indicators - balancing columns, the most important first; dependent or constant ones do no harm
 * @param options.next - the stream `cube`: one number for each step of a flight
 * @returns 1 for each drawn unit, else 0
 * @throws CasedrawError `INCLUSION_PROBABILITY_OUT_OF_RANGE`, `STRATUM_SIZE_NOT_WHOLE`, `BALANCE_ROWS_MISMATCHED`
 * @see Deville & Tillé (2004) Biometrika 91:893–912; Chauvet & Tillé (2006) Comput Stat 21:53–62; Chauvet (2009) Surv
 *   Methodol 35:115–119
 */
export function cubeSample(options: {
  readonly probabilities: Float64Array;
  readonly strata: Int32Array;
  readonly indicators: IndicatorRows;
  readonly next: () => number;
}): Uint8Array {
  const { strata, indicators, next } = options;
  refuseMismatch(options);
  const values = options.probabilities.map(checkedValue);
  const sizes = wholeSizes(values, strata);
  const { order, starts } = groupByCode(strata, sizes.length);
  const shared = { values, strata, indicators, next };
  for (let stratum = 0; stratum < sizes.length; stratum++) {
    const flight = new Flight({ ...shared, sizeRows: new Int32Array(sizes.length), sizeRowCount: 1 });
    for (let at = starts[stratum] as number; at < (starts[stratum + 1] as number); at++) {
      const unit = order[at] as number;
      if (!isSettled(values[unit] as number)) flight.enter(unit);
    }
  }
  const joint = new Flight({
    ...shared,
    sizeRows: Int32Array.from(sizes, (_, stratum) => stratum),
    sizeRowCount: sizes.length,
  });
  for (let unit = 0; unit < values.length; unit++) {
    if (!isSettled(values[unit] as number)) joint.enter(unit);
  }
  for (let column = indicators.count - 1; column >= 0; column--) joint.release(column);
  return settle(values, strata, sizes);
}

function refuseMismatch(options: {
  readonly probabilities: Float64Array;
  readonly strata: Int32Array;
  readonly indicators: IndicatorRows;
}): void {
  const { probabilities, strata, indicators } = options;
  const units = probabilities.length;
  const rows = indicators.starts.length - 1;
  const codesFit = strata.every((code) => code >= 0);
  const columnsFit = indicators.columns.every((column) => column >= 0 && column < indicators.count);
  if (strata.length === units && rows === units && codesFit && columnsFit) return;
  throw new CasedrawError(
    "BALANCE_ROWS_MISMATCHED",
    "Units of a balanced draw do not agree: each needs a probability, a stratum code from 0 and a row of column " +
      `numbers below ${indicators.count}, got ${units} probabilities, ${strata.length} strata and ${rows} rows` +
      `${codesFit ? "" : ", with a negative code"}${columnsFit ? "" : ", with a column out of range"}. ` +
      "Build all three from the same units.",
    { probabilities: units, strata: strata.length, rows },
  );
}

function checkedValue(probability: number, unit: number): number {
  if (probability >= 0 && probability <= 1) return snapped(probability);
  throw new CasedrawError(
    "INCLUSION_PROBABILITY_OUT_OF_RANGE",
    `Inclusion probability is impossible: it lies from 0 to 1, got ${probability} (unit ${unit + 1} in ticket order). ` +
      "Lower the size of the stratum that the unit is in.",
    { probability, unit },
  );
}

/** n_h of each stratum code. */
function wholeSizes(values: Float64Array, strata: Int32Array): Int32Array {
  const sums = new Float64Array(strata.reduce((most, code) => Math.max(most, code), -1) + 1);
  for (let unit = 0; unit < values.length; unit++) {
    const code = strata[unit] as number;
    sums[code] = (sums[code] as number) + (values[unit] as number);
  }
  return Int32Array.from(sums, (sum, stratum) => {
    const whole = Math.round(sum);
    if (Math.abs(sum - whole) <= sizeTolerance) return whole;
    throw new CasedrawError(
      "STRATUM_SIZE_NOT_WHOLE",
      `Stratum size is not whole: the inclusion probabilities of a stratum add up to a whole number of units, got ` +
        `${sum} (stratum ${stratum + 1}). Scale the probabilities to the stratum's allocation.`,
      { stratum, sum },
    );
  });
}

/**
 * After the landing a stratum has at most one undecided unit, whose value is 0 or 1 but for rounding errors of the whole
 * flight: what its stratum still lacks says which.
 */
function settle(values: Float64Array, strata: Int32Array, sizes: Int32Array): Uint8Array {
  const missing = sizes.slice();
  const drawn = new Uint8Array(values.length);
  const undecided: number[] = [];
  for (let unit = 0; unit < values.length; unit++) {
    const stratum = strata[unit] as number;
    if (values[unit] === 1) {
      drawn[unit] = 1;
      missing[stratum] = (missing[stratum] as number) - 1;
    } else if (values[unit] !== 0) {
      undecided.push(unit);
    }
  }
  for (const unit of undecided) drawn[unit] = missing[strata[unit] as number] as number;
  return drawn;
}
