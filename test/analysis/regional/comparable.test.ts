import { describe, expect, test } from "vitest";
import { areasItem } from "../../../src/analysis/regional/areas-item.js";
import { comparable } from "../../../src/analysis/regional/comparable.js";
import { areaFieldsOf } from "../../../src/analysis/regional/count-indicator.js";
import { indicatorsOf } from "../../../src/analysis/regional/indicators.js";
import { nestedTable, nestedTally } from "../../../src/analysis/regional/nested-table.js";
import { subjectOf } from "../subjects.js";
import { areaOf, compared } from "./examples.js";

const cases = (area: string, law: string, yes: number, size: number, dfj: string) =>
  Array.from(
    { length: size },
    (_, at) => `${area}${law}${at}|${area}|${law}|${at < yes ? "yes" : "no"}|${dfj}`,
  );
const rows = [
  ...cases("Kent", "public", 10, 40, "South"),
  ...cases("Essex", "public", 20, 40, "East"),
  ...cases("Essex", "private", 5, 5, "East"),
  // Two cases of two authorities, three of both kinds of law.
  ...["k1", "k2"].flatMap((id) => [`${id}|Kent|public|yes|South`, `${id}|Essex|public|yes|South`]),
  ...["l1", "l2", "l3"].flatMap((id) => [`${id}|Kent|public|yes|South`, `${id}|Kent|private|yes|South`]),
];
const subject = subjectOf(["case_id|local_authority|law_type|audited|dfj_area", ...rows], {
  unit: "case",
  unitId: "case_id",
  plan: [
    "pia: { areas: local_authority }",
    "compare: { indicators: [{ name: Audited, where: { audited: 'yes' } }], standardise: [] }",
  ],
});
const by = "local_authority";

describe("cases of two areas, or of both kinds of law", () => {
  test("do not keep the others from being compared; they are counted apart", () => {
    expect(subject.frame.fields.get(by)?.kind).toBe("list");
    expect(areaFieldsOf(subject)).toContain(by);
    const own = comparable(subject, by);
    expect(indicatorsOf(own, by).refused).toEqual([]);
    const found = compared(own, { by });
    // Public law alone: Kent 10 of 40, Essex 20 of 40, and 2 of 2 in both.
    expect(
      found.areas.map(({ area, numerator, denominator, unknown }) => [area, numerator, denominator, unknown]),
    ).toEqual([
      ["Essex", 20, 40, undefined],
      ["Kent", 10, 40, undefined],
      ["More than one place", 2, 2, true],
    ]);
    expect(areaOf(found, "More than one place").verdict).toBe("untested");
    expect(found.notes).toContain(
      "More than one place: cases whose children differ in it, shown and part of the whole, but compared with nothing.",
    );
    expect(found.notes).toContain(
      "Left out, because children of one case are of public law and of private law: 3.",
    );
    expect(compared(own, { by, publishable: true }).notes).toContain(
      "Left out, because children of one case are of public law and of private law.",
    );
  });

  test("are so in the analysis too, and in an earlier export", () => {
    expect(areasItem.refusal(subject)).toBeUndefined();
    const { tables, notes } = areasItem.result(areasItem.count(subject), {
      plan: subject.plan,
      edition: "internal",
    });
    expect(tables[0]?.rows.map(({ names, cells }) => [names[1], cells[1]])).toEqual([
      ["Essex", 40],
      ["Kent", 40],
      ["More than one place", 2],
    ]);
    expect(notes).toContain("More than one place: shown and part of the whole, but not compared.");
    const { earlier } = comparable({ ...subject, earlier: [subject] }, by);
    expect(earlier?.[0]?.frame.fields.get(by)?.kind).toBe("category");
  });

  test("stand in the table of which area lies in which, and make none straddle", () => {
    const tally = nestedTally(subject);
    expect(tally && nestedTable(tally, { plan: subject.plan, edition: "internal" }).rows).toEqual([
      { names: ["Essex", "East"], cells: [45, ""] },
      { names: ["Kent", "South"], cells: [43, ""] },
      { names: ["More than one place", "South"], cells: [2, ""] },
    ]);
  });

  test("are as the export has them where nobody is of two", () => {
    const plain = subjectOf(["case_id|local_authority|law_type", "1|Kent|public", "2|Essex|private"], {
      unit: "case",
      unitId: "case_id",
    });
    expect(comparable(plain, by)).toBe(plain);
  });
});
