import { resolve } from "node:path";
import { type FolderWriter, writeFolder } from "../../report/folder.js";
import { jsonText, type ManifestOutput } from "../../report/manifest.js";
import { inputFiles } from "../build-from-plan.js";
import { writeTable } from "../output-table.js";
import { recordHead } from "../package-version.js";
import type { DesignedFrame } from "../sample/design-from-plan.js";
import { frameRecord } from "../sample/manifest-of.js";
import { answerChart, type SizeAnswer } from "./answer.js";
import { sizePage } from "./page.js";
import { sizeTable } from "./tables.js";

/**
 * Writes an answer: size.csv, size.html and manifest.json, whole or not at all.
 *
 * @param options.designed - where the answer is about a plan
 * @returns the files with their hashes, but the manifest
 * @throws CasedrawError before anything is written, or with everything removed again
 */
export async function sizeToFolder(
  answer: SizeAnswer,
  options: {
    readonly out: string;
    readonly force: boolean;
    readonly cwd: string;
    /** Called with the absolute target before the first byte is written. */
    readonly claim: (target: string) => void;
    readonly designed?: DesignedFrame;
  },
): Promise<readonly ManifestOutput[]> {
  const { designed, cwd, force } = options;
  const target = resolve(cwd, options.out);
  const protect =
    designed === undefined
      ? []
      : [designed.planFile.path, ...inputFiles(designed.planFile).map(({ file }) => file)];
  const outputs: ManifestOutput[] = [];
  options.claim(target);
  await writeFolder(target, { force, protect }, async (folder) => {
    await fill(folder, answer);
    outputs.push(...folder.outputs());
    folder.file("manifest.json", manifestText(answer, { outputs, ...(designed && { designed }) }));
  });
  return outputs;
}

async function fill(folder: FolderWriter, answer: SizeAnswer): Promise<void> {
  writeTable(folder, "size.csv", sizeTable(answer));
  const chart = answerChart(answer);
  // Vega takes half a second to load, and only this needs it.
  const { renderParts } = await import("../../charts/render-svg.js");
  const picture = chart === undefined ? undefined : { chart, pictures: await renderParts(chart) };
  folder.file("size.html", sizePage(answer, picture));
}

/** What was asked, of what, and what came out: no clock, user, host or absolute path. */
function manifestText(
  { question }: SizeAnswer,
  made: { readonly designed?: DesignedFrame; readonly outputs: readonly ManifestOutput[] },
): string {
  const { designed, outputs } = made;
  const manifest = {
    ...recordHead(),
    size: {
      ...question.assumptions,
      ...question.goals,
      design_effect: question.designEffect,
      population: question.populationSize,
      size: question.size,
      by: question.by,
    },
    ...(designed === undefined ? {} : planFacts(designed)),
    outputs,
  };
  return jsonText(manifest);
}

function planFacts({ frame, design, inputs, planFile }: DesignedFrame) {
  return {
    algorithm: design.algorithm,
    plan: planFile.plan,
    inputs,
    frame: frameRecord(frame, planFile.plan),
  };
}
