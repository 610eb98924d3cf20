import type { Chart } from "../../charts/chart.js";
import type { Frame } from "../../frame/frame.js";
import { thousands } from "../../frame/words.js";
import type { Plan, SamplePlan } from "../../plan/types.js";
import { chartHtml } from "../../report/page/chart.js";
import { type Html, html } from "../../report/page/html.js";
import { type PageSection, pageHtml } from "../../report/page/page.js";
import { dataTable } from "../../report/page/table.js";
import { simulationStreams } from "../../sampling/simulate/simulate-design.js";
import {
  internalMarking,
  oneDecimal,
  oneDecimalPercent,
  type UnitWords,
  unitWords,
} from "../summary/words.js";
import { groupNames, type SimulationCharts, smallGroups } from "./charts.js";
import type { SimulationResults } from "./results.js";
import {
  drawnSentences,
  missedAdvice,
  missedSentence,
  singleSentence,
  steadySentence,
  targetAdvice,
  targetSentence,
} from "./words.js";

/** What a simulation's page tells of. */
export interface SimulationContext {
  readonly frame: Frame;
  readonly plan: Plan;
  readonly seed: string;
  readonly results: SimulationResults;
  readonly charts: SimulationCharts;
  /** Draws a chart as SVG, whole or in parts. */
  readonly draw: (chart: Chart) => Promise<string[]>;
}

/** `simulation.html`: what a design does before it is used, for the officer who has to defend the choice. */
export async function simulationPage(context: SimulationContext): Promise<string> {
  const { frame, plan, results, charts, draw } = context;
  const units = unitWords(plan);
  const pictured = async (id: string, chart: Chart): Promise<Html> =>
    chartHtml(chart, { id, pictures: await draw(chart) });
  const targets = targetSentence(results);
  const facts: [string, string][] = [
    ["Simulated", drawnSentences(results, frame.eligible.length, units).join(" ")],
    ["Fair to groups?", `${charts.inclusion.title}.`],
    [`Fair to each ${units.one}?`, singleSentence(results, plan.sample as SamplePlan, units)],
    ["A steady mix?", steadySentence(charts)],
    ["Groups missed?", missedSentence(results, plan)],
    ...(targets === undefined ? [] : [["Targets met?", targets] as [string, string]]),
  ];
  return pageHtml({
    title: "What this design does before it is used",
    kind: "Simulation",
    marking: internalMarking,
    charts: true,
    lede: `${plan.title}. The plan’s design was drawn again and again from the same data, to see what it gives. These draws choose nobody: the sample is drawn afterwards, with a seed of its own.`,
    summary: {
      id: "short",
      heading: "In short",
      body: html`<dl class="facts">
${facts.map(([term, text]) => html`<dt>${term}</dt><dd>${text}</dd>\n`)}<dt>What to change?</dt><dd>${toChange(context)} <a href="#change">More</a></dd>
</dl>
`,
    },
    sections: [
      {
        id: "chances",
        heading: "How often each group is drawn",
        body: await pictured("inclusion", charts.inclusion),
      },
      {
        id: "steadiness",
        heading: "How far the sample strays",
        body: await pictured("spread", charts.spread),
      },
      await smallSection(context, units, pictured),
      ...(charts.shortfall === undefined
        ? []
        : [{ id: "targets", heading: "Targets", body: await pictured("shortfall", charts.shortfall) }]),
      { id: "change", heading: "What to change", body: adviceHtml(context) },
      { id: "made", heading: "How this was made", body: recipeHtml(context) },
    ],
    footer: html`<p>Made by casedraw. The same data, plan, seed and number of draws give the same page.</p>`,
  });
}

function toChange({ frame, plan, results }: SimulationContext): string {
  const groups = missedAdvice(results, plan, frame.eligible.length).ways.length > 0;
  const targets = targetAdvice(results, plan).length > 0;
  if (groups)
    return `Some groups are missed in more than 1 draw in 20${targets ? ", and targets not met" : ""}.`;
  return targets
    ? "Some targets are not met in more than 1 draw in 20."
    : "Nothing, as far as groups and targets go.";
}

/** A picture under its headline, scrolling by itself where the screen is narrower, with its numbers in a table below. */
async function smallSection(
  { plan, results, charts }: SimulationContext,
  units: UnitWords,
  pictured: (id: string, chart: Chart) => Promise<Html>,
): Promise<PageSection> {
  const id = "small";
  const heading = "Small groups";
  if (charts.missed === undefined) {
    return {
      id,
      heading,
      body: html`<p>The sample is expected to hold 10 ${units.many} or more of every group, and no draw of any design missed one.</p>
`,
    };
  }
  const name = groupNames(plan);
  const share = (value: number): string =>
    value > 0 && value < 0.0005 ? "under 0.1%" : oneDecimalPercent(value * 100);
  return {
    id,
    heading,
    body: html`<p>Groups of which the sample is expected to hold fewer than 10 ${units.many}, and groups that some draw missed. “Nine draws in ten” is the range of the plan’s own draws, from the 5th to the 95th percentile.</p>
${dataTable({
  id: "small-table",
  caption: "Small groups: how many are drawn, and how often nobody",
  columns: [
    { header: "Group" },
    { header: "Eligible", kind: "number" },
    { header: "Expected", kind: "number" },
    { header: "Nine draws in ten", kind: "number" },
    { header: "Missed: this plan", kind: "number" },
    { header: "Missed: simple random", kind: "number" },
    { header: "Missed: proportional", kind: "number" },
  ],
  rows: smallGroups(results).map((figures) => {
    const { characteristic, level } = name(figures);
    const { plan: own, simple_random: simple, proportional } = figures.designs;
    return [
      `${characteristic}: ${level}`,
      thousands(figures.group.population),
      oneDecimal(own.expected),
      `${rangeEnd(own.p05)} to ${rangeEnd(own.p95)}`,
      share(own.missed.share),
      share(simple.missed.share),
      share(proportional.missed.share),
    ];
  }),
})}${await pictured("missed", charts.missed)}`,
  };
}

/** Percentiles of whole counts are whole but for the rare ones between two counts. */
function rangeEnd(value: number): string {
  return Number.isInteger(value) ? thousands(value) : oneDecimal(value);
}

function adviceHtml({ frame, plan, results }: SimulationContext): Html {
  const missed = missedAdvice(results, plan, frame.eligible.length);
  const targets = targetAdvice(results, plan);
  const list = (items: readonly string[]): Html | string =>
    items.length === 0 ? "" : html`<ul>\n${items.map((item) => html`<li>${item}</li>\n`)}</ul>\n`;
  return html`${missed.sentences.map((sentence) => html`<p>${sentence}</p>\n`)}${list(missed.ways)}${
    targets.length === 0 ? "" : html`<p>Targets that more than 1 draw in 20 falls short of:</p>\n`
  }${list(targets)}<p>After a change, simulate again: each change moves the other groups too.</p>
`;
}

function recipeHtml({ seed, results }: SimulationContext): Html {
  const draws = results.draws + results.short;
  const first = simulationStreams.plan.replace("<seed>", seed).replace("<k>", "1");
  return html`<p>Draw 1 is the sample that <code>casedraw sample</code> draws with the seed <code>${first}</code>, draw 2 with the next number, and so on to ${thousands(draws)}: it is the real method, not a model of it. The samples beside it take their random numbers from labelled streams of the same seed.</p>
<dl>
<dt>Seed of the simulation</dt><dd><code>${seed}</code></dd>
<dt>Draws of each design</dt><dd>${thousands(draws)}</dd>
</dl>
<p>All figures are in simulation.csv${results.groups.some(({ group }) => group.target !== undefined) ? " and targets.csv" : ""}; manifest.json records the plan, the digests of the data and of these files. Percentages of draws come with Wilson’s 95% interval, means with a 95% interval over the draws. They tell how precise the simulation is, not how precise a sample will be.</p>
`;
}
