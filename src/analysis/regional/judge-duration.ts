import { caseInfluence } from "../../statistics/case-influence.js";
import { clusterInfluence, type GroupDeviation, groupDeviations } from "../../statistics/group-deviations.js";
import type { Grouping } from "../../statistics/grouping.js";
import { asClustered, type Watched } from "../delay/watched.js";

/** Fewer cases of an area, or endings to be seen were it like the whole, say too little of it. */
export const leastCases = 20;
export const leastEndings = 10;

/** What the test of one area found. */
export interface JudgedDuration {
  /** Absent where too little is known, or nothing varies. */
  readonly pValue?: number;
  /** Whether its cases last longer than the others'. */
  readonly isLonger: boolean;
  readonly tooFew: boolean;
}

/**
 * Whether cases of each area last longer or less long than the others', by the share still open or the weeks open: what each case
 * adds to the whole's figure, summed over the area, against how much such sums vary where all areas have one hazard. That
 * variance is the whole's for the area's own cases, their entries and watch; what an area's few cases say of their own
 * variance would flag small areas too often. Against the rest it is the same test as against the whole.
 *
 * @param options.until - days
 * @param options.watchedTo - by unit, age in days when its watch ends or would have ended
 * @param options.areas - of each unit
 */
export function judgeDurations(
  watched: Watched,
  options: {
    readonly kind: "survival" | "restricted-mean";
    readonly until: number;
    readonly watchedTo: Float64Array;
    readonly areas: Grouping;
  },
): readonly JudgedDuration[] {
  const { kind, until, watchedTo, areas } = options;
  const influence = caseInfluence(asClustered(watched), { of: kind, until, watchedTo });
  const { clusters } = watched;
  return groupDeviations(clusterInfluence(influence, { clusters, groups: areas }), areas.count).map(judged);
}

function judged({ z, pValue, clusters, expected }: GroupDeviation): JudgedDuration {
  const tooFew = clusters < leastCases || expected < leastEndings;
  return { isLonger: z > 0, tooFew, ...(tooFew || pValue === undefined ? {} : { pValue }) };
}
