import type { CurveGroup, CurveSet } from "../curves.js";
import { isLawType } from "../law-types.js";
import { isMarked } from "../tally.js";
import { inSentence } from "../words.js";
import { thresholdWeeks } from "./curve-grid.js";
import { type CurveReading, readCurve } from "./read-curve.js";

/** Two curves at a time at which their intervals lie apart. */
export interface Apart {
  readonly weeks: number;
  /** The first curve and the second. */
  readonly read: readonly [CurveReading, CurveReading];
}

/** The curves of two law types of which each is clearly above the other at some time. */
export interface Crossing {
  /** Who lasts longer at first, and who at the end. */
  readonly first: CurveGroup;
  readonly last: CurveGroup;
  /** The first and the last threshold that say so. */
  readonly early: Apart;
  readonly late: Apart;
}

/**
 * Whether the curves of two law types cross: at one threshold the one is clearly higher, at a later one the other.
 *
 * @returns undefined where they do not, or where there are not two
 */
export function crossingOf(set: CurveSet): Crossing | undefined {
  const [one, other] = set.groups.filter(({ key }) => isLawType(key));
  if (one === undefined || other === undefined) return undefined;
  const apart = thresholdWeeks.flatMap((weeks): (Apart & { readonly isFirstHigher: boolean })[] => {
    const [a, b] = [readCurve(set, one, weeks * 7), readCurve(set, other, weeks * 7)];
    if (isMarked(a) || isMarked(b)) return [];
    if (!isAbove(a, b, set) && !isAbove(b, a, set)) return [];
    return [{ weeks, read: [a, b], isFirstHigher: a.share.value > b.share.value }];
  });
  const [early, late] = [apart[0], apart.at(-1)];
  if (early === undefined || late === undefined || early.isFirstHigher === late.isFirstHigher)
    return undefined;
  const [first, last] = early.isFirstHigher ? [one, other] : [other, one];
  return { first, last, early, late };
}

/** Coarse bounds were rounded outwards: where they touch, those that they were made of lie apart. */
function isAbove({ share: a }: CurveReading, { share: b }: CurveReading, { coarse }: CurveSet): boolean {
  return coarse === true ? a.lower >= b.upper : a.lower > b.upper;
}

/** "Public law cases last longer at first, private law ones at the end". */
export function crossingWords({ first, last }: Crossing): string {
  return `${first.label} cases last longer at first, ${inSentence(last.label)} ones at the end`;
}
