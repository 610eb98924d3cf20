import type { About, Counted } from "../analysis/item.js";
import { comparisonsOf, mostInPicture } from "../analysis/regional/areas-item.js";
import { areaNamesOf } from "../analysis/regional/names.js";
import type { Result } from "../analysis/result.js";
import type { Chart } from "./chart.js";
import { rugChart } from "./rug-chart.js";

/** Areas by indicators; undefined where there are none, or more than a picture shows. */
export function areasChart(_: Result, counted: Counted, about: About): Chart | undefined {
  const heading = counted.tallies[0]?.columns.label ?? "Area";
  const comparisons = comparisonsOf(counted, about);
  const areas = areaNamesOf(comparisons);
  return areas.length === 0 || areas.length > mostInPicture
    ? undefined
    : rugChart(comparisons, { areas, heading });
}
