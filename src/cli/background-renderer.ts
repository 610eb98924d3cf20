import { Worker } from "node:worker_threads";
import type { Workbook } from "../report/workbook-model.js";

/** Renders workbooks in a thread of its own, while the caller goes on. */
export interface BackgroundRenderer {
  render(book: Workbook): Promise<Uint8Array>;
  stop(): Promise<unknown>;
}

/** Starts the thread, so that its modules are loaded by the time that they are wanted. */
export function backgroundRenderer(): BackgroundRenderer {
  const thread = new Worker(new URL("./renderer-thread.js", import.meta.url));
  thread.unref();
  return {
    render: (book) =>
      new Promise((resolve, reject) => {
        thread.ref();
        thread.once("message", resolve);
        thread.once("error", reject);
        thread.postMessage(book);
      }),
    stop: () => thread.terminate(),
  };
}
