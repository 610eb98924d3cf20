import { parentPort } from "node:worker_threads";
import { CasedrawError, type ErrorCode } from "../errors.js";
import { type DigestWork, makeDigest } from "../frame/frame-digests.js";
import { partMemory, readTextPart, type TextPart } from "../readers/text-part.js";
import type { Workbook } from "../report/workbook/model.js";
import { workbookBytes } from "../report/workbook/workbook.js";
import { Turn } from "./turn.js";

/** Work for the helper thread. */
export type HelperTask =
  | { readonly id: number; readonly kind: "part"; readonly part: TextPart }
  | { readonly id: number; readonly kind: "workbook"; readonly book: Workbook }
  | DigestTask;

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

const digests: DigestTask[] = [];

parentPort?.on("message", (task: HelperTask) => {
  if (task.kind !== "digest") {
    answer(task);
    return;
  }
  if (digests.push(task) === 1) setImmediate(nextDigest);
});

/** One at a time, so that other work, which is waited for sooner, comes between. */
function nextDigest(): void {
  const { id, work, turn } = digests[0] as DigestTask;
  const result = new Turn(turn).take() ? makeDigest(work) : undefined;
  reply({ id, result });
  digests.shift();
  if (digests.length > 0) setImmediate(nextDigest);
}

function answer(task: Exclude<HelperTask, DigestTask>): void {
  try {
    if (task.kind === "part") {
      const result = readTextPart(task.part);
      reply({ id: task.id, result }, partMemory(result));
    } else {
      reply({ id: task.id, result: workbookBytes(task.book) });
    }
  } catch (error) {
    if (!(error instanceof CasedrawError)) throw error;
    const { code, message, details } = error;
    reply({ id: task.id, refusal: { code, message, details } });
  }
}

function reply(message: HelperReply, memory: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, memory);
}
