import { designOf, frameOf, meanOf, table } from "./common.mjs";

export const id = "cube";
export const title = "Balanced samples: how near to the population";

const draws = 60;
const balance = ["gender", "area", "disability", "ethnicity"];

/** @returns Markdown */
export async function run(load) {
  const { drawSample } = await load("sampling/draw.js");
  const { stream } = await load("random/streams.js");
  const next = stream("cube", "evidence");
  const pick = (levels) => levels[Math.floor(next() * next() * levels.length)];
  const rows = Array.from({ length: 3000 }, (_, i) =>
    [
      `c${i}`,
      pick(["north", "south", "east", "west"]),
      pick(["f", "m"]),
      pick(Array.from({ length: 17 }, (_, a) => `area ${a}`)),
      pick(["N", "Y"]),
      pick(["WBRI", "AIND", "BAFR", "MOTH", "WOTH", "APKN"]),
    ].join("|"),
  );
  const frame = await frameOf(load, "id|team|gender|area|disability|ethnicity", rows);
  const groups = ["gender", "service_area", "disability", "ethnicity"].flatMap((name) => {
    const { codes, levels } = frame.fields.get(name);
    return levels.map((_, level) => Array.from(codes.keys()).filter((unit) => codes[unit] === level));
  });
  const result = [];
  const fields = balance.map((name) => (name === "area" ? "service_area" : name));
  for (const [name, plan] of [
    ["stratified by team", { size: 300 }],
    ["balanced on four fields within team", { size: 300, method: "balanced", balance: fields }],
  ]) {
    const design = await designOf(load, frame, plan);
    const expected = groups.map((units) => units.reduce((sum, unit) => sum + design.probabilities[unit], 0));
    const sizes = new Set();
    const margins = [];
    for (let k = 0; k < draws; k++) {
      const { drawn } = drawSample(frame, design, `cube ${k}`);
      sizes.add(drawn.length);
      const taken = new Set(drawn.map(({ unit }) => unit));
      margins.push(
        groups.map((units, g) =>
          Math.abs(units.reduce((sum, unit) => sum + (taken.has(unit) ? 1 : 0), 0) - expected[g]),
        ),
      );
    }
    const mean = meanOf(margins.map((each) => each.reduce((sum, m) => sum + m, 0) / each.length));
    result.push([
      name,
      [...sizes].join(", "),
      `${mean.mean.toFixed(2)} (± ${(1.96 * mean.error).toFixed(2)})`,
      Math.max(...margins.flat()).toFixed(1),
    ]);
  }
  return [
    `3,000 invented children, 300 drawn, ${groups.length} groups (levels of gender, service area, disability and ethnicity), ${draws} draws of each design. A margin is the ` +
      "distance, in children, of a group's number in the sample from what it is on average; ± is 1.96 Monte Carlo standard errors.",
    table(
      ["design", "size of the samples", "mean margin", "largest margin of any group in any draw"],
      result,
    ),
    "Larger frames, with the time that they take and R's `samplecube` beside them: [bench](../bench/README.md#results).",
  ].join("\n\n");
}
