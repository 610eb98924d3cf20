import fc from "fast-check";
import { expect, test } from "vitest";
import { ascending } from "../../src/statistics/ascending.js";

/** The sorted numbers, and the place that each came from. */
function sorted(...given: readonly number[]) {
  const { values, carried } = ascending(Float64Array.from(given), Int32Array.from(given.keys()));
  return { values: [...values], places: [...carried] };
}

// By hand: the places of 0.5, 2, 2, 300, 7e9, 1e300.
test("numbers of any size, equal ones in the order given", () => {
  const { values, places } = sorted(300, 2, 1e300, 0.5, 2, 7e9);
  expect(values).toEqual([0.5, 2, 2, 300, 7e9, 1e300]);
  expect(places).toEqual([3, 1, 4, 0, 5, 2]);
});

test("−0 is 0, and stands before the least number above it", () => {
  const { values, places } = sorted(5e-324, -0, 0);
  expect(values).toEqual([0, 0, 5e-324]);
  expect(places).toEqual([1, 2, 0]);
});

test("each number keeps what it carries, and what was given stays as it was", () => {
  const given = Float64Array.of(3, 1, 2);
  const carried = Int32Array.of(30, 10, 20);
  expect([...ascending(given, carried).carried]).toEqual([10, 20, 30]);
  expect([...given]).toEqual([3, 1, 2]);
  expect([...carried]).toEqual([30, 10, 20]);
  expect(sorted().places).toEqual([]);
});

test("as the engine sorts them", () => {
  const numbers = fc.array(fc.oneof(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), fc.nat(5)), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(numbers, (given) => {
      const { values, places } = sorted(...given);
      const order = [...given.keys()].sort((a, b) => (given[a] as number) - (given[b] as number) || a - b);
      expect(places).toEqual(order);
      expect(values).toEqual(order.map((place) => (given[place] as number) + 0));
    }),
  );
});
