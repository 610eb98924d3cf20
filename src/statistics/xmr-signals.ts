import type { XmrChart } from "./xmr.js";

/** Signs that something other than chance moved a series, in the order in which they are looked for. */
export type XmrRule = "outside-limits" | "trend" | "two-of-three-near-limit" | "one-side";

/** So many points make a trend, or a run on one side. */
const runLength = 7;

/**
 * The four rules of an XmR chart, for every point.
 *
 * 1. `outside-limits`: above the upper or below the lower limit
 * 2. `trend`: one of seven points in a row of which each is higher, or each lower, than the one before
 * 3. `two-of-three-near-limit`: within the limits but in their outer third, as are two of three points in a row that lie
 *    on the same side of the mean
 * 4. `one-side`: one of seven points in a row on the same side of the mean
 *
 * @param chart - from `xmrChart`
 * @returns for each value the rules that hold there, in this order; none: as chance has it
 * @see Wheeler (2000) Understanding Variation, 2nd ed.; NHS England, Making Data Count, for seven points
 * @example xmrSignals(xmrChart([1, 2, 3, 4, 5, 6, 7]))[0] // → ["outside-limits", "trend"]; the limits are 1.34 and 6.66
 */
export function xmrSignals(chart: XmrChart): readonly (readonly XmrRule[])[] {
  const { values, mean, limits, nearLimits } = chart;
  const outside = values.map((value) => value > limits.upper || value < limits.lower);
  const near = values.map(
    (value, at) => !outside[at] && (value > nearLimits.upper || value < nearLimits.lower),
  );
  const side = values.map((value) => Math.sign(value - mean));
  const step = values.map((value, at) => (at === 0 ? 0 : Math.sign(value - (values[at - 1] as number))));
  const [trend, oneSide, twoOfThree] = [
    values.map(() => false),
    values.map(() => false),
    values.map(() => false),
  ];
  for (let first = 0; first < values.length; first++) {
    const end = first + runLength;
    if (end <= values.length) {
      if (alike(step.slice(first + 1, end))) trend.fill(true, first, end);
      if (alike(side.slice(first, end))) oneSide.fill(true, first, end);
    }
    const three = near.slice(first, first + 3);
    if (three.length === 3 && three.filter(Boolean).length >= 2 && alike(side.slice(first, first + 3))) {
      for (let at = first; at < first + 3; at++) twoOfThree[at] ||= near[at] as boolean;
    }
  }
  return values.map((_, at) => {
    const rules: XmrRule[] = [];
    if (outside[at]) rules.push("outside-limits");
    if (trend[at]) rules.push("trend");
    if (twoOfThree[at]) rules.push("two-of-three-near-limit");
    if (oneSide[at]) rules.push("one-side");
    return rules;
  });
}

function alike(signs: readonly number[]): boolean {
  return signs[0] !== 0 && signs.every((sign) => sign === signs[0]);
}
