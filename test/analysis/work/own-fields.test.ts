import { describe, expect, test } from "vitest";
import { ownFieldsItem } from "../../../src/analysis/work/own-fields-item.js";
import { resultOf, rowsOf, subjectOf } from "../small-export.js";

const rows = ["a|public|N1", "b|public|N1", "c|private|N2", "d|private|"];
const own =
  "fields: { need_code: { column: type, type: category }, kind: { column: type, type: category } }\n";
const exportOf = (more: string, cells: readonly string[] = rows) =>
  subjectOf(["child_id", "law_type", "case_type"], cells, { more });

describe("categories of the plan's own", () => {
  test("are counted by law type where the plan names them, as shares of those known", () => {
    const result = resultOf(ownFieldsItem, exportOf(`${own}pia: { fields: [need_code] }`));
    expect(result.tables.map(({ id }) => id)).toEqual(["own_need_code"]);
    // 2 of the 3 known, of 4 in all; whichever the fourth is, 3 of 4 at the most. One of the two in private law is known.
    expect(rowsOf(result).map((row) => row.replace(/ \([^)]*\)/, ""))).toEqual([
      "All children / N1: 2, 0.6667, 0.5, 0.75",
      "All children / N2: 1, 0.3333, 0.25, 0.5",
      "All children / Not recorded: 1, [z], 0.25, [z]",
      "Public law / N1: 2, 1.0000, 1, 1",
      "Public law / N2: 0, 0.0000, 0, 0",
      "Public law / Not recorded: 0, [z], 0, [z]",
      "Private law / N1: 0, 0.0000, 0, 0.5",
      "Private law / N2: 1, 1.0000, 0.5, 1",
      "Private law / Not recorded: 1, [z], 0.5, [z]",
    ]);
    expect(result.base.missing).toBe(1);
    expect(result.notes).toContain(
      "No question reads kind, a category of the plan’s own. Name those that are to be counted under pia: fields.",
    );
  });

  test("that no question reads are named", () => {
    expect(ownFieldsItem.refusal(exportOf(own))).toEqual({
      reason: "No question reads these categories of the plan’s own: need_code and kind.",
      instead: "Name those that are to be counted under pia: fields.",
    });
  });

  test("that another question reads are not", () => {
    const subject = exportOf(
      `${own}pia: { outcome: kind }\ncompare: { indicators: [{ name: Neglect, where: { need_code: [N1] } }] }`,
    );
    expect(ownFieldsItem.refusal(subject)?.reason).toBe(
      "No category of the plan’s own is named to be counted.",
    );
  });

  test("of more than 60 values are not counted", () => {
    const cells = Array.from({ length: 61 }, (_, at) => `c${at}|public|N${at}`);
    const more = `${own}pia: { fields: [need_code] }`;
    expect(ownFieldsItem.refusal(exportOf(more, cells.slice(0, 60)))).toBeUndefined();
    expect(ownFieldsItem.refusal(exportOf(more, cells))?.reason).toContain(
      "need_code is blank throughout, or has more than 60 values",
    );
  });

  test("are never published: nothing is known of how they hang together with what else is", () => {
    expect(ownFieldsItem.internalOnly?.(exportOf(`${own}pia: { fields: [kind] }`).plan)).toBe(true);
    expect(ownFieldsItem.internalOnly?.(exportOf(own).plan)).toBe(false);
  });
});
