import { parentPort } from "node:worker_threads";
import { CasedrawError, type ErrorCode } from "../errors.js";
import { type DigestWork, makeDigest } from "../frame/frame-digests.js";
import { partMemory, readTextPart, type TextPart } from "../readers/text-part.js";
import type { Workbook } from "../report/workbook/model.js";
import { workbookBytes } from "../report/workbook/workbook.js";
import type { AnalysisWork } from "./helper-analysis.js";
import { Turns } from "./turns.js";

/** Work for the helper thread. */
export type HelperTask =
  | { readonly id: number; readonly kind: "part"; readonly part: TextPart }
  | { readonly id: number; readonly kind: "workbook"; readonly book: Workbook }
  | AnalysisTask
  | DigestTask;

/** Of an analysis; to "prepare" it is to load what the others are done with, and to say so where the asking thread can see it. */
type AnalysisTask = { readonly id: number } & (
  | AnalysisWork
  | { readonly kind: "prepare"; readonly ready: SharedArrayBuffer }
);

/** A digest that the asking thread may make itself, if it gets to it first. */
interface DigestTask {
  readonly id: number;
  readonly kind: "digest";
  readonly work: DigestWork;
  readonly turn: SharedArrayBuffer;
}

/** What comes of it; an error of ours crosses as its parts. */
export type HelperReply =
  | { readonly id: number; readonly result: unknown }
  | {
      readonly id: number;
      readonly refusal: { code: ErrorCode; message: string; details: CasedrawError["details"] };
    };

/** Work that the asking thread does itself if it gets to it first. */
const shared: HelperTask[] = [];

/** Few commands make an analysis, and it is much to load. */
let analysis: Promise<typeof import("./helper-analysis.js")> | undefined;

parentPort?.on("message", (task: HelperTask) => {
  if (task.kind !== "digest" && task.kind !== "png") void answer(task);
  else if (shared.push(task) === 1) setImmediate(nextShared);
});

/** One at a time, so that other work, which is waited for sooner, comes between. */
async function nextShared(): Promise<void> {
  await answer(shared[0] as HelperTask);
  shared.shift();
  if (shared.length > 0) setImmediate(nextShared);
}

async function answer(task: HelperTask): Promise<void> {
  try {
    if (task.kind === "part") {
      const result = readTextPart(task.part);
      reply({ id: task.id, result }, partMemory(result));
      // While the frame is built there is nothing else to do.
      if (analysis !== undefined) await (await analysis).loadDocuments();
    } else if (task.kind === "workbook") {
      reply({ id: task.id, result: workbookBytes(task.book) });
    } else if (task.kind === "digest") {
      reply({ id: task.id, result: new Turns(task.turn).take(0) ? makeDigest(task.work) : undefined });
    } else {
      reply({ id: task.id, result: await analysisResult(task) });
    }
  } catch (error) {
    if (!(error instanceof CasedrawError)) throw error;
    const { code, message, details } = error;
    reply({ id: task.id, refusal: { code, message, details } });
  }
}

async function analysisResult(task: AnalysisTask): Promise<unknown> {
  analysis ??= import("./helper-analysis.js");
  const { doAnalysisWork } = await analysis;
  if (task.kind !== "prepare") return await doAnalysisWork(task);
  Atomics.store(new Int32Array(task.ready), 0, 1);
  return undefined;
}

function reply(message: HelperReply, memory: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, memory);
}
