import { expect, test } from "vitest";
import { lawProfileItem as item } from "../../../src/analysis/work/law-profile-item.js";
import { compareGroups } from "../../../src/analysis/work/two-groups.js";
import { stream } from "../../../src/random/streams.js";
import { childLines, subjectOf } from "../subjects.js";

test("differences of numbers and of levels are by hand", () => {
  // Means 5 and 2, variances 2 and 2: 3/√2. Levels as [[10, 20], [20, 10]]: X² = 6.6667 of 60, V = √(6.6667/60) = 1/3.
  const numbers = compareGroups(
    {
      groups: Int8Array.from([0, 0, 1, 1, -1]),
      clusters: { count: 5, of: Int32Array.from([0, 1, 2, 3, 4]) },
      characteristics: [{ kind: "number", values: Float64Array.from([4, 6, 1, 3, 99]) }],
    },
    { replicates: 2, stream: (k) => stream("t", String(k)) },
  );
  expect(numbers[0]?.estimate).toBeCloseTo(3 / Math.SQRT2, 12);
  const of = [
    ...Array(10).fill([0, 0]),
    ...Array(20).fill([0, 1]),
    ...Array(20).fill([1, 0]),
    ...Array(10).fill([1, 1]),
  ];
  const levels = compareGroups(
    {
      groups: Int8Array.from(of, ([, group]) => group),
      clusters: { count: 60, of: Int32Array.from(of, (_, at) => at) },
      characteristics: [{ kind: "level", codes: Int32Array.from(of, ([level]) => level), count: 2 }],
    },
    { replicates: 50, stream: (k) => stream("t", String(k)) },
  );
  expect(levels[0]?.estimate).toBeCloseTo(1 / 3, 12);
  expect(levels[0]?.interval?.lower).toBeLessThan(1 / 3);
  expect(levels[0]?.interval?.upper).toBeGreaterThan(1 / 3);
});

// Boys and girls apart by law type; ages alike in both.
const rows = Array.from({ length: 60 }, (_, at) => {
  const isPublic = at % 2 === 0;
  return `${isPublic ? "public" : "private"}|${isPublic ? "M" : "F"}|${2010 + (Math.floor(at / 2) % 10)}-01-01`;
});
const subject = subjectOf(childLines("law_type|gender|date_of_birth", rows));
const about = { plan: subject.plan, edition: "internal" } as const;

test("the same data give the same bounds in any order of rows", () => {
  const bounds = item.count(subject).statistics;
  const turned = [...rows.map((row, at) => `c${at + 1}|${row}`)].reverse();
  const other = subjectOf(["child_id|law_type|gender|date_of_birth", ...turned]);
  expect(item.count(other).statistics).toEqual(bounds);
});

test("a clear difference is said, and one that may be chance is not", () => {
  const { messages, tables } = item.result(item.count(subject), about);
  expect(messages.map(({ text }) => text)).toEqual([
    "Gender: public and private law differ, Cramér’s V 1.00 (95% interval 1.00 to 1.00).",
  ]);
  const age = tables[0]?.rows.find(({ names }) => names[1] === "Age in years");
  expect(age?.cells[0]).toMatchObject({ value: 0 });
  expect(age?.cells.slice(3)).toEqual([30, 30]);
});

test("many groups that are alike are not called unlike", () => {
  // 20 areas of 17 children whose kind of law is drawn by chance: X² is about its 19 degrees of freedom, and V about
  // √(19/340) = 0.24.
  const draw = stream("null", "law-profile");
  const of = Array.from({ length: 340 }, (_, at) => `${draw() < 0.4 ? "public" : "private"}|A${at % 20}`);
  const alike = subjectOf(childLines("law_type|service_area", of));
  const result = item.result(item.count(alike), about);
  const [value] = result.tables[0]?.rows[0]?.cells ?? [];
  expect((value as { value: number }).value).toBeGreaterThan(0.15);
  expect((value as { lower: number }).lower).toBeLessThan(0.1);
  expect(result.messages).toEqual([]);
});

test("days open so far rest on the open children, and the means themselves are told", () => {
  // Open on 16 November 2026 since 46 or 44 days in public law, 76 or 77 in private law, 40 of each; of each kind of law
  // 10 have ended.
  const days = Array.from({ length: 40 }, (_, at) => [
    `public|2026-10-0${at % 2 === 0 ? 1 : 3}|`,
    `private|2026-0${at % 2 === 0 ? "9-01" : "8-31"}|`,
  ]).flat();
  const ended = Array(10).fill(["public|2024-01-01|2024-02-01", "private|2024-01-01|2024-03-01"]).flat();
  const open = subjectOf(childLines("law_type|application_date|closed_date", [...days, ...ended]));
  const { messages, tables } = item.result(item.count(open), { plan: open.plan, edition: "internal" });
  const row = tables[0]?.rows.find(({ names }) => names[1]?.startsWith("Days open"));
  expect(row?.cells.slice(1)).toEqual([45, 76.5, 40, 40]);
  expect(messages[0]?.text).toBe(
    "Open children have waited 45 days on average in public law, and 77 in private law.",
  );
});

test("hidden figures stay hidden", () => {
  const counted = item.count(subject);
  const hidden = Object.fromEntries(
    Object.keys(counted.statistics ?? {}).map((name) => [name, { mark: "c" as const }]),
  );
  const result = item.result({ ...counted, statistics: hidden }, { ...about, edition: "publishable" });
  expect(result.messages).toEqual([]);
  expect(result.tables[0]?.rows.map(({ cells }) => cells[0])).toEqual([{ mark: "c" }, { mark: "c" }]);
});

test("it is refused where there is one kind of law only", () => {
  expect(
    item.refusal(subjectOf(childLines("law_type|gender", Array(20).fill("public|M"))))?.reason,
  ).toContain("Fewer than 10");
  expect(item.refusal(subject)).toBeUndefined();
});
