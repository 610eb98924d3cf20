import { describe, expect, test } from "vitest";
import { type Design, designSample } from "../../src/sampling/design.js";
import { drawSample } from "../../src/sampling/draw.js";
import { serpentine } from "../../src/sampling/serpentine.js";
import { frameOf, tableOf } from "../frames.js";
import { countHits, designOf, frameOfRows, unitsOf, zScore } from "./inclusion.js";

const yaml = `
casedraw: 1
title: t
reference_date: 2026-11-16
unit_id: child_id
data: [{ path: x.csv }]
columns: { child_id: id, team: team, gender: gender, service_area: area, age_recorded: age }
`;

// Three areas of two genders and ages; every unit's cell is in its id.
const rows = ["A", "B", "C"].flatMap((area) =>
  ["F", "M"].flatMap((gender) =>
    [3, 7, 12].map((age) => `${area}${gender}${age}|t|${gender}|${area}|${age}`),
  ),
);
const frame = frameOf(yaml, { data: [tableOf("x.csv", ["id|team|gender|area|age", ...rows])] });

describe("serpentine order", () => {
  const fieldsOf = (...names: string[]) => names.map((name) => frame.fields.get(name) as never);
  const ids = (...names: string[]): string[] =>
    serpentine(unitsOf(frame), fieldsOf(...names)).map(({ unit }) => frame.ids[unit] as string);

  // By hand: areas rise; genders turn at each area; ages (by size, 12 after 7) turn at each gender.
  test("each field turns at each new group of the ones before it", () => {
    expect(ids("service_area", "gender", "age_recorded")).toEqual([
      ...["AF3", "AF7", "AF12", "AM12", "AM7", "AM3"],
      ...["BM3", "BM7", "BM12", "BF12", "BF7", "BF3"],
      ...["CF3", "CF7", "CF12", "CM12", "CM7", "CM3"],
    ]);
  });

  test("bands stand in band order", () => {
    const wide = frameOf(yaml, {
      data: [
        tableOf("x.csv", [
          "id|team|gender|area|age",
          "a|t|F|A|17",
          "b|t|F|A|7",
          "c|t|F|A|0",
          "d|t|F|A|12",
          "e|t|F|A|",
        ]),
      ],
    });
    const order = serpentine(unitsOf(wide), [wide.fields.get("age_band") as never]);
    // "10 to 15" comes before "5 to 9" in byte order, and not here; what is not recorded comes last.
    expect(order.map(({ unit }) => wide.ids[unit])).toEqual(["c", "b", "d", "a", "e"]);
  });

  test("no field keeps the order given", () => {
    expect(ids()).toEqual(frame.ids);
  });
});

describe("draw", () => {
  const teams = { north: 23, south: 17, one: 1 };
  const simulated = frameOfRows(
    "id|team|gender",
    Object.entries(teams).flatMap(([team, count]) =>
      Array.from(
        { length: count },
        (_, i) => `${team}-${String(i).padStart(2, "0")}|${team}|${i % 3 === 0 ? "M" : "F"}`,
      ),
    ),
  );
  const design: Design = designOf(simulated, {
    size: 13,
    method: "systematic",
    balance: ["gender"],
    allocation: { method: "proportional", min: 1 },
  });

  test("every unit is drawn as often as its probability says, and the size is exact", () => {
    const draws = 50_000;
    const sizes = new Set<number>();
    const hits = countHits(simulated, design, draws, (sample) => sizes.add(sample.drawn.length));
    expect([...sizes]).toEqual([13]);
    for (const { units, sampleSize } of design.strata) {
      for (const unit of units) {
        const z = zScore(hits[unit] as number, draws, sampleSize / units.length);
        expect(Math.abs(z), simulated.ids[unit]).toBeLessThan(4.5);
      }
    }
  });

  // n_h of a gender differs from its expectation by less than one: that is what sorting by it is for.
  test("each level of the first sort field gets its share within one unit, in every stratum and every draw", () => {
    const gender = simulated.fields.get("gender");
    for (let k = 0; k < 500; k++) {
      const sample = drawSample(simulated, design, `share ${k}`);
      for (const stratum of design.strata) {
        for (const level of ["male", "female"]) {
          const has = (unit: number): boolean => gender?.levels[gender.codes[unit] as number] === level;
          const expected = (stratum.units.filter(has).length * stratum.sampleSize) / stratum.units.length;
          const drawn = sample.drawn.filter((found) => found.stratum === stratum && has(found.unit)).length;
          expect(Math.abs(drawn - expected)).toBeLessThan(1);
        }
      }
    }
  });

  test("the order of rows does not matter", () => {
    const ids = (of: typeof simulated): string[] =>
      drawSample(of, designOf(of, { ...design.plan }), "s").drawn.map(({ unit }) => of.ids[unit] as string);
    const lines = simulated.ids.map((id, unit) => {
      const level = (name: string) => {
        const field = simulated.fields.get(name);
        return field?.levels[field.codes[unit] as number];
      };
      return `${id}|${level("team")}|${level("gender")}`;
    });
    expect(ids(frameOfRows("id|team|gender", lines.toReversed()))).toEqual(ids(simulated));
  });

  test("a frame of n units is taken whole", () => {
    const whole = designSample(frame, {
      ...design.plan,
      size: frame.ids.length,
      strata: [],
      balance: ["gender"],
    });
    expect(drawSample(frame, whole, "x").drawn.length).toBe(frame.ids.length);
  });
});
