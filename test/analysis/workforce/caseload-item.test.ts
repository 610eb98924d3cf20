import { expect, test } from "vitest";
import { caseloadItem as item } from "../../../src/analysis/workforce/caseload-item.js";
import { protectStatistics } from "../../../src/disclosure/protect-statistics.js";
import { childLines, subjectOf } from "../subjects.js";

const header = "practitioner|team|application_date|closed_date";
const open = (practitioner: string, team: string, count: number): string[] =>
  Array(count).fill(`${practitioner}|${team}|2026-01-01|`);
const subject = subjectOf(
  childLines(header, [
    ...open("Ann", "North", 12),
    ...open("Bob", "North", 20),
    ...open("Bob", "South", 2),
    ...open("Cy", "South", 4),
    ...open("", "South", 3),
    "Cy|South|2025-01-01|2026-02-01",
  ]),
);

test("open children are counted by practitioner, in the team where most are", () => {
  const counted = item.count(subject);
  const result = item.result(counted, { plan: subject.plan, edition: "internal" });
  // North: Ann 12, Bob 22 (2 of them from South): quartiles 14.5, 17, 19.5. South: Cy 4, the closed case left out.
  expect(result.tables[0]?.rows).toEqual([
    { names: ["All teams"], cells: [3, 38, 4, 8, 12, 17, 22] },
    { names: ["North"], cells: [2, 34, 12, 14.5, 17, 19.5, 22] },
    { names: ["South"], cells: [1, 4, 4, 4, 4, 4, 4] },
  ]);
  expect(counted.tallies[0]?.cells).toEqual([
    [0, 1],
    [1, 0],
    [1, 0],
    [0, 0],
    [0, 0],
  ]);
  expect(result.messages[0]?.text).toBe(
    "The middle half of 3 practitioners hold 8 to 17 open children each, with a median of 12; the most is 22.",
  );
  expect(result.notes.slice(0, 2)).toEqual([
    "3 open children have no practitioner and are in no caseload.",
    "1 practitioner holds open children of several teams; all of them count in the team where most are.",
  ]);
});

test("no practitioner is named, and a publishable edition has bands only", () => {
  const counted = item.count(subject);
  expect(JSON.stringify(counted)).not.toMatch(/Ann|Bob|Cy/);
  const statistics = protectStatistics(counted.statistics ?? {}, { threshold: 5 });
  expect(Object.values(statistics).every((figure) => "mark" in figure)).toBe(true);
  const result = item.result({ ...counted, statistics }, { plan: subject.plan, edition: "publishable" });
  expect(result.tables.map(({ id }) => id)).toEqual(["caseload_bands"]);
  expect(result.messages).toEqual([]);
});

test("it is refused where nobody knows who holds what, or what is open", () => {
  expect(item.refusal(subjectOf(childLines("team", ["a"])))?.reason).toContain("who holds");
  expect(item.refusal(subjectOf(childLines("practitioner", ["a"])))?.reason).toContain("open");
});
