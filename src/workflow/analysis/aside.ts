import type { StartIndicators } from "../compare/count-indicators.js";
import type { StartDigests } from "../make-digests.js";
import type { StartQuestions } from "../pia/asking.js";
import type { StartDocuments } from "../pia/documents.js";
import type { RenderWorkbook } from "../render-workbook.js";
import type { SharePng } from "./draw-pngs.js";

/** What another thread does of an analysis. Without it everything is done in the caller's, and comes out the same. */
export interface Aside {
  readonly startDigests: StartDigests;
  readonly startQuestions: StartQuestions;
  readonly startIndicators: StartIndicators;
  readonly startDocuments: StartDocuments;
  /** Where PNG can be drawn at all. */
  readonly sharePng: SharePng;
  readonly render: RenderWorkbook;
}

/** The other thread, as soon as it is ready: nobody waits for that. */
export type FindAside = () => Aside | undefined;
