import { reasonText } from "../../analysis/condition-words.js";
import { inSentence, longDate } from "../../analysis/words.js";
import { capital, fieldLabel, levelLabel } from "../../frame/labels.js";
import { counted, thousands } from "../../frame/words.js";
import type { Plan } from "../../plan/types.js";
import { type Html, html } from "../../report/page/html.js";
import { pageHtml } from "../../report/page/page.js";
import { dataTable } from "../../report/page/table.js";
import { reviewable } from "../../sampling/after/reviewed.js";
import { type BalanceRow, inferencePopulation } from "../../sampling/balance.js";
import type { Sample } from "../../sampling/draw.js";
import { balanceSection } from "./balance.js";
import type { SummaryContext } from "./context.js";
import { designWords } from "./design.js";
import { notesHtml } from "./notes.js";
import { glossary, recipe } from "./recipe.js";
import { characteristicNoun, overallSentences } from "./sentences.js";
import { strataHtml } from "./strata.js";
import { type TargetRow, targetRows, targetSection } from "./targets.js";
import { internalMarking, oneDecimalPercent, type UnitWords, unitWords } from "./words.js";

/**
 * `summary.html`: how a sample was chosen and how it compares with the population, for readers who know no statistics.
 * It lists no child, and depends on nothing that may differ between two readings of the same frame: no row number, no
 * file's size or digest, no clock, host or folder.
 */
export function summaryPage(context: SummaryContext): string {
  const { plan, sample } = context;
  const units = unitWords(plan);
  const words = designWords(plan, sample, units);
  const targets = targetRows(context);
  return pageHtml({
    title: plan.title,
    kind: "Sample summary",
    marking: internalMarking,
    lede: `How the sample of ${units.many} was chosen, and how it compares with all ${units.many} that could have been chosen.`,
    summary: {
      id: "short",
      heading: "In short",
      body: inShort(context, { units, how: words.short, targets }),
    },
    sections: [
      {
        id: "eligible",
        heading: `Which ${units.many} could be chosen`,
        body: accountingHtml(context, units),
      },
      {
        id: "chosen",
        heading: "How they were chosen",
        body: html`${words.paragraphs.map((text) => html`<p>${text}</p>\n`)}${strataHtml(plan, sample, units)}`,
      },
      ...(targets.length === 0 ? [] : [targetSection(targets, units)]),
      ...(context.balance.length === 0 ? [] : [balanceSection(context, units)]),
      { id: "notes", heading: "What to know before using it", body: notesHtml(context, units) },
      {
        id: "check",
        heading: "How to check it",
        body: recipe(sample, units, { ...context, fromTickets: words.fromTickets }),
      },
      { id: "words", heading: "Words used here", body: glossary(units) },
    ],
    footer: html`<p>Made by casedraw with the sample. The same data, plan and seed give the same page.</p>`,
  });
}

function inShort(
  context: SummaryContext,
  {
    units,
    how,
    targets,
  }: { readonly units: UnitWords; readonly how: string; readonly targets: readonly TargetRow[] },
): Html {
  const { frame, plan, sample, balance } = context;
  const { rowsRead } = frame.accounting;
  const met = targets.filter(({ drawn, atLeast }) => drawn >= atLeast).length;
  const lines: [string, string][] = [
    [
      "Sample",
      `${counted(sample.drawn.length, units.one)},${reviewableText(sample, units)} and ${sample.reserves.length === 0 ? "none" : thousands(sample.reserves.length)} in reserve.`,
    ],
    [
      "Drawn from",
      `${drawnFromText(context, units)}, out of ${counted(rowsRead, "row")} in the data. Ages and delays are measured on ${longDate(plan.reference_date)}.`,
    ],
    ["How", how],
    ...(balance.length === 0
      ? []
      : [["Like the population?", overallSentences(balance, describe(plan)).join(" ")] as [string, string]]),
    ...(targets.length === 0 ? [] : [["Targets", metText(met, targets.length)] as [string, string]]),
  ];
  return html`<dl class="facts">
${lines.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>\n`)}<dt>Seed</dt><dd>${seedHtml(context, units)}</dd>
</dl>
`;
}

/** What the seed proves: a later version takes what was done since the draw as well. */
function seedHtml({ sample, seed }: SummaryContext, units: UnitWords): Html {
  const whole = `With it anyone can repeat the draw and see that it gives the same ${units.many}.`;
  const later =
    `With it anyone can repeat the draw. ${capital(units.many)} were replaced or added since then: ` +
    `manifest.json lists each step, and the seed and the steps together give the same ${units.many}.`;
  return html`<code>${seed}</code>. ${sample.after === undefined ? whole : later}`;
}

/** Of a later version, how many of the sample are not lost. */
function reviewableText(sample: Sample, { one }: UnitWords): string {
  const left = reviewable(sample);
  if (left === sample.drawn.length) return "";
  return ` of ${one === "child" ? "whom" : "which"} ${left === 0 ? "none" : thousands(left)} can be reviewed,`;
}

/** The eligible units, and how many of them had a chance where some had none. */
function drawnFromText({ frame, sample }: SummaryContext, units: UnitWords): string {
  const all = frame.eligible.length;
  const open = inferencePopulation(frame, sample).length;
  return open === all
    ? `${counted(all, units.one)} eligible to be chosen`
    : `${counted(all, units.one)} eligible, ${thousands(open)} of ${units.one === "child" ? "whom" : "which"} could be chosen`;
}

function metText(met: number, all: number): string {
  if (all === 1) return met === 1 ? "The target is met." : "The target is not met.";
  return met === all
    ? `All ${thousands(all)} are met.`
    : `${thousands(all - met)} of ${thousands(all)} not met.`;
}

function describe(plan: Plan): (row: BalanceRow) => string {
  return ({ characteristic, level }) =>
    `${characteristicNoun(characteristic) ?? inSentence(fieldLabel(characteristic))} “${levelLabel(characteristic, level, plan)}”`;
}

/** Every row that was read, and what became of it. */
function accountingHtml({ frame, plan, sample }: SummaryContext, units: UnitWords): Html {
  const withoutChance = frame.eligible.length - inferencePopulation(frame, sample).length;
  const { rowsRead, superseded, folded } = frame.accounting;
  const parts: [string, number][] = [
    ["Eligible", frame.eligible.length],
    ...frame.exclusion.reasons.map(({ reason, count }): [string, number] => [
      `Left out: ${reasonText(reason, plan)}`,
      count,
    ]),
    ...(superseded > 0 ? [["Replaced by a row of a later file", superseded] as [string, number]] : []),
    ...(folded > 0 ? [["Joined with other children of the same case", folded] as [string, number]] : []),
  ];
  const share = (count: number): string => oneDecimalPercent(rowsRead === 0 ? 0 : (count / rowsRead) * 100);
  return html`<p>Nothing is dropped silently: each row that was read is counted once, under the first rule that applies to it. Only the eligible ${units.many} could be chosen.</p>
${dataTable({
  id: "rows-table",
  caption: "What became of every row",
  columns: [{ header: "Rows" }, { header: "Number", kind: "number" }, { header: "Share", kind: "number" }],
  rows: parts.map(([name, count]) => [name, thousands(count), share(count)]),
  total: ["All rows read", thousands(rowsRead), share(rowsRead)],
})}${withoutChance === 0 ? "" : withoutChanceHtml(withoutChance, sample, units)}<p>The files that were read, with their sizes and digests, are listed in manifest.json.</p>
`;
}

function withoutChanceHtml(count: number, { design }: Sample, units: UnitWords): Html {
  const why =
    design.linked === undefined
      ? "The plan takes nobody from their strata"
      : "Nothing in the earlier sample’s data could lead to them";
  return html`<p>${counted(count, units.one)} of the eligible could not be chosen. ${why}, so the sample says nothing about them.</p>
`;
}
