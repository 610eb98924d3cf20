import type { AreaFigure } from "./comparison.js";
import { type AreaCount, effectiveTest, type JudgedCount, nearer, sideOf } from "./judge-counts.js";
import { againstRest, verdictAt } from "./verdict.js";

/** By how much rounding may have moved each count, the design effect, and a number expected for a mix of cases. */
export interface Slack {
  readonly count: number;
  readonly effect: number;
  readonly expected: number;
}

export const noSlack: Slack = { count: 0, effect: 0, expected: 0 };

/** The side on which rounding leaves the least to be said of areas, or the most. */
export type Side = 1 | -1;

/** The design effect on a side. */
export function effectOn(
  side: Side,
  { designEffect, slack }: { readonly designEffect: number; readonly slack: Slack },
): number {
  return Math.max(1, designEffect + side * slack.effect);
}

type Word = JudgedCount["verdict"];

/** What a method says of an area: the least that rounded counts allow, and the most. */
type Words = readonly [least: Word, most: Word];

/** What other methods say, each where rounding leaves no doubt whether that is the same. */
export function otherwiseOf(
  [least, most]: readonly [least: JudgedCount, most: JudgedCount],
  { standardised, isOne }: { readonly standardised: Words | undefined; readonly isOne: boolean },
): AreaFigure["otherwise"] {
  const own: Words = [least.verdict, most.verdict];
  const words = {
    overdispersed:
      least.widened === undefined || most.widened === undefined
        ? undefined
        : undoubted(own, [least.widened, most.widened]),
    standardised: standardised === undefined ? undefined : undoubted(own, standardised),
    adjusted: isOne ? undefined : afterAdjustment(least, most),
  };
  return Object.fromEntries(Object.entries(words).filter(([, word]) => word !== undefined));
}

/**
 * An area that stands out by its own test, and does not for sure once the number of areas tested is allowed for, is said not to: the
 * caution is in the adjusted p-value that is shown, the largest that there can be.
 */
function afterAdjustment(least: JudgedCount, most: JudgedCount): Word | undefined {
  return least.verdict === "similar"
    ? undoubted([least.verdict, most.verdict], [least.byAdjusted, most.byAdjusted])
    : least.byAdjusted;
}

/** Where one of two words is "similar" and may be so by rounding alone, nobody can tell whether they differ. */
function undoubted(own: Words, other: Words): Word | undefined {
  if (own[0] === other[0]) return other[0];
  const isDoubtful = [own, other].some(([least, most]) => least === "similar" && most !== "similar");
  return isDoubtful ? undefined : other[0];
}

/**
 * The test against what the area's own mix of cases leads one to expect.
 *
 * @param options.expected - events; undefined where the mix is not allowed for
 */
export function mixWords(
  counts: AreaCount,
  options: {
    readonly expected: number | undefined;
    readonly kind: "share" | "rate";
    readonly whole: AreaCount;
    readonly designEffect: number;
    readonly slack: Slack;
    readonly confidence: number;
  },
): Words | undefined {
  const { kind, whole, slack, confidence } = options;
  const share = (options.expected ?? 0) / counts.n;
  if (share <= 0 || share >= 1) return undefined;
  const isRest = againstRest(counts.n, whole.n) && whole.n > counts.n;
  const says = (side: Side): Word => {
    const test = effectiveTest(nearer(counts, share, side * (slack.count + slack.expected)), {
      kind,
      inflation: effectOn(side, options) * (isRest ? 1 + counts.n / (whole.n - counts.n) : 1),
      expected: share,
    });
    return verdictAt(sideOf(test), confidence);
  };
  return [says(1), says(-1)];
}
