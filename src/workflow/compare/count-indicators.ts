import type { Counted, Subject } from "../../analysis/item.js";
import { drawIn, roomForDraws } from "../../analysis/regional/case-draws.js";
import { countIndicator } from "../../analysis/regional/count-indicator.js";
import type { DefinedIndicator } from "../../analysis/regional/defined-indicator.js";
import { settled } from "../../analysis/settled.js";
import {
  countAll,
  countFromTheEnd,
  type Placed,
  type SharedPieces,
  type TakePiece,
} from "../analysis/counting.js";
import type { Progress } from "../progress.js";

/** Indicators that an export is counted by: plain data, for another thread too. */
export interface IndicatorsToCount {
  readonly subject: Subject;
  readonly defined: readonly DefinedIndicator[];
  /** The field of the areas. */
  readonly by: string;
  readonly unknownAsNo: boolean;
  /** Where the draws that all indicators share are made, by all threads that have it. */
  readonly room?: SharedArrayBuffer;
}

/** Begins to count in another thread, from the last indicator on. */
export type StartIndicators = (work: IndicatorsToCount) => SharedPieces<Counted>;

/**
 * Counts every indicator by area.
 *
 * @param options.startIndicators - by default this thread counts all
 * @returns in the order of the indicators
 */
export async function countIndicators(
  work: IndicatorsToCount,
  { progress, startIndicators }: { readonly progress: Progress; readonly startIndicators?: StartIndicators },
): Promise<readonly Counted[]> {
  // What another thread needs is copied: for one indicator that is not worth it.
  if (startIndicators === undefined || work.defined.length < 2)
    return await countAll(work.defined.length, (at) => countAt(work, at), { progress });
  const together = { ...work, room: roomForDraws(work.subject) };
  const shared = startIndicators(together);
  return await countAll(work.defined.length, (at) => countAt(together, at), { progress, shared });
}

/** Counts from the last indicator on, while another thread goes on from the first. */
export function countIndicatorsFromTheEnd(work: IndicatorsToCount, take: TakePiece): Placed<Counted>[] {
  return countFromTheEnd(work.defined.length, (at) => countAt(work, at), take);
}

function countAt({ subject, defined, by, unknownAsNo, room }: IndicatorsToCount, at: number): Counted {
  if (room !== undefined) drawIn(room, subject);
  return settled(countIndicator(subject, defined[at] as DefinedIndicator, by, { unknownAsNo }));
}
