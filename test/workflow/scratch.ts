import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { drawToFolder, type WrittenSample } from "../../src/workflow/sample/to-folder.js";
import { type Verification, verifySample } from "../../src/workflow/verify/verify-sample.js";

const quiet = { progress: () => {} };

/** A plan that the tests of this room share. */
export const plan = `casedraw: 1
title: Test inspection
reference_date: 2026-11-16
unit: child
unit_id: [case_id, child_id]
data: [{ path: children.csv }]
columns:
  case_id: case ID
  child_id: child ID
  case_name: case name
  gender: gender
  date_of_birth: date of birth
  law_type: law type
  application_date: application date
  closed_date: closed date
  team: team
cohort: { include: { closed_date: { blank: true } } }
sample: { size: 12, strata: [law_type, delay_band], reserves: 0.25 }
`;

/** Rows of a small export, worked out from a counter: 120 children, a quarter of them closed. */
export function exportLines(): string[] {
  const header = "case ID,child ID,case name,gender,date of birth,law type,application date,closed date,team";
  const rows = Array.from({ length: 120 }, (_, i) => {
    const month = String((i % 9) + 1).padStart(2, "0");
    const law = i % 3 === 0 ? "public" : "private";
    const applied = `01/${month}/${i % 5 === 0 ? 2024 : 2026}`;
    const closed = i % 4 === 0 ? "01/11/2026" : "";
    return `${String(i >> 1).padStart(4, "0")},${i},Secret ${i},${i % 2 ? "F" : "M"},01/${month}/2015,${law},${applied},${closed},Team ${i % 3}`;
  });
  return [header, ...rows];
}

/** A folder with the plan and the export in it, removed when the test ends. */
export function workplace(lines: readonly string[] = exportLines(), yaml: string = plan): string {
  const folder = mkdtempSync(join(tmpdir(), "casedraw-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "plan.yaml"), yaml);
  writeFileSync(join(folder, "children.csv"), `${lines.join("\n")}\n`);
  return folder;
}

export function draw(folder: string, seed = "314159", out = "out"): Promise<WrittenSample> {
  return drawToFolder("plan.yaml", seed, { out, force: false, cwd: folder, claim: () => {}, ...quiet });
}

export function verify(
  folder: string,
  options: { readonly plan?: string; readonly data?: readonly string[] } = {},
): Promise<Verification> {
  return verifySample("out", { cwd: folder, data: [], ...quiet, ...options });
}
