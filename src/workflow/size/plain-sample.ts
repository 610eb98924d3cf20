import { infiniteSize } from "../../statistics/finite-size.js";
import { requireThat } from "../../statistics/refusals.js";
import type { SampledGroup } from "./question.js";

/**
 * A sample of one population, without a plan.
 *
 * @param options.populationSize - N; unknown: very large
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`
 */
export function plainSample(
  sampleSize: number,
  options: { readonly populationSize?: number; readonly designEffect: number },
): SampledGroup {
  const { populationSize, designEffect } = options;
  requireThat(sampleSize >= 1 && sampleSize <= (populationSize ?? Number.MAX_SAFE_INTEGER), {
    what: "Size",
    rule:
      populationSize === undefined
        ? "it is a whole number of 1 or more"
        : `it is a whole number from 1 to the population of ${populationSize}`,
    value: sampleSize,
    next: "Correct --size or --population.",
  });
  const effectiveSize = infiniteSize(sampleSize, options);
  return {
    characteristic: "all",
    level: "all",
    ...(populationSize === undefined ? {} : { populationSize }),
    designEffect,
    sampleSize,
    effectiveSize,
    compared: [effectiveSize / 2, effectiveSize / 2],
    places: [
      {
        ...(populationSize === undefined ? {} : { populationSize }),
        sampleSize,
        held: populationSize ?? Number.POSITIVE_INFINITY,
      },
    ],
  };
}
