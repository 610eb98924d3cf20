import { totalmem } from "node:os";
import { getHeapStatistics } from "node:v8";
import { Worker } from "node:worker_threads";
import { ClaimSlot } from "./claim.js";
import { reportFailure } from "./failure.js";
import { Flow } from "./flow.js";
import { readGlobals } from "./global-options.js";
import { type EndingSignal, endingSignals, interrupt, tidy } from "./interrupt.js";
import { createIo } from "./io.js";
import { readPassword } from "./read-password.js";
import type { WorkerMessage, WorkerStart } from "./serve.js";
import type { Terminal } from "./terminal.js";

type Ending =
  | { readonly kind: "done"; readonly code: number }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "signal"; readonly signal: EndingSignal };

/**
 * Runs a command line in a worker thread, so that this thread stays free to draw progress and to end the work at once
 * when it is interrupted.
 *
 * @param entry - the worker's module; it calls `serve`
 * @returns the exit code; after an interrupt the process ends here
 */
export async function supervise(argv: readonly string[], terminal: Terminal, entry: URL): Promise<number> {
  const claim = new ClaimSlot();
  const flow = new Flow();
  const start: WorkerStart = { argv, terminal: terminal.terminal, claim: claim.memory, flow: flow.memory };
  let over = false;
  let worker: Worker | undefined;
  const ending = await new Promise<Ending>((resolve) => {
    for (const signal of endingSignals) process.on(signal, () => resolve({ kind: "signal", signal }));
    worker = new Worker(entry, {
      workerData: start,
      resourceLimits: { maxOldGenerationSizeMb: heapLimit() },
    });
    worker.on("message", (message: WorkerMessage) => {
      if (over) return;
      if (message.kind === "done") resolve(message);
      else if (message.kind === "progress") terminal.progress(message.step, message.fraction);
      else if (message.kind === "password") {
        void readPassword(terminal, message).then((answer) => worker?.postMessage(answer));
      } else terminal.write(message.stream, message.text, () => flow.written(message.text.length));
    });
    worker.on("error", (error) => resolve({ kind: "failed", error }));
    worker.on("exit", () =>
      resolve({ kind: "failed", error: new Error("The worker ended before its work.") }),
    );
  });
  over = true;
  terminal.endProgress();
  const ended = worker?.terminate();
  if (ending.kind === "signal") return interrupt(ending.signal, ended, claim, terminal);
  for (const signal of endingSignals) process.removeAllListeners(signal);
  await ended;
  if (ending.kind === "done") return ending.code;
  await tidy(claim.read());
  return reportFailure(ending.error, createIo(terminal, readGlobals(argv)));
}

/** In megabytes: a national export may take most of the machine, unless Node was told a limit. */
function heapLimit(): number {
  const given = getHeapStatistics().heap_size_limit;
  const told = [...process.execArgv, process.env.NODE_OPTIONS ?? ""].join(" ");
  const bytes = /--max[-_]old[-_]space[-_]size/.test(told) ? given : Math.max(given, totalmem() * 0.75);
  return Math.ceil(bytes / (1024 * 1024));
}
