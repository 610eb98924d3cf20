import { join, resolve } from "node:path";
import { startClock } from "../report/clock.js";
import { writeCsv } from "../report/csv.js";
import { writeFolder } from "../report/folder.js";
import { synthesise } from "../synth/synthesise.js";
import type { Progress } from "./build.js";
import { type DesignedFrame, designFromPlan } from "./design-from-plan.js";
import { fillSampleFolder, type WrittenSample } from "./draw-to-folder.js";

/** The demonstration's export, seed and sample; the same on every machine. */
const demoRows = 54_000;
export const demoSeed = "20261116";

const plan = `# A plan says everything that decides a sample. docs/plan.md explains every key.
casedraw: 1
title: "Demonstration: a full inspection on synthetic data"
reference_date: 2026-11-16        # ages and delays are measured on this date
unit: child
unit_id: [case_id, child_id]
data:
  - path: children.csv            # synthetic: no real child is in it
columns:
  case_id: case ID
  child_id: child ID
  gender: gender
  date_of_birth: date of birth
  ethnicity: ethnicity
  disability: disability (Y/N)
  law_type: law type
  lead_application: lead application
  case_type: case type
  practitioner: practitioner
  team: team
  service_area: service area
  local_authority: local authority
  court: court
  dfj_area: DFJ area
  application_date: application date
  allocation_date: allocation date
  closed_date: closed date
  last_activity_date: last activity date
  factors: { list: Proceedings factors, separator: ";" }
  audited: audited
  file_location: file location
cohort:
  include: { closed_date: { blank: true } }     # open cases only
  active_within_months: 6                       # practice not older than six months
sample:
  size: 600
  strata: [law_type, delay_band]
  allocation: { method: proportional, min: 20 }
  reserves: 0.25
`;

/** What the demonstration made, step by step. */
export interface DemoSteps {
  readonly exported: (rows: number) => void;
  readonly planned: () => void;
  readonly drawn: (written: WrittenSample) => void;
}

/**
 * Writes the demonstration's folder, whole or not at all: a synthetic export, a plan, and the sample drawn with them.
 *
 * @param target - absolute
 */
export async function makeDemo(
  target: string,
  options: { readonly force: boolean; readonly progress: Progress; readonly steps: DemoSteps },
): Promise<void> {
  const { progress, steps } = options;
  await writeFolder(target, { force: options.force, protect: [] }, async (folder) => {
    progress("Making the export");
    const made = synthesise({ rows: demoRows, seed: demoSeed });
    const csv = folder.stream("children.csv");
    writeCsv(
      (chunk) => csv.write(chunk),
      made.headers,
      (row) => {
        for (const cells of made.rows()) row(cells);
      },
    );
    csv.close();
    steps.exported(demoRows);
    folder.file("plan.yaml", plan);
    steps.planned();
    const clock = startClock();
    const designed: DesignedFrame = await designFromPlan("plan.yaml", { cwd: folder.path, progress });
    progress("Drawing");
    const files = designed.files.map(({ path }) => ({ path, file: resolve(target, path) }));
    const run = { clock, files, planPath: join(target, "plan.yaml") };
    steps.drawn(
      await fillSampleFolder(folder, { designed, seed: demoSeed, prefix: "sample/" }, { run, progress }),
    );
    folder.file("manifest.json", `${JSON.stringify({ casedraw: 1, outputs: folder.outputs() }, null, 2)}\n`);
  });
}
