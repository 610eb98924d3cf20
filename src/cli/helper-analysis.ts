import type { Png } from "../report/document/document.js";
import { type DrawPng, loadPngRenderer } from "../report/png.js";
import type { Placed, TakePiece } from "../workflow/analysis/counting.js";
import { countIndicatorsFromTheEnd, type IndicatorsToCount } from "../workflow/compare/count-indicators.js";
import { askFromTheEnd, type Inquiry } from "../workflow/pia/asking.js";
import {
  type Documents,
  type DocumentWork,
  loadDocuments,
  makeDocuments,
} from "../workflow/pia/documents.js";
import { Turns } from "./turns.js";

/** Work for an analysis. */
export type AnalysisWork =
  | { readonly kind: "questions"; readonly work: Inquiry; readonly turns: SharedArrayBuffer }
  | { readonly kind: "indicators"; readonly work: IndicatorsToCount; readonly turns: SharedArrayBuffer }
  | { readonly kind: "documents"; readonly work: DocumentWork }
  | { readonly kind: "png"; readonly svg: string; readonly turn: SharedArrayBuffer };

export { loadDocuments };

let renderer: Promise<DrawPng> | undefined;

/** Does work for an analysis in the helper thread. */
export async function doAnalysisWork(
  task: AnalysisWork,
): Promise<Placed<unknown>[] | Documents | Png | undefined> {
  switch (task.kind) {
    case "questions":
      return askFromTheEnd(task.work, takeFrom(task.turns));
    case "indicators":
      return countIndicatorsFromTheEnd(task.work, takeFrom(task.turns));
    case "documents":
      return await makeDocuments(task.work);
    case "png": {
      renderer ??= loadPngRenderer();
      const drawPng = await renderer;
      return takeFrom(task.turn)(0) ? drawPng(task.svg) : undefined;
    }
  }
}

function takeFrom(memory: SharedArrayBuffer): TakePiece {
  const turns = new Turns(memory);
  return (at) => turns.take(at);
}
