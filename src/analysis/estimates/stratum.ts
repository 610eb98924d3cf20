/** What became of the sample of one stratum. */
export interface ResponseStratum {
  readonly key: string;
  /** Eligible units. */
  readonly population: number;
  /** What allocation counts of them: units, or families where one child of each is drawn. */
  readonly sampled: number;
  /** Units that were ever in the sample. */
  readonly members: number;
  readonly outOfScope: number;
  /** Inaccessible, or a conflict. */
  readonly lost: number;
  /** At hand, and not in the findings. */
  readonly notReviewed: number;
  /** In scope and in the findings. */
  readonly reviewed: number;
  /** Whether every eligible unit is known: reviewed or out of scope. */
  readonly whole: boolean;
  /** Whether the release of reserves stopped on a number in scope, so that weights within the stratum differ. */
  readonly stopped: boolean;
}
