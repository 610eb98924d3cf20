import { benjaminiHochberg } from "../../statistics/benjamini-hochberg.js";
import { continuousBinomialMidP, continuousPoissonMidP } from "../../statistics/continuous-mid-p.js";
import type { MidPTest } from "../../statistics/mid-p.js";
import type { IndicatorComparison, Variation } from "./comparison.js";
import { againstRest, falseDiscoveries, verdictAt } from "./verdict.js";

/** Events of an area, and what they are out of. */
export interface AreaCount {
  readonly count: number;
  readonly n: number;
}

/** What the test of one area found. */
export interface JudgedCount {
  /** Whether it was set against the rest, not the whole. */
  readonly rest: boolean;
  /** The comparator's share or rate. */
  readonly against: number;
  readonly pValue: number;
  readonly isHigher: boolean;
  /** Over all areas tested. */
  readonly adjustedP: number;
  readonly verdict: "higher" | "lower" | "similar";
  /** By the adjusted p-value. */
  readonly byAdjusted: "higher" | "lower" | "similar";
  /** With limits widened for what areas vary by; absent where there is nothing to widen by. */
  readonly widened?: "higher" | "lower" | "similar";
}

interface JudgeOptions {
  readonly whole: AreaCount;
  readonly kind: "share" | "rate";
  /** Of a count, for children in families. */
  readonly designEffect: number;
  /**
   * By how much rounding may have moved each count: that much nearer to what is expected it is tested. Below 0: that much
   * further from it, to see whether rounding alone makes areas alike.
   */
  readonly slack?: number;
  readonly rule: IndicatorComparison["rule"];
  /** What areas vary by beyond chance. */
  readonly variation?: Pick<Variation, "tauSquared">;
  /** What p-values of areas whose counts are hidden are taken to be; default none. */
  readonly unseen?: readonly number[];
}

/**
 * Whether each area is higher or lower than the whole, or, where it is a large part of that, than the rest: the mid-P test of
 * observed against expected on effective counts, which are the counts over the design effect. Against the rest they are
 * also over 1 + n/n of the rest, for the rest has its own chance.
 *
 * @param areas - at least `rule.least` large each; others are not to be tested
 * @returns in the same order
 */
export function judgeCounts(areas: readonly AreaCount[], options: JudgeOptions): readonly JudgedCount[] {
  const { rule, variation, unseen = [] } = options;
  const tests = areas.map((area) => ({ ...testOf(area, options), ...comparatorOf(area, options.whole) }));
  const adjusted = benjaminiHochberg([...tests.map(({ pValue }) => pValue), ...unseen]);
  return tests.map((test, at) => {
    const adjustedP = adjusted[at] as number;
    const verdict = verdictAt(test, rule.confidence);
    const tauSquared = variation?.tauSquared ?? 0;
    return {
      ...test,
      adjustedP,
      verdict,
      byAdjusted: verdictAt({ ...test, pValue: adjustedP }, 1 - falseDiscoveries),
      // Wider limits take flags away and make none.
      ...(tauSquared === 0
        ? {}
        : {
            widened:
              verdict === "similar"
                ? verdict
                : verdictAt(testOf(areas[at] as AreaCount, options, tauSquared), rule.confidence),
          }),
    };
  });
}

/** What an area is set against: rounded counts may leave the rest with more events than units, and then it is all of them. */
export function comparatorOf(
  area: AreaCount,
  whole: AreaCount,
): { readonly rest: boolean; readonly against: number } {
  const others = whole.n - area.n;
  if (!againstRest(area.n, whole.n) || others <= 0) return { rest: false, against: whole.count / whole.n };
  return { rest: true, against: Math.max(0, whole.count - area.count) / others };
}

/** With a τ², as if counts varied that much more: on the scale of a share's arcsine chance is 1/4n, on that of a ratio's log 1/E. */
function testOf(
  area: AreaCount,
  { whole, kind, designEffect, slack = 0 }: JudgeOptions,
  tauSquared = 0,
): Pick<JudgedCount, "pValue" | "isHigher"> {
  const { rest, against } = comparatorOf(area, whole);
  // Where nobody of the rest has it, or everybody, its share leaves no room for chance: the whole's does.
  const expected = isEnd(against, kind) ? whole.count / whole.n : against;
  if (isEnd(expected, kind)) return { pValue: 1, isHigher: false };
  const inflation =
    designEffect * (rest ? 1 + area.n / (whole.n - area.n) : 1) +
    tauSquared * area.n * (kind === "share" ? 4 : expected);
  return sideOf(effectiveTest(nearer(area, expected, slack), { kind, inflation, expected }));
}

/**
 * The area's count moved towards what is expected by as much as rounding may have moved it and its size away, and no further than
 * that: what is claimed of it holds for the count before rounding. With a slack below 0 away from what is expected.
 */
export function nearer({ count, n }: AreaCount, expected: number, slack: number): AreaCount {
  const gap = n * expected - count;
  const shift = Math.min(Math.abs(gap), slack * (1 + expected));
  return { count: Math.max(0, count + (gap < 0 ? -shift : shift)), n };
}

/** The mid-P test of an area against a share or rate taken as known, on counts over the inflation of their variance. */
export function effectiveTest(
  { count, n }: AreaCount,
  {
    kind,
    inflation,
    expected,
  }: { readonly kind: "share" | "rate"; readonly inflation: number; readonly expected: number },
): MidPTest {
  return kind === "share"
    ? continuousBinomialMidP(Math.min(count, n) / inflation, n / inflation, { proportion: expected })
    : continuousPoissonMidP(count / inflation, (n * expected) / inflation);
}

export function sideOf({ pValue, lowerTail, upperTail }: MidPTest): Pick<JudgedCount, "pValue" | "isHigher"> {
  return { pValue, isHigher: upperTail < lowerTail };
}

function isEnd(share: number, kind: "share" | "rate"): boolean {
  return share <= 0 || (kind === "share" && share >= 1);
}
