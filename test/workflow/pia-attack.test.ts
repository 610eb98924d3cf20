import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/analysis/catalogue.js";
import type { Subject } from "../../src/analysis/item.js";
import type { Tally } from "../../src/analysis/tally.js";
import { auditTallies } from "../../src/disclosure/audit-tallies.js";
import { protectTallies } from "../../src/disclosure/protect-tallies.js";
import type { DerivedField } from "../../src/plan/types.js";
import { buildFromPlan } from "../../src/workflow/build-from-plan.js";
import { openPlan } from "../../src/workflow/open-plan.js";
import { piaWorkplace } from "./pia-export.js";

const derived: DerivedField[] = [
  "age_years",
  "age_band",
  "delay_days",
  "delay_band",
  "delay_is_open",
  "case_children",
];

async function allTallies(): Promise<Tally[]> {
  const planFile = openPlan("plan.yaml", piaWorkplace());
  const { frame } = await buildFromPlan(planFile, { progress: () => {}, derived });
  const subject: Subject = {
    frame,
    plan: planFile.plan,
    units: Int32Array.from(frame.ids, (_, unit) => unit),
  };
  return catalogue.flatMap((item) =>
    item.internalOnly?.(subject.plan) === true || item.refusal(subject) !== undefined
      ? []
      : item.count(subject).tallies,
  );
}

describe("an attacker who has all published tables", () => {
  test.each([1, 5])("leaves each small count from 1 to the threshold, rounded to %i", async (roundTo) => {
    const rounding = { threshold: 5, roundTo };
    const original = await allTallies();
    const { tallies, record } = protectTallies(original, rounding);
    expect(record.audit.exposed).toBe(0);
    const cells = auditTallies(tallies, { ...rounding, original });
    expect(cells.length).toBeGreaterThan(50);
    expect(cells.filter(({ exposed }) => exposed)).toEqual([]);
  });

  test("finds out small counts that are hidden and nothing else is", async () => {
    const original = await allTallies();
    const hide = (count: Tally["total"]): Tally["total"] =>
      typeof count === "number" && count >= 1 && count <= 5 ? { mark: "c" } : count;
    const naive = original.map((tally) => ({
      ...tally,
      cells: tally.cells.map((line) => line.map(hide)),
      rowTotals: tally.rowTotals.map(hide),
      columnTotals: tally.columnTotals.map(hide),
    }));
    const cells = auditTallies(naive, { threshold: 5, roundTo: 1, original });
    expect(cells.filter(({ exposed }) => exposed).length).toBeGreaterThan(10);
  });
});
