import type { Chart } from "../../charts/chart.js";
import { sizeChart } from "../../charts/size-chart.js";
import { infiniteSize } from "../../statistics/finite-size.js";
import type { Assumptions, SizeGroup } from "./question.js";
import { marginAt } from "./reached.js";

/** Points of the curve. */
const steps = 120;

/**
 * The picture of size against margin for a whole population, as far as twice the size that is asked about.
 *
 * @param marked - whole number of 1 or more
 */
export function sizeCurve(
  group: SizeGroup,
  marked: number,
  { assumptions, units }: { readonly assumptions: Assumptions; readonly units: string },
): Chart {
  const { populationSize, designEffect } = group;
  const last = Math.min(populationSize ?? Number.MAX_SAFE_INTEGER, Math.max(100, 2 * marked));
  const first = Math.min(10, Math.max(1, Math.floor(last / 10)));
  const at = (sampleSize: number): { sampleSize: number; margin: number } => ({
    sampleSize,
    margin: marginAt(effectiveAt(sampleSize, group), assumptions),
  });
  const even = Array.from({ length: steps + 1 }, (_, step) =>
    Math.round(first + ((last - first) * step * step) / (steps * steps)),
  );
  const all = [...new Set([...even, marked])].sort((a, b) => a - b);
  const { proportion, confidence } = assumptions;
  return sizeChart({
    points: all.map(at),
    marked: at(marked),
    proportion,
    confidence,
    designEffect,
    units,
    ...(populationSize === undefined ? {} : { populationSize }),
  });
}

/** What a size of a group says where its design effect stays as it is. */
function effectiveAt(sampleSize: number, { populationSize, designEffect }: SizeGroup): number {
  if (populationSize === undefined) return infiniteSize(sampleSize, { designEffect });
  if (sampleSize >= populationSize) return Number.POSITIVE_INFINITY;
  return infiniteSize(sampleSize, { populationSize, designEffect });
}
