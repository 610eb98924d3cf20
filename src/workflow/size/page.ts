import type { Chart } from "../../charts/chart.js";
import { trimmedPercent, trimmedText } from "../../charts/number-text.js";
import { chartHtml } from "../../report/page/chart.js";
import { type Html, html } from "../../report/page/html.js";
import { pageHtml } from "../../report/page/page.js";
import { dataTable } from "../../report/page/table.js";
import { internalMarking } from "../summary/words.js";
import type { SizeAnswer } from "./answer.js";
import { shownTable } from "./tables.js";

/** `size.html`: how many are enough, or what a number gives, with the curve of size against margin where there is one. */
export function sizePage(
  answer: SizeAnswer,
  picture: { readonly chart: Chart; readonly pictures: readonly string[] } | undefined,
): string {
  const { sentences, notes, needed, plan } = answer;
  const title =
    needed === undefined ? "What this sample size gives" : `How many ${answer.units.many} are enough?`;
  return pageHtml({
    title,
    kind: "Sample size",
    marking: plan === undefined ? "OFFICIAL" : internalMarking,
    charts: true,
    lede:
      plan === undefined
        ? "Worked out before any data is read, from the figures given."
        : `${plan.title}. Worked out from the plan’s frame and allocation; nobody is drawn.`,
    summary: {
      id: "short",
      heading: "In short",
      body: html`${[...sentences, ...notes.map(({ text }) => text)].map((text) => html`<p>${text}</p>\n`)}`,
    },
    sections: [
      {
        id: "figures",
        heading: "Figures",
        body: html`${figures(answer)}${legend(answer).map((text) => html`<p>${text}</p>\n`)}`,
      },
      ...(picture === undefined
        ? []
        : [
            {
              id: "curve",
              heading: "Size and margin",
              body: chartHtml(picture.chart, { id: "size", pictures: picture.pictures, textColumns: 0 }),
            },
          ]),
      { id: "basis", heading: "What this rests on", body: basis(answer) },
    ],
    footer: html`<p>Made by casedraw. The same question gives the same page.</p>`,
  });
}

function figures(answer: SizeAnswer): Html {
  const { header, rows } = shownTable(answer);
  return dataTable({
    id: "figures-table",
    caption: answer.needed === undefined ? "What the sample gives" : "How many are needed",
    columns: header.map((name, at) => (at === 0 ? { header: name } : { header: name, kind: "number" })),
    rows,
  });
}

/** How the columns are to be read, in sentences. */
export function legend({ question, needed, units, whole, plan }: SizeAnswer): string[] {
  if (needed !== undefined) {
    const { difference, rare } = question.goals;
    return [
      ...(difference === undefined ? [] : ["For a difference: both halves of the sample together."]),
      ...(rare === undefined ? [] : ["For a rare practice: a simple random sample."]),
      ...(plan === undefined
        ? []
        : [
            "All together: with the design effect of the plan’s allocation as it stands. Try the size that you choose with --plan and --size.",
          ]),
    ];
  }
  return [
    "Margin and difference are in percentage points.",
    "Difference found: between two halves of the sample; of a group, between it and all others.",
    whole.populationSize === undefined
      ? "Rarest found: the least share of which one is found."
      : `Rarest found: the fewest ${units.many} of whom one is found, wherever in the strata they lie.`,
  ];
}

function basis({ question, whole, plan }: SizeAnswer): Html {
  const { proportion, confidence, power, method } = question.assumptions;
  const facts: [string, string][] = [
    [
      "Expected share",
      `${trimmedPercent(proportion)}. 50% needs the most cases, and is safe where nothing is known.`,
    ],
    ["Confidence", trimmedPercent(confidence)],
    ["Power, for a difference", `${trimmedPercent(power)}, two-sided z test with pooled variance`],
    [
      "Margin",
      method === "wilson" ? "Half the width of Wilson’s interval" : "Wald: the normal approximation",
    ],
    [
      "Design effect",
      plan === undefined
        ? trimmedText(whole.designEffect)
        : `${trimmedText(whole.designEffect)} for all together, from the plan’s allocation${question.designEffect === 1 ? "" : ` and ${trimmedText(question.designEffect)} as given`}`,
    ],
    [
      "Finite population",
      whole.populationSize === undefined
        ? "Not allowed for: no population was given."
        : "Allowed for: the more of the population is reviewed, the smaller the margin.",
    ],
  ];
  return html`<dl>
${facts.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>\n`)}</dl>
<p>Every case is taken to be reviewed: where some cannot be, more are needed. All figures are in size.csv.</p>
`;
}
