import { thousands } from "../../frame/words.js";
import type { About, Counted } from "../item.js";
import { countIn, knownIn } from "../shares.js";
import { type Count, isMarked, type Marked, type Statistic, type Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { longDate } from "../words.js";
import { replicates } from "./case-draws.js";
import { bothLawsNotes } from "./comparable.js";
import { type CountedArea, compareCounts, type EarlierCount } from "./compare-counts.js";
import { compareDuration } from "./compare-duration.js";
import type { IndicatorComparison } from "./comparison.js";
import { areaNotes } from "./comparison-words.js";
import type { DefinedIndicator } from "./defined-indicator.js";
import { someNames, wholeNames } from "./names.js";
import type { Slack } from "./other-methods.js";
import { type Figures, interval, shownValue } from "./shown-statistics.js";
import { leastUnits } from "./verdict.js";

/** Publishable counts are rounded to a multiple of this where the plan names none. */
const usualRounding = 5;

/**
 * Compares areas by what was counted of an indicator, after disclosure control in a publishable edition. It sees no frame, works out
 * nothing of hidden counts, and claims nothing of rounded ones that their rounding alone could make.
 */
export function compareIndicator(
  defined: DefinedIndicator,
  counted: Counted,
  about: About,
): IndicatorComparison {
  const { kind } = defined.indicator;
  if (kind === "survival" || kind === "restricted-mean") return compareDuration(defined, counted, about);
  const { plan } = about;
  const [tally, ...earlier] = counted.tallies as readonly [Tally, ...Tally[]];
  const { statistics = {} } = counted;
  const names = wholeNames(plan.compare?.whole);
  const counting = { tally, earlier, statistics, defined };
  const hides = tally.columns.levels.some((_, column) => isHidden(counting, column));
  const areas = tally.columns.levels.map((_, column) => {
    const area = areaOf(counting, column);
    return hides ? unranked(area) : area;
  });
  const { mix } = defined;
  const kinds = shownValue(statistics["mix.kinds"]);
  const testable = shownValue(statistics.testable);
  const comparison = compareCounts({
    indicator: { ...defined.indicator, kind: "share" },
    multiplier: 1,
    designEffect: shownValue(statistics.design_effect) ?? 1,
    names,
    whole: { numerator: countIn(tally, 0, "all"), denominator: knownIn(tally, "all") },
    areas,
    ...(mix === undefined || kinds === undefined || kinds < 2
      ? {}
      : { standardisedFor: { fields: mix.labels, leftOut: 0 } }),
    ...(testable === undefined ? {} : { testable }),
    ...(about.edition === "publishable" ? { slack: slackOf(plan) } : {}),
    notes: defined.notes,
    method: methodOf(defined, {
      kinds,
      unit: unitNoun(plan),
      rest: names.rest,
      isPublishable: about.edition === "publishable",
      isRanked: !hides,
    }),
    uncertainty: uncertaintyOf(unitNoun(plan), plan.unit === "child", about.edition === "publishable"),
  });
  return {
    ...comparison,
    notes: [
      ...comparison.notes,
      ...bothLawsNotes(statistics, about.edition),
      ...notesOf(comparison, { tally, statistics, defined, hides }),
    ],
  };
}

/** Design effects are rounded to a tenth, numbers expected to a whole one. */
function slackOf({ disclosure }: About["plan"]): Slack {
  return { count: Math.floor((disclosure?.round_to ?? usualRounding) / 2), effect: 0.05, expected: 0.5 };
}

interface Counting {
  readonly tally: Tally;
  readonly earlier: readonly Tally[];
  readonly statistics: Figures;
  readonly defined: DefinedIndicator;
}

function areaOf({ tally, earlier, statistics, defined }: Counting, column: number): CountedArea {
  const { key, label, unknown } = tally.columns.levels[column] as Tally["columns"]["levels"][number];
  const numerator = countIn(tally, 0, column);
  const denominator = knownIn(tally, column);
  const before = earlier.flatMap((of, place): EarlierCount[] => {
    const day = of.id.slice(of.id.lastIndexOf("/") + 1);
    const at = of.columns.levels.findIndex((level) => level.key === key);
    if (at === -1) return [];
    return [
      {
        period: longDate(day),
        at: place,
        numerator: countIn(of, 0, at),
        denominator: knownIn(of, at),
        designEffect: shownValue(statistics[`design_effect.${day}`]) ?? 1,
      },
    ];
  });
  const base = {
    area: label,
    ...(unknown ? { unknown } : {}),
    numerator,
    denominator,
    at: earlier.length,
    before,
  };
  // What is worked out of an area's cases would tell of counts that are hidden.
  if (unknown || isMarked(numerator) || isMarked(denominator)) return base;
  const expected = shownValue(statistics[`expected.${key}`]);
  const [standardised, rank] = [
    interval(statistics[`standardised.${key}`]),
    interval(statistics[`rank.${key}`]),
  ];
  return {
    ...base,
    ...(expected === undefined ? {} : { expectedForMix: expected }),
    ...(standardised === undefined ? {} : { standardised }),
    ...(rank === undefined ? {} : { rank }),
    ...unrankedOf(statistics[`standardised.${key}`], {
      isMixed: expected !== undefined,
      isRanked: (shownValue(statistics["mix.kinds_direct"]) ?? 0) > 1 && defined.mix !== undefined,
    }),
  };
}

/** Whether a number of an area is hidden: its place among the others, or the place that nobody has, would tell how large it is. */
function isHidden({ tally, statistics }: Counting, column: number): boolean {
  const { key, unknown } = tally.columns.levels[column] as Tally["columns"]["levels"][number];
  if (unknown) return false;
  return [countIn(tally, 0, column), knownIn(tally, column), statistics[`rank.${key}`]].some(
    (figure) => typeof figure === "object" && isMarked(figure) && figure.mark === "c",
  );
}

function unranked({ rank, ...area }: CountedArea): CountedArea {
  return rank === undefined
    ? area
    : { ...area, unranked: "Another area's number is hidden, and ranks would tell of it." };
}

function unrankedOf(
  statistic: Statistic | Marked | undefined,
  { isMixed, isRanked }: { readonly isMixed: boolean; readonly isRanked: boolean },
): Pick<CountedArea, "unranked"> {
  if (!isRanked || (statistic !== undefined && !isMarked(statistic))) return {};
  if (statistic !== undefined) return { unranked: "It rests on too few to be shown." };
  return {
    unranked: isMixed
      ? "A kind of case that the whole has is lacking here, so that its rate is not known."
      : `It has fewer than ${leastUnits} units.`,
  };
}

function methodOf(
  { mix, indicator }: DefinedIndicator,
  {
    kinds,
    unit,
    rest,
    isPublishable,
    isRanked,
  }: {
    readonly kinds: number | undefined;
    readonly unit: string;
    readonly rest: string;
    readonly isPublishable: boolean;
    readonly isRanked: boolean;
  },
): string {
  // Who is not known is few in most areas, and what is hidden for their sake would tell of them.
  const base = isPublishable
    ? `all ${indicator.of}, those of whom it is not known counting as not having it`
    : `${indicator.of} of which it is known`;
  const plain =
    `Share of ${base}. An area is set against the whole, or, where it is more than 5% of that, against ${rest}. ` +
    "Higher or lower is what the mid-P test of the observed against the expected number says, on counts divided by the design effect " +
    `of children in families${unit === "cases" ? " (1, for cases are the units)" : ""}; against the rest they are divided by what the rest's own chance adds as well.`;
  if (mix === undefined || kinds === undefined || kinds < 2) return plain;
  return (
    `${plain} Standardised for ${mix.labels.join(", ")}, in ${kinds} kinds of case: expected numbers are at the comparator's rates for the area's own mix (indirect); ` +
    `${isRanked ? "ranks are of" : "standardised are"} shares with the whole's mix at the area's own rates (direct), ` +
    `with 95% intervals from ${replicates} bootstrap samples of cases. Ratios of observed to expected are comparable with 1 and not with each other.`
  );
}

function uncertaintyOf(unit: string, clustered: boolean, rounded: boolean): string {
  return (
    `95% intervals: Wilson's${clustered ? " on the effective number of children, because children of one case are alike, with one design effect for all areas" : ""}. ` +
    `The export is a count of all ${unit}, not a sample: intervals and tests describe how far figures like these vary by chance in the process behind them.` +
    (rounded
      ? " Counts are rounded: an area is called higher or lower only where it would be whatever the count before rounding was."
      : "")
  );
}

function notesOf(
  { areas, rule }: IndicatorComparison,
  { tally, statistics, defined, hides }: Omit<Counting, "earlier"> & { readonly hides: boolean },
): string[] {
  const lacking = areas
    .filter((area) => area.unranked?.startsWith("A kind") === true)
    .map(({ area }) => area);
  const [fine, coarse] = [shownValue(statistics["mix.kinds"]), shownValue(statistics["mix.kinds_direct"])];
  const missing = tally.rowTotals[2] as Count;
  return [
    ...(isMarked(missing) || missing === 0
      ? []
      : [
          `Left out of ${defined.indicator.of}, because the export does not say whether they are counted: ${thousands(missing)}.`,
        ]),
    ...areaNotes(areas, { least: rule.least, unit: defined.indicator.of }),
    ...(fine === undefined || fine < 2 || defined.mix === undefined
      ? []
      : [
          `Kinds of case: the crossing of ${defined.mix.labels.join(", ")}, what is not known being a kind of its own. Those with fewer than 100 ${defined.indicator.of} went with others that are alike but for what is in brackets, or with all rare ones.`,
          coarse === undefined || coarse < 2
            ? "Nothing is standardised directly or ranked: there are too few in each area to tell kinds of case apart."
            : `For ${hides ? "direct standardisation" : "ranks"}, kinds with fewer than 20 an area on average went together too, which leaves ${coarse}.`,
        ]),
    ...(hides ? ["Nothing is ranked: the places of areas would tell of the numbers that are hidden."] : []),
    ...(lacking.length === 0
      ? []
      : [
          `Not standardised directly, and so not ranked, because a kind of case that the whole has is lacking there: ${someNames(lacking)}.`,
        ]),
    ...(areas.some(({ change }) => change !== undefined)
      ? [
          "Change since an earlier export: many of the same cases may be in both, so that its intervals are rather too wide than too narrow.",
        ]
      : []),
  ];
}
