/** One stratum of a design: how many units it holds and gives. */
export interface DesignStratum {
  readonly key: string;
  /** Eligible units, in byte order of their ids. */
  readonly units: Int32Array;
  /** N_h, what allocation counts: units, or under `one_per` families. */
  readonly populationSize: number;
  /** n_h */
  readonly sampleSize: number;
  readonly reserves: number;
  /** n_h / N_h, a fraction; where the units of a stratum have unequal probabilities, the mean of what is drawn. */
  readonly inclusionProbability: number;
}
