import type { SampleDesign } from "./sample-design.js";

/** An estimate from a sample. */
export interface Estimate {
  readonly estimate: number;
  /** Of the estimate, by the design's method; 0 or more. */
  readonly variance: number;
  readonly standardError: number;
  /** Responding units of the domain. */
  readonly sampleSize: number;
  /** What each unit of the whole sample adds to the estimate's error, so that differences of estimates have a variance. */
  readonly linearised: Float64Array;
}

/** An estimate from its linearised values. */
export function estimateOf(
  design: SampleDesign,
  parts: { readonly estimate: number; readonly linearised: Float64Array; readonly sampleSize: number },
): Estimate {
  const variance = design.varianceOfTotal(parts.linearised);
  return { ...parts, variance, standardError: Math.sqrt(variance) };
}
