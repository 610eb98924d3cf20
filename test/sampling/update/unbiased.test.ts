import { describe, expect, test } from "vitest";
import type { Frame } from "../../../src/frame/frame.js";
import type { Sample } from "../../../src/sampling/draw.js";
import { chance } from "../after/simulate.js";
import { frameOfRows } from "../inclusion.js";
import { type Earlier, firstDraw, updateTo, weightPerUnit } from "./simulate.js";

/**
 * Children in three teams, and the same list corrected: of every team some are gone, some moved (a few to a team that was
 * not there before), and some are new.
 */
const teams = ["north", "south", "east"];
const rows = Array.from({ length: 36 }, (_, i) => {
  const team = teams[i < 18 ? 0 : i < 29 ? 1 : 2];
  return `c${String(i).padStart(2, "0")}|${team}|${i % 3 === 0 ? "m" : "f"}`;
});
const corrected = [
  ...rows.flatMap((row, i) => {
    const [id, team, gender] = row.split("|");
    if (i % 11 === 4) return []; // gone
    if (i % 6 === 1) return `${id}|${team === "north" ? "south" : "north"}|${gender}`;
    if (i % 17 === 8) return `${id}|west|${gender}`;
    return row;
  }),
  ...Array.from({ length: 5 }, (_, i) => `n${i}|${["north", "west", "east"][i % 3]}|${i % 2 ? "f" : "m"}`),
];
const again = corrected.flatMap((row, i) => {
  const [id, team, gender] = row.split("|");
  if (i % 9 === 5) return [];
  if (i % 7 === 2) return `${id}|${team === "south" ? "east" : "south"}|${gender}`;
  return row;
});

const figures: readonly [string, (frame: Frame) => (unit: number) => number][] = [
  ["their number", () => () => 1],
  [
    "a figure by id",
    ({ ids }) =>
      (unit) =>
        2 + (Number((ids[unit] as string).slice(1)) % 7),
  ],
  [
    "boys",
    ({ fields }) =>
      (unit) =>
        levelOf(fields.get("gender"), unit) === "male" ? 1 : 0,
  ],
  ["those who moved to south", (frame) => (unit) => moved(frame, unit)],
];

function levelOf(field: ReturnType<Frame["fields"]["get"]>, unit: number): string | undefined {
  return field?.levels[field.codes[unit] as number];
}

function moved({ ids, fields }: Frame, unit: number): number {
  const now = levelOf(fields.get("team"), unit);
  return now === "south" && !rows.includes(`${ids[unit]}|south|${levelOf(fields.get("gender"), unit)}`)
    ? 1
    : 0;
}

const first = frameOfRows("id|team|gender", rows);
const second = frameOfRows("id|team|gender", [...corrected].reverse());
const third = frameOfRows("id|team|gender", again);
/** Of the designs after one update 20,000 draws were seen to pass; the suite takes as many of the random one. */
const draws = 20_000;
const fewer = 6000;

describe("weights after an update: every unit counts for one, and totals are unbiased", () => {
  test.each([
    // So few that of many classes nobody was drawn.
    ["random", { size: 8, allocation: { method: "equal" } }],
    ["systematic", { size: 10, method: "systematic", balance: ["gender"] }],
    ["balanced", { size: 10, method: "balanced", balance: ["gender"] }],
  ] as const)("%s", { timeout: 240_000 }, (_, plan) => {
    const draw = firstDraw(first, plan);
    expectUnbiased(
      second,
      (k) => {
        const seed = `update ${k}`;
        return updateTo(draw(seed), second, { seed }).sample;
      },
      plan.size === 8 ? draws : fewer,
    );
  });

  test.each([
    ["random", { size: 9 }],
    ["systematic", { size: 9, method: "systematic", balance: ["gender"] }],
  ] as const)("%s: updated, enlarged and updated again", { timeout: 240_000 }, (_, plan) => {
    const draw = firstDraw(first, plan);
    expectUnbiased(
      third,
      (k) => {
        const seed = `twice ${k}`;
        const larger = { kind: "extend", size: 20, afterFindings: false } as const;
        const once = updateTo(draw(seed), second, { seed, since: [larger] });
        return updateTo(once, third, { seed }).sample;
      },
      3000,
    );
  });

  test("random: cases that were inaccessible before and after, their reserves released", {
    timeout: 240_000,
  }, () => {
    const draw = firstDraw(first, { size: 12, reserves: 2 });
    expectUnbiased(
      second,
      (k) => {
        const seed = `lost ${k}`;
        const silent = ({ frame, sample }: Earlier) =>
          sample.drawn.flatMap(({ unit }, at) => {
            const unitId = frame.ids[unit] as string;
            const known = sample.after !== undefined && sample.after.members[at]?.status === "inaccessible";
            const code = unitId.charCodeAt(0) * 100 + Number(unitId.slice(1));
            return !known && chance(code, k) < 0.15 ? [{ unitId, reason: "inaccessible" as const }] : [];
          });
        const before = draw(seed);
        const lost = silent(before);
        const replaced = draw(seed, lost.length === 0 ? [] : [{ kind: "replace", losses: lost }]);
        const updated = updateTo(replaced, second, { seed });
        const again = silent(updated);
        if (again.length === 0) return answering(updated.sample);
        return answering(
          updateTo(replaced, second, { seed, since: [{ kind: "replace", losses: again }] }).sample,
        );
      },
      fewer,
    );
  });
});

/** Where nobody of a class responds the sample says nothing of it, and that is noted: such draws are set aside. */
function answering(sample: Sample): Sample | undefined {
  return sample.notes.some(({ code }) => code === "stratum-without-response") ? undefined : sample;
}

function expectUnbiased(frame: Frame, draw: (k: number) => Sample | undefined, times = draws): void {
  const { z, total } = weightPerUnit(frame, times, draw);
  expect(Math.max(...z.map(Math.abs))).toBeLessThan(4.5);
  for (const [name, figure] of figures) expect(Math.abs(total(figure(frame))), name).toBeLessThan(4.5);
}
