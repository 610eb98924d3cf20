import { resolve } from "node:path";
import type { Edition } from "../../analysis/item.js";
import { digestWorks, type FrameDigests } from "../../frame/frame-digests.js";
import type { ReadPart } from "../../readers/text-part.js";
import type { AnalysisManifest } from "../../report/analysis-manifest.js";
import { startClock } from "../../report/clock.js";
import type { ManifestOutput } from "../../report/manifest.js";
import type { DrawPng } from "../../report/png.js";
import type { DrawPicture } from "../analysis/draw-charts.js";
import { type AnalysisFiles, writeAnalysisFolder } from "../analysis/folder.js";
import { frameOf } from "../analysis/frame-record.js";
import { openAnalysisPlan } from "../analysis/open-plan.js";
import { rendererOrReason } from "../analysis/renderer.js";
import { inputFiles, type Progress } from "../build.js";
import type { StartDigests } from "../make-digests.js";
import { frameRecord } from "../manifest-of.js";
import type { FindAside } from "../pia/aside.js";
import { packageVersion } from "../version.js";
import { compareAreas } from "./compare-areas.js";
import type { Comparison } from "./compared.js";
import { writeComparison } from "./outputs.js";
import { suppliedToComparePaths } from "./supplied.js";

/** As verification knows it: another version may give another folder from the same export and plan. */
export const compareVersion = 1;

/** A comparison as it was written. */
export interface WrittenComparison {
  readonly comparison: Comparison;
  readonly outputs: readonly ManifestOutput[];
  /** Why there are no pictures as PNG, where they were wanted and cannot be made. */
  readonly withoutPng?: string;
}

/**
 * Compares a plan's areas and writes the comparison into a folder, whole or not at all.
 *
 * @param planPath - as the user wrote it
 * @param options.png - whether pictures are wanted as PNG too
 * @param options.findAside - another thread; without one everything is done in this one
 * @throws CasedrawError before anything is written, or with everything removed again
 */
export async function compareToFolder(
  planPath: string,
  options: {
    readonly edition: Edition;
    readonly by?: string;
    readonly png: boolean;
    readonly out: string;
    readonly force: boolean;
    readonly cwd: string;
    readonly progress: Progress;
    /** Called with the absolute target before the first byte is written. */
    readonly claim: (target: string) => void;
    readonly readPart?: ReadPart;
    readonly findAside?: FindAside;
  },
): Promise<WrittenComparison> {
  const clock = startClock();
  const { progress, cwd, findAside } = options;
  const planFile = openAnalysisPlan(planPath, cwd);
  const comparison = await compareAreas(planFile, options);
  const { drawPng, withoutPng } = options.png ? await rendererOrReason() : {};
  const files = [
    ...inputFiles(planFile),
    ...suppliedToComparePaths(planFile.plan).map((path) => ({ path, file: resolve(planFile.folder, path) })),
  ];
  const made = compareFiles(comparison, {
    progress,
    ...(drawPng && { drawPng }),
    ...(findAside && { findAside }),
  });
  const outputs = await writeAnalysisFolder(made, {
    ...options,
    run: { clock, files, planPath: planFile.path },
  });
  return { comparison, outputs, ...(withoutPng === undefined ? {} : { withoutPng }) };
}

/**
 * What a comparison puts into its folder.
 *
 * @param options.drawPng - absent where pictures are wanted as SVG only
 */
export function compareFiles(
  comparison: Comparison,
  options: { readonly progress: Progress; readonly drawPng?: DrawPng; readonly findAside?: FindAside },
): AnalysisFiles {
  const { progress, findAside } = options;
  const drawPng = options.drawPng && shared(options.drawPng, findAside);
  const digests = startFrameDigests(comparison, findAside?.()?.startDigests);
  return {
    write: (folder) => writeComparison(folder, comparison, { progress, ...(drawPng && { drawPng }) }),
    manifest: async (outputs) =>
      compareManifest(comparison, { png: drawPng !== undefined, outputs, digests: await digests?.() }),
  };
}

/** So many pictures may wait in the other thread before this one draws too. */
const mostWaiting = 3;

/** Draws in two threads: the other one as long as it keeps up, else this one. */
function shared(here: DrawPng, findAside: FindAside | undefined): DrawPicture {
  let waiting = 0;
  return (svg) => {
    const other = findAside?.();
    if (other === undefined || waiting >= mostWaiting) return here(svg);
    waiting++;
    return other.drawPng(svg).finally(() => {
      waiting--;
    });
  };
}

function startFrameDigests(
  { built, plan }: Comparison,
  startDigests: StartDigests | undefined,
): (() => Promise<FrameDigests>) | undefined {
  if (built === undefined || startDigests === undefined) return undefined;
  const { works, assemble } = digestWorks(built.frame, plan);
  const finish = startDigests(works);
  return async () => assemble(await finish());
}

/**
 * What a comparison says of itself.
 *
 * @param made.digests - of its frame; by default they are made here
 */
export function compareManifest(
  { plan, edition, by, built, supplied, earlier = [], groups, refused }: Comparison,
  made: {
    readonly png: boolean;
    readonly outputs: readonly ManifestOutput[];
    readonly digests?: FrameDigests | undefined;
  },
): AnalysisManifest {
  const isInternal = edition === "internal";
  const inputs = [...(built?.inputs ?? []), ...earlier, ...supplied];
  return {
    casedraw: 1,
    software: { name: "casedraw", version: packageVersion() },
    algorithm: { name: "compare", version: compareVersion },
    edition,
    png: made.png,
    ...(by === undefined ? {} : { by }),
    plan,
    inputs: isInternal ? inputs : inputs.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
    ...(built === undefined
      ? {}
      : { frame: frameOf(frameRecord(built.frame, plan, made.digests), isInternal) }),
    items: [
      ...groups.flatMap(({ compared }) =>
        compared.map(({ comparison }) => ({ id: comparison.indicator.id, shown: true })),
      ),
      ...refused.map(({ name }) => ({ id: name, shown: false })),
    ],
    outputs: made.outputs,
  };
}
