import { drawAgain } from "../../statistics/case-bootstrap.js";
import { bootstrapStream } from "../bootstrap-stream.js";
import { caseClusters } from "../case-clusters.js";
import type { Subject } from "../item.js";
import { perSubject } from "../per-subject.js";

/** Replicates of a comparison's bootstrap: a rank's bounds are whole numbers, which 500 give steadily. */
export const replicates = 500;

/** How often each case is drawn in each replicate: replicate k is the part from k·cases on. */
export interface CaseDraws {
  readonly cases: number;
  readonly times: Uint8Array;
}

const [free, begun, made] = [0, 1, 2];
const head = replicates * Int32Array.BYTES_PER_ELEMENT;

/** Room for a subject's draws, which threads that have it fill together. */
export function roomForDraws(subject: Subject): SharedArrayBuffer {
  return new SharedArrayBuffer(head + replicates * caseClusters(subject).count);
}

const rooms = new WeakMap<Subject, SharedArrayBuffer>();

/** Has the draws of a subject made in this room; by default in one of its own. */
export function drawIn(room: SharedArrayBuffer, subject: Subject): void {
  rooms.set(subject, room);
}

/** The draws that all indicators of a subject share, so that they are made once. */
export const caseDraws = perSubject((subject): CaseDraws => {
  const { count } = caseClusters(subject);
  const room = rooms.get(subject) ?? roomForDraws(subject);
  const state = new Int32Array(room, 0, replicates);
  const times = new Uint8Array(room, head);
  const stream = bootstrapStream(subject.plan, "compare");
  const once = new Int32Array(count);
  const make = (k: number): void => {
    once.fill(0);
    drawAgain(once, stream(k + 1));
    times.set(once, k * count);
    Atomics.store(state, k, made);
  };
  for (let k = 0; k < replicates; k++) if (Atomics.compareExchange(state, k, free, begun) === free) make(k);
  // What another thread has begun is not waited for: made twice, it is the same.
  for (let k = 0; k < replicates; k++) if (Atomics.load(state, k) !== made) make(k);
  return { cases: count, times };
});
