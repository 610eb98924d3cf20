import { capital } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import type { About, Counted, Item, Refusal, Subject } from "../item.js";
import { missingIn } from "../law-types.js";
import { leadingLevel, levelShareOf } from "../leading.js";
import {
  type Cell,
  type Interval95,
  isInterval,
  type KeyMessage,
  type Measure,
  type Result,
  type ResultRow,
} from "../result.js";
import { knownIn, shareOf } from "../shares.js";
import { fieldOf, tabulate } from "../tabulate.js";
import { type Count, isMarked, type Marked, type Tally } from "../tally.js";
import { ofChildren, unitNoun } from "../units.js";
import { inSentence, periodText, shareText } from "../words.js";
import { commonItems, countPairs, effectName } from "./factor-pairs.js";

/** Which factors come together, and whether they do so more often than by chance. */
export const factorOverlapItem: Item = {
  id: "factor-overlap",
  section: "children",
  question: "Which factors come together?",
  needs: "factors, several a unit",
  refusal,
  count,
  result,
};

/** So many factors fit on a page as rows and columns; each two of them make a table. */
const mostFactors = 8;

function refusal(subject: Subject): Refusal | undefined {
  const field = subject.frame.fields.get("factors");
  if (field?.kind !== "list")
    return {
      reason: "The export has no factors, or only one a unit.",
      instead: "Map a list column or flag columns as factors.",
    };
  if (commonItems(subject, field, 2).length === 2) return undefined;
  return {
    reason: "Fewer than two different factors are recorded.",
    instead: "Read “What brought them to court?”.",
  };
}

function count(subject: Subject): Counted {
  const field = fieldOf(subject, "factors");
  const universe = unitNoun(subject.plan);
  const items = commonItems(subject, field, mostFactors);
  const pairs = countPairs({ subject, field, universe }, items);
  return {
    tallies: [
      tabulate(subject, { id: "factor-overlap", universe, rows: "factors" }),
      ...pairs.map(({ tally }) => tally),
    ],
    statistics: Object.fromEntries(pairs.map(({ tally, effect }) => [effectName(tally), effect])),
  };
}

interface Pair {
  readonly names: readonly [string, string];
  readonly both: Count;
  readonly share: Cell;
  readonly lift: Cell;
  readonly phi: Cell;
}

function result({ tallies, statistics = {} }: Counted, { plan }: About): Result {
  const noun = unitNoun(plan);
  const [factors, ...crossed] = tallies as [Tally, ...Tally[]];
  const { slack } = factors;
  const known = knownIn(factors, "all");
  const pairs = crossed.map((tally) => {
    const effect = statistics[effectName(tally)];
    return pairOf(tally, {
      base: known,
      effect: effect === undefined || isMarked(effect) ? { mark: "c" } : effect.value,
    });
  });
  const measures: Measure[] = [
    {
      key: `${noun}_with_both`,
      label: `${noun === "cases" ? "Cases" : "Children"} with both`,
      kind: "count",
    },
    { key: "share_with_both", label: "Share with both", kind: "share", interval: true },
    { key: "lift", label: "Lift", kind: "ratio", interval: true },
    { key: "phi", label: "Phi", kind: "ratio" },
  ];
  const rows = pairs.map(
    ({ names, both, share, lift, phi }): ResultRow => ({ names, cells: [both, share, lift, phi] }),
  );
  return {
    base: {
      units: factors.total,
      unit: unitNoun(plan),
      period: periodText(plan),
      missing: missingIn(factors),
    },
    method:
      `Shares are of ${noun} with a factor recorded. Lift: the share with both over what it would be if one factor said nothing of ` +
      "the other. Phi: the correlation of the two, from −1 to 1.",
    uncertainty:
      `95% intervals of shares by Wilson's method${ofChildren(plan, " on the size that children of one case leave")}; those of lifts are the same over ` +
      "the shares of the two factors, taken as known.",
    tables: [
      {
        id: "factor_overlap",
        caption: `${noun === "cases" ? "Cases" : "Children"} with each two of the most common factors, ${periodText(plan)}`,
        dimensions: ["Factor", "Other factor"],
        measures,
        rows,
        ...(slack === undefined ? {} : { slack }),
      },
    ],
    notes: [
      `The ${thousands(new Set(pairs.flatMap(({ names }) => names)).size)} most common factors are crossed; all stand in the table of factors.`,
      "Public and private law record different factors, so that a lift can reflect the kind of law, and not that one factor leads to another.",
    ],
    messages: messagesOf(pairs, noun, slack),
    enquiries: [],
  };
}

function pairOf(
  tally: Tally,
  { base, effect }: { readonly base: Count; readonly effect: number | Marked },
): Pair {
  const both = tally.cells[0]?.[0] as Count;
  const [first, second] = [tally.rowTotals[0] as Count, tally.columnTotals[0] as Count];
  const names = [tally.rows.label, tally.columns.label] as const;
  const hidden = [both, base].find(isMarked);
  if (hidden !== undefined || isMarked(both) || isMarked(base))
    return { names, both, share: hidden as Cell, lift: hidden as Cell, phi: hidden as Cell };
  // Where nobody has both, nothing is known of how alike children of a case are.
  const share: Cell =
    both > 0 && isMarked(effect)
      ? effect
      : base > 0
        ? shareOf(both, base, isMarked(effect) ? 1 : effect)
        : { mark: "x" };
  const margin = [first, second].find(isMarked);
  if (margin !== undefined || isMarked(first) || isMarked(second) || isMarked(share)) {
    const mark = margin ?? (isMarked(share) ? share : { mark: "x" as const });
    return { names, both, share, lift: mark, phi: mark };
  }
  return { names, both, share, ...together({ both, first, second, base }, share) };
}

/** Of rounded counts the margins may be 0, or all: then neither has a value. */
function together(
  { both, first, second, base }: Readonly<Record<"both" | "first" | "second" | "base", number>>,
  share: Interval95,
): Pick<Pair, "lift" | "phi"> {
  const expected = (first / base) * (second / base);
  const spread = first * second * (base - first) * (base - second);
  return {
    lift:
      expected > 0
        ? { value: share.value / expected, lower: share.lower / expected, upper: share.upper / expected }
        : { mark: "x" },
    phi: spread > 0 ? (both * base - first * second) / Math.sqrt(spread) : { mark: "x" },
  };
}

/** A pair that fewer have is no matter of the whole. */
const leastShare = 0.01;

/** Fewer that have both are chance, whatever a lift says. */
const leastTogether = 10;

function messagesOf(pairs: readonly Pair[], noun: string, slack = 0): KeyMessage[] {
  const measured = pairs.flatMap(({ names, both, share, lift }) =>
    !isMarked(both) && isInterval(share) && isInterval(lift) ? [{ names, both, share, lift }] : [],
  );
  const shares = pairs.flatMap(({ names, both, share }) =>
    isInterval(share) || isMarked(share) ? [levelShareOf(joined(names), { share, count: both, slack })] : [],
  );
  const most = leadingLevel(shares, { disjoint: false });
  const [closest] = measured
    .filter(
      ({ both, share, lift }) =>
        both >= leastTogether && lift.lower * (1 - slack / both) > 1 && share.value >= leastShare,
    )
    .sort((a, b) => b.lift.lower - a.lift.lower);
  return [
    ...(most === undefined
      ? []
      : [
          {
            text: `${capital(most.label)} are the most common pair: ${shareText(most.share.value)} of ${noun} with a factor recorded have both.`,
            weight: 0.35,
          },
        ]),
    ...(closest === undefined
      ? []
      : [
          {
            text: `${capital(joined(closest.names))} stand together ${closest.lift.value.toFixed(1)} times as often as by chance (95% interval ${closest.lift.lower.toFixed(1)} to ${closest.lift.upper.toFixed(1)}).`,
            weight: 0.3,
          },
        ]),
  ];
}

function joined([first, second]: readonly [string, string]): string {
  return `${inSentence(first)} and ${inSentence(second)}`;
}
