import { varianceMethod } from "../../analysis/estimates/response.js";
import type { ShownRow } from "../../analysis/estimates/suppression.js";
import type { Chart } from "../../charts/chart.js";
import { type EstimatedGroup, estimateChart } from "../../charts/estimate-chart.js";
import { percentText } from "../../charts/number-text.js";
import { capital } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import type { CsvCell } from "../../report/csv.js";
import { chartHtml } from "../../report/page/chart.js";
import { type Html, html } from "../../report/page/html.js";
import type { PageSection } from "../../report/page/page.js";
import type { OutputTable } from "../output-table.js";
import { unitWords } from "../summary/words.js";
import type { Audits } from "./audits.js";
import type { EstimateContext } from "./context.js";
import { rowsTable } from "./rows-table.js";
import { figureCells, figureNames, remark } from "./tables.js";
import { groupName, populationText } from "./words.js";

/** What the outputs tell it of. */
type Told = EstimateContext & { readonly audits: Audits };

/** `audits.csv`: the rows are those of `estimates.csv`, among the audited units. */
export function auditsTable(told: Told): OutputTable {
  return {
    header: ["level", "by", "group", "estimand", "variance_method", ...ofAudits(figureNames), "remark"],
    rows: told.audits.rows.map((row): CsvCell[] => [
      row.level ?? "",
      row.field ?? "",
      row.group ?? "",
      `share of ${row.field === undefined ? "" : "the group’s part of "}${auditedText(told)}`,
      varianceMethod(told.responses),
      ...ofAudits(figureCells(row)),
      remark(row, told),
    ]),
  };
}

/** Figures of audits: a question that does not apply has no audit. */
function ofAudits<Cell>(cells: readonly Cell[]): Cell[] {
  return cells.filter((_, at) => figureNames[at] !== "not_applicable");
}

/** Whom the figures are of, as the end of a sentence. */
function auditedText(told: Told): string {
  const { many } = unitWords(told.plan);
  return `the audited ${many} among ${populationText(told)}`;
}

/** What all audited units say, in a sentence for each level. */
export function auditSentences(told: Told): string[] {
  return told.audits.rows.filter(({ field }) => field === undefined).map((row) => auditSentence(row, told));
}

const views: Readonly<Record<string, string>> = {
  "in line": "In line with the body’s own audit",
  "more positive": "More positive than the body’s own audit",
  "less positive": "Less positive than the body’s own audit",
};

function auditSentence({ level, suppressed, figures, n, notAnswered }: ShownRow, told: Told): string {
  const { one, many } = unitWords(told.plan);
  const view = views[level as string] as string;
  if (suppressed !== undefined)
    return `${view}: not shown, because a small number of ${many} could be worked out.`;
  if (figures === undefined)
    return `${view}: no estimate. ${n === 0 ? `No audited ${one} was set beside its audit.` : `One ${one} does not tell how ${many} differ.`}`;
  const { estimate, interval } = figures;
  const range =
    interval === undefined
      ? "exactly, as all were reviewed"
      : `between ${percentText(interval.lower, 1)} and ${percentText(interval.upper, 1)} with 95% confidence`;
  const silent =
    notAnswered === 0
      ? ""
      : `; ${thousands(notAnswered)} audited and reviewed without an answer ${notAnswered === 1 ? "is" : "are"} left out`;
  return `${view}: ${percentText(estimate, 1)} of ${auditedText(told)} (${range}). From ${thousands(n)} reviewed${silent}.`;
}

/** The section of the page. */
export async function auditsSection(
  told: Told,
  { draw }: { readonly draw: (chart: Chart) => Promise<string[]> },
): Promise<PageSection> {
  const { audits } = told;
  const chart = chartOf(told);
  const id = "audits";
  return {
    id,
    heading: "Agreement with the body’s own audits",
    body: html`<p>How the inspector’s view of a case stands to the audit that the body made of it: in line with it, more positive, or less positive. ${audits.recorded ? "Only cases that the sample’s list gives as audited count." : "The sample’s list does not say which cases were audited, so those with an answer are taken for the audited ones."} ${audits.byLawType ? "" : "It has no law type either way, so there are no figures by law type."}</p>
<ul>
${auditSentences(told).map((text) => html`<li>${text}</li>\n`)}</ul>
${chart === undefined ? "" : chartHtml(chart, { id, pictures: await draw(chart), table: false })}${auditRows(told)}<p>Which cases the body audits is its own choice: the figures speak for audited cases, not for others. Nothing here says which of the two views is right. audits.csv has every figure.</p>
`,
  };
}

function chartOf(told: Told): Chart | undefined {
  const groups = told.audits.rows.flatMap((row): EstimatedGroup[] => {
    const { figures, suppressed, n } = row;
    if (figures === undefined || suppressed !== undefined) return [];
    const { estimate, interval = { lower: estimate, upper: estimate } } = figures;
    return [
      {
        characteristic: capital(nameOfGroup(row, told)),
        level: capital(row.level as string),
        estimate,
        lower: Math.min(estimate, interval.lower),
        upper: Math.max(estimate, interval.upper),
        n,
      },
    ];
  });
  return groups.length === 0 ? undefined : estimateChart({ population: auditedText(told), groups });
}

function auditRows(told: Told): Html {
  return rowsTable(told, {
    mayNotApply: false,
    id: "audits-table",
    caption: `Agreement with the body’s own audits: estimates with 95% intervals, of ${auditedText(told)}`,
    first: "Inspector’s view",
    rows: told.audits.rows,
    nameOf: (row) => `${capital(row.level as string)}, ${nameOfGroup(row, told)}`,
  });
}

function nameOfGroup({ field, group }: ShownRow, told: Told): string {
  return field === undefined ? "all audited" : groupName(field, group as string, told);
}
