/** A step curve of one group: shares at times, with what it rests on. */
export interface CurveGroup {
  readonly key: string;
  readonly label: string;
  /** Days, ascending. */
  readonly times: readonly number[];
  /** For each time: the share that lasts beyond it, or of endings of this kind up to it; fractions. */
  readonly shares: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** At risk just before each time (at the first, just after it), and endings since the time before. */
  readonly atRisk: readonly number[];
  readonly events: readonly number[];
  /** Days from which the curve is conditional on lasting so long; 0 where it is not. */
  readonly conditionalFrom: number;
  /** Units in the group. */
  readonly units: number;
  /** Whether nothing of it may be shown; then it has no times, and 0 units. */
  readonly hidden?: true;
}

/** Curves that are shown together. */
export interface CurveSet {
  /** Unique in an analysis. */
  readonly id: string;
  readonly groups: readonly CurveGroup[];
  /** Whether the groups' shares add up to 1 at every time, so that one that is missing can be worked out. */
  readonly whole?: true;
  /** Coarsened: points say something of their own times only, not of those between. */
  readonly coarse?: true;
}
