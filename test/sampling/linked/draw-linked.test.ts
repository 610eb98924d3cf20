import { describe, expect, test } from "vitest";
import type { Frame } from "../../../src/frame/frame.js";
import type { SamplePlan } from "../../../src/plan/types.js";
import { ticketKey } from "../../../src/random/tickets.js";
import { pickWithinCaps } from "../../../src/sampling/capped.js";
import { capGroups } from "../../../src/sampling/caps/cap-groups.js";
import type { Design } from "../../../src/sampling/design.js";
import { drawSample } from "../../../src/sampling/draw.js";
import { drawLinked } from "../../../src/sampling/linked/draw-linked.js";
import type { LinkedValue } from "../../../src/sampling/linked/link-facts.js";
import { frameOf, refusalOf, tableOf } from "../../frames.js";
import { designOf, frameOfRows } from "../inclusion.js";

/**
 * 48 children of two teams; practitioners P0 to P9 hold from 1 to 11 of them, P9 none that P8 does not share. Every fifth
 * child has no practitioner recorded. A case holds up to four children, not all with one practitioner.
 */
const children = Array.from({ length: 48 }, (_, i) => {
  const practitioner = i % 5 === 4 ? "" : `P${[0, 1, 1, 2, 2, 2, 3, 3, 8, 5, 6, 7, 7][i % 13]}`;
  return `c${String(i).padStart(2, "0")}|${i % 3 === 0 ? "north" : "south"}|${practitioner}|case-${i % 3 === 0 ? "n" : "s"}${i >> 3}|${i % 7}|${i % 2 ? "male" : "female"}`;
});
const frame = frameOfRows("id|team|practitioner|case|age|gender", children);

/** Records: r records of practitioner Pr+1 …, four without one, and three of somebody the children's frame does not have. */
const practitioners = [
  "P0",
  "P1",
  "P1",
  "P2",
  "P3",
  "P3",
  "P3",
  "P5",
  "P6",
  "P7",
  "P8",
  "P8",
  "",
  "X1",
  "X1",
  "X2",
];
const records = frameOfRows(
  "id|practitioner",
  practitioners.map((practitioner, i) => `r${String(i).padStart(2, "0")}|${practitioner}`),
);
const reachable = 12;

const valuesOf = (linkedTo: Design, seed: string): readonly LinkedValue[] =>
  drawLinked(records, "practitioner", {
    earlier: { frame, sample: drawSample(frame, linkedTo, seed), seed },
  }).design.linked?.values ?? [];

describe("a unit comes as often as its probability says, and weighted totals are unbiased", () => {
  const exact: [string, Partial<SamplePlan> & { readonly size: number }][] = [
    ["random", { size: 7 }],
    [
      "random, one stratum taken whole",
      { size: 20, allocation: { method: "fixed", sizes: { north: 16, south: 4 } } },
    ],
    ["one child a family", { size: 5, one_per: "case_id", allocation: { method: "proportional", min: 1 } }],
    ["systematic", { size: 9, method: "systematic", balance: ["gender"] }],
  ];

  test.each(exact)("%s: every unit within 4.5 standard errors", (_, plan) => {
    const design = designOf(frame, plan);
    const draws = 6000;
    const hits = new Float64Array(records.ids.length);
    const expected = new Float64Array(records.ids.length);
    const variances = new Float64Array(records.ids.length);
    const totals: number[] = [];
    for (let k = 0; k < draws; k++) {
      const seed = `linked ${k}`;
      const { drawn, probabilities } = drawLinked(records, "practitioner", {
        earlier: { frame, sample: drawSample(frame, design, seed), seed },
      });
      for (const { unit } of drawn) hits[unit] = (hits[unit] as number) + 1;
      for (const [unit, probability] of probabilities.entries()) {
        expected[unit] = (expected[unit] as number) + probability;
        variances[unit] = (variances[unit] as number) + probability * (1 - probability);
      }
      totals.push(drawn.reduce((sum, { weight }) => sum + weight, 0));
    }
    for (const [unit, id] of records.ids.entries()) {
      const off = Math.abs((hits[unit] as number) - (expected[unit] as number));
      expect(off, id).toBeLessThanOrEqual(4.5 * Math.sqrt(variances[unit] as number) + 1e-6);
    }
    const mean = totals.reduce((sum, total) => sum + total, 0) / draws;
    const variance = totals.reduce((sum, total) => sum + (total - mean) * (total - mean), 0) / (draws - 1);
    expect(Math.abs(mean - reachable)).toBeLessThanOrEqual(4.5 * Math.sqrt(variance / draws) + 1e-9);
  });

  const replayed: [string, Partial<SamplePlan> & { readonly size: number }, string, number][] = [
    ["balanced", { size: 8, method: "balanced", balance: ["gender"] }, "linked/<k>", 1000],
    ["capped", { size: 10, caps: { practitioner: 2 } }, "caps/<k>", 10_000],
  ];

  test.each(replayed)("%s: the estimates agree with other draws", (_, plan, stream, replays) => {
    const design = designOf(frame, plan);
    const first = drawSample(frame, design, "314159");
    const linked = drawLinked(records, "practitioner", {
      earlier: { frame, sample: first, seed: "314159" },
    });
    expect(linked.estimated).toMatchObject({ stream, replays, discarded: 0 });
    const values = linked.design.linked?.values ?? [];
    const draws = 3000;
    const hits = new Map<string, number>();
    const field = frame.fields.get("practitioner");
    const unitsDrawn = (seed: string): readonly { readonly unit: number }[] =>
      plan.caps === undefined
        ? drawSample(frame, design, seed).drawn
        : pickWithinCaps(
            frame,
            design.strata,
            capGroups(frame, plan.caps, design.strata, []),
            ticketKey(seed),
          ).drawn;
    for (let k = 0; k < draws; k++) {
      for (const value of new Set(
        unitsDrawn(`other ${k}`).map(({ unit }) => field?.levels[field.codes[unit] as number] ?? ""),
      ))
        hits.set(value, (hits.get(value) ?? 0) + 1);
    }
    for (const { value, earlierEligible, probability, standardError } of values) {
      if (earlierEligible === 0) continue;
      const share = (hits.get(value) ?? 0) / draws;
      const error = Math.sqrt((probability * (1 - probability)) / draws + standardError * standardError);
      expect(Math.abs(share - probability), value).toBeLessThanOrEqual(4.5 * error + 1e-9);
    }
  });
});

describe("what is taken", () => {
  const design = designOf(frame, { size: 7 });
  const sample = drawSample(frame, design, "314159");
  const linked = drawLinked(records, "practitioner", { earlier: { frame, sample, seed: "314159" } });
  const drawnIds = new Set(sample.drawn.map(({ unit }) => frame.ids[unit] as string));
  const named = new Set(
    children
      .map((row) => row.split("|"))
      .filter(([id]) => drawnIds.has(id as string))
      .map((row) => row[2]),
  );

  test("every unit whose value a drawn unit has, and no other, a blank one never", () => {
    const expected = records.ids.filter((_, i) => practitioners[i] !== "" && named.has(practitioners[i]));
    expect(linked.drawn.map(({ unit }) => records.ids[unit] as string).sort()).toEqual(expected);
    expect(linked.reserves).toEqual([]);
  });

  test("strata are the units within reach and the others", () => {
    expect(linked.design.strata.map(({ key, units, sampleSize }) => [key, units.length, sampleSize])).toEqual(
      [
        ["linked", reachable, linked.drawn.length],
        ["not linked", 4, 0],
      ],
    );
  });

  test("the values of either frame are listed with what each has of them", () => {
    const values = linked.design.linked?.values ?? [];
    expect(values.map(({ value }) => value)).toEqual([
      "P0",
      "P1",
      "P2",
      "P3",
      "P5",
      "P6",
      "P7",
      "P8",
      "X1",
      "X2",
    ]);
    expect(values.find(({ value }) => value === "X1")).toEqual({
      value: "X1",
      earlierEligible: 0,
      earlierDrawn: 0,
      eligible: 2,
      probability: 0,
      standardError: 0,
    });
    for (const { value, earlierEligible, earlierDrawn, eligible } of values) {
      const rows = children.map((row) => row.split("|")).filter((row) => row[2] === value);
      expect(earlierEligible).toBe(rows.length);
      expect(earlierDrawn).toBe(rows.filter(([id]) => drawnIds.has(id as string)).length);
      expect(eligible).toBe(practitioners.filter((each) => each === value).length);
    }
  });

  test("notes count what cannot be linked, and name nobody", () => {
    expect(linked.notes.map(({ code, count }) => [code, count])).toEqual([
      ["link-value-blank", 1],
      ["link-values-only-here", 2],
    ]);
    expect(linked.notes.map(({ text }) => text).join(" ")).not.toMatch(/X1|P\d/);
  });

  // By hand: 48 children, 16 north, 32 south; 7 by largest remainder: 2⅓ and 4⅔, so 2 and 5. P6 has the children whose number
  // is 10 more than a multiple of 13 and not 4 more than one of 5: 10, 23, 36. 36 is in the north: 1 − (14/16)… in each.
  test("a probability worked by hand", () => {
    const rows = children.map((row) => row.split("|")).filter((row) => row[2] === "P6");
    expect(rows.map(([id, team]) => [id, team])).toEqual([
      ["c10", "south"],
      ["c23", "south"],
      ["c36", "north"],
    ]);
    // None in the south: C(30,5)/C(32,5) = (27·26)/(32·31); none in the north: 14/16.
    const expected = 1 - ((27 * 26) / (32 * 31)) * (14 / 16);
    const found = valuesOf(design, "314159").find(({ value }) => value === "P6");
    expect(found?.probability).toBeCloseTo(expected, 14);
  });

  test("a list in the earlier frame counts for each of its items", () => {
    const several = frameOf(
      "casedraw: 1\ntitle: t\nreference_date: 2026-11-16\nunit_id: child_id\ndata: [{ path: x.csv }]\n" +
        "columns: { child_id: id }\nfields: { who: { column: who, type: list } }\n",
      { data: [tableOf("x.csv", ["id|who", "a|A; B", "b|B", "c|", "d|A"])] },
    );
    const own = frameOf(
      "casedraw: 1\ntitle: t\nreference_date: 2026-11-16\nunit_id: child_id\ndata: [{ path: x.csv }]\n" +
        "columns: { child_id: id }\nfields: { who: { column: who, type: category } }\n",
      { data: [tableOf("x.csv", ["id|who", "x|A", "y|B"])] },
    );
    const both = designOf(several, { size: 1, strata: [], allocation: { method: "proportional", min: 1 } });
    const seed = Array.from({ length: 99 }, (_, k) => `${k}`).find(
      (each) => several.ids[drawSample(several, both, each).drawn[0]?.unit as number] === "a",
    ) as string;
    const { drawn } = drawLinked(own, "who", {
      earlier: { frame: several, sample: drawSample(several, both, seed), seed },
    });
    // Two of four children each have A and B: 1 − 2/4.
    expect(drawn.map(({ unit, probability, weight }) => [own.ids[unit], probability, weight]).sort()).toEqual(
      [
        ["x", 0.5, 2],
        ["y", 0.5, 2],
      ],
    );
  });
});

describe("refusals", () => {
  const sample = drawSample(frame, designOf(frame, { size: 7 }), "1");
  const link = (own: Frame, by = "practitioner") =>
    refusalOf(() => drawLinked(own, by, { earlier: { frame, sample, seed: "1" } }));

  test("a field that either frame lacks, with whose it is", () => {
    expect(link(records, "court").message).toContain("this plan's data");
    expect(link(frameOfRows("id|court", ["a|x"]), "court").message).toContain("the earlier sample's data");
  });

  test("nothing within reach: spelled otherwise, or only in strata that are left out", () => {
    const error = link(frameOfRows("id|practitioner", ["a|p 1", "b|"]));
    expect(error.code).toBe("LINK_EMPTY");
    // A stratum left out: nobody in it can be drawn.
    const south = frameOfRows("id|practitioner", ["a|P6"]);
    const onlySouth = frameOfRows("id|team|practitioner", ["a|south|P6", "b|north|P1"]);
    const design = designOf(onlySouth, {
      size: 1,
      allocation: { method: "fixed", sizes: { north: 1, south: 0 } },
    });
    const none = refusalOf(() =>
      drawLinked(south, "practitioner", {
        earlier: { frame: onlySouth, sample: drawSample(onlySouth, design, "1"), seed: "1" },
      }),
    );
    expect(none.code).toBe("LINK_EMPTY");
  });

  test("that none of the values within reach was drawn is no fault of the draw: its total is 0", () => {
    const drawn = new Set(sample.drawn.map(({ unit }) => (children[unit] as string).split("|")[2]));
    const missed = ["P0", "P1", "P2", "P3", "P5", "P6", "P7", "P8"].find((each) => !drawn.has(each));
    const linked = drawLinked(frameOfRows("id|practitioner", [`a|${missed}`]), "practitioner", {
      earlier: { frame, sample, seed: "1" },
    });
    expect(linked.drawn).toEqual([]);
  });

  test("a linked sample is not linked to", () => {
    const first = drawLinked(records, "practitioner", { earlier: { frame, sample, seed: "1" } });
    const error = refusalOf(() =>
      drawLinked(records, "practitioner", { earlier: { frame: records, sample: first, seed: "1" } }),
    );
    expect(error.code).toBe("LINK_DESIGN_UNSUPPORTED");
  });
});
