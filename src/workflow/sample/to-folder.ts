import { resolve } from "node:path";
import { CasedrawError } from "../../errors.js";
import { compareBytes } from "../../frame/text.js";
import type { ReadPart } from "../../readers/text-part.js";
import { type RunClock, startClock } from "../../report/clock.js";
import { type FolderWriter, writeFolder } from "../../report/folder.js";
import { type Manifest, type ManifestOutput, manifestText } from "../../report/manifest.js";
import type { RegisterClaim } from "../../report/register/lines.js";
import { drawSample, type Sample } from "../../sampling/draw.js";
import { inputFiles } from "../build-from-plan.js";
import { type DigestsBegun, digestsHere, type StartDigests, startFrameDigests } from "../make-digests.js";
import type { PlanFile } from "../open-plan.js";
import type { Progress } from "../progress.js";
import { type RenderWorkbook, renderHere } from "../render-workbook.js";
import { type Run, textOfRun } from "../run-record.js";
import { type DesignedFrame, designFromPlan } from "./design-from-plan.js";
import { type ManifestMarks, manifestOf } from "./manifest-of.js";
import { sampleOutputs } from "./outputs.js";
import { type RegisteredDraw, registerBeside, registerDraw } from "./register.js";

/** A sample that is to be drawn and written. */
export interface PlannedDraw {
  readonly designed: DesignedFrame & DigestsBegun;
  readonly seed: string;
  /** Subfolder with a slash at its end, or "". */
  readonly prefix: string;
  /** By default as the design's method does. */
  readonly draw?: () => Sample;
  readonly marks?: ManifestMarks;
  /** Absolute path of the folder of the sample that this one is linked to. */
  readonly linkedTo?: string;
  /** Absolute path of the folder of the version before. */
  readonly from?: string;
}

/** A sample as it was written. */
export interface WrittenSample {
  readonly designed: DesignedFrame;
  readonly sample: Sample;
  readonly manifest: Manifest;
  /** The draw's line in the register; absent where none was kept. */
  readonly registered?: RegisteredDraw;
}

/** Draws a sample and writes its files and its manifest, all but `run.json`, into a folder that is being filled. */
async function putSample(
  folder: FolderWriter,
  { designed, seed, prefix, draw, marks }: PlannedDraw,
  {
    progress,
    render = renderHere,
    startDigests = digestsHere,
  }: Pick<DrawOptions, "progress" | "render" | "startDigests">,
): Promise<WrittenSample> {
  const { plan } = designed.planFile;
  const { finishDigests = startFrameDigests(designed.frame, plan, startDigests) } = designed;
  const sample = draw?.() ?? drawSample(designed.frame, designed.design, seed);
  const context = { frame: designed.frame, plan, sample, records: () => recorded, progress };
  const outputs = sampleOutputs(context, render);
  const recorded = manifestOf(plan, seed, designed, sample, marks, await finishDigests());
  const written: ManifestOutput[] = [];
  for (const output of outputs) {
    const stream = folder.stream(`${prefix}${output.name}`);
    await output.write((chunk) => stream.write(chunk));
    written.push({ path: output.name, sha256: stream.close().sha256 });
  }
  written.sort((a, b) => compareBytes(a.path, b.path));
  const manifest: Manifest = { ...recorded, outputs: written };
  folder.file(`${prefix}manifest.json`, manifestText(manifest));
  return { designed, sample, manifest };
}

function writeRun(
  folder: FolderWriter,
  { prefix, linkedTo, from }: Pick<PlannedDraw, "prefix" | "linkedTo" | "from">,
  { run, registered }: { readonly run: Run; readonly registered: RegisteredDraw | undefined },
): void {
  folder.file(
    `${prefix}run.json`,
    textOfRun(run, {
      ...(linkedTo === undefined ? {} : { linked_to: linkedTo }),
      ...(from === undefined ? {} : { from }),
      register: registered?.reference ?? null,
    }),
  );
}

/**
 * Writes a sample's files and records, entered in no register, into a folder that is being filled.
 *
 * @param options.run - what `run.json` says of this run
 */
export async function fillSampleFolder(
  folder: FolderWriter,
  draw: PlannedDraw,
  { run, progress }: { readonly run: Run; readonly progress: Progress },
): Promise<WrittenSample> {
  const written = await putSample(folder, draw, { progress });
  writeRun(folder, draw, { run, registered: undefined });
  return written;
}

/** How a draw is written, and who is told. */
export interface DrawOptions {
  readonly out: string;
  readonly force: boolean;
  readonly cwd: string;
  readonly progress: Progress;
  /** Called with the absolute target before the first byte is written, and again once the register has its line. */
  readonly claim: (target: string, register?: RegisterClaim) => void;
  /** Where the draw is entered; null for nowhere; by default `draws.jsonl` beside the plan. */
  readonly register?: string | null;
  /** Who reads half of a large file; by default this thread reads all of it. */
  readonly readPart?: ReadPart;
  /** Where the workbook is rendered; by default in this thread. */
  readonly render?: RenderWorkbook;
  /** Where the frame's digests are made; by default in this thread. */
  readonly startDigests?: StartDigests;
}

/**
 * Draws the sample of a plan into a folder, whole or not at all.
 *
 * @throws CasedrawError before anything is written, or with everything removed again
 */
export async function drawToFolder(
  planPath: string,
  seed: string,
  options: DrawOptions,
): Promise<WrittenSample> {
  const clock = startClock();
  const designed = await designFromPlan(planPath, options);
  const draws = [{ designed, seed, prefix: "" }];
  const [written] = await drawsToFolder(draws, { ...options, clock });
  return written as WrittenSample;
}

/**
 * Writes several draws from one plan file into one folder, whole or not at all. Each gets its line in the register once
 * the files of all are on the disk.
 *
 * @param options.finish - writes what the folder holds beside the samples, before they are entered
 * @throws CasedrawError with everything removed again, but for lines in the register
 */
export async function drawsToFolder(
  draws: readonly PlannedDraw[],
  options: DrawOptions & {
    readonly clock: RunClock;
    /** Files that the folder may neither be nor contain, beside the plan, the inputs and the register. */
    readonly protect?: readonly string[];
    readonly finish?: (folder: FolderWriter, written: readonly WrittenSample[]) => void;
  },
): Promise<WrittenSample[]> {
  const { clock } = options;
  const { planFile } = (draws[0] as PlannedDraw).designed;
  const target = resolve(options.cwd, options.out);
  const register = registerOf(planFile, options);
  const inputs = draws.flatMap(({ designed }) => inputFiles(designed.planFile).map(({ file }) => file));
  const protect = [
    planFile.path,
    ...inputs,
    ...(options.protect ?? []),
    ...(register === undefined ? [] : [register]),
  ];
  const done: WrittenSample[] = [];
  const entered: RegisteredDraw[] = [];
  options.progress("Drawing");
  options.claim(target, register === undefined ? undefined : { file: register });
  try {
    await writeFolder(target, { force: options.force, protect }, async (folder) => {
      const written: WrittenSample[] = [];
      for (const draw of draws) written.push(await putSample(folder, draw, options));
      options.finish?.(folder, written);
      for (const [at, draw] of draws.entries()) {
        const sample = written[at] as WrittenSample;
        let registered: RegisteredDraw | undefined;
        if (register !== undefined) {
          registered = await registerDraw(register, sample.manifest, planFile.path, (line) =>
            options.claim(target, { file: register, line }),
          );
          entered.push(registered);
        }
        const run = { clock, files: draw.designed.files, planPath: planFile.path };
        writeRun(folder, draw, { run, registered });
        done.push({ ...sample, ...(registered === undefined ? {} : { registered }) });
      }
    });
  } catch (error) {
    throw afterEntry(error, entered);
  }
  return done;
}

function registerOf(
  planFile: PlanFile,
  options: { readonly cwd: string; readonly register?: string | null },
): string | undefined {
  if (options.register === null) return undefined;
  return options.register === undefined
    ? registerBeside(planFile.path)
    : resolve(options.cwd, options.register);
}

/** A draw that was made is a draw, though its folder could not be put in place: its line stays, and that is said. */
function afterEntry(error: unknown, entered: readonly RegisteredDraw[]): unknown {
  const references = entered.map(({ reference }) => reference);
  const [first] = references;
  if (first === undefined || !(error instanceof CasedrawError)) return error;
  const lines = references.map(({ line }) => line);
  const stays =
    lines.length === 1
      ? `The register has the draw as line ${first.line}, which stays (${first.file}).`
      : `The register has the draws as lines ${lines.join(", ")}, which stay (${first.file}).`;
  return new CasedrawError(error.code, `${error.message} ${stays}`, { ...error.details, register: first });
}
