/** The strata of a linked sample: the units whose value the earlier draw could meet, and the others. */
export const linkedStrata = { reached: "linked", others: "not linked" } as const;

/** What a linked sample knows of each value that it links by. */
export interface LinkFacts {
  /** The field. */
  readonly by: string;
  /** Every value of either frame, in byte order. */
  readonly values: readonly LinkedValue[];
  /** Whether probabilities were estimated by replaying the earlier draw. */
  readonly estimated: boolean;
}

export interface LinkedValue {
  readonly value: string;
  /** Eligible units of the earlier sample's frame that have it. */
  readonly earlierEligible: number;
  /** Units of the earlier sample that have it. */
  readonly earlierDrawn: number;
  /** Eligible units of this frame that have it. */
  readonly eligible: number;
  /** That the earlier draw takes at least one unit with it; a fraction. */
  readonly probability: number;
  /** 0 where the probability is exact. */
  readonly standardError: number;
}
