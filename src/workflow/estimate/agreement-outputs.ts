import {
  type AgreementRow,
  type Coefficient,
  pairsNeeded,
} from "../../analysis/estimates/review-agreement.js";
import { percentText } from "../../charts/number-text.js";
import { counted, thousands } from "../../frame/words.js";
import { type CsvCell, computed, computedOrBlank } from "../../report/csv.js";
import { type Html, html } from "../../report/page/html.js";
import type { PageSection } from "../../report/page/page.js";
import { dataTable } from "../../report/page/table.js";
import type { OutputTable } from "../output-table.js";
import { unitWords } from "../summary/words.js";
import type { EstimateContext, ReviewAgreements } from "./context.js";
import { boundCells } from "./tables.js";
import { populationText } from "./words.js";

/** What the outputs tell it of. */
type Told = Pick<EstimateContext, "plan" | "responses" | "threshold"> & {
  readonly agreement: ReviewAgreements;
};

const figures = [
  "pairs",
  "agreeing",
  "observed",
  "observed_lower",
  "observed_upper",
  "kappa",
  "kappa_standard_error",
  "kappa_lower",
  "kappa_upper",
  "ac1",
  "ac1_standard_error",
  "ac1_lower",
  "ac1_upper",
] as const;

/** `agreement.csv`. A cell is blank where a figure does not apply; the remark says why. */
export function agreementTable(told: Told): OutputTable {
  const { agreement } = told;
  return {
    header: ["column", "kind", "categories", "estimand", "weighted", ...figures, "remark"],
    rows: agreement.rows.map((row): CsvCell[] => [
      row.column,
      row.kind,
      row.kind === "number" ? "" : row.categories,
      estimand(told),
      agreement.weighted ? "yes" : "no",
      ...figureCells(row),
      remarks(row, told).join(" "),
    ]),
  };
}

function estimand(told: Told): string {
  return told.agreement.weighted
    ? `agreement of two reviews over ${populationText(told)}`
    : "agreement of two reviews over the pairs themselves";
}

function figureCells(row: AgreementRow): CsvCell[] {
  if (row.suppressed) return figures.map(() => "[c]");
  const { pairs, agreeing, observed, kappa, ac1 } = row;
  if (row.refused !== undefined) return figures.map((name) => (name === "pairs" ? pairs : "[x]"));
  return [
    pairs,
    agreeing,
    computedOrBlank(observed?.estimate),
    ...boundCells(observed?.interval),
    ...coefficientCells(kappa),
    ...coefficientCells(ac1),
  ];
}

function coefficientCells(found: Coefficient | undefined): CsvCell[] {
  if (found === undefined) return ["[x]", "[x]", "[x]", "[x]"];
  return [computed(found.coefficient), computedOrBlank(found.standardError), ...boundCells(found.interval)];
}

/** Why a figure or an interval is not there. */
function remarks(row: AgreementRow, { threshold }: Told): string[] {
  const { refused, suppressed, kappa, ac1, categories } = row;
  if (suppressed && row.kind === "number") return [`The number of pairs is from 1 to ${threshold}.`];
  if (suppressed)
    return [
      `One of these counts is from 1 to ${threshold}: all pairs, pairs that agree, pairs that differ, pairs with one of the answers, or pairs with one combination of answers.`,
    ];
  if (refused === "number")
    return [
      "Left out: how far two numbers agree depends on how far they lie apart, and these measures do not look at that.",
    ];
  if (refused === "nobody") return ["No case has an answer in both reviews."];
  if (refused === "one") return ["One pair does not tell how reviews differ."];
  const without = ac1?.withoutInterval;
  return [
    ...(kappa === undefined ? ["All reviews gave one answer, so kappa has no value."] : []),
    ...(kappa?.withoutInterval === "one-answer"
      ? [
          "One of the reviews gave the same answer throughout: kappa is then 0 whatever the cases, without an interval.",
        ]
      : []),
    ...(without === "few"
      ? [`Fewer than ${pairsNeeded(categories)} pairs: too few for an interval of kappa or AC1.`]
      : []),
    ...(without === "all-agree"
      ? [
          "The pairs agree throughout or nowhere: nothing shows the spread of kappa and AC1, so they have no interval.",
        ]
      : []),
  ];
}

/** What to say of it where there is no table: of whom it speaks, then each column. */
export function agreementSentences(told: Told): string[] {
  const whom = told.agreement.weighted ? "" : " The figures speak for the pairs alone.";
  return [
    `Agreement of first and second reviews.${whom}`,
    ...told.agreement.rows.map((row) => agreementSentence(row, told)),
  ];
}

/** One column's agreement, as a sentence. */
function agreementSentence(row: AgreementRow, told: Told): string {
  const why = remarks(row, told).join(" ");
  const { column, observed, kappa, ac1, pairs, agreeing } = row;
  if (row.suppressed) return `${column}: not shown. ${why}`;
  if (observed === undefined || ac1 === undefined) return `${column}: no figure. ${why}`;
  const share = percentText(observed.estimate, 1);
  const range = `between ${percentText(observed.interval.lower, 1)} and ${percentText(observed.interval.upper, 1)} with 95% confidence`;
  const what = told.agreement.weighted
    ? `two reviews would agree on ${share} of ${populationText(told)} (${range}), from ${counted(pairs, "pair")}`
    : `both reviews agree in ${thousands(agreeing)} of ${counted(pairs, "pair")}, ${share} (${range})`;
  const beyond = [
    ...(kappa === undefined ? [] : [`Cohen’s kappa ${coefficientText(kappa)}`]),
    `Gwet’s AC1 ${coefficientText(ac1)}`,
  ].join(", ");
  return `${column}: ${what}. Beyond chance: ${beyond}.${why === "" ? "" : ` ${why}`}`;
}

function coefficientText({ coefficient, interval }: Coefficient): string {
  return interval === undefined
    ? hundredths(coefficient)
    : `${hundredths(coefficient)} (${hundredths(interval.lower)} to ${hundredths(interval.upper)})`;
}

function hundredths(value: number): string {
  const text = Math.abs(value).toFixed(2);
  return value < 0 && text !== "0.00" ? `−${text}` : text;
}

/** The section of the page. */
export function agreementSection(told: Told): PageSection {
  const { agreement, plan } = told;
  const { many } = unitWords(plan);
  const speaksFor = agreement.weighted
    ? html`<p>Each pair counts with its weight in the estimates over the chance of being chosen for a second review, so that the figures speak for ${populationText(told)}.</p>`
    : html`<p>The pairs count alike and the figures speak for them alone, not for other ${many}: nothing says with which chance a case was chosen for a second review. The option --second-reviews names a file that does.</p>`;
  return {
    id: "reviews-agree",
    heading: "Agreement of first and second reviews",
    body: html`${speaksFor}
<ul>
${agreement.rows.map((row) => html`<li>${agreementSentence(row, told)}</li>\n`)}</ul>
${agreementRows(told)}<p>Some pairs agree by chance. Kappa and AC1 take that off: 1 is full agreement, 0 no more than chance. They differ in what chance is. Kappa falls where nearly all cases have the same answer, however well the reviewers agree; AC1 does not. Read both, beside the share that agrees.</p>
<p>Intervals take the pairs for drawn independently and look at no strata. Kappa and AC1 have one from ${thousands(pairsNeeded(2))} pairs on, of four categories or more from twice the square of their number, and it is rough below about 50 pairs or where an answer is rare. Agreement says that two reviews gave the same answer, not that it is right. agreement.csv has every figure.</p>
`,
  };
}

function agreementRows(told: Told): Html {
  const column = (header: string) => ({ header, kind: "number" as const });
  return dataTable({
    id: "reviews-agree-table",
    caption: `First and second reviews: ${estimand(told)}, with 95% intervals`,
    columns: [
      { header: "Finding" },
      column("Pairs"),
      column("Agree"),
      column("95% interval"),
      column("Cohen’s kappa (interval)"),
      column("Gwet’s AC1 (interval)"),
    ],
    rows: told.agreement.rows.map((row) => {
      if (row.suppressed) return [row.column, "[c]", "[c]", "[c]", "[c]", "[c]"];
      const { pairs, observed, kappa, ac1 } = row;
      if (observed === undefined || ac1 === undefined)
        return [row.column, thousands(pairs), "[x]", "[x]", "[x]", "[x]"];
      const { lower, upper } = observed.interval;
      return [
        row.column,
        thousands(pairs),
        percentText(observed.estimate, 1),
        `${percentText(lower, 1)} to ${percentText(upper, 1)}`,
        kappa === undefined ? "[x]" : coefficientText(kappa),
        coefficientText(ac1),
      ];
    }),
  });
}
