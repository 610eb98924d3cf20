import { byName } from "../name-order.js";
import type { Interval95 } from "../result.js";
import { type Count, isMarked, type Marked } from "../tally.js";
import { changeOf, type DatedCount } from "./change.js";
import type { AreaFigure, Change, Indicator, IndicatorComparison } from "./comparison.js";
import { keyMessages } from "./comparison-words.js";
import { dependsOn } from "./depends.js";
import { type FigureOptions, figureOf, over } from "./figures.js";
import { type AreaCount, comparatorOf, type JudgedCount, judgeCounts } from "./judge-counts.js";
import type { WholeNames } from "./names.js";
import { effectOn, mixWords, noSlack, otherwiseOf, type Side, type Slack } from "./other-methods.js";
import { unsaidVariation, variationOf } from "./variation.js";
import { leastUnits, ruleFor } from "./verdict.js";

/** An area as it was counted, or as counts of it are shown. */
export interface CountedArea {
  readonly area: string;
  readonly unknown?: true;
  readonly numerator: Count;
  readonly denominator: Count;
  readonly expectedForMix?: number;
  readonly standardised?: Interval95;
  readonly rank?: Interval95;
  readonly unranked?: string;
  /** Of its period, among those of the earlier counts. */
  readonly at: number;
  /** Earlier counts, oldest first. */
  readonly before: readonly EarlierCount[];
}

export interface EarlierCount {
  /** For people: `16 May 2026`. */
  readonly period: string;
  /** The period's place among all: the next one is 1 more. */
  readonly at: number;
  readonly numerator: Count;
  readonly denominator: Count;
  readonly designEffect: number;
}

/** What is compared, and how words are made of it. */
export interface CountsToCompare {
  readonly indicator: Indicator & { readonly kind: "share" | "rate" };
  /** A rate is for so many of the denominator. */
  readonly multiplier: number;
  readonly designEffect: number;
  readonly names: WholeNames;
  readonly whole: { readonly numerator: Count; readonly denominator: Count };
  readonly areas: readonly CountedArea[];
  /** How many areas are large enough to be tested, where that was settled before small counts were hidden. */
  readonly testable?: number;
  /** By how much rounding may have moved what is given; default none. */
  readonly slack?: Slack;
  readonly standardisedFor?: IndicatorComparison["standardisedFor"];
  readonly notes: readonly string[];
  readonly method: string;
  readonly uncertainty: string;
}

/** Sets every area beside the whole or the rest. Hidden counts are not tested, and nothing is worked out of them. */
export function compareCounts(input: CountsToCompare): IndicatorComparison {
  const { indicator, names, multiplier, designEffect, slack = noSlack } = input;
  const { kind } = indicator;
  const whole = shown(input.whole);
  const figures: FigureOptions = { kind, designEffect, multiplier };
  const isLarge = ({ unknown, denominator }: CountedArea): boolean =>
    unknown !== true && !isSmall(denominator, { kind, whole, slack: slack.count });
  const large = input.areas.flatMap((area): Tested[] => {
    const counts = shown(area);
    return counts === undefined || !isLarge(area) ? [] : [{ area, ...counts }];
  });
  const rule = ruleFor(input.testable ?? input.areas.filter(isLarge).length);
  const target = whole === undefined ? Number.NaN : whole.count / whole.n;
  const options = { kind, target, designEffect, multiplier, slack: slack.count };
  const hidden = input.areas.filter((area) => area.unknown !== true && isHidden(area)).length;
  const unsaid = whole === undefined ? undefined : unsaidVariation(large, { ...options, hidden });
  const variation =
    whole === undefined || unsaid !== undefined
      ? undefined
      : variationOf(
          large.map(({ area, count, n }) => ({ area: area.area, count, n })),
          options,
        );
  const judge = (side: Side): readonly JudgedCount[] =>
    whole === undefined || whole.n <= 0
      ? []
      : judgeCounts(large, {
          whole,
          kind,
          designEffect: effectOn(side, { designEffect, slack }),
          slack: side * slack.count,
          rule,
          // Areas that are hidden may all be like the whole, or all differ: adjusted p-values are the most or the least possible.
          unseen: Array.from({ length: hidden }, () => (side === 1 ? 1 : 0)),
          ...(variation === undefined ? {} : { variation }),
        });
  const judged = judge(1);
  const isExact = slack === noSlack && hidden === 0;
  const most = isExact ? judged : judge(-1);
  const areas = input.areas.map((area): AreaFigure => {
    const at = large.findIndex((one) => one.area === area);
    const [found, farther] = [judged[at], most[at]];
    const base = plainFigure(area, figures, {
      confidence: rule.confidence,
      period: indicator.period,
      slack: slack.count,
    });
    if (found === undefined || farther === undefined || whole === undefined) {
      const few = !area.unknown && whole !== undefined && shown(area) !== undefined;
      return {
        ...base,
        ...(few ? comparatorPart(area, whole, input) : {}),
        verdict: few ? "few" : "untested",
        otherwise: {},
      };
    }
    return {
      ...base,
      ...comparatorPart(area, whole, input),
      ...mixPart(area, input),
      pValue: found.pValue,
      adjustedP: found.adjustedP,
      verdict: found.verdict,
      otherwise: otherwiseOf([found, farther], {
        standardised: mixWords(shown(area) as AreaCount, {
          expected: area.expectedForMix,
          kind,
          whole,
          designEffect,
          slack,
          confidence: rule.confidence,
        }),
        isOne: large.length === 1 && hidden === 0,
      }),
    };
  });
  const sorted = inOrder(areas);
  const canFunnel = whole !== undefined && target > 0 && (kind === "rate" || target < 1);
  const tested = { areas: judged.length, byChance: judged.length * (1 - rule.confidence) };
  const comparison: Omit<IndicatorComparison, "messages"> = {
    indicator,
    whole: names.whole,
    overall: whole === undefined ? hiddenOf(input.whole) : figureOf(whole, figures),
    areas: sorted,
    rule,
    designEffect,
    tested,
    ...(canFunnel
      ? { funnel: kind === "share" ? { kind: "proportion", target } : { kind: "ratio", target: 1 } }
      : {}),
    ...(variation === undefined ? {} : { variation }),
    ...(input.standardisedFor === undefined ? {} : { standardisedFor: input.standardisedFor }),
    depends: dependsOn(sorted, { standardisedFor: input.standardisedFor?.fields ?? [], whole: names.whole }),
    notes: [...input.notes, ...(unsaid === undefined ? [] : [unsaid])],
    method: input.method,
    uncertainty: input.uncertainty,
  };
  return { ...comparison, messages: keyMessages(comparison) };
}

interface Tested extends AreaCount {
  readonly area: CountedArea;
}

/** By name, areas that are not known last. */
export function inOrder(areas: readonly AreaFigure[]): AreaFigure[] {
  return [...areas].sort(
    (a, b) => Number(a.unknown === true) - Number(b.unknown === true) || byName(a.area, b.area),
  );
}

function shown({
  numerator,
  denominator,
}: Pick<CountedArea, "numerator" | "denominator">): AreaCount | undefined {
  if (isMarked(numerator) || isMarked(denominator) || denominator <= 0) return undefined;
  return { count: numerator, n: denominator };
}

/** Shares rest on units, rates on events that are expected: one that has many where few are expected is no larger for that. */
function isSmall(
  n: Count,
  {
    kind,
    whole,
    slack,
  }: { readonly kind: "share" | "rate"; readonly whole: AreaCount | undefined; readonly slack: number },
): boolean {
  if (isMarked(n)) return true;
  if (kind === "share") return n - slack < leastUnits;
  return whole === undefined || (n * whole.count) / whole.n < leastUnits;
}

/** Whether it is not shown because it is small, or would tell of one that is. */
function isHidden({ numerator, denominator }: CountedArea): boolean {
  return [numerator, denominator].some((count) => isMarked(count) && ["c", "low"].includes(count.mark));
}

function hiddenOf({ numerator, denominator }: Pick<CountedArea, "numerator" | "denominator">): Marked {
  return [numerator, denominator].find(isMarked) ?? { mark: "x" };
}

function plainFigure(
  area: CountedArea,
  figures: FigureOptions,
  {
    confidence,
    period,
    slack,
  }: { readonly confidence: number; readonly period: string; readonly slack: number },
): Omit<AreaFigure, "verdict" | "otherwise"> {
  const { numerator, denominator, before } = area;
  const counts = shown(area);
  const change = changePart(area, figures, { confidence, slack });
  return {
    area: area.area,
    ...(area.unknown ? { unknown: true } : {}),
    numerator,
    denominator,
    figure: counts === undefined ? hiddenOf(area) : figureOf(counts, figures),
    ...(area.unranked === undefined ? {} : { unranked: area.unranked }),
    ...(before.length === 0 ? {} : { history: historyOf(area, figures, period) }),
    ...(change === undefined ? {} : { change }),
  };
}

/** Earlier figures and this one. */
function historyOf(
  area: CountedArea,
  figures: FigureOptions,
  period: string,
): NonNullable<AreaFigure["history"]> {
  return [...area.before, { ...area, period }].map((one) => {
    const counts = shown(one);
    return {
      period: one.period,
      at: one.at,
      value: counts === undefined ? hiddenOf(one) : figureOf(counts, figures).value,
    };
  });
}

function changePart(
  area: CountedArea,
  { kind, multiplier, designEffect }: FigureOptions,
  { confidence, slack }: { readonly confidence: number; readonly slack: number },
): Change | undefined {
  const last = area.before.at(-1);
  const [now, then] = [shown(area), last === undefined ? undefined : shown(last)];
  if (now === undefined || then === undefined || last === undefined || area.unknown) return undefined;
  const before: DatedCount = { ...then, designEffect: last.designEffect };
  return changeOf({ ...now, designEffect }, before, {
    kind,
    multiplier,
    since: last.period,
    confidence,
    slack,
  });
}

function comparatorPart(
  area: CountedArea,
  whole: AreaCount,
  { names, indicator, multiplier, designEffect }: CountsToCompare,
): Partial<AreaFigure> {
  const counts = shown(area) as AreaCount;
  const { rest, against } = comparatorOf(counts, whole);
  const scale = indicator.kind === "rate" ? multiplier : 1;
  const figure = figureOf(counts, { kind: indicator.kind, designEffect, multiplier });
  return {
    comparator: { of: rest ? names.rest : names.whole, value: against * scale },
    expected: counts.n * against,
    ...(against > 0 ? { ratio: over(figure, against * scale) } : {}),
  };
}

function mixPart(area: CountedArea, input: CountsToCompare): Partial<AreaFigure> {
  const { expectedForMix, standardised, rank } = area;
  const counts = shown(area) as AreaCount;
  const { indicator, designEffect, multiplier } = input;
  const share = expectedForMix === undefined ? 0 : expectedForMix / counts.n;
  return {
    ...(expectedForMix === undefined ? {} : { expectedForMix }),
    ...(share > 0
      ? { ratioForMix: over(figureOf(counts, { kind: indicator.kind, designEffect, multiplier }), share) }
      : {}),
    ...(standardised === undefined ? {} : { standardised }),
    ...(rank === undefined ? {} : { rank }),
  };
}
