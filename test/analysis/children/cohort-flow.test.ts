import { describe, expect, test } from "vitest";
import { cohortFlowItem } from "../../../src/analysis/children/cohort-flow-item.js";
import { cohortFlowChart } from "../../../src/charts/cohort-flow-chart.js";
import { resultOf, rowsOf, subjectOf } from "../small-export.js";

const cohort = `
cohort:
  include: { law_type: [public, private] }
  exclude: { case_type: [letter] }
`;
const rows = ["1|a|public|s31", "1|b|public|letter", "2|c||letter", "3|d|private|s7", "4|e|private|letter"];
const subject = subjectOf(["case_id", "child_id", "law_type", "case_type"], rows, { more: cohort });

describe("who may be sampled", () => {
  const result = resultOf(cohortFlowItem, subject);

  test("every row is accounted for, each unit under the first reason that applies", () => {
    expect(rowsOf(result)).toEqual([
      "Rows of the export / Rows read: 5",
      "Children / Children in the export: 5",
      "Children / May be sampled: 2",
      "Children / Law type is not Public or Private: 1",
      "Children / Case type is letter: 2",
    ]);
    expect(result.messages.map(({ text }) => text)).toEqual([
      "2 of 5 children in the export (40.0%) may be sampled. 3 may not; the commonest reason: case type is letter (2).",
    ]);
    expect(cohortFlowChart(result).title).toBe("2 of 5 children may be sampled");
  });

  test("no reason is the commonest where two are", () => {
    const alike = subjectOf(["case_id", "child_id", "law_type", "case_type"], rows.slice(0, 3), {
      more: cohort,
    });
    expect(resultOf(cohortFlowItem, alike).messages.map(({ text }) => text)).toEqual([
      "1 of 3 children in the export (33.3%) may be sampled. 2 may not.",
    ]);
  });

  test("reasons say what those excluded have in common, and a long list that there is one", () => {
    const reasons = (more: string) =>
      rowsOf(
        resultOf(
          cohortFlowItem,
          subjectOf(
            ["child_id", "application_date", "closed_date", "case_type"],
            ["a|2026-01-01||x", "b||2026-02-01|x", "c|2026-01-01||y"],
            { more },
          ),
        ),
      ).slice(3);
    expect(reasons("cohort: { include: { closed_date: { blank: true } } }\n")).toEqual([
      "Children / Closed date is recorded: 1",
    ]);
    expect(reasons("cohort: { include: { application_date: { blank: false } } }\n")).toEqual([
      "Children / Application date is not recorded: 1",
    ]);
    expect(reasons("cohort: { include: { case_type: [x, z, v, w] } }\n")).toEqual([
      "Children / Case type is none of those included: 1",
    ]);
  });

  test("is of the whole frame, whatever the analysis is of, and then of a universe of its own", () => {
    const some = { ...subject, units: subject.frame.eligible };
    expect(rowsOf(resultOf(cohortFlowItem, some))).toEqual(rowsOf(result));
    const universe = (of: typeof subject) => cohortFlowItem.count(of).tallies[0]?.universe;
    expect([universe(subject), universe(some)]).toEqual(["children", "children of the export"]);
  });

  test("of cases, rows folded into another's case are told", () => {
    const cases = subjectOf(["case_id", "law_type"], ["1|public", "1|public", "2|private"], { unit: "case" });
    expect(rowsOf(resultOf(cohortFlowItem, cases)).slice(0, 3)).toEqual([
      "Rows of the export / Rows read: 3",
      "Rows of the export / Folded into another row’s case: 1",
      "Cases / Cases in the export: 2",
    ]);
    expect(resultOf(cohortFlowItem, cases).notes[0]).toBe(
      "Rows read are those folded and the cases in the export.",
    );
    expect(result.notes[0]).toBe("Each row that was read is one of the children in the export.");
  });

  test("a hidden reason is neither drawn nor passed over for the most frequent one", () => {
    const counted = cohortFlowItem.count(subject);
    const tallies = counted.tallies.map((tally) => ({
      ...tally,
      rowTotals: [2, { mark: "c" as const }, { mark: "c" as const }],
    }));
    const hidden = cohortFlowItem.result(
      { ...counted, tallies },
      { plan: subject.plan, edition: "publishable" },
    );
    expect(hidden.messages.map(({ text }) => text)).toEqual([
      "2 of 5 children in the export (40.0%) may be sampled.",
    ]);
    expect(cohortFlowChart(hidden).description).toContain("Case type is letter not shown");
  });
});
