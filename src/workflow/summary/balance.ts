import type { Frame } from "../../frame/frame.js";
import { fieldLabel, levelLabel } from "../../frame/labels.js";
import { counted } from "../../frame/words.js";
import type { Plan } from "../../plan/types.js";
import { dotStrip, dotStripKey } from "../../report/page/dot-strip.js";
import { type Html, html } from "../../report/page/html.js";
import type { PageSection } from "../../report/page/page.js";
import { dataTable } from "../../report/page/table.js";
import { asReviewed, reviewable } from "../../sampling/after/reviewed.js";
import { type BalanceRow, inferencePopulation } from "../../sampling/balance.js";
import type { DrawnUnit, Sample } from "../../sampling/draw.js";
import { comparisonSentences } from "./sentences.js";
import { oneDecimal, oneDecimalPercent, pointsText, type UnitWords } from "./words.js";

/** The sample beside the population: how to read it, then each characteristic with its sentences and its table. */
export function balanceSection({ frame, plan, sample, balance }: Compared, units: UnitWords): PageSection {
  const scale = stripScale(balance);
  return {
    id: "balance",
    heading: "The sample beside the population",
    body: html`<p>Each table sets the sample beside ${populationText(frame, sample, units)} “Sample” is the share that the sample gives when each ${units.one} counts for as many as it stands for (its weight), so it can be compared with the population even where some groups had a higher chance than others. “Expected” is how many such draws give on average.</p>
${lossesText(sample, units)}${yardstick(asReviewed(sample).drawn)}<p>In the pictures an upright mark ${dotStripKey("population")} is the population and a dot ${dotStripKey("sample")} is the sample, on one scale from 0 to ${scale}%. They repeat the figures beside them. Differences are worked out before rounding.</p>
`,
    sections: byCharacteristic(balance).map((rows) => characteristic(rows, { plan, units, scale })),
  };
}

interface Compared {
  readonly frame: Frame;
  readonly plan: Plan;
  readonly sample: Sample;
  readonly balance: readonly BalanceRow[];
}

/** What the tables call the population. */
function populationText(frame: Frame, sample: Sample, units: UnitWords): string {
  const open = inferencePopulation(frame, sample).length;
  if (open === frame.eligible.length) return `all eligible ${units.many}.`;
  return `the ${counted(open, units.one)} that could be chosen: these alone are the population and the eligible here, and a group of which nobody could be chosen is not listed.`;
}

/** How a later version counts what was lost since the draw. */
function lossesText(sample: Sample, units: UnitWords): Html | string {
  if (reviewable(sample) === sample.drawn.length) return "";
  return html`<p>The sample counts here as it stands. Sampled ${units.many} that proved out of scope are counted, because they were drawn from the same population. Those that could not be reached or taken are not: the others of their stratum stand for them, and the expected numbers allow for it.</p>
`;
}

function characteristic(
  rows: readonly [BalanceRow, ...BalanceRow[]],
  { plan, units, scale }: { readonly plan: Plan; readonly units: UnitWords; readonly scale: number },
): Omit<PageSection, "sections"> {
  const [{ characteristic: name }] = rows;
  const label = (row: BalanceRow): string => levelLabel(name, row.level, plan);
  const id = `balance-${name}`;
  const heading = fieldLabel(name);
  return {
    id,
    heading,
    body: html`<p>${comparisonSentences(rows, { units, label }).join(" ")}</p>
${dataTable({
  id: `${id}-table`,
  caption: `${heading}: sample and population`,
  columns: [
    { header: heading },
    { header: "Population", kind: "number" },
    { header: "Sample", kind: "number" },
    { header: "Difference, points", kind: "number" },
    { header: "Expected number", kind: "number" },
    { header: "Actual number", kind: "number" },
    { header: `0 to ${scale}%`, kind: "picture" },
  ],
  rows: rows.map((row) => [
    label(row),
    oneDecimalPercent(row.populationPercent),
    oneDecimalPercent(row.weightedPercent),
    pointsText(row.difference),
    oneDecimal(row.expectedCount),
    row.sampleCount,
    dotStrip({ population: row.populationPercent, sample: row.weightedPercent, scale }),
  ]),
})}`,
  };
}

/** Rows of each characteristic, in the order of the table. */
function byCharacteristic(balance: readonly BalanceRow[]): [BalanceRow, ...BalanceRow[]][] {
  const groups = new Map<string, [BalanceRow, ...BalanceRow[]]>();
  for (const row of balance) {
    const group = groups.get(row.characteristic);
    if (group === undefined) groups.set(row.characteristic, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

/** The least multiple of ten percent that holds every share. */
function stripScale(balance: readonly BalanceRow[]): number {
  const most = balance.reduce(
    (sum, { populationPercent, weightedPercent }) => Math.max(sum, populationPercent, weightedPercent),
    0,
  );
  return Math.max(10, Math.ceil((most - 1e-9) / 10) * 10);
}

/** The fewest weighted units for which the yardstick's normal approximation is fair. */
const fewestForYardstick = 30;

/**
 * How far chance alone takes a share: 1.96 √(p(1−p)/n), with the weights' effective n, (Σw)²/Σw² (Kish 1965, section
 * 11.2). Strata and balancing bring shares nearer, so it is not a test of any one row.
 */
function yardstick(drawn: readonly DrawnUnit[]): Html | string {
  const sum = drawn.reduce((total, { weight }) => total + weight, 0);
  const squares = drawn.reduce((total, { weight }) => total + weight * weight, 0);
  const effective = (sum * sum) / squares;
  if (!(effective >= fewestForYardstick)) return "";
  const margin = (share: number): number =>
    Math.ceil(196 * Math.sqrt((share * (1 - share)) / effective) - 1e-9);
  return html`<p>No sample matches exactly. As a yardstick: in 19 draws of 20, chance alone takes the share of a group that is half of the population up to ${margin(0.5)} percentage points away, and that of a group that is a tenth of it up to ${margin(0.1)}. Among many groups, about one in 20 may lie further off.</p>
`;
}
