import type { CheckReport } from "../../src/checks/finding.js";
import { runChecks } from "../../src/checks/run-checks.js";
import { parsePlan } from "../../src/plan/load.js";
import type { Plan } from "../../src/plan/types.js";
import type { PlantedFault } from "../../src/synth/faults.js";
import { type SynthOptions, synthesise } from "../../src/synth/synthesise.js";
import type { Table } from "../../src/table/table.js";

/** A plan of the synthetic export with every field that it has. */
const synthPlan: Plan = parsePlan(
  `casedraw: 1
title: Synthetic export
reference_date: 2026-11-16
observed: { from: 2025-11-16, to: 2026-11-16 }
unit: child
unit_id: [case_id, child_id]
data: [{ path: export.csv }]
columns:
  case_id: case ID
  child_id: child ID
  gender: gender
  ethnicity: ethnicity
  disability: disability (Y/N)
  date_of_birth: date of birth
  lead_application: lead application
  law_type: law type
  case_type: case type
  practitioner: practitioner
  team: team
  service_area: service area
  local_authority: local authority
  court: court
  dfj_area: DFJ area
  application_date: application date
  allocation_date: allocation date
  first_hearing_date: first hearing date
  closed_date: closed date
  last_activity_date: last activity date
  factors: { list: Proceedings factors, separator: ";" }
  audited: audited
  file_location: file location
`,
  { file: "plan.yaml" },
);

/** A synthetic export as a reader gives it (blank records left out, lines counted), and what was planted in it. */
function synthTable(options: SynthOptions): { table: Table; planted: PlantedFault[] } {
  const planted: PlantedFault[] = [];
  const made = synthesise(options);
  const columns = made.headers.map((header) => ({
    header,
    values: [] as string[],
    known: new Map<string, number>(),
    codes: [] as number[],
  }));
  const rowNumbers: number[] = [];
  let line = 1;
  for (const cells of made.rows((fault) => planted.push(fault))) {
    line++;
    if (cells.every((cell) => cell === "")) continue;
    rowNumbers.push(line);
    for (const [at, column] of columns.entries()) {
      const text = cells[at] as string;
      let code = column.known.get(text);
      if (code === undefined) {
        code = column.values.length;
        column.known.set(text, code);
        column.values.push(text);
      }
      column.codes.push(code);
    }
  }
  const table: Table = {
    file: "export.csv",
    rowCount: rowNumbers.length,
    headers: made.headers,
    columns: columns.map(({ header, values, codes }) => ({ header, values, codes: Int32Array.from(codes) })),
    rowNumbers: Int32Array.from(rowNumbers),
    notes: [],
  };
  return { table, planted };
}

export function checkSynth(options: SynthOptions): {
  report: CheckReport;
  table: Table;
  planted: PlantedFault[];
} {
  const { table, planted } = synthTable(options);
  return { report: runChecks({ plan: synthPlan, data: [table], joins: [], lookups: [] }), table, planted };
}
