import { cubeSample } from "./cube.js";
import type { IndicatorRows } from "./flight.js";

/** How far a sum of probabilities may be from a whole number and count as one, as in {@link cubeSample}. */
const wholeWithin = 1e-6;

/**
 * The cube where the probabilities of a stratum need not add up to a whole number: each unit still has exactly its own, and
 * the stratum gives the whole number below or above the sum. A stand-in with what is missing makes the sum whole.
 *
 * @param options - those of {@link cubeSample}
 * @throws CasedrawError of {@link cubeSample}
 */
export function cubeOfNearlyFixedSize(options: {
  readonly probabilities: Float64Array;
  readonly strata: Int32Array;
  readonly indicators: IndicatorRows;
  readonly next: () => number;
}): Uint8Array {
  const { probabilities, strata, indicators, next } = options;
  const sums: number[] = [];
  for (const [unit, stratum] of strata.entries()) {
    sums[stratum] = (sums[stratum] ?? 0) + (probabilities[unit] as number);
  }
  const standIns = [...sums.entries()].flatMap(([stratum, sum = 0]) =>
    Math.abs(sum - Math.round(sum)) <= wholeWithin ? [] : [{ stratum, missing: Math.ceil(sum) - sum }],
  );
  const { starts, columns, count } = indicators;
  const taken = cubeSample({
    probabilities: Float64Array.from([...probabilities, ...standIns.map(({ missing }) => missing)]),
    strata: Int32Array.from([...strata, ...standIns.map(({ stratum }) => stratum)]),
    indicators: {
      count,
      starts: Int32Array.from([...starts, ...standIns.map(() => starts.at(-1) as number)]),
      columns,
    },
    next,
  });
  return taken.slice(0, probabilities.length);
}
