/** An exact test whose tails count the observed value half. */
export interface MidPTest {
  /** Two-sided: twice the smaller tail, at most 1. */
  readonly pValue: number;
  /** Chance of less, and half that of as much. */
  readonly lowerTail: number;
  /** Chance of more, and half that of as much. The tails add up to 1. */
  readonly upperTail: number;
}

/** The test from its two tails, each with half the chance of what was observed. */
export function midP(lowerTail: number, upperTail: number): MidPTest {
  return { pValue: Math.min(1, 2 * Math.min(lowerTail, upperTail)), lowerTail, upperTail };
}
