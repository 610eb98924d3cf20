import { describe, expect, test } from "vitest";
import type { Frame } from "../../../src/frame/frame.js";
import type { Condition } from "../../../src/plan/types.js";
import { targetGroups } from "../../../src/sampling/targets/target-groups.js";
import { frameOf, refusalOf, tableOf } from "../../frames.js";

const plan = `
casedraw: 1
title: Targets
reference_date: 2026-11-16
unit_id: [case_id]
data: [{ path: cases.csv }]
columns:
  case_id: id
  disability: dis
  law_type: law
  factors: { list: facts, separator: ";" }
  application_date: made
fields:
  score: { column: score, type: number }
cohort:
  include: { law_type: private }
`;

const frame: Frame = frameOf(plan, {
  data: [
    tableOf("cases.csv", [
      "id|dis|law|facts|made|score",
      "A|Yes|private|neglect;drugs|2026-01-05|3",
      "B|No|private|drugs|2026-03-05|5",
      "C|Yes|private|||8",
      "D|Yes|public|neglect|2026-01-05|3",
    ]),
  ],
});

function idsOf(where: Readonly<Record<string, Condition>>): string[] {
  const { members, eligible } = targetGroups(frame, [{ where, at_least: 1 }]).groups[0] as {
    members: Uint8Array;
    eligible: number;
  };
  const ids = frame.ids.filter((_, unit) => members[unit] === 1);
  expect(ids).toHaveLength(eligible);
  return ids.sort();
}

describe("targetGroups", () => {
  // D is excluded by the cohort and in no group.
  test.each([
    ["disability: yes", { disability: ["yes"] }, ["A", "C"]],
    ["factors: neglect or drugs", { factors: ["neglect", "drugs"] }, ["A", "B"]],
    ["disability: yes; factors: drugs", { disability: ["yes"], factors: ["drugs"] }, ["A"]],
    ["factors: blank", { factors: { blank: true } }, ["C"]],
    ["application_date: not blank", { application_date: { blank: false } }, ["A", "B"]],
    [
      "application_date: from 2026-02-01 to 2026-04-01",
      { application_date: { from: "2026-02-01", to: "2026-04-01" } },
      ["B"],
    ],
    ["score: over 3 up to 5", { score: { over: 3, up_to: 5 } }, ["B"]],
  ] as [string, Record<string, Condition>, string[]][])("%s", (label, where, expected) => {
    expect(idsOf(where)).toEqual(expected);
    const { groups, notes } = targetGroups(frame, [{ where, at_least: 1 }]);
    expect(groups[0]).toMatchObject({ label, fields: Object.keys(where), atLeast: 1 });
    expect(notes).toEqual([]);
  });

  test("a value that no unit has is said", () => {
    const { notes } = targetGroups(frame, [{ where: { factors: ["drugs", "fire"] }, at_least: 2 }]);
    expect(notes).toMatchObject([{ code: "target-value-absent", count: 1, details: { values: ["fire"] } }]);
    expect(notes[0]?.text).toContain("The target names factors");
  });

  test("more than are eligible", () => {
    const error = refusalOf(() => targetGroups(frame, [{ where: { disability: ["yes"] }, at_least: 3 }]));
    expect(error.code).toBe("TARGET_EXCEEDS_GROUP");
    expect(error.details).toEqual({ target: "disability: yes", asked: 3, held: 2 });
    expect(error.message).toContain("at least 3, got 2 eligible units. Set at_least to 2 or less");
  });

  test("nobody", () => {
    const error = refusalOf(() => targetGroups(frame, [{ where: { factors: ["fire"] }, at_least: 1 }]));
    expect(error.code).toBe("TARGET_EXCEEDS_GROUP");
    expect(error.message).toContain("got 0 eligible units. Check the spelling");
  });

  test("a field that is not there", () => {
    const error = refusalOf(() => targetGroups(frame, [{ where: { gender: ["male"] }, at_least: 1 }]));
    expect(error.code).toBe("DESIGN_FIELD_MISSING");
    expect(error.details).toEqual({ field: "gender", target: "gender: male" });
    expect(error.message).toContain("take this target out of sample.targets");
  });

  test("a condition that does not fit its field speaks of the target", () => {
    const error = refusalOf(() => targetGroups(frame, [{ where: { disability: { over: 3 } }, at_least: 1 }]));
    expect(error.code).toBe("CONDITION_UNSUITABLE");
    expect(error.message).toContain("Target condition does not fit disability");
    const code = refusalOf(() => targetGroups(frame, [{ where: { disability: ["yess"] }, at_least: 1 }]));
    expect(code.message).toContain(
      'Target names a code that disability does not have: got "yess". Did you mean "yes"?',
    );
  });
});
