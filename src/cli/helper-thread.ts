import { parentPort } from "node:worker_threads";
import { CasedrawError, type ErrorCode } from "../errors.js";
import { partMemory, readTextPart, type TextPart } from "../readers/text-part.js";
import type { Workbook } from "../report/workbook/model.js";
import { workbookBytes } from "../report/workbook/workbook.js";

/** Work for the helper thread. */
export type HelperTask =
  | { readonly id: number; readonly kind: "part"; readonly part: TextPart }
  | { readonly id: number; readonly kind: "workbook"; readonly book: Workbook };

/** What comes of it; an error of ours crosses as its parts. */
export type HelperReply =
  | { readonly id: number; readonly result: unknown }
  | {
      readonly id: number;
      readonly refusal: { code: ErrorCode; message: string; details: CasedrawError["details"] };
    };

parentPort?.on("message", (task: HelperTask) => {
  try {
    if (task.kind === "part") {
      const result = readTextPart(task.part);
      parentPort?.postMessage({ id: task.id, result } satisfies HelperReply, partMemory(result));
    } else {
      parentPort?.postMessage({ id: task.id, result: workbookBytes(task.book) } satisfies HelperReply);
    }
  } catch (error) {
    if (!(error instanceof CasedrawError)) throw error;
    const { code, message, details } = error;
    parentPort?.postMessage({ id: task.id, refusal: { code, message, details } } satisfies HelperReply);
  }
});
