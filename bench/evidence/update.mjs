import { designOf, frameOf, meanOf, sumOf, table } from "./common.mjs";

export const id = "update";
export const title = "After a corrected export: totals stay right on average";

const draws = 3000;
const teams = ["north", "south", "east"];
const rows = Array.from({ length: 36 }, (_, i) => {
  const team = teams[i < 18 ? 0 : i < 29 ? 1 : 2];
  return `c${String(i).padStart(2, "0")}|${team}|${i % 3 === 0 ? "m" : "f"}`;
});
/** Some are gone, some moved to another team, five are new. */
const corrected = [
  ...rows.flatMap((row, i) => {
    const [child, team, gender] = row.split("|");
    if (i % 11 === 4) return [];
    if (i % 6 === 1) return `${child}|${team === "north" ? "south" : "north"}|${gender}`;
    return row;
  }),
  ...Array.from({ length: 5 }, (_, i) => `n${i}|${["north", "south", "east"][i % 3]}|${i % 2 ? "f" : "m"}`),
];
const designs = [
  ["random", { size: 12 }],
  ["systematic", { size: 12, method: "systematic", balance: ["gender"] }],
  ["balanced", { size: 12, method: "balanced", balance: ["gender"] }],
];

/** @returns Markdown */
export async function run(load) {
  const { drawSample } = await load("sampling/draw.js");
  const { followSample } = await load("sampling/after/follow.js");
  const { prepareUpdate } = await load("sampling/update/prepare.js");
  const first = await frameOf(load, "id|team|gender", rows);
  const second = await frameOf(load, "id|team|gender", corrected);
  const boys = (() => {
    const { codes, levels } = second.fields.get("gender");
    return (unit) => (levels[codes[unit]] === "male" ? 1 : 0);
  })();
  const figures = [
    ["children", () => 1],
    ["boys", boys],
    ["a sum", (unit) => 1 + (unit % 7)],
  ];
  const lines = [];
  for (const [name, plan] of designs) {
    const design = await designOf(load, first, plan);
    const totals = figures.map(() => []);
    for (let k = 0; k < draws; k++) {
      const seed = `update ${k}`;
      const sample = followSample(first, drawSample(first, design, seed), [], { seed, inputs: {} });
      const { step, before } = prepareUpdate({ frame: first, sample }, second);
      const after = followSample(second, { plan: design.plan }, [step], { seed, inputs: { before } });
      const weights = after.drawn.map(({ weight }, at) => after.after?.members[at]?.finalWeight ?? weight);
      figures.forEach(([, of], f) => {
        totals[f].push(sumOf(after.drawn.map(({ unit }, at) => weights[at] * of(unit))));
      });
    }
    figures.forEach(([what, of], f) => {
      const truth = sumOf(Array.from(second.eligible, of));
      const { mean, error } = meanOf(totals[f]);
      lines.push([name, what, truth, mean.toFixed(3), error.toFixed(3)]);
    });
  }
  return [
    `${rows.length} children in ${teams.length} teams, ${corrected.length} on the corrected list (some gone, some moved, 5 new); ${draws.toLocaleString("en-GB")} samples of 12, each brought to the ` +
      "corrected list as `casedraw update` does. The mean of the weighted totals should be the truth but for Monte Carlo error.",
    table(["design", "total of", "truth", "mean of the estimates", "its standard error"], lines),
  ].join("\n\n");
}
