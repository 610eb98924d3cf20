import { Worker } from "node:worker_threads";
import { CasedrawError } from "../errors.js";
import { makeDigest } from "../frame/frame-digests.js";
import type { PartRows, ReadPart } from "../readers/text-part.js";
import type { Png } from "../report/document/document.js";
import type { Aside, FindAside } from "../workflow/analysis/aside.js";
import type { Placed, SharedPieces } from "../workflow/analysis/counting.js";
import type { SharePng } from "../workflow/analysis/draw-pngs.js";
import type { StartDigests } from "../workflow/make-digests.js";
import type { Documents, StartDocuments } from "../workflow/pia/documents.js";
import type { RenderWorkbook } from "../workflow/render-workbook.js";
import type { HelperReply, HelperTask } from "./helper-thread.js";
import { Turns } from "./turns.js";

/** A second thread, which reads, renders and makes digests while the caller goes on. */
export interface Helper {
  readonly readPart: ReadPart;
  readonly render: RenderWorkbook;
  /** The thread makes the digests when it has nothing else to do; who waits for them takes those it has not begun. */
  readonly startDigests: StartDigests;
  /** Has the thread load what an analysis is made with. */
  prepareAnalysis(): FindAside;
}

/** Works with a second thread beside, which has ended when this is over. Its modules are loaded by the time that they are wanted. */
export async function withHelper<T>(work: (helper: Helper) => Promise<T>): Promise<T> {
  const { stop, ...helper } = startHelper();
  try {
    return await work(helper);
  } finally {
    await stop();
  }
}

function startHelper(): Helper & { stop(): Promise<unknown> } {
  const thread = new Worker(new URL("./helper-thread.js", import.meta.url));
  thread.unref();
  const waiting = new Map<number, (reply: HelperReply | Error) => void>();
  let asked = 0;
  const settle = (id: number, reply: HelperReply | Error): void => {
    const told = waiting.get(id);
    if (told === undefined) return;
    waiting.delete(id);
    if (waiting.size === 0) thread.unref();
    told(reply);
  };
  thread.on("message", (reply: HelperReply) => settle(reply.id, reply));
  thread.on("error", (error) => {
    for (const id of [...waiting.keys()]) settle(id, error as Error);
  });
  type Work = HelperTask extends infer Task ? (Task extends HelperTask ? Omit<Task, "id"> : never) : never;
  const ask = (work: Work): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = asked++;
      waiting.set(id, (reply) => {
        if (reply instanceof Error) reject(reply);
        else if ("result" in reply) resolve(reply.result);
        else reject(new CasedrawError(reply.refusal.code, reply.refusal.message, reply.refusal.details));
      });
      thread.ref();
      thread.postMessage({ ...work, id });
    });
  /** What goes wrong is told to who waits for it. */
  const begin = <T>(work: Work): (() => Promise<T>) => {
    const result = ask(work) as Promise<T>;
    result.catch(() => {});
    return () => result;
  };
  const startDigests: StartDigests = (works) => {
    const shared = Array.from(works, (work) => {
      const turn = new Turns(1);
      const theirs = begin<string>({ kind: "digest", work, turn: turn.memory });
      return { work, turn, theirs };
    });
    return async () => {
      // From the end, while the thread goes on from the start; nothing keeps the encoded frame once it is done.
      const made = shared
        .splice(0)
        .reverse()
        .map(({ work, turn, theirs }) => (turn.take(0) ? makeDigest(work) : theirs()));
      return await Promise.all(made.reverse());
    };
  };
  const share = <Result>(pieces: number, work: (turns: SharedArrayBuffer) => Work): SharedPieces<Result> => {
    const turns = new Turns(pieces);
    return { take: (at) => turns.take(at), theirs: begin<Placed<Result>[]>(work(turns.memory)) };
  };
  const startQuestions: Aside["startQuestions"] = (work, pieces) =>
    share(pieces, (turns) => ({ kind: "questions", work, turns }));
  const startIndicators: Aside["startIndicators"] = (work) =>
    share(work.defined.length, (turns) => ({ kind: "indicators", work, turns }));
  const sharePng: SharePng = (svg) => {
    const turn = new Turns(1);
    return { take: () => turn.take(0), theirs: begin<Png>({ kind: "png", svg, turn: turn.memory }) };
  };
  const render: RenderWorkbook = (book) => ask({ kind: "workbook", book }) as Promise<Uint8Array>;
  const startDocuments: StartDocuments = (work) => begin<Documents>({ kind: "documents", work });
  return {
    startDigests,
    readPart: (part) => ask({ kind: "part", part }) as Promise<PartRows>,
    render,
    prepareAnalysis() {
      const ready = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
      begin({ kind: "prepare", ready });
      const aside: Aside = {
        startDigests,
        startQuestions,
        startIndicators,
        startDocuments,
        sharePng,
        render,
      };
      return () => (Atomics.load(new Int32Array(ready), 0) === 1 ? aside : undefined);
    },
    stop() {
      waiting.clear(); // a late answer must not let the thread go before it has ended
      return thread.terminate();
    },
  };
}
