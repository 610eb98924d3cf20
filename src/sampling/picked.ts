import type { Frame } from "../frame/frame.js";
import type { Note } from "../frame/note.js";
import { compareBytes, compareUnits } from "../frame/text.js";
import type { EstimatedProbabilities } from "./caps/replay.js";
import type { DesignStratum } from "./design-stratum.js";
import type { TicketedUnit } from "./smallest-tickets.js";

/** One unit that a design picked, and the stratum for which it counts. */
export interface PickedUnit extends TicketedUnit {
  readonly stratum: DesignStratum;
}

/** What a method picks: the drawn units in any order; the reserves by stratum, in the order of their release. */
export interface Picked {
  readonly drawn: readonly PickedUnit[];
  readonly reserves: readonly PickedUnit[];
  /** Probabilities that had to be estimated, in place of the design's. */
  readonly estimated?: EstimatedProbabilities;
  readonly notes?: readonly Note[];
}

/** Units that come in together, smallest ticket first. */
export function inDrawOrder(frame: Frame, units: readonly PickedUnit[]): PickedUnit[] {
  return units.toSorted(
    (a, b) =>
      compareUnits(a.ticket, b.ticket) ||
      compareBytes(frame.ids[a.unit] as string, frame.ids[b.unit] as string),
  );
}
