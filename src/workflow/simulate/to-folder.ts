import { resolve } from "node:path";
import type { ReadPart } from "../../readers/text-part.js";
import { type FolderWriter, writeFolder } from "../../report/folder.js";
import { jsonText } from "../../report/manifest.js";
import { simulateDesign, simulationStreams } from "../../sampling/simulate/simulate-design.js";
import { inputFiles } from "../build-from-plan.js";
import { namedFrame } from "../named-frame.js";
import { openPlan, samplePlan } from "../open-plan.js";
import { writeTable } from "../output-table.js";
import { recordHead } from "../package-version.js";
import type { Progress } from "../progress.js";
import { type DesignedFrame, designPlan } from "../sample/design-from-plan.js";
import { frameRecord } from "../sample/manifest-of.js";
import { type SimulationCharts, simulationCharts } from "./charts.js";
import { simulationPage } from "./page.js";
import { type SimulationResults, simulationResults } from "./results.js";
import { simulationTables } from "./tables.js";

/** A simulation as it was written. */
export interface WrittenSimulation {
  readonly designed: DesignedFrame;
  readonly results: SimulationResults;
  readonly charts: SimulationCharts;
  /** Files of the folder with their hashes, but the manifest. */
  readonly outputs: readonly { readonly path: string; readonly sha256: string }[];
}

/**
 * Simulates the design of a plan into a folder, whole or not at all. Nothing is drawn from it and no register is kept:
 * these draws choose nobody.
 *
 * @param options.draws - K; whole number ≥ 2
 * @param options.frame - which frame of a plan that has several
 * @throws CasedrawError before anything is written, or with everything removed again
 */
export async function simulateToFolder(
  planPath: string,
  seed: string,
  options: {
    readonly draws: number;
    readonly frame?: string;
    readonly out: string;
    readonly force: boolean;
    readonly cwd: string;
    readonly progress: Progress;
    /** Called with the absolute target before the first byte is written. */
    readonly claim: (target: string) => void;
    /** Who reads half of a large file; by default this thread reads all of it. */
    readonly readPart?: ReadPart;
  },
): Promise<WrittenSimulation> {
  const { draws, cwd, progress } = options;
  const planFile = namedFrame(openPlan(planPath, cwd), options.frame, "simulated");
  samplePlan(planFile.plan);
  const designed = await designPlan(planFile, options);
  const { frame, design } = designed;
  const step = `Simulating ${draws} draws`;
  progress(step, 0);
  const simulation = simulateDesign(frame, design, {
    seed,
    draws,
    progress: (done) => progress(step, done / draws),
  });
  const results = simulationResults(frame, simulation);
  const charts = simulationCharts(planFile.plan, results);
  progress("Writing");
  const target = resolve(cwd, options.out);
  const protect = [planFile.path, ...inputFiles(planFile).map(({ file }) => file)];
  const outputs: { path: string; sha256: string }[] = [];
  options.claim(target);
  await writeFolder(target, { force: options.force, protect }, async (folder) => {
    await fill(folder, { designed, seed, results, charts });
    outputs.push(...folder.outputs());
    folder.file("manifest.json", manifestText(designed, { seed, draws, results, outputs }));
  });
  return { designed, results, charts, outputs };
}

async function fill(
  folder: FolderWriter,
  {
    designed,
    seed,
    results,
    charts,
  }: {
    readonly designed: DesignedFrame;
    readonly seed: string;
    readonly results: SimulationResults;
    readonly charts: SimulationCharts;
  },
): Promise<void> {
  const tables = simulationTables(results);
  writeTable(folder, "simulation.csv", tables.groups);
  if (tables.targets !== undefined) writeTable(folder, "targets.csv", tables.targets);
  // Vega takes half a second to load, and only this needs it.
  const { renderParts } = await import("../../charts/render-svg.js");
  const page = await simulationPage({
    frame: designed.frame,
    plan: designed.planFile.plan,
    seed,
    results,
    charts,
    draw: renderParts,
  });
  folder.file("simulation.html", page);
}

/** What was simulated, from what, and what came out: no clock, user, host or absolute path. */
function manifestText(
  { frame, design, inputs, planFile }: DesignedFrame,
  made: {
    readonly seed: string;
    readonly draws: number;
    readonly results: SimulationResults;
    readonly outputs: WrittenSimulation["outputs"];
  },
): string {
  const manifest = {
    ...recordHead(),
    algorithm: design.algorithm,
    seed: made.seed,
    simulation: { draws: made.draws, short: made.results.short, streams: simulationStreams },
    plan: planFile.plan,
    inputs,
    frame: frameRecord(frame, planFile.plan),
    outputs: made.outputs,
  };
  return jsonText(manifest);
}
