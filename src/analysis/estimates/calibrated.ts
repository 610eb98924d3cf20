/** One group that the weights were brought to. */
export interface CalibratedGroup {
  readonly field: string;
  readonly levels: readonly string[];
  /** Eligible units in the strata that were sampled. */
  readonly population: number;
  /** Reviewed, or out of scope. */
  readonly responding: number;
  /** What the weights added up to before. */
  readonly weighted: number;
}

/** What calibration did. */
export interface Calibration {
  readonly method: "post-stratified" | "raked";
  readonly groups: readonly CalibratedGroup[];
  /** The weight after over the weight before, of the unit where it is least, and most. */
  readonly factors: { readonly least: number; readonly most: number };
  /** Units whose factor is below a third, or above three. */
  readonly extreme: number;
}
