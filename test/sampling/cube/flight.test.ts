import { expect, test } from "vitest";
import { stream } from "../../../src/random/streams.js";
import { Flight, isSettled } from "../../../src/sampling/cube/flight.js";
import { columnSums, rowsOf, stratumSums } from "./frames.js";

// Long enough for B⁻¹ to be made anew several times.
test("a flight keeps sizes and columns, and leaves no more units undecided than there are rows", () => {
  const units = 8000;
  const next = stream("flight", "cube");
  const start = Float64Array.from({ length: units }, () => 0.1 + 0.6 * next());
  const strata = Int32Array.from({ length: units }, () => Math.floor(next() * 3));
  const rows = Array.from({ length: units }, () => {
    const age = Math.floor(next() * 10);
    return [age, 10 + Math.floor(next() * 10), ...(next() < 0.3 ? [20] : []), ...(next() < 0.05 ? [21] : [])];
  });
  const indicators = rowsOf(22, rows);
  const values = start.slice();
  let numbers = 0;
  const counted = (): number => {
    numbers++;
    return next();
  };
  const sizeRows = Int32Array.of(0, 1, 2);
  const flight = new Flight({ values, strata, sizeRows, sizeRowCount: 3, indicators, next: counted });
  for (let unit = 0; unit < units; unit++) flight.enter(unit);

  const before = columnSums(indicators, start);
  for (const [column, sum] of columnSums(indicators, values).entries()) {
    expect(Math.abs(sum - (before[column] as number))).toBeLessThan(1e-8);
  }
  const sizes = stratumSums(strata, start);
  for (const [stratum, sum] of stratumSums(strata, values).entries()) {
    expect(Math.abs(sum - (sizes[stratum] as number))).toBeLessThan(1e-8);
  }
  // 25 rows, of which the columns 0–9 and 10–19 each add up to all units, as the sizes do: rank 23.
  const undecided = values.filter((value) => !isSettled(value)).length;
  expect(undecided).toBeLessThanOrEqual(23);
  // One number a step, and a step for each unit but those that took a slack's or a settled unit's place.
  expect(numbers).toBeLessThanOrEqual(units);
  expect(numbers).toBeGreaterThan(units - 200);
  expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
});
