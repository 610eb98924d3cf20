import { expect, test } from "vitest";
import { ColumnBuilder } from "../../src/table/column-builder.js";

test("codes point at values in order of first appearance", () => {
  const builder = new ColumnBuilder("law");
  for (const text of ["public", "", "private", "public", ""]) builder.add(text);
  const { header, values, codes } = builder.finish();
  expect(header).toBe("law");
  expect(values).toEqual(["public", "", "private"]);
  expect([...codes]).toEqual([0, 1, 2, 0, 1]);
});

test("a column of many rows keeps every one", () => {
  const builder = new ColumnBuilder("id");
  for (let i = 0; i < 5000; i++) builder.add(`c${i % 3000}`);
  const { values, codes } = builder.finish();
  expect(values.length).toBe(3000);
  expect(codes.length).toBe(5000);
  expect([...codes].every((code, i) => values[code] === `c${i % 3000}`)).toBe(true);
});
