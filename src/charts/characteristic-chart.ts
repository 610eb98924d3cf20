import { leadingLevel } from "../analysis/leading.js";
import type { Result, ResultTable } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import { inSentence } from "../analysis/words.js";
import type { Chart } from "./chart.js";
import { headline } from "./headline.js";
import {
  barsNote,
  describeBars,
  hasFigures,
  lawTypeBars,
  sharesOfAll,
  withSharesOfAll,
} from "./law-type-bars.js";
import { levelBars } from "./level-bars-chart.js";
import { percentText } from "./number-text.js";
import { tableOf } from "./result-table.js";

/**
 * A characteristic of children as bars: its levels among all, in public and in private law, with those not known apart.
 *
 * @param options.ended - whether cases that have ended may be among them
 * @returns undefined where no figure may be shown
 */
export function characteristicChart(
  { tables, base }: Result,
  { ended = true }: { readonly ended?: boolean } = {},
): Chart | undefined {
  const [table, ...others] = tables as [ResultTable, ...ResultTable[]];
  const ofKnown = hasFigures(table);
  const shown = ofKnown ? table : withSharesOfAll(table);
  if (shown === undefined) return undefined;
  const bars = lawTypeBars(shown);
  const noun = inSentence(table.dimensions[1] as string);
  const when = whenOf(table, base.period, ended);
  return {
    ...levelBars(bars),
    title:
      medianTitle(others) ??
      (ofKnown
        ? titleOf(table, base.unit)
        : headline(`Percentage of all ${base.unit} by ${nouns[table.id] ?? noun}`)),
    subtitle: ofKnown
      ? `Percentage of ${base.unit} of known ${noun}${when}, with 95% intervals`
      : `Percentage of all ${base.unit}${when}, also of those whose ${noun} is not known`,
    description: `Bars by ${noun}. ${describeBars(bars)}`,
    table: tableOf(table),
    notes: ofKnown
      ? [barsNote]
      : [
          "Bars start at zero. How many are not known is not shown, nor are percentages of those known, which would tell it: these are of all, without intervals.",
        ],
  };
}

/** Where cases that have ended are among them, ages go on. */
function whenOf({ id }: ResultTable, period: string, ended: boolean): string {
  if (id !== "age") return `, ${period}`;
  return ended ? ` on ${period}, whether or not the case has ended` : ` on ${period}`;
}

/** Age bands differ in width, so that the commonest may be the widest: a median says more. */
function medianTitle(tables: readonly ResultTable[]): string | undefined {
  const median = tables.find(({ id }) => id === "age_median")?.rows[0]?.cells[0];
  return typeof median === "number" ? `The median age of the children is ${median}` : undefined;
}

/** What the levels of a table are, in headlines, where it is not what the table calls them. */
const nouns: Readonly<Record<string, string>> = { age: "age group" };

function titleOf(table: ResultTable, unit: string): string {
  const noun = nouns[table.id] ?? inSentence(table.dimensions[1] as string);
  const shares = sharesOfAll(table);
  const yes = shares.find(({ label }) => label === "Yes")?.share;
  if (table.id === "disability" && yes !== undefined && !isMarked(yes))
    return unit === "cases"
      ? `${percentText(yes.value, 1)} of cases have a disabled child, where known`
      : `${percentText(yes.value, 1)} of ${unit} are disabled, where disability is known`;
  const [only, ...others] = shares;
  if (only !== undefined && others.length === 0)
    return headline(`${only.label} is the only ${noun} recorded`);
  // Of cases a child's levels overlap, and shares then add up to more than 1.
  const leading = leadingLevel(shares, { disjoint: unit !== "cases" });
  const share = leading === undefined ? "" : percentText(leading.share.value, 1);
  return leading === undefined
    ? headline(`No one ${noun} is clearly the commonest`)
    : headline(
        `${leading.label} is the commonest ${noun}, at ${share}`,
        `The commonest ${noun} makes up ${share}`,
      );
}
