import { drawAgain } from "../../statistics/case-bootstrap.js";
import { bootstrapStream } from "../bootstrap-stream.js";
import { caseClusters } from "../case-clusters.js";
import { perSubject } from "../per-subject.js";

/** Replicates of a comparison's bootstrap: a rank's bounds are whole numbers, which 500 give steadily. */
export const replicates = 500;

/** How often each case is drawn in each replicate: replicate k is the part from k·cases on. */
export interface CaseDraws {
  readonly cases: number;
  readonly times: Uint8Array;
}

/** The draws that all indicators of a subject share, so that they are made once. */
export const caseDraws = perSubject((subject): CaseDraws => {
  const { count } = caseClusters(subject);
  const stream = bootstrapStream(subject.plan, "compare");
  const times = new Uint8Array(replicates * count);
  const once = new Int32Array(count);
  for (let k = 0; k < replicates; k++) {
    once.fill(0);
    drawAgain(once, stream(k + 1));
    times.set(once, k * count);
  }
  return { cases: count, times };
});
