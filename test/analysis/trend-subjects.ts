import type { Subject } from "../../src/analysis/item.js";
import { buildFrame } from "../../src/frame/build-frame.js";
import { parsePlan } from "../../src/plan/load.js";
import { tableOf } from "../frames.js";

/** `case|child|law|applied|closed`, a child each. */
export type TrendRow = string;

/** An export of invented children with a window, and delay as the analysis has it derived. */
export function trendSubject(
  rows: readonly TrendRow[],
  { from, to }: { readonly from: string; readonly to: string },
  declared = `observed: { from: ${from}, to: ${to} }`,
): Subject {
  const plan = parsePlan(
    `
casedraw: 1
title: Test
reference_date: ${to}
${declared}
unit: child
unit_id: [case_id, child_id]
data: [{ path: export.csv }]
columns:
  case_id: case
  child_id: child
  law_type: law
  application_date: applied
  closed_date: closed`,
    { file: "plan.yaml" },
  );
  const table = tableOf("export.csv", ["case|child|law|applied|closed", ...rows]);
  const frame = buildFrame({
    plan,
    data: [table],
    joins: [],
    lookups: [],
    derived: ["delay_days", "delay_band", "delay_is_open"],
  });
  return { plan, frame, units: Int32Array.from(frame.ids, (_, unit) => unit) };
}

export const winter = { from: "2025-11-16", to: "2026-03-31" };

/**
 * New children: December 4 (B, three of C), January 1 (D), March 1 (F); A and E began before the first whole month. Ended:
 * December 2 (E), January 1 (B), March 1 (D). Open at the ends of November to March: 4, 6, 6, 6, 6.
 */
export const fewCases: readonly TrendRow[] = [
  "A|1|public|2025-06-01|",
  "A|2|public|2025-06-01|",
  "B|1|private|2025-12-05|2026-01-10",
  "C|1|private|2025-12-31|",
  "C|2|private|2025-12-31|",
  "C|3|private|2025-12-31|",
  "D|1|public|2026-01-01|2026-03-31",
  "E|1|private|2025-11-20|2025-12-31",
  "E|2|private|2025-11-20|2025-12-31",
  "F|1|public|2026-03-31|",
];

export const longWindow = { from: "2024-12-01", to: "2025-12-31" };

/** One child a case; 9 and 11 in turn over twelve months, then 30; of each month's all but the last end within the next. */
export const risingCases: readonly TrendRow[] = Array.from({ length: 13 }, (_, at) => {
  const month = `${at === 0 ? 2024 : 2025}-${String(at === 0 ? 12 : at).padStart(2, "0")}`;
  const many = at === 12 ? 30 : at % 2 === 0 ? 9 : 11;
  return Array.from({ length: many }, (_, k) => {
    const day = String(1 + (k % 28)).padStart(2, "0");
    return `${month}-${k}|1|${k % 2 === 0 ? "public" : "private"}|${month}-${day}|${k % 3 === 0 ? `${month}-28` : ""}`;
  });
}).flat();
