import { describe, expect, test } from "vitest";
import { partFreeText } from "../../src/frame/free-text.js";
import { frameOf, tableOf } from "../frames.js";

const valued = (values: readonly string[], count = 2) => values.map((value) => ({ value, count }));
const many = (count: number): string[] => Array.from({ length: count }, (_, k) => `Quorvex ${k}`);

describe("what looks like free text", () => {
  test("is a value of more than 60 characters, beside which the short ones may be listed", () => {
    const [fits, long] = ["x".repeat(60), "x".repeat(61)];
    expect(partFreeText(valued(["a", fits, long]))).toEqual({
      codes: valued(["a", fits]),
      words: valued([long]),
    });
  });

  test("is every value where more than 60 differ, spellings counted once", () => {
    const sixty = [...many(60), "QUORVEX 7"];
    expect(partFreeText(valued(sixty))).toEqual({ codes: valued(sixty), words: [] });
    expect(partFreeText(valued(many(61)))).toEqual({ codes: [], words: valued(many(61)) });
  });

  test("is every value where 20 or more differ and they have fewer than two rows each", () => {
    expect(partFreeText(valued(many(20), 1))).toEqual({ codes: [], words: valued(many(20), 1) });
    expect(partFreeText(valued(many(19), 1)).words).toEqual([]);
    // 19 values of one row and one of 21 are 40 rows: two a value.
    const twoEach = [...valued(many(19), 1), { value: "Boyish", count: 21 }];
    expect(partFreeText(twoEach)).toEqual({ codes: twoEach, words: [] });
    const fewer = [...valued(many(19), 1), { value: "Boyish", count: 20 }];
    expect(partFreeText(fewer)).toEqual({ codes: [], words: fewer });
  });
});

describe("a note of unknown values", () => {
  const yaml = `casedraw: 1
title: Test
reference_date: 2026-11-16
unit: child
unit_id: child_id
data: [{ path: x.csv }]
columns: { child_id: id, gender: Gender }
`;
  const noteOf = (values: readonly string[], more = "", extra = {}) =>
    frameOf(yaml + more, {
      data: [tableOf("x.csv", ["id|Gender", ...values.map((value, k) => `${k}|${value}`)])],
      ...extra,
    }).notes.find(({ code }) => code === "unmapped-values");

  test("withholds names in its words and in its details", () => {
    const note = noteOf(many(61));
    expect(note?.text).toBe(
      'x.csv, column "Gender": 61 rows have values that gender does not know: 61 different values that look like free text and ' +
        "are not shown. Is it the right column?",
    );
    expect(note?.count).toBe(61);
    expect(JSON.stringify(note)).not.toContain("Quorvex");
    const few = noteOf(many(20));
    expect(few?.text).toContain("20 different values that look like free text");
    expect(JSON.stringify(few)).not.toContain("Quorvex");
  });

  test("lists the codes beside a long remark, and names the value map where the plan has one", () => {
    const remark = "Quorvex ".repeat(8);
    const note = noteOf(["Boyish", remark], "value_map: map.csv\n", {
      valueMap: tableOf("map.csv", ["field|value|code"]),
    });
    expect(note?.text).toBe(
      'x.csv, column "Gender": 2 rows have values that gender does not know: "Boyish" (1 ×, first in row 2); ' +
        "1 different value that looks like free text and is not shown. Give them a code in map.csv.",
    );
    expect(noteOf(["Boyish"])?.text).toContain("Add it under values.gender in the plan.");
  });
});
