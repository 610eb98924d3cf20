import { expect, test } from "vitest";
import type { Field } from "../../../src/frame/field.js";
import { indicatorRows } from "../../../src/sampling/cube/indicators.js";

function field(name: string, kind: Field["kind"], values: readonly string[]): Field {
  const levels = [...new Set(values)];
  return { name, kind, levels, codes: Int32Array.from(values, (value) => levels.indexOf(value)) };
}

/** The columns of each unit. */
function rows(units: readonly number[], fields: readonly Field[]): { count: number; rows: number[][] } {
  const { count, starts, columns } = indicatorRows(Int32Array.from(units), fields);
  return { count, rows: units.map((_, i) => [...columns.subarray(starts[i], starts[i + 1])]) };
}

test("a category gives a column for every level but the largest, in byte order", () => {
  const gender = field("gender", "category", ["male", "female", "not_recorded", "male", "unknown"]);
  // female 0, not_recorded 1, unknown 2; male is the reference.
  expect(rows([0, 1, 2, 3, 4], [gender])).toEqual({ count: 3, rows: [[], [0], [1], [], [2]] });
});

test("of equally large levels the first in byte order is the reference, wherever it first stands", () => {
  const area = field("area", "category", ["b", "Z", "a", "b", "a", "Z"]);
  expect(rows([0, 1, 2, 3, 4, 5], [area])).toEqual({ count: 2, rows: [[1], [], [0], [1], [0], []] });
});

test("only the units given count, and their order is the rows'", () => {
  const area = field("area", "category", ["a", "a", "b", "b", "b", "c"]);
  // Among units 4, 0, 1 "a" is the largest; nobody is in "c".
  expect(rows([4, 0, 1], [area])).toEqual({ count: 1, rows: [[0], [], []] });
});

test("a list gives a column for every item and one for those without any", () => {
  const factors = field("factors", "list", ["neglect\u001esubstances", "", "neglect", "neglect"]);
  // neglect 0, not_recorded 1, substances 2.
  expect(rows([0, 1, 2, 3], [factors])).toEqual({ count: 3, rows: [[0, 2], [1], [0], [0]] });
});

test("fields follow each other in the plan's order; one level alone gives no column", () => {
  const law = field("law_type", "category", ["private", "private", "public"]);
  const same = field("region", "category", ["north", "north", "north"]);
  const text = field("court", "text", ["", "Y", "Y"]);
  expect(rows([0, 1, 2], [text, same, law])).toEqual({ count: 2, rows: [[0], [], [1]] });
  expect(rows([], [law])).toEqual({ count: 0, rows: [] });
});
