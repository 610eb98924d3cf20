import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { startClock } from "../report/clock.js";
import { writeCsv } from "../report/csv.js";
import { writeFolder } from "../report/folder.js";
import { jsonText } from "../report/manifest.js";
import { synthesise } from "../synth/synthesise.js";
import { fillAnalysisFolder } from "./analysis/folder.js";
import { rendererOrReason } from "./analysis/renderer.js";
import { checkFromPlan } from "./check/read-export.js";
import { type ShownCheck, shownCheck } from "./check/shown.js";
import { checkFiles } from "./check/to-folder.js";
import { compareFromPlan } from "./compare/compare-from-plan.js";
import type { Comparison } from "./compare/compared.js";
import { compareFiles } from "./compare/to-folder.js";
import { openPlan } from "./open-plan.js";
import { type Analysis, analyseFromPlan } from "./pia/analyse.js";
import { piaFiles } from "./pia/to-folder.js";
import type { Progress } from "./progress.js";
import { type DesignedFrame, designFromPlan } from "./sample/design-from-plan.js";
import { fillSampleFolder, type WrittenSample } from "./sample/to-folder.js";

/** The demonstration's export, seed and sample; the same on every machine. */
const demoRows = 54_000;
/** Two years of closures, so that months and quarters can be compared. */
const demoFrom = "2024-11-16";
export const demoSeed = "20261116";

const plan = `# A plan says everything that decides a sample. docs/plan.md explains every key.
casedraw: 1
title: "Demonstration: a full inspection on synthetic data"
reference_date: 2026-11-16        # ages and delays are measured on this date
observed: { from: ${demoFrom}, to: 2026-11-16 }   # every case open on the first day or opened since is here
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
pia:
  series: [published.csv]                       # synthetic: invented figures in the published shape
  sections: { previous_findings: earlier-findings.md }
compare:
  whole: England                                # what all areas together are
teams:                                          # who reviews the cases; read by casedraw handover, not by the draw
  - name: North
    where: { service_area: [A1 North East, A2 Cumbria and Lancashire, A3 Greater Manchester, A4 Cheshire and Merseyside] }
    pairs: 2
  - name: Off site                              # a pool: takes what no other team covers
    pairs: 3
handover:
  site: court
  findings:
    - { name: plan_timely, question: Was the plan for the child made in time? }
    - { name: child_seen, question: Was the child seen alone? }
  show: [file_location, practitioner]
sample:
  size: 600
  strata: [law_type, delay_band]
  allocation: { method: proportional, min: 20 }
  reserves: 0.25
`;

/** The package's own example of published figures. */
const publishedSample = new URL("../../data-samples/published-quarterly.csv", import.meta.url);

const earlierFindings = `# An invented inspection, 2024

This text is part of the demonstration: neither the inspection nor its findings are real.

- Most children's cases were allocated in time.
- Plans in private law were **not always shared** with the other parent.
`;

/** Cases as a lead inspector might ask for: one in reserve, one that was sampled anyway, and one that was not drawn. */
function chosenCases({ designed: { frame }, sample }: WrittenSample): string {
  const { drawn, reserves } = sample;
  const there = new Set([...drawn, ...reserves].map(({ unit }) => unit));
  const other = frame.eligible.find((unit) => !there.has(unit));
  const units = [reserves[0]?.unit, drawn[0]?.unit, other];
  const asked = ["complaint,lead inspector", "delay,lead inspector", "line-of-enquiry,HMI North"];
  const rows = units.flatMap((unit, at) =>
    unit === undefined ? [] : [`${frame.ids[unit]},${asked[at]},2026-11-19`],
  );
  return `unit_id,reason,asked_by,asked_on\n${rows.join("\n")}\n`;
}

/** What the demonstration made, step by step. */
export interface DemoSteps {
  readonly exported: (rows: number) => void;
  readonly planned: () => void;
  readonly checked: (shown: ShownCheck) => void;
  readonly drawn: (written: WrittenSample) => void;
  readonly analysed: (analysis: Analysis) => void;
  readonly compared: (comparison: Comparison) => void;
}

/**
 * Writes the demonstration's folder, whole or not at all: a synthetic export, a plan, and the check, the sample, the
 * analysis and the comparison made with them.
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
    const made = synthesise({ rows: demoRows, seed: demoSeed, windowFrom: demoFrom });
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
    folder.file("published.csv", readFileSync(publishedSample));
    folder.file("earlier-findings.md", earlierFindings);
    folder.file("plan.yaml", plan);
    steps.planned();
    const planFile = openPlan("plan.yaml", folder.path);
    const runOf = (paths: readonly string[]) => ({
      clock: startClock(),
      files: paths.map((path) => ({ path, file: resolve(target, path) })),
      planPath: join(target, "plan.yaml"),
    });
    const run = runOf(["children.csv"]);
    const checked = await checkFromPlan(planFile, { progress });
    const shown = shownCheck(checked, "internal");
    await fillAnalysisFolder(folder, checkFiles(checked, { shown, progress }), { run, prefix: "check/" });
    steps.checked(shown);
    const draw = runOf(["children.csv"]);
    const designed: DesignedFrame = await designFromPlan("plan.yaml", { cwd: folder.path, progress });
    progress("Drawing");
    const written = await fillSampleFolder(
      folder,
      { designed, seed: demoSeed, prefix: "sample/" },
      { run: draw, progress },
    );
    folder.file("chosen.csv", chosenCases(written));
    steps.drawn(written);
    const { drawPng } = await rendererOrReason();
    const drawing = { progress, ...(drawPng && { drawPng }) };
    const supplied = ["children.csv", "published.csv", "earlier-findings.md"];
    const analysed = runOf(supplied);
    const analysis = await analyseFromPlan(planFile, { edition: "internal", progress });
    await fillAnalysisFolder(folder, piaFiles(analysis, drawing), { run: analysed, prefix: "pia/" });
    steps.analysed(analysis);
    const compared = runOf(supplied);
    const comparison = await compareFromPlan(planFile, { edition: "internal", by: "service_area", progress });
    await fillAnalysisFolder(folder, compareFiles(comparison, drawing), {
      run: compared,
      prefix: "compare/",
    });
    steps.compared(comparison);
    folder.file("manifest.json", jsonText({ casedraw: 1, outputs: folder.outputs() }));
  });
}
