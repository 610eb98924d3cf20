import { expect, test } from "vitest";
import { factorOverlapItem as item } from "../../../src/analysis/work/factor-overlap-item.js";
import { protectStatistics } from "../../../src/disclosure/protect-statistics.js";
import { protectTallies } from "../../../src/disclosure/protect-tallies.js";
import { childLines, subjectOf } from "../subjects.js";

const subject = subjectOf(childLines("factors", ["Neglect;Abuse", "Neglect;Abuse", "Neglect", "Abuse", ""]));
const about = { plan: subject.plan, edition: "internal" } as const;

test("shares, lift and phi of a pair are by hand", () => {
  const counted = item.count(subject);
  const result = item.result(counted, about);
  // Of 4 with a factor 3 have each and 2 both: lift 0.5/0.5625; phi (2·4 − 3·3)/√(3·3·1·1).
  const [row] = result.tables[0]?.rows ?? [];
  expect(row?.names).toEqual(["Abuse", "Neglect"]);
  expect(row?.cells[0]).toBe(2);
  expect(row?.cells[1]).toMatchObject({ value: 0.5 });
  expect(row?.cells[2]).toMatchObject({ value: expect.closeTo(0.5 / 0.5625, 12) });
  expect(row?.cells[3]).toBeCloseTo(-1 / 3, 12);
  expect(result.base).toMatchObject({ units: 5, missing: 1 });
  // 2 by 2 of all five: both, one only twice, and neither.
  expect(counted.tallies[1]?.cells).toEqual([
    [2, 1],
    [1, 1],
  ]);
});

test("nothing is said to come together that may do so by chance", () => {
  const { messages } = item.result(item.count(subject), about);
  expect(messages.some(({ text }) => text.includes("as often as by chance"))).toBe(false);
  const close = subjectOf(childLines("factors", [...Array(30).fill("a;b"), ...Array(90).fill("c")]));
  const [, second] = item.result(item.count(close), about).messages;
  // 30 of 120 have both; (30/120)/((30/120)²) = 4.
  expect(second?.text).toMatch(/^A and b stand together 4\.0 times as often as by chance/);
  // 9 of 36: as far from chance, and too few to say so.
  const few = subjectOf(childLines("factors", [...Array(9).fill("a;b"), ...Array(27).fill("c")]));
  expect(item.result(item.count(few), about).messages).toHaveLength(1);
});

test("its tables can be protected together, and its figures follow", () => {
  const many = subjectOf(
    childLines("factors", [...Array(40).fill("a;b"), ...Array(3).fill("a;c"), ...Array(30).fill("c")]),
  );
  const counted = item.count(many);
  const result = item.result(
    {
      tallies: protectTallies(counted.tallies, { threshold: 5, roundTo: 5 }).tallies,
      statistics: protectStatistics(counted.statistics ?? {}, { threshold: 5 }),
    },
    { plan: many.plan, edition: "publishable" },
  );
  const cells = new Map(result.tables[0]?.rows.map(({ names, cells }) => [names.join("+"), cells]));
  expect(cells.get("A+C")?.every((cell) => typeof cell === "object" && "mark" in cell)).toBe(true);
  expect(JSON.stringify(result.messages)).not.toMatch(/NaN|undefined/);
});

test("it is refused without two factors", () => {
  expect(item.refusal(subjectOf(childLines("factors", ["a", "a"])))?.reason).toContain("Fewer than two");
  expect(item.refusal(subjectOf(childLines("gender", ["F"])))?.reason).toContain("no factors");
});

test("a pair is the most common only where it plainly is", () => {
  const told = (pairs: readonly (readonly [factors: string, children: number])[]) => {
    const lines = childLines(
      "factors",
      pairs.flatMap(([factors, children]) => Array<string>(children).fill(factors)),
    );
    const { messages } = item.result(item.count(subjectOf(lines)), about);
    return messages.map(({ text }) => text).filter((text) => text.includes("most common"));
  };
  // Wilson's intervals: 52 of 120 is 34.8 to 52.3 %, 48 of 120 31.7 to 48.9 %.
  expect(
    told([
      ["a;b", 52],
      ["a;c", 48],
      ["c", 20],
    ]),
  ).toEqual([]);
  // 80 of 120: 57.8 to 74.5 %; 20 of 120: 11.1 to 24.3 %.
  expect(
    told([
      ["a;b", 80],
      ["a;c", 20],
      ["c", 20],
    ]),
  ).toEqual(["A and b are the most common pair: 66.7% of children with a factor recorded have both."]);
});
