import { Worker } from "node:worker_threads";
import { CasedrawError } from "../errors.js";
import { makeDigest } from "../frame/frame-digests.js";
import type { PartRows, ReadPart } from "../readers/text-part.js";
import type { Workbook } from "../report/workbook/model.js";
import type { StartDigests } from "../workflow/make-digests.js";
import type { HelperReply, HelperTask } from "./helper-thread.js";
import { Turn } from "./turn.js";

/** A second thread, which reads, renders and makes digests while the caller goes on. */
export interface Helper {
  readonly readPart: ReadPart;
  readonly render: (book: Workbook) => Promise<Uint8Array>;
  /** The thread makes the digests when it has nothing else to do; who waits for them takes those it has not begun. */
  readonly startDigests: StartDigests;
  stop(): Promise<unknown>;
}

/** Starts the thread, so that its modules are loaded by the time that they are wanted. */
export function startHelper(): Helper {
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
  const startDigests: StartDigests = (works) => {
    const shared = Array.from(works, (work) => {
      const turn = new Turn();
      const theirs = ask({ kind: "digest", work, turn: turn.memory }) as Promise<string>;
      theirs.catch(() => {}); // told where it is waited for
      return { work, turn, theirs };
    });
    return async () => {
      // From the end, while the thread goes on from the start.
      const made = shared
        .toReversed()
        .map(({ work, turn, theirs }) => (turn.take() ? makeDigest(work) : theirs));
      return await Promise.all(made.reverse());
    };
  };
  return {
    startDigests,
    readPart: (part) => ask({ kind: "part", part }) as Promise<PartRows>,
    render: (book) => ask({ kind: "workbook", book }) as Promise<Uint8Array>,
    stop() {
      waiting.clear(); // a late answer must not let the thread go before it has ended
      return thread.terminate();
    },
  };
}
