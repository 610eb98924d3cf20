import { parentPort } from "node:worker_threads";
import { workbookBytes } from "../report/workbook.js";
import type { Workbook } from "../report/workbook-model.js";

parentPort?.on("message", (book: Workbook) => {
  const bytes = workbookBytes(book);
  parentPort?.postMessage(bytes);
});
