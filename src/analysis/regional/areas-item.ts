import { fieldLabel } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import { isListField } from "../../plan/fields.js";
import { areaField } from "../area-field.js";
import type { About, Counted, Edition, Item, Refusal, Subject } from "../item.js";
import { perSubject } from "../per-subject.js";
import type { KeyMessage, Measure, Result, ResultRow, ResultTable } from "../result.js";
import type { Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { inSentence, listText, longDate, periodText } from "../words.js";
import { cellOf } from "./cells.js";
import { comparable } from "./comparable.js";
import { compareIndicator } from "./compare-indicator.js";
import type { AreaFigure, IndicatorComparison } from "./comparison.js";
import { areaCount, countIndicator, mostAreas } from "./count-indicator.js";
import type { DefinedIndicator } from "./defined-indicator.js";
import { countFlags, flagText } from "./flags.js";
import { indicatorsOf } from "./indicators.js";
import { nestedIndicatorTallies } from "./nested-indicators.js";
import { oneSidedShare } from "./one-sided.js";
import { isFlag, wordOf } from "./verdict.js";

/** What the comparison of areas says in short: each area under each indicator, and which stand out. */
export const areasItem: Item = {
  id: "areas",
  section: "regional",
  question: "Which areas stand out?",
  needs: "a field of areas, such as service_area, with two or more of them",
  refusal,
  count,
  result,
};

/** With more areas than this those that stand out are listed, and the others counted. */
export const mostInPicture = 60;

const indicatorsByArea = perSubject((given) => {
  const by = areaField(given) as string;
  const subject = comparable(given, by);
  const { defined, refused } = indicatorsOf(subject, by, { plain: true });
  // Curves take long, and the questions of delay have theirs.
  const isShare = ({ indicator: { kind } }: (typeof defined)[number]): boolean => kind === "share";
  return { subject, by, defined: defined.filter(isShare), refused };
});

function refusal(subject: Subject): Refusal | undefined {
  const { frame } = subject;
  const by = areaField(subject);
  if (by === undefined)
    return {
      reason: "The export does not say which area a case is of.",
      instead: "Map a field of areas, such as service_area or court, or look it up from another field.",
    };
  const name = inSentence(fieldLabel(by));
  const field = frame.fields.get(by);
  if (isListField(subject.plan, by))
    return {
      reason: `One case or child may have several values of ${by}.`,
      instead: "Name a field of areas that has one value (pia: areas).",
    };
  const areas = areaCount(field, subject);
  if (areas < 2 || areas > mostAreas)
    return {
      reason:
        areas > mostAreas
          ? `The export has more than ${mostAreas} values of ${by}: too many to be areas.`
          : `The export has ${areas === 0 ? "no" : "only one"} ${name}, so that there is nothing to compare.`,
      instead: "Name another field of areas in the plan (pia: areas).",
    };
  const { defined, refused } = indicatorsByArea(subject);
  if (defined.length > 0) return undefined;
  const [first] = refused;
  return {
    reason:
      `No indicator of areas can be counted${first === undefined ? "" : `. ${first.name}: ${first.reason}`}`.replace(
        /\.?$/,
        ".",
      ),
    instead: first?.instead ?? "Name indicators of shares in the plan (compare: indicators).",
  };
}

/**
 * For publication those of whom it is not known are not told apart from the others: they are few in most areas, and how many
 * other counts have to be hidden for their sake would tell of them.
 */
function count(given: Subject, edition: Edition = "internal"): Counted {
  const { subject, by, defined } = indicatorsByArea(given);
  const unknownAsNo = edition === "publishable";
  const counted = defined.map((one) => countIndicator(subject, one, by, { plain: true, unknownAsNo }));
  const pairs = defined.map((one, at) => ({ defined: one, counted: counted[at] }));
  const between = edition === "publishable" ? nestedIndicatorTallies(subject, pairs, by) : [];
  return {
    tallies: [...counted.flatMap(({ tallies }) => tallies), ...between],
    statistics: Object.fromEntries(
      counted.flatMap(({ statistics = {} }, at) =>
        Object.entries(statistics).map(([name, figure]) => [`${defined[at]?.indicator.id}/${name}`, figure]),
      ),
    ),
    indicators: defined,
  };
}

/** The comparisons that a count of areas gives, in the order of its indicators; without those by which no area can differ. */
export function comparisonsOf(counted: Counted, about: About): readonly IndicatorComparison[] {
  const { statistics = {}, indicators = [] } = counted;
  return indicators.flatMap((defined): IndicatorComparison[] => {
    const { id } = defined.indicator;
    const tally = tallyOf(counted, defined);
    if (oneSidedShare(tally) !== undefined) return [];
    const own = Object.entries(statistics).filter(([name]) => name.startsWith(`${id}/`));
    return [
      compareIndicator(
        defined,
        {
          tallies: [tally],
          statistics: Object.fromEntries(own.map(([name, figure]) => [name.slice(id.length + 1), figure])),
        },
        about,
      ),
    ];
  });
}

function tallyOf({ tallies }: Counted, { indicator }: DefinedIndicator): Tally {
  return tallies.find(({ id }) => id === `regional/${indicator.id}`) as Tally;
}

/** Those that are not compared, as `casedraw compare` says it. */
function alikeNotes(counted: Counted): string[] {
  return (counted.indicators ?? []).flatMap((defined) => {
    const alike = oneSidedShare(tallyOf(counted, defined));
    return alike === undefined
      ? []
      : [`Not compared: ${defined.indicator.name}. ${alike.reason} ${alike.instead}`];
  });
}

function result(counted: Counted, about: About): Result {
  const { plan, edition } = about;
  const [first] = counted.tallies as readonly [Tally, ...Tally[]];
  const comparisons = comparisonsOf(counted, about);
  const heading = first.columns.label;
  const all = counted.tallies.find(({ universe }) => universe === unitNoun(plan)) ?? first;
  const areas = first.columns.levels.filter(({ unknown }) => !unknown).length;
  const flagged = flaggedTable(comparisons, heading);
  return {
    base: { units: all.total, unit: all.universe, period: periodText(plan) },
    method:
      `${
        edition === "internal"
          ? "Shares of those of whom it is known."
          : "Shares of all, those of whom it is not known counting as not having it."
      } ` +
      "An area is set against all areas, or, where it is more than 5% of them, against the others. " +
      "Higher or lower is what the mid-P test of the observed against the expected number says, on counts divided by the design effect of " +
      "children in families: at 95% with up to 20 areas, at 99.8% with more. An area with fewer than 10 is never flagged. " +
      "What allows for the mix of cases, ranks and their intervals, change and how long cases last are in the comparison that `casedraw compare` makes.",
    uncertainty:
      "95% Wilson intervals on the effective number of children. The export is a count of all, not a sample: intervals and tests describe how far such figures vary by chance in the process behind them.",
    tables: [
      ...(comparisons.length === 0
        ? []
        : [
            areas > mostInPicture
              ? summaryTable(comparisons, about)
              : areasTable(comparisons, { heading, about }),
          ]),
      ...(flagged === undefined ? [] : [flagged]),
    ],
    notes: [
      ...(comparisons.length === 0 ? [] : [flagText(countFlags(comparisons))]),
      ...alikeNotes(counted),
      "“Similar” means no clear difference, not that there is none. The mix of cases is not allowed for here: a difference may be that of the cases.",
      ...(edition === "internal"
        ? []
        : ["An area that records less may be lower for that reason: what is not recorded counts as not so."]),
      ...notesOf(comparisons),
      `\`casedraw compare --by ${first.columns.field}\` has the rest: each indicator with its funnel, the mix of cases allowed for, ranks with intervals, and a profile of each area.`,
    ],
    messages: messagesOf(comparisons),
    enquiries: [],
  };
}

/** What is not compared, once for all indicators. */
function notesOf(comparisons: readonly IndicatorComparison[]): string[] {
  const areas = comparisons.flatMap((comparison) => comparison.areas);
  const unknown = [...new Set(areas.flatMap(({ area, unknown: is }) => (is ? [area] : [])))];
  const few = areas.filter(({ verdict }) => verdict === "few").length;
  return [
    ...(unknown.length === 0 ? [] : [`${listText(unknown)}: shown and part of the whole, but not compared.`]),
    ...(few === 0
      ? []
      : [`Figures of fewer than 10, never flagged: ${thousands(few)} of ${thousands(areas.length)}.`]),
  ];
}

/** Of each indicator what its own comparison says, no more strongly; where none says anything, that. */
function messagesOf(comparisons: readonly IndicatorComparison[]): KeyMessage[] {
  const told = comparisons.flatMap(({ messages, areas }) =>
    areas.some(({ verdict }) => isFlag(verdict))
      ? messages.slice(0, 1).map(({ text, weight }) => ({ text, weight }))
      : [],
  );
  const { tested } = countFlags(comparisons);
  if (told.length > 0 || tested === 0) return told;
  return [{ text: "No area stands out on any indicator.", weight: 0.2 }];
}

const word = (key: string, label: string): Measure => ({ key, label, kind: "text" });
const share: Measure = { key: "share", label: "%", kind: "share", interval: true };
const beside: Measure = { key: "share_of_comparator", label: "Compared with", kind: "share" };

function areasTable(
  comparisons: readonly IndicatorComparison[],
  { heading, about: { plan } }: { readonly heading: string; readonly about: About },
): ResultTable {
  return {
    id: "areas",
    caption: `Every area under every indicator, beside all areas or the others, ${longDate(plan.reference_date)}`,
    dimensions: ["Indicator", heading],
    measures: [
      { key: "number", label: "Number", kind: "count" },
      { key: "out_of", label: "Out of", kind: "count" },
      share,
      beside,
      word("word", "Word"),
    ],
    rows: comparisons.flatMap(({ indicator, areas }) =>
      areas.map(
        (area): ResultRow => ({
          names: [indicator.name, area.area],
          cells: [
            area.numerator ?? { mark: "x" },
            area.denominator ?? { mark: "x" },
            cellOf(area.figure),
            comparatorCell(area),
            area.unknown ? "" : wordOf(area.verdict, indicator.polarity),
          ],
        }),
      ),
    ),
  };
}

function comparatorCell({ comparator }: AreaFigure): number | "" {
  return comparator?.value ?? "";
}

function summaryTable(comparisons: readonly IndicatorComparison[], { plan }: About): ResultTable {
  const whole = (key: string, label: string): Measure => ({ key, label, kind: "number", decimals: 0 });
  return {
    id: "areas",
    caption: `How many areas stand out, by indicator, ${longDate(plan.reference_date)}`,
    dimensions: ["Indicator"],
    measures: [
      { ...share, label: "All areas" },
      whole("tested", "Areas tested"),
      whole("higher", "Higher"),
      whole("lower", "Lower"),
      { key: "by_chance", label: "By chance alone", kind: "number" },
    ],
    rows: comparisons.map((comparison) => {
      const { indicator, overall, areas } = comparison;
      const { tested, byChance } = countFlags([comparison]);
      const many = (verdict: string): number => areas.filter((area) => area.verdict === verdict).length;
      return {
        names: [indicator.name],
        cells: [cellOf(overall), tested, many("higher"), many("lower"), byChance],
      };
    }),
  };
}

/** Every figure that stands out, with what other limits say of it; undefined where none does. */
function flaggedTable(comparisons: readonly IndicatorComparison[], heading: string): ResultTable | undefined {
  const rows = comparisons.flatMap(({ indicator, areas }) =>
    areas
      .filter(({ verdict }) => isFlag(verdict))
      .map((area): ResultRow => {
        const { verdict, otherwise } = area;
        const other = (by: AreaFigure["verdict"] | undefined): string =>
          by === undefined ? "" : wordOf(by, indicator.polarity);
        return {
          names: [area.area, indicator.name],
          cells: [
            cellOf(area.figure),
            comparatorCell(area),
            wordOf(verdict, indicator.polarity),
            other(otherwise.overdispersed),
            other(otherwise.adjusted),
          ],
        };
      }),
  );
  if (rows.length === 0) return undefined;
  return {
    id: "areas_flagged",
    caption: "Areas that stand out, and what wider limits say of each",
    dimensions: [heading, "Indicator"],
    measures: [
      share,
      beside,
      word("word", "Word"),
      word("word_overdispersed", "With widened limits"),
      word("word_adjusted", "Allowing for the number of areas"),
    ],
    rows,
  };
}
