import { describe, expect, test } from "vitest";
import { durationItem } from "../../../src/analysis/delay/duration-item.js";
import { exportNotes } from "../../../src/analysis/delay/export-notes.js";
import { observe } from "../../../src/analysis/delay/observation.js";
import type { Subject } from "../../../src/analysis/item.js";
import { parsePlan } from "../../../src/plan/load.js";
import { frameOf, tableOf } from "../../frames.js";
import { type InventedCase, subjectOf } from "../windows.js";

const open: InventedCase[] = Array.from({ length: 5 }, (_, k) => ({
  id: String(k),
  applied: "2026-02-01",
  closed: "",
}));

function joinedSubject(many: string): Subject {
  const yaml = `
casedraw: 1
title: t
reference_date: 2026-11-16
observed: { from: 2025-11-16, to: 2026-11-16 }
unit: child
unit_id: child_id
data: [{ path: children.csv }]
joins:
  - path: episodes.csv
    key: child_id
    ${many}
    columns: { application_date: began, closed_date: ended }
columns: { child_id: child }
cohort: { include: {} }
`;
  const days = Array.from({ length: 60 }, (_, k) => k);
  const frame = frameOf(yaml, {
    data: [tableOf("children.csv", ["child", ...days.map((k) => `c${k}`)])],
    joins: [
      tableOf("episodes.csv", [
        "child|began|ended",
        ...days.map(
          (k) => `c${k}|2025-10-01|${k < 50 ? `2026-${String(1 + (k % 10)).padStart(2, "0")}-15` : ""}`,
        ),
      ]),
    ],
  });
  return {
    plan: parsePlan(yaml, { file: "plan.yaml" }),
    frame,
    units: Int32Array.from(frame.ids, (_, k) => k),
  };
}

describe("an observation window that is declared and not used", () => {
  test("open cases only: whoever runs it is asked for the file of ended ones", () => {
    const told = "observed is not used: no case ends in it. Is the file of ended cases missing from data?";
    expect(exportNotes(subjectOf(open), "internal")).toEqual([told]);
    expect(exportNotes(subjectOf(open), "publishable")).toEqual([told]);
    expect(exportNotes(subjectOf(open, { observed: undefined }), "internal")).toEqual([]);
  });

  test("dates of the latest or earliest row of several: earlier or later ones are missing, so it is refused", () => {
    const latest = joinedSubject("many: { latest: application_date }");
    expect(durationItem.refusal(latest)?.reason).toContain(
      "The dates come from episodes.csv, of which only the latest row of each unit is taken",
    );
    expect(exportNotes(latest, "internal")[0]).toContain("observed is not used: only the latest row");
    expect(durationItem.refusal(joinedSubject("many: { earliest: closed_date }"))?.reason).toContain(
      "earliest",
    );
    const caution =
      "Times run from the latest row of episodes.csv for each child: earlier rows are left aside, and who has waited " +
      "longer over several rows is not seen.";
    for (const edition of ["internal", "publishable"] as const)
      expect(exportNotes(latest, edition)[1]).toBe(caution);
    expect(exportNotes(joinedSubject("many: { earliest: closed_date }"), "internal")[1]).toContain(
      "Times run from the earliest row of episodes.csv for each child: later rows are left aside",
    );
    // One row a child: the dates are all that there are.
    expect(exportNotes(joinedSubject("many: error"), "internal")).toEqual([]);
    expect(observe(joinedSubject("many: error")).shape).toBe("window");
  });
});

test("who ends later and who has no date are counted, in the internal edition", () => {
  const cases = [
    ...open,
    { id: "later", applied: "2026-02-01", closed: "2026-11-20" },
    { id: "ended", applied: "2026-02-01", closed: "2026-11-16" },
    { id: "bare", applied: "", closed: "", children: 2 },
  ];
  const subject = subjectOf(cases, { observed: undefined });
  const { frame } = subject;
  const ends = frame.fields.get("closed_date");
  if (ends === undefined) throw new Error("dates");
  const isOpen = { ...ends, name: "delay_is_open", kind: "category" as const };
  const levels = ends.levels.map((day) => (day === "" || day > "2026-11-16" ? "yes" : "no"));
  const fields = new Map([...frame.fields, ["delay_is_open", { ...isOpen, levels }] as const]);
  const known = { ...subject, frame: { ...frame, fields } };
  expect(exportNotes(known, "internal")).toEqual([
    "1 child whose case ended after 16 November 2026 counts as open.",
    "2 children have neither application date nor closed date, so it is not known whether they are open.",
  ]);
  expect(exportNotes(known, "publishable")).toEqual([]);
});
