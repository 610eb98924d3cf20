import { varianceMethod } from "../../analysis/estimates/response.js";
import type { ShownRow } from "../../analysis/estimates/suppression.js";
import { inSentence } from "../../analysis/words.js";
import type { Chart } from "../../charts/chart.js";
import { estimateChart } from "../../charts/estimate-chart.js";
import { percentText } from "../../charts/number-text.js";
import { capital, fieldLabel } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import { usualMarking } from "../../plan/marking.js";
import { chartHtml } from "../../report/page/chart.js";
import { type Html, html } from "../../report/page/html.js";
import { type PageSection, pageHtml } from "../../report/page/page.js";
import { dataTable } from "../../report/page/table.js";
import { stratumLabel } from "../summary/strata.js";
import { inShownOrder } from "../summary/strata-order.js";
import { oneDecimal, unitWords } from "../summary/words.js";
import { agreementSection } from "./agreement-outputs.js";
import { auditSentences, auditsSection } from "./audits-outputs.js";
import { calibrationSection, calibrationSentences } from "./calibration-output.js";
import { chosenSection, chosenSentence } from "./chosen-section.js";
import { collapseSentences } from "./collapse.js";
import type { EstimateContext } from "./context.js";
import { rowsTable } from "./rows-table.js";
import {
  cautions,
  groupName,
  hiddenGroups,
  populationText,
  responseSentence,
  rowName,
  rowSentence,
  speaksForAll,
} from "./words.js";

/** `estimates.html`: what the reviewed cases say about the population, for readers who know no statistics. */
export async function estimatesPage(
  context: EstimateContext,
  { draw }: { readonly draw: (chart: Chart) => Promise<string[]> },
): Promise<string> {
  const { plan, shown, threshold, by, audits, agreement } = context;
  const { calibration } = context.responses;
  const { many } = unitWords(plan);
  const overall = shown.rows.filter(({ field }) => field === undefined);
  const facts: [string, string][] = [
    ["Speaks for", `${capital(populationText(context))}.`],
    ["Reviewed", responseSentence(context)],
    ...calibrationSentences(context).map((text): [string, string] => ["Weights", text]),
    ...collapseSentences(context).map((text): [string, string] => ["Strata", text]),
    ...cautions(shown.rows, context).map((text): [string, string] => ["Take care", text]),
    ...(context.chosen === undefined
      ? []
      : [["Chosen cases", chosenSentence(context.chosen)] as [string, string]]),
  ];
  return pageHtml({
    title: `What the reviewed cases say${speaksForAll(context) ? ` about all ${many}` : ""}`,
    kind: "Estimates",
    marking: `${usualMarking}: internal. ${threshold === 0 ? "Small numbers are not suppressed" : "Small numbers are taken out, without an audit"}: not for publication.`,
    charts: true,
    lede: `${plan.title}. Estimates from the cases that inspectors reviewed, each with the range in which the true figure lies with 95% confidence.`,
    summary: {
      id: "short",
      heading: "In short",
      body: html`<dl class="facts">
${facts.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>\n`)}</dl>
<ul>
${[
  ...overall.map((row) => rowSentence(row, context)),
  ...(audits === undefined ? [] : auditSentences({ ...context, audits })),
].map((text) => html`<li>${text}</li>\n`)}</ul>
`,
    },
    sections: [
      ...(overall.length === 0
        ? []
        : [await rowsSection(context, overall, { id: "overall", heading: "Overall", draw })]),
      ...(await Promise.all(
        by.map((name, at) =>
          rowsSection(
            context,
            shown.rows.filter(({ field }) => field === name),
            { id: `by-${at + 1}`, heading: `By ${inSentence(fieldLabel(name))}`, draw },
          ),
        ),
      )),
      ...(shown.comparisons.length === 0 ? [] : [comparisonSection(context)]),
      ...(audits === undefined ? [] : [await auditsSection({ ...context, audits }, { draw })]),
      ...(agreement === undefined ? [] : [agreementSection({ ...context, agreement })]),
      ...(context.chosen === undefined ? [] : [chosenSection(context.chosen)]),
      ...(calibration === undefined ? [] : [calibrationSection(context, calibration)]),
      { id: "response", heading: "Who was reviewed", body: responseHtml(context) },
      { id: "read", heading: "What was done with the findings", body: notesHtml(context) },
      { id: "made", heading: "How this was made", body: methodHtml(context) },
    ],
    footer: html`<p>Made by casedraw. The same sample and findings give the same page.</p>`,
  });
}

async function rowsSection(
  context: EstimateContext,
  rows: readonly ShownRow[],
  {
    id,
    heading,
    draw,
  }: { readonly id: string; readonly heading: string; readonly draw: (chart: Chart) => Promise<string[]> },
): Promise<PageSection> {
  const drawn = rows.filter(({ kind, figures, suppressed }) => kind !== "number" && figures && !suppressed);
  const chart =
    drawn.length === 0
      ? undefined
      : estimateChart({
          population: populationText(context),
          groups: drawn.map((row) => {
            const { estimate, interval = { lower: estimate, upper: estimate } } = row.figures as NonNullable<
              ShownRow["figures"]
            >;
            return {
              ...chartGroup(row, context),
              estimate,
              lower: Math.min(estimate, interval.lower),
              upper: Math.max(estimate, interval.upper),
              n: row.n,
            };
          }),
        });
  // Rows of groups that are not shown would hide those that are.
  const listed = rows.filter(({ field, suppressed }) => field === undefined || suppressed === undefined);
  const table =
    listed.length === 0
      ? ""
      : rowsTable(context, {
          id: `${id}-table`,
          caption: `${heading}: estimates with 95% intervals, of ${populationText(context)}`,
          first: "Finding",
          rows: listed,
          nameOf: (row) => rowName(row, context),
        });
  const hidden = hiddenGroups(rows, context).map((text) => html`<p>${text}</p>\n`);
  return {
    id,
    heading,
    body: html`${chart === undefined ? "" : chartHtml(chart, { id, pictures: await draw(chart), table: false })}${table}${hidden}`,
  };
}

/** A row of the chart stands under its finding; of a group its name stands with it. */
function chartGroup({ column, kind, level, field, group }: ShownRow, context: EstimateContext) {
  const of = kind === "category" ? (level as string) : "Yes";
  return field === undefined
    ? { characteristic: column, level: of }
    : {
        characteristic: kind === "category" ? `${column}: ${level}` : column,
        level: groupName(field, group as string, context),
      };
}

function comparisonSection(context: EstimateContext): PageSection {
  return {
    id: "compared",
    heading: "Groups beside all others",
    body: html`<p>The difference of each group from the others, among ${populationText(context)}, with strata that both share allowed for. An interval that holds 0 shows no difference. Of 20 comparisons without any difference, about one would seem to show one. Left out are groups where all reviewed have it, or none, on one side: that does not show how far they vary.</p>
${dataTable({
  id: "compared-table",
  caption: "Group less all others: percentage points for shares, else the number’s own unit",
  columns: [
    { header: "Finding" },
    { header: "Difference", kind: "number" },
    { header: "95% interval", kind: "number" },
  ],
  rows: context.shown.comparisons.map((found) => {
    const scale = found.kind === "number" ? 1 : 100;
    const { lower, upper } = found.interval;
    const what = found.kind === "category" ? `${found.column}: ${found.level}` : found.column;
    return [
      `${what}, ${groupName(found.field, found.group, context)}`,
      oneDecimal(found.difference * scale),
      `${oneDecimal(lower * scale)} to ${oneDecimal(upper * scale)}`,
    ];
  }),
})}`,
  };
}

function responseHtml(context: EstimateContext): Html {
  const { responses, sample, plan } = context;
  const fields = sample.design.plan.strata;
  const table = dataTable({
    id: "response-table",
    caption: "The sample by stratum",
    columns: [
      { header: "Stratum" },
      ...["Eligible", "In the sample", "Out of scope", "Lost", "Not reviewed", "Reviewed", "Response"].map(
        (header) => ({ header, kind: "number" as const }),
      ),
    ],
    rows: inShownOrder(responses.strata, ({ key }) => key, { fields, plan }).map(
      ({ key, population, members, outOfScope, lost, notReviewed, reviewed }) => [
        stratumLabel(key, fields, plan),
        ...[population, members, outOfScope, lost, notReviewed, reviewed].map(thousands),
        percentText((reviewed + outOfScope) / members, 1),
      ],
    ),
  });
  return html`${table}${collapseSentences(context).map(
    (text) => html`<p>${text}</p>
`,
  )}`;
}

function notesHtml({ findings }: EstimateContext): Html {
  return html`<ul>
${findings.notes.map(({ text }) => html`<li>${text}</li>\n`)}</ul>
`;
}

function methodHtml(context: EstimateContext): Html {
  const { responses, interval, threshold } = context;
  const named =
    interval === "wilson" ? "Wilson’s on the effective sample size, with t" : "Korn and Graubard’s";
  const weight =
    context.sample.after === undefined
      ? "its design weight"
      : "what it stands for since cases were replaced or added, which is final_weight in sample.csv and not design_weight";
  return html`<p>Each case counts with ${weight}. The variance is that of the sample’s own design (${varianceMethod(responses)}); groups are taken out of the whole design, never as smaller samples. Intervals of shares are ${named}; where the sample shows no variance, exact limits. A group that was reviewed whole has a figure and no interval.</p>
<p>A case without an answer is left out of that finding’s share; the last column of the tables says what the share would be if all of them were no, or all yes. The number of ${unitWords(context.plan).many} takes them to be like those with an answer. One that a yes/no or number question does not apply to counts neither in the share nor in the number; of other questions “not applicable” is an answer like any.</p>
${threshold === 0 ? "" : html`<p>[c]: not shown, because 1 to ${threshold} cases were reviewed, have it, lack it, or cannot have it because it does not apply to them, or because such a figure could be worked out. Where few are not asked, the share stays, since it rests on those who answered. [x]: nothing can be said.</p>\n`}<p>estimates.csv has every figure with its method, responses.csv the strata, manifest.json the files that this was made from.</p>
`;
}
