import type { Plan } from "../../plan/types.js";
import { benjaminiHochberg } from "../../statistics/benjamini-hochberg.js";
import { gridDays } from "../delay/curve-grid.js";
import { readCurve } from "../delay/read-curve.js";
import { survivalMethod } from "../delay/survival-words.js";
import type { About, Counted } from "../item.js";
import type { Interval95 } from "../result.js";
import { countIn } from "../shares.js";
import { type Count, isMarked, type Marked, type Tally } from "../tally.js";
import { ofChildren, unitNoun } from "../units.js";
import { bothLawsNotes } from "./comparable.js";
import { inOrder } from "./compare-counts.js";
import type { AreaFigure, IndicatorComparison } from "./comparison.js";
import { areaNotes, keyMessages } from "./comparison-words.js";
import { wholeKey } from "./count-duration.js";
import type { DefinedIndicator } from "./defined-indicator.js";
import { dependsOn } from "./depends.js";
import { leastCases, leastEndings } from "./judge-duration.js";
import { someNames, wholeNames } from "./names.js";
import { interval, shownValue } from "./shown-statistics.js";
import { falseDiscoveries, leastUnits, ruleFor, verdictAt } from "./verdict.js";

/** Publishable p-values are rounded to four places, and none is 0. */
const leastP = 0.0001;

const testMethod = (plan: Pick<Plan, "unit">): string =>
  `An area is tested against all others together. What each of its cases adds to the whole's curve, sooner or later than the whole's hazard leads one to expect, is summed; the variance of such sums is that of all areas' cases, ${ofChildren(plan, "with one covariance for children of one case, ")}taken for the area's own number of cases, their ages at entry and how long they could be watched. Tails are those of Pearson's type III distribution, which allows for skewness.`;

/** How long cases last by area. Nothing is standardised or ranked: curves of mixed cases have no such form here. */
export function compareDuration(
  { indicator, notes, counting: { what } }: DefinedIndicator,
  counted: Counted,
  { plan, edition }: About,
): IndicatorComparison {
  const tally = counted.tallies[0] as Tally;
  const { statistics = {} } = counted;
  const [set] = counted.curves ?? [];
  // Where a curve may not show its point, its value there may not be shown either: both would tell who ended between two points.
  const figureOf = (key: string): Interval95 | Marked | undefined => {
    const group = set?.groups.find((one) => one.key === key);
    const read =
      set?.coarse && group !== undefined && "stillOpenAt" in what
        ? readCurve(set, group, what.stillOpenAt * 7)
        : undefined;
    const statistic = statistics[`value.${key}`];
    if (statistic === undefined) return undefined;
    return isMarked(statistic) ? statistic : isMarked(read) ? { mark: "c" } : interval(statistic);
  };
  const names = wholeNames(plan.compare?.whole);
  const noun = unitNoun(plan);
  const followed = tally.rows.levels.findIndex(({ key }) => key === "yes");
  const unitsOf = (column: number): Count => (followed === -1 ? 0 : countIn(tally, followed, column));
  const levels = tally.columns.levels;
  const tested = levels.flatMap(({ key, unknown }, column): { key: string; pValue: number }[] => {
    const pValue = shownValue(statistics[`p.${key}`]);
    const units = unitsOf(column);
    if (unknown || pValue === undefined || isMarked(units) || units < leastUnits) return [];
    const figure = figureOf(key);
    if (figure === undefined || isMarked(figure)) return [];
    return [{ key, pValue: Math.min(1, Math.max(pValue, edition === "publishable" ? leastP : 0)) }];
  });
  // Of areas that can be tested, shown or not: hiding some makes no test less strict.
  const testable = levels.filter(({ key, unknown }) => !unknown && statistics[`p.${key}`] !== undefined);
  const rule = ruleFor(testable.length);
  const adjusted = benjaminiHochberg(tested.map(({ pValue }) => pValue));
  const areas = levels.map(({ key, label, unknown }, column): AreaFigure => {
    const denominator = unitsOf(column);
    const figure = isMarked(denominator) ? denominator : (figureOf(key) ?? { mark: "x" as const });
    const base = { area: label, ...(unknown ? { unknown } : {}), denominator, figure };
    const at = tested.findIndex((one) => one.key === key);
    const against = shownValue(statistics[`against.${key}`]);
    const pValue = tested[at]?.pValue;
    if (pValue === undefined || against === undefined || isMarked(figure)) {
      const few = !unknown && !isMarked(denominator) && denominator < leastUnits;
      return { ...base, verdict: few ? "few" : "untested", otherwise: {} };
    }
    const adjustedP = adjusted[at] as number;
    const isHigher = figure.value > against;
    return {
      ...base,
      comparator: {
        of: shownValue(statistics[`rest.${key}`]) === 1 ? names.rest : names.whole,
        value: against,
      },
      pValue,
      adjustedP,
      verdict: verdictAt({ pValue, isHigher }, rule.confidence),
      otherwise:
        tested.length > 1
          ? { adjusted: verdictAt({ pValue: adjustedP, isHigher }, 1 - falseDiscoveries) }
          : {},
    };
  });
  const sorted = inOrder(areas);
  const thin = new Set(
    levels.filter(({ key }) => shownValue(statistics[`few.${key}`]) === 1).map(({ label }) => label),
  );
  const tooFew = sorted.filter(({ area, verdict }) => verdict === "untested" && thin.has(area));
  const lacking = sorted.filter(({ figure, unknown }) => !unknown && isMarked(figure) && figure.mark === "x");
  const comparison: Omit<IndicatorComparison, "messages"> = {
    indicator,
    whole: names.whole,
    overall: figureOf(wholeKey) ?? { mark: "x" },
    areas: sorted,
    rule,
    designEffect: 1,
    tested: { areas: tested.length, byChance: tested.length * (1 - rule.confidence) },
    depends: dependsOn(sorted, { standardisedFor: [], whole: names.whole }),
    notes: [
      ...notes,
      ...bothLawsNotes(statistics, edition),
      ...areaNotes(sorted, { least: rule.least, unit: indicator.of }),
      ...(lacking.length === 0
        ? []
        : [
            `No figure, because fewer than 10 are watched from their beginning or are still at risk at the time asked about: ${someNames(lacking.map(({ area }) => area))}.`,
          ]),
      ...(tooFew.length === 0
        ? []
        : [
            `Too few to say, because fewer than ${leastCases} cases are followed there or, were it like the whole, fewer than ${leastEndings} ${noun} would be seen to end by then: ${someNames(tooFew.map(({ area }) => area))}.`,
          ]),
      ...(set?.coarse && "stillOpenAt" in what && !gridDays.includes(what.stillOpenAt * 7)
        ? [
            "Not shown: a publishable edition shows how many are still open at multiples of 13 weeks and at 100 weeks alone, as its curves do.",
          ]
        : []),
      "Not standardised: part of a difference may be the mix of cases.",
    ],
    method:
      `${survivalMethod} ` +
      (indicator.kind === "survival"
        ? "The share still open is the curve's at that time. "
        : "The mean is the area under the curve up to that time. ") +
      testMethod(plan),
    uncertainty: `95% intervals${ofChildren(plan, "; standard errors let children of one case end together (clustered infinitesimal jackknife)")}. They are each area's own, and too narrow in small areas: the test, which pools all areas' variance, decides the word, and not whether an interval holds the comparator. They describe the process behind the export, which is a count of all, not a sample.`,
  };
  return { ...comparison, messages: keyMessages(comparison) };
}
