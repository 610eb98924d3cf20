/** One stratum of the population that was sampled. */
export interface SampledStratum {
  readonly key: string;
  /** N_h, how many sampling units it holds; whole number ≥ 1 */
  readonly populationSize: number;
}

/** Which responding units belong to a group: 1 for those that do, 0 for the others. */
export type Domain = ArrayLike<number>;

/**
 * The responding units of a sample with their weights, and how the variance of what they add up to is estimated.
 * All of them are always given: a group is a domain, never a smaller sample.
 */
export interface SampleDesign {
  readonly method:
    | "stratified"
    | "systematic"
    | "unequal-probability"
    | "balanced"
    | "ultimate-cluster"
    | "collapsed-strata";
  /** w_k: how many units of the population each stands for. */
  readonly weights: Float64Array;
  /** V(Σ w_k y_k), from y_k of each unit. */
  varianceOfTotal(values: Float64Array): number;
  /**
   * Sampling units less strata, among the strata that hold the domain. What was taken for certain counts in neither.
   *
   * @see Korn & Graubard (1999) Analysis of Health Surveys, §5.2
   */
  degreesOfFreedom(domain?: Domain): number;
}
