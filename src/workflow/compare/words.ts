import type { AreaFigure, Indicator } from "../../analysis/regional/comparison.js";
import { countFlags, flagText } from "../../analysis/regional/flags.js";
import { publicLawField } from "../../analysis/regional/indicators.js";
import { isFlag, wordOf } from "../../analysis/regional/verdict.js";
import type { KeyMessage } from "../../analysis/result.js";
import { longDate } from "../../analysis/words.js";
import { markingOfPlan } from "../../plan/marking.js";
import { disclosureWords } from "../analysis/disclosure-words.js";
import { whomText } from "../analysis/whom.js";
import { type Comparison, comparisonsOf } from "./compared.js";

/** Who may see it. */
export function markingOf({ plan, edition, built }: Pick<Comparison, "plan" | "edition" | "built">): string {
  if (edition === "publishable") {
    return built === undefined
      ? "Publishable edition: published figures."
      : `Publishable edition: small numbers ${disclosureWords(plan)}.`;
  }
  const marking = markingOfPlan(plan);
  return `${marking}: internal edition${built === undefined ? ", not for publication." : ". Small numbers are shown: not for publication."}`;
}

export function ledeOf(comparison: Comparison): string {
  const { plan, edition, by } = comparison;
  const date = longDate(plan.reference_date);
  const whom = whomText(comparison);
  if (whom === undefined) return `${plan.title}. Published figures of areas beside each other, on ${date}.`;
  return `${plan.title}. Which areas stand out from what chance commonly gives, on ${date}. ${by === publicLawField ? "Public law alone: private law does not apply to local authorities [z]. " : ""}${edition === "internal" ? "For the inspection team." : `Small counts ${disclosureWords(plan)}.`} ${whom}`;
}

/** How much stands out, and how much would by chance: the sentence that leads. */
export function flagSentence({ groups }: Pick<Comparison, "groups">): string {
  const all = comparisonsOf(groups);
  return all.length === 0 ? "No area is compared: every indicator is refused." : flagText(countFlags(all));
}

/** What a star at the word of an area that stands out says, as the page has it. */
export const starText = "* Not when the number of areas tested is allowed for.";

/** The word of an area that stands out, with a star where it does so no more once the number of areas tested is allowed for. */
export function flagWord(
  { verdict, otherwise: { adjusted = verdict } }: Pick<AreaFigure, "verdict" | "otherwise">,
  { polarity }: Pick<Indicator, "polarity">,
): string {
  const word = wordOf(verdict, polarity);
  return isFlag(adjusted) ? word : `${word}*`;
}

const mostMessages = 8;
/** Messages that weigh no more say that nothing was found. */
const leastWeight = 0.2;

/** The weightiest messages, each with the indicator that it is of; one indicator gives two at the most. */
export function keyMessages({ groups }: Pick<Comparison, "groups">): {
  readonly text: string;
  readonly indicator: string;
  readonly name: string;
}[] {
  const all = groups
    .flatMap(({ compared }) =>
      compared.flatMap(({ comparison: { indicator, messages } }) =>
        [...messages]
          .sort((a: KeyMessage, b: KeyMessage) => b.weight - a.weight)
          .slice(0, 2)
          .map(({ text, weight }) => ({ text, weight, indicator: indicator.id, name: indicator.name })),
      ),
    )
    .sort((a, b) => b.weight - a.weight);
  const telling = all.filter(({ weight }) => weight > leastWeight);
  // Where nothing stands out, that is what the page has to say.
  return (telling.length === 0 ? all.slice(0, 3) : telling.slice(0, mostMessages)).map(
    ({ text, indicator, name }) => ({ text, indicator, name }),
  );
}

/** How the words come about, for the page and the workbook. */
export function methodTexts({ groups, edition }: Pick<Comparison, "groups" | "edition">): string[] {
  const [first] = comparisonsOf(groups);
  if (first === undefined) return [];
  const { rule, whole } = first;
  const percent = `${Number((rule.confidence * 100).toFixed(1))}%`;
  return [
    `Each area is set against ${whole}; one that makes up more than 5% of it is set against the rest, for it would be compared with itself.`,
    `“Higher” and “lower” come from an exact test (mid-P, binomial for shares and Poisson for rates) at ${percent}${rule.adjusted ? ", and have to pass Benjamini and Hochberg’s control of false discoveries at 5% over the areas" : ""}. With up to 20 areas the level is 95%, with more it is 99.8%, because more areas give more flags by chance.`,
    `An area with fewer than ${rule.least} is never flagged. An area that is not known is shown and never compared.`,
    "“Similar” means no clear difference. It does not mean that there is none: a small area can differ a great deal and not stand out.",
    ...(edition === "publishable"
      ? [
          "Words and p-values are of the least that the rounded numbers allow: each p-value is the largest that there can be, and an area may stand out for more than this edition can say.",
        ]
      : []),
    "Better and worse are said only of an indicator whose good direction is known.",
    "The funnel’s lines are the usual ones (chi-square for ratios, arcsine for shares), drawn so that pictures can be set beside those of others. At small numbers they flag too many low and too few high areas: the words come from the test.",
    "Widened limits allow for differences that all areas have and nobody named (overdispersion, τ²). The test is the same, with that much more variance: wider limits take flags away and make none, and where τ² is 0 there is nothing to widen. An area that stands out from the raw limits and not from the widened ones may be no odder than areas usually are.",
    "Allowing for the mix of cases: expected counts are what an area would have if each kind of case went as it does in the whole (indirect standardisation). Such ratios cannot be set against each other; ranks are of directly standardised figures, with bootstrap intervals.",
  ];
}
