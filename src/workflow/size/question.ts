/** What every answer about a size rests on. */
export interface Assumptions {
  /** The share that is expected to have what is looked for, a fraction in (0, 1). */
  readonly proportion: number;
  /** Coverage of an interval, 1 − α of a test and the chance of finding one, a fraction in (0, 1). */
  readonly confidence: number;
  /** The chance of finding a difference that is there, a fraction in (0.5, 1). */
  readonly power: number;
  readonly method: "wilson" | "wald";
}

/** What a sample is wanted for: one of these or several. */
export interface Goals {
  /** Half the width of the interval, a fraction. */
  readonly margin?: number;
  /** Between two halves of the sample, a fraction. */
  readonly difference?: number;
  /** The share of the population that has a practice of which one is to be found, a fraction. */
  readonly rare?: number;
}

/** Units that a statement is made about: all of them, a stratum, or a level of a characteristic. */
export interface SizeGroup {
  /** A field's name; `all` and `stratum` stand for what they say. */
  readonly characteristic: string;
  readonly level: string;
  /** N; unknown without a plan and without a number. */
  readonly populationSize?: number;
  /** How many times larger the variance is than under simple random sampling of as many of the group. */
  readonly designEffect: number;
}

/** A group of which a sample is given. */
export interface SampledGroup extends SizeGroup {
  /** n, or of a level the number that is expected. */
  readonly sampleSize: number;
  /** How many of an infinite population a simple random sample would take to say as much; +∞ for a census, 0 for none. */
  readonly effectiveSize: number;
  /** The same of the two that a difference is between: two halves of it, or it and all others. */
  readonly compared: readonly [number, number];
  /** Where in the sample its units lie; absent where units of one stratum have unequal chances. */
  readonly places?: readonly Place[];
}

/** A simple random sample of some population, and how many of it belong to the group. */
export interface Place {
  /** N_h; unknown: very large. */
  readonly populationSize?: number;
  readonly sampleSize: number;
  /** Units of the group in it; no more than N_h. */
  readonly held: number;
}

/** What must be known beside the figures. */
export interface SizeNote {
  readonly code: "size-left-out" | "size-approximate" | "size-few-expected" | "size-unequal-chances";
  readonly text: string;
}

/**
 * The proportion that a difference is taken from p to: towards a half, where more cases are needed than the other way.
 */
export function otherProportion(proportion: number, difference: number): number {
  return proportion <= 0.5 ? proportion + difference : proportion - difference;
}
