import type { Png } from "../../report/document/document.js";
import type { StartIndicators } from "../compare/count-indicators.js";
import type { StartDigests } from "../make-digests.js";
import type { StartQuestions } from "../pia/asking.js";
import type { StartDocuments } from "../pia/documents.js";

/** What another thread does of an analysis. Without it everything is done in the caller's, and comes out the same. */
export interface Aside {
  readonly startDigests: StartDigests;
  readonly startQuestions: StartQuestions;
  readonly startIndicators: StartIndicators;
  readonly startDocuments: StartDocuments;
  /** Draws SVG as PNG, where that can be done at all. */
  readonly drawPng: (svg: string) => Promise<Png>;
}

/** The other thread, as soon as it is ready: nobody waits for that. */
export type FindAside = () => Aside | undefined;
