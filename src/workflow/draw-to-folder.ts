import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { CasedrawError } from "../errors.js";
import type { Frame } from "../frame/frame.js";
import { frameDigests } from "../frame/frame-digests.js";
import { compareBytes } from "../frame/text.js";
import type { Plan } from "../plan/types.js";
import type { ReadPart } from "../readers/text-part.js";
import { type FolderWriter, writeFolder } from "../report/folder.js";
import { type Manifest, type ManifestOutput, manifestText, runRecordText } from "../report/manifest.js";
import type { RegisterClaim } from "../report/register.js";
import { type Design, designSample } from "../sampling/design.js";
import { drawSample, type Sample } from "../sampling/draw.js";
import { selectionDigest } from "../sampling/selection-digest.js";
import { type BuiltFrame, buildFromPlan, inputFiles, type Progress } from "./build.js";
import { openPlan, type PlanFile, samplePlan } from "./open-plan.js";
import { type RegisteredDraw, registerBeside, registerDraw } from "./register.js";
import { type RenderWorkbook, renderHere, sampleOutputs } from "./sample-outputs.js";
import { strataRecords } from "./sample-tables.js";
import { packageVersion } from "./version.js";

/** A seed from the system's randomness, for whoever gives none: 64 bits in decimal. */
export function newSeed(): string {
  return randomBytes(8).readBigUInt64BE().toString();
}

/** A frame with its design, before a draw. */
export interface DesignedFrame extends BuiltFrame {
  readonly planFile: PlanFile;
  readonly design: Design;
}

/** Reads a plan and its files and works out strata and allocation: all of a draw but the draw. */
export async function designFromPlan(
  planPath: string,
  options: { readonly cwd: string; readonly progress: Progress; readonly readPart?: ReadPart },
): Promise<DesignedFrame> {
  const planFile = openPlan(planPath, options.cwd);
  const wanted = samplePlan(planFile.plan);
  const built = await buildFromPlan(planFile, options);
  return { ...built, planFile, design: designSample(built.frame, wanted) };
}

/** The manifest of a sample, but for the files that it lists. */
export function manifestOf(
  plan: Plan,
  seed: string,
  built: Pick<BuiltFrame, "frame" | "inputs">,
  sample: Sample,
): Omit<Manifest, "outputs"> {
  const { frame, inputs } = built;
  const { rowsRead, superseded, folded } = frame.accounting;
  const digests = frameDigests(frame, plan);
  return {
    casedraw: 1,
    software: { name: "casedraw", version: packageVersion() },
    algorithm: sample.design.algorithm,
    seed,
    plan,
    inputs,
    frame: {
      rows_read: rowsRead,
      superseded,
      folded,
      eligible: frame.eligible.length,
      excluded: frame.exclusion.reasons,
      digest: digests.frame,
      design_digest: digests.design,
      field_digests: digests.fields,
    },
    strata: strataRecords(sample),
    selection: { units: sample.drawn.length, digest: digestOf(frame, sample) },
    ...(sample.estimated === undefined
      ? {}
      : {
          estimation: {
            stream: "caps/<k>",
            replays: sample.estimated.replays,
            discarded: sample.estimated.discarded,
          },
        }),
  };
}

function digestOf(frame: Frame, sample: Sample): string {
  return selectionDigest(
    sample.drawn.map(({ unit }) => frame.ids[unit] as string),
    sample.reserves.map(({ unit, stratum }) => ({ stratum: stratum.key, unitId: frame.ids[unit] as string })),
  );
}

/** A sample as it was written. */
export interface WrittenSample {
  readonly designed: DesignedFrame;
  readonly sample: Sample;
  readonly manifest: Manifest;
  /** The draw's line in the register; absent where none was kept. */
  readonly registered?: RegisteredDraw;
}

/**
 * Writes a sample's files and records into a folder that is being filled.
 *
 * @param prefix - subfolder with a slash at its end, or ""
 * @param run - what `run.json` says of this run
 * @param options.enter - enters the draw in its register, once all its other files are on the disk; by default in none
 */
export async function fillSampleFolder(
  folder: FolderWriter,
  prefix: string,
  run: { readonly started: Date; readonly files: DesignedFrame["files"]; readonly planPath: string },
  designed: DesignedFrame,
  options: {
    readonly seed: string;
    readonly render?: RenderWorkbook;
    readonly enter?: ((manifest: Manifest) => Promise<RegisteredDraw>) | undefined;
  },
): Promise<WrittenSample> {
  const { plan } = designed.planFile;
  const { seed, render = renderHere } = options;
  const sample = drawSample(designed.frame, designed.design, seed);
  const outputs = sampleOutputs({ frame: designed.frame, plan, sample, records: () => recorded }, render);
  const recorded = manifestOf(plan, seed, designed, sample); // the digests take as long as the workbook
  const written: ManifestOutput[] = [];
  for (const output of outputs) {
    const stream = folder.stream(`${prefix}${output.name}`);
    await output.write((chunk) => stream.write(chunk));
    written.push({ path: output.name, sha256: stream.close().sha256 });
  }
  written.sort((a, b) => compareBytes(a.path, b.path));
  const manifest: Manifest = { ...recorded, outputs: written };
  folder.file(`${prefix}manifest.json`, manifestText(manifest));
  const registered = await options.enter?.(manifest);
  folder.file(
    `${prefix}run.json`,
    runRecordText({
      casedraw: 1,
      when: run.started.toISOString(),
      seconds: (Date.now() - run.started.getTime()) / 1000,
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
      plan: run.planPath,
      inputs: run.files,
      register: registered?.reference ?? null,
    }),
  );
  return { designed, sample, manifest, ...(registered === undefined ? {} : { registered }) };
}

/**
 * Draws the sample of a plan into a folder, whole or not at all.
 *
 * @throws CasedrawError before anything is written, or with everything removed again
 */
export async function drawToFolder(
  planPath: string,
  seed: string,
  options: {
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
  },
): Promise<WrittenSample> {
  const started = new Date();
  const designed = await designFromPlan(planPath, options);
  const { planFile } = designed;
  const target = resolve(options.cwd, options.out);
  const register = registerOf(planFile, options);
  const inRegister = register === undefined ? undefined : { file: register };
  let registered: RegisteredDraw | undefined;
  const enter = async (file: string, manifest: Manifest): Promise<RegisteredDraw> => {
    registered = await registerDraw(file, manifest, planFile.path);
    options.claim(target, { file, line: registered.reference.line });
    return registered;
  };
  let written: WrittenSample | undefined;
  options.progress("Drawing");
  options.claim(target, inRegister);
  const inputs = inputFiles(planFile).map(({ file }) => file);
  const protect = [planFile.path, ...inputs, ...(register === undefined ? [] : [register])];
  try {
    await writeFolder(target, { force: options.force, protect }, async (folder) => {
      const run = { started, files: designed.files, planPath: planFile.path };
      const entering = register === undefined ? undefined : (manifest: Manifest) => enter(register, manifest);
      written = await fillSampleFolder(folder, "", run, designed, { ...options, seed, enter: entering });
    });
  } catch (error) {
    throw registered === undefined ? error : afterEntry(error, registered);
  }
  return written as WrittenSample;
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
function afterEntry(error: unknown, { reference }: RegisteredDraw): unknown {
  if (!(error instanceof CasedrawError)) return error;
  const stays = `The register has the draw as line ${reference.line}, which stays (${reference.file}).`;
  return new CasedrawError(error.code, `${error.message} ${stays}`, {
    ...error.details,
    register: reference,
  });
}
