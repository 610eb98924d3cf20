import { resolve } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { type AskPassword, askPasswordsOf, type PasswordAnswer } from "../readers/passwords.js";
import { ClaimSlot } from "./claim.js";
import type { Catalogue } from "./command.js";
import { Flow } from "./flow.js";
import type { Host } from "./io.js";
import { main } from "./main.js";

/** What the main thread hands a worker. */
export interface WorkerStart {
  readonly argv: readonly string[];
  readonly terminal: Host["terminal"];
  readonly claim: SharedArrayBuffer;
  readonly flow: SharedArrayBuffer;
}

/** What a worker tells the main thread. */
export type WorkerMessage =
  | { readonly kind: "write"; readonly stream: "out" | "err"; readonly text: string }
  | { readonly kind: "progress"; readonly step: string; readonly fraction: number | undefined }
  /** Answered with a {@link PasswordAnswer}. */
  | { readonly kind: "password"; readonly file: string; readonly wrong: number }
  | { readonly kind: "done"; readonly code: number };

/** Milliseconds between two messages about one step. */
const interval = 50;

/** Runs the command line that the main thread handed over, in a worker thread. */
export async function serve(catalogue: Catalogue): Promise<void> {
  const { argv, terminal, claim, flow } = workerData as WorkerStart;
  const tell = (message: WorkerMessage) => parentPort?.postMessage(message);
  askPasswordsOf(asking(tell));
  const host = workerHost(tell, terminal, new ClaimSlot(claim), new Flow(flow));
  tell({ kind: "done", code: await main(argv, host, catalogue) });
}

/** The terminal is the main thread's; one password is asked for at a time. */
function asking(tell: (message: WorkerMessage) => void): AskPassword {
  return (file, wrong) =>
    new Promise((resolve) => {
      parentPort?.once("message", (answer: PasswordAnswer) => resolve(answer));
      tell({ kind: "password", file, wrong });
    });
}

function workerHost(
  tell: (message: WorkerMessage) => void,
  terminal: Host["terminal"],
  claim: ClaimSlot,
  flow: Flow,
): Host {
  let lastStep: string | undefined;
  let lastTime = 0;
  return {
    write(stream, text) {
      tell({ kind: "write", stream, text });
      flow.sent(text.length);
    },
    progress(step, fraction) {
      const now = performance.now();
      if (step === lastStep && now - lastTime < interval) return;
      lastStep = step;
      lastTime = now;
      tell({ kind: "progress", step, fraction });
    },
    claim: (target, register) => claim.set(target === undefined ? undefined : resolve(target), register),
    terminal,
    cwd: process.cwd(),
    env: process.env,
  };
}
