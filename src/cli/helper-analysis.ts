import type { Png } from "../report/document/document.js";
import { type DrawPng, loadPngRenderer } from "../report/png.js";
import { askFromTheEnd, type Inquiry, type PlacedOutcome } from "../workflow/pia/asking.js";
import {
  type Documents,
  type DocumentWork,
  loadDocuments,
  makeDocuments,
} from "../workflow/pia/documents.js";
import { Turns } from "./turns.js";

/** Work for an analysis. */
export type AnalysisWork =
  | { readonly kind: "count"; readonly inquiry: Inquiry; readonly turns: SharedArrayBuffer }
  | { readonly kind: "documents"; readonly work: DocumentWork }
  | { readonly kind: "png"; readonly svg: string };

export { loadDocuments };

let renderer: Promise<DrawPng> | undefined;

/** Does work for an analysis in the helper thread. */
export async function doAnalysisWork(task: AnalysisWork): Promise<PlacedOutcome[] | Documents | Png> {
  switch (task.kind) {
    case "count": {
      const turns = new Turns(task.turns);
      return askFromTheEnd(task.inquiry, (at) => turns.take(at));
    }
    case "documents":
      return await makeDocuments(task.work);
    case "png": {
      renderer ??= loadPngRenderer();
      return (await renderer)(task.svg);
    }
  }
}
