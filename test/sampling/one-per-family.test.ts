import { describe, expect, test } from "vitest";
import { type Design, designSample } from "../../src/sampling/design.js";
import { drawSample } from "../../src/sampling/draw.js";
import { refusalOf } from "../frames.js";
import { countHits, designOf, frameOfRows, zScore } from "./inclusion.js";

/** Families of the sizes given, a child a row: the id says team, family and child. */
function familiesOf(teams: Readonly<Record<string, readonly number[]>>): string[] {
  return Object.entries(teams).flatMap(([team, sizes]) =>
    sizes.flatMap((size, f) =>
      Array.from({ length: size }, (_, c) => `${team}-${f}-${c}|${team}|${team}-case-${f}|${10 - c}`),
    ),
  );
}

const header = "id|team|case|age";
const plan = { one_per: "case_id", allocation: { method: "proportional", min: 1 } } as const;

describe("inclusion", () => {
  // 12 and 6 families; sizes from 1 to 6, so that an only child is six times as likely as each of six.
  const frame = frameOfRows(
    header,
    familiesOf({ north: [1, 1, 2, 3, 6, 1, 2, 4, 1, 1, 2, 5], south: [1, 2, 3, 1, 5, 2] }),
  );
  const design = designOf(frame, { size: 6, ...plan });

  test("strata count families: n_h of 12 and 6 families are 4 and 2", () => {
    expect(
      design.strata.map(({ key, populationSize, sampleSize }) => [key, populationSize, sampleSize]),
    ).toEqual([
      ["north", 12, 4],
      ["south", 6, 2],
    ]);
  });

  test("every child is drawn as often as its family's probability over its siblings says; never two of a family", () => {
    const draws = 50_000;
    const cases = frame.fields.get("case_id");
    let twice = 0;
    const hits = countHits(frame, design, draws, ({ drawn }) => {
      if (new Set(drawn.map(({ unit }) => cases?.codes[unit])).size < drawn.length) twice++;
    });
    expect(twice).toBe(0);
    for (const [unit, id] of frame.ids.entries()) {
      const family = id.slice(0, id.lastIndexOf("-"));
      const siblings = frame.ids.filter((other) => other.slice(0, other.lastIndexOf("-")) === family).length;
      expect(Math.abs(zScore(hits[unit] as number, draws, 1 / 3 / siblings)), id).toBeLessThan(4.5);
    }
  });

  test("weights are N_h·m/n_h, and their total over draws is the number of children", () => {
    const draws = 4000;
    const totals = Array.from({ length: draws }, (_, k) => {
      const { drawn } = drawSample(frame, design, `weights ${k}`);
      for (const { unit, weight } of drawn.slice(0, 1)) {
        const family = (frame.ids[unit] as string).replace(/-\d+$/, "");
        const siblings = frame.ids.filter((id) => id.replace(/-\d+$/, "") === family).length;
        expect(weight).toBe(3 * siblings);
      }
      return drawn.reduce((sum, { weight }) => sum + weight, 0);
    });
    const mean = totals.reduce((sum, total) => sum + total, 0) / draws;
    const variance = totals.reduce((sum, total) => sum + (total - mean) * (total - mean), 0) / (draws - 1);
    expect(Math.abs(mean - frame.ids.length) / Math.sqrt(variance / draws)).toBeLessThan(4.5);
  });
});

// Tickets worked out with Python's hashlib: sha256(sha256("314159").hexdigest() + id), families first.
test("golden: seed 314159 draws these children and reserves", () => {
  const frame = frameOfRows(header, familiesOf({ north: [2, 3, 1, 2] }));
  const sample = drawSample(frame, designOf(frame, { size: 2, reserves: 1, ...plan }), "314159");
  expect(sample.drawn.map(({ unit }) => frame.ids[unit])).toEqual(["north-0-0", "north-1-0"]);
  expect(sample.reserves.map(({ unit }) => frame.ids[unit])).toEqual(["north-2-0"]);
});

describe("siblings in several strata", () => {
  // The first child by birth (age 16) is in the north; the younger one in the south.
  const rows = ["b|south|c1|3", "a|north|c1|16", "x|south|c2|5", "y|north|c3|5", "z|south|c4|1"];
  const frame = frameOfRows(header, rows);
  const design = designOf(frame, { size: 4, ...plan });

  test("a family stands in the stratum of its first child by child_ordinal, and that is said", () => {
    const ids = (stratum: Design["strata"][number] | undefined): string[] =>
      Array.from(stratum?.units ?? [], (unit) => frame.ids[unit] as string);
    const [north, south] = design.strata;
    const first = frame.fields.get("child_ordinal");
    const unitOf = (id: string): number => frame.ids.indexOf(id);
    const eldest = first?.levels[first.codes[unitOf("a")] as number] === "1" ? north : south;
    expect(ids(eldest)).toContain("a");
    expect(ids(eldest)).toContain("b");
    expect(design.notes.find(({ code }) => code === "families-across-strata")?.details).toEqual({
      families: ["c1"],
    });
  });

  test("a drawn child counts for its family's stratum", () => {
    for (let k = 0; k < 50; k++) {
      const sample = drawSample(frame, design, `s ${k}`);
      expect(sample.drawn.length).toBe(4);
      for (const { unit, stratum } of sample.drawn) expect([...stratum.units]).toContain(unit);
    }
  });
});

describe("refusals", () => {
  test("a child without a family", () => {
    const frame = frameOfRows(header, ["a|t|c1|1", "b|t||2"]);
    const error = refusalOf(() => designOf(frame, { size: 1, ...plan }));
    expect(error.code).toBe("FAMILY_BLANK");
    expect(error.message).toContain("(b)");
  });

  test("an id that is also its family's", () => {
    const frame = frameOfRows(header, ["c1|t|c1|1", "b|t|c1|2"]);
    expect(refusalOf(() => designOf(frame, { size: 1, ...plan })).code).toBe("FAMILY_ID_IS_UNIT_ID");
  });

  // Child 1 of case 2 has the ticket of case 1: were it let through, child 1 would be drawn too seldom (z −13.9 in 20,000 draws).
  test("an id that is another family's", () => {
    const frame = frameOfRows(header, ["1|t|2|1", "5|t|2|2", "7|t|1|3", "8|t|3|4"]);
    const error = refusalOf(() => designOf(frame, { size: 1, ...plan }));
    expect([error.code, error.details.unit_id]).toEqual(["FAMILY_ID_IS_UNIT_ID", "1"]);
    // An only child's choice cannot be bent.
    const only = frameOfRows(header, ["1|t|2|1", "7|t|1|3", "8|t|3|4"]);
    expect(() => designOf(only, { size: 1, ...plan })).not.toThrow();
  });

  test("more than there are families, in families", () => {
    const frame = frameOfRows(header, ["a|t|c1|1", "b|t|c1|2"]);
    expect(refusalOf(() => designOf(frame, { size: 2, ...plan })).message).toContain(
      "holds 1 eligible families",
    );
  });

  test("a field that is not there", () => {
    const frame = frameOfRows("id|team", ["a|t"]);
    const error = refusalOf(() =>
      designSample(frame, { size: 1, method: "random", strata: [], reserves: 0, ...plan }),
    );
    expect([error.code, error.details.field]).toEqual(["DESIGN_FIELD_MISSING", "case_id"]);
  });
});
