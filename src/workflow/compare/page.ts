import type { IndicatorComparison } from "../../analysis/regional/comparison.js";
import { indicatorTables } from "../../analysis/regional/indicator-tables.js";
import { publicLawField } from "../../analysis/regional/indicators.js";
import { type Spread, spreadOf } from "../../analysis/regional/spread.js";
import { variationTable } from "../../analysis/regional/variation-table.js";
import { inSentence, longDate } from "../../analysis/words.js";
import { capital } from "../../frame/labels.js";
import { slug } from "../../frame/text.js";
import { thousands } from "../../frame/words.js";
import { chartHtml } from "../../report/page/chart.js";
import { type Html, type HtmlValue, html } from "../../report/page/html.js";
import { type PageSection, pageHtml } from "../../report/page/page.js";
import { foldedHtml, longestTable, onPaperHtml, resultTableHtml } from "../../report/page/result-table.js";
import { auditText, suppressionText } from "../analysis/disclosure-words.js";
import { inputKind, inputsTold, rowsTold } from "../build-from-plan.js";
import { packageVersion } from "../package-version.js";
import type { ChartKind, ComparisonCharts, IndicatorChart } from "./charts.js";
import { type AreaGroup, type Compared, type Comparison, comparisonsOf } from "./compared.js";
import { profileHtml } from "./profiles.js";
import { type Anchors, rugHtml, rugKey } from "./rug.js";
import { flagSentence, keyMessages, ledeOf, markingOf, methodTexts } from "./words.js";

/** Charts, and their pictures by the name of their files. */
export interface DrawnCharts {
  readonly charts: ComparisonCharts;
  readonly pictures: ReadonlyMap<string, readonly string[]>;
}

/** With more areas than this the rows of dots are folded away, and the funnel comes first. */
const mostOpenRows = 60;

/** Open in the page; the others are folded under their headlines. */
const openKinds: readonly ChartKind[] = ["map", "dots", "funnel"];

/**
 * `compare.html`: what stands out, every area under every indicator, each indicator, a profile for each area, and the method.
 *
 * @param drawn.pictures - of each chart, by the name of its files
 */
export function comparePage(comparison: Comparison, drawn: DrawnCharts): string {
  const { groups } = comparison;
  const anchors = anchorsOf(groups);
  const first = keyMessages(comparison);
  const variation = variationTable(comparisonsOf(groups));
  return pageHtml({
    title: titleOf(groups),
    kind: "Comparison of areas",
    marking: markingOf(comparison),
    lede: ledeOf(comparison),
    charts: true,
    summary: {
      id: "messages",
      heading: "Key messages",
      body: html`<p>${flagSentence(comparison)}</p>
${
  first.length === 0
    ? ""
    : html`<ul>
${first.map(({ text, indicator, name }) => html`<li>${text} <a href="#${anchors.indicator(indicator)}">See “${name}”</a></li>\n`)}</ul>
`
}`,
    },
    sections: [
      ...groups.flatMap((group, at) => rugSection(group, { at, anchors })),
      ...groups.flatMap((group) =>
        group.compared.map((compared) => indicatorSection(compared, group, { ...drawn, anchors })),
      ),
      ...groups.flatMap((group, at) => profilesSection(group, { at, anchors })),
      ...(variation === undefined
        ? []
        : [
            {
              id: "variation",
              heading: "How much areas vary",
              body: html`<p>φ sets how areas vary against what chance gives. The furthest tenth at either end are held in, or left out of it where the scale is log, so that φ is below 1, commonly about 0.7, where no area differs. τ²: the variance between areas from the same figures, 0 where they give no more than chance. I²: the share of the variation that is more than chance, of all areas with the furthest as they are. It may be high where τ² is 0: then a few areas stand out and the others do not differ. The 10th and 90th percentiles leave out the ends.</p>
${resultTableHtml("variation-table", variation)}`,
            },
          ]),
      ...(comparison.nested === undefined
        ? []
        : [
            {
              id: "nested",
              heading: "Which areas lie in which",
              body: tableHtml("nested-table", comparison.nested, "tables/nested.csv"),
            },
          ]),
      ...(methodTexts(comparison).length === 0
        ? []
        : [{ id: "method", heading: "How areas are compared", body: methodHtml(comparison) }]),
      { id: "data", heading: "Data", body: dataHtml(comparison) },
      { id: "not-shown", heading: "What is not shown", body: notShownHtml(comparison) },
    ],
    footer: html`<p>Made by casedraw. The same files and plan give the same page.</p>`,
  });
}

function titleOf(groups: readonly AreaGroup[]): string {
  const [first] = groups;
  if (first === undefined) return "Areas compared";
  const { heading } = first;
  return heading === "Area" ? "Areas compared" : `Comparison by ${inSentence(heading)}`;
}

/** Ids that no two areas or indicators share. */
function anchorsOf(groups: readonly AreaGroup[]): Anchors {
  const ids = new Map<string, string>();
  const areas = [...new Set(groups.flatMap((group) => group.areas))];
  for (const [at, area] of areas.entries())
    ids.set(area, `area-${at + 1}-${slug(area).replaceAll("_", "-")}`);
  return {
    indicator: (id) => `indicator-${id}`,
    area: (name) => ids.get(name) ?? "profiles",
  };
}

interface Place {
  /** Of the group: 0 for the export's. */
  readonly at: number;
  readonly anchors: Anchors;
}

/** Of published figures an area has a profile of its own, whether or not the export has the area. */
function profileAnchor(area: string, { at, anchors }: Place): string {
  return at === 0 ? anchors.area(area) : `${anchors.area(area)}-published`;
}

function rugSection(group: AreaGroup, { at, anchors }: Place): PageSection[] {
  if (group.compared.length === 0) return [];
  const isSecond = at > 0;
  return [
    {
      id: isSecond ? "rug-published" : "rug",
      heading: group.published
        ? "All areas under every published indicator"
        : "All areas under every indicator",
      body: html`${rugKey()}${rugHtml(group, isSecond ? "rug-published-table" : "rug-table", {
        ...anchors,
        area: (name) => profileAnchor(name, { at, anchors }),
      })}`,
    },
  ];
}

function indicatorSection(
  compared: Compared,
  group: AreaGroup,
  { charts: { byIndicator }, pictures, anchors }: DrawnCharts & { readonly anchors: Anchors },
): PageSection {
  const own = compared.comparison;
  const { indicator, depends, notes, method, uncertainty, messages } = own;
  const many = group.areas.length > mostOpenRows;
  const charts = byIndicator.get(indicator.id) ?? [];
  const isOpen = (kind: ChartKind): boolean => openKinds.includes(kind) && !(many && kind === "dots");
  const chart = ({ name, chart: drawn, kind }: IndicatorChart): Html =>
    chartHtml(drawn, {
      id: `chart-${name}`,
      pictures: pictures.get(name) ?? [],
      // Other tables of the section have the rest; these two charts have figures of their own.
      table: kind === "over-time" || kind === "curves",
      textColumns: kind === "over-time" ? 2 : 1,
    });
  return {
    id: anchors.indicator(indicator.id),
    heading: indicator.name,
    body: html`<p>${baseSentence(own, group)}</p>
${messages.length === 0 ? "" : html`<ul>\n${messages.map(({ text }) => html`<li>${text}</li>\n`)}</ul>\n`}${
  depends.length === 0
    ? ""
    : html`<p>The result depends on the method:</p>\n<ul>\n${depends.map((text) => html`<li>${text}</li>\n`)}</ul>\n`
}${charts.filter(({ kind }) => isOpen(kind)).map(chart)}${charts
  .filter(({ kind }) => !isOpen(kind))
  .map((each) => foldedHtml(foldTitle(each.kind), chart(each)))}${indicatorTables(own, group.heading).map(
  (table) => tableHtml(`table-${table.id}`, table, "compare.xlsx"),
)}${notes.length === 0 ? "" : html`<ul>\n${notes.map((text) => html`<li>${text}</li>\n`)}</ul>\n`}${foldedHtml(
  "How this was worked out",
  html`<dl class="facts">
<dt>Method</dt><dd>${method}</dd>
<dt>Uncertainty</dt><dd>${uncertainty}</dd>
</dl>
`,
)}`,
  };
}

const foldTitles: Readonly<Record<ChartKind, string>> = {
  map: "On a map of tiles",
  dots: "Every area in a row",
  funnel: "By size",
  mix: "Allowing for the mix of cases",
  ranks: "Ranks, and how sure they are",
  change: "Change since the period before",
  "over-time": "Over time",
  curves: "How long cases last",
};

function foldTitle(kind: ChartKind): string {
  return foldTitles[kind];
}

function baseSentence(
  { indicator, areas, whole, rule }: IndicatorComparison,
  { heading, published }: AreaGroup,
): string {
  const { of, period, polarity } = indicator;
  const known = areas.filter(({ unknown }) => unknown !== true).length;
  const direction =
    polarity === undefined
      ? "No direction is good or bad."
      : polarity === "higher_is_better"
        ? "Higher is better."
        : "Lower is better.";
  const source = indicator.published;
  const origin = !published
    ? ""
    : ` Published${source?.source === undefined ? "" : ` by ${source.source}`}${source?.releaseDate === undefined ? "" : ` on ${source.releaseDate}`}${source?.status === undefined ? "" : `, ${source.status}`}.`;
  const level = `${Number((rule.confidence * 100).toFixed(1))}%`;
  return `${indicator.measure.kind === "share" ? `Share of ${of}` : capital(of)}, ${period}. ${thousands(known)} areas (${inSentence(heading)}) beside ${whole === "all areas" ? "the others" : whole}, tested at ${level}. ${direction}${origin}`;
}

function profilesSection(group: AreaGroup, { at, anchors }: Place): PageSection[] {
  if (group.compared.length === 0) return [];
  const spreads = new Map<string, Spread | undefined>(
    group.compared.map(({ comparison }) => [comparison.indicator.id, spreadOf(comparison)]),
  );
  const id = at === 0 ? "profiles" : "profiles-published";
  return [
    {
      id,
      heading: at === 0 ? "Area profiles" : "Area profiles: published figures",
      body: html`<p>A page each on paper. In the strips at the right: the line runs from the lowest area to the highest, the bar is the middle half of areas, the upright mark the whole and the dot the area. To print one area by itself, follow its link “Print this area alone” and print.</p>\n`,
      sections: group.areas.map((area, number) => {
        const anchor = profileAnchor(area, { at, anchors });
        const profile = profileHtml(area, group, { id: `profile-${at + 1}-${number + 1}`, spreads, anchors });
        return {
          id: anchor,
          heading: area,
          body: html`<div class="alone" id="alone-${anchor}">
<p class="alone-note">This area is printed alone now. <a href="#${id}">Print everything again</a></p>
${profile}<p class="alone-link"><a href="#alone-${anchor}">Print this area alone</a> <a href="#${at === 0 ? "rug" : "rug-published"}">Back to all areas</a></p>
</div>
`,
        };
      }),
    },
  ];
}

function tableHtml(id: string, table: Parameters<typeof resultTableHtml>[1], file: string): Html {
  const content = resultTableHtml(id, table);
  return table.rows.length <= longestTable
    ? content
    : foldedHtml(table.caption, content, onPaperHtml(file, table.caption));
}

function methodHtml(comparison: Comparison): Html {
  return html`<ul>
${methodTexts(comparison).map((text) => html`<li>${text}</li>\n`)}</ul>
`;
}

function dataHtml({ plan, built, supplied, notes, edition, earlier = [] }: Comparison): Html {
  const rows = [
    ...inputsTold(built?.inputs ?? [], { plan, built }).map((input) => [
      input.path,
      inputKind(input.path, plan),
      edition === "internal" ? thousands(rowsTold(input, { plan, built })) : "",
    ]),
    ...earlier.map(({ path }) => [path, "An earlier export", ""]),
    ...supplied.map(({ path }) => [path, "Supplied beside it", ""]),
  ];
  const table: Parameters<typeof resultTableHtml>[1] = {
    id: "inputs",
    caption: "Files that this page was made from",
    dimensions: ["File"],
    measures: [
      { key: "what", label: "What it is", kind: "text" },
      ...(edition === "internal" && built !== undefined
        ? [{ key: "rows", label: "Rows", kind: "text" as const }]
        : []),
    ],
    rows: rows.map(([path = "", what = "", read = ""]) => ({
      names: [path],
      cells: edition === "internal" && built !== undefined ? [what, read] : [what],
    })),
  };
  return html`<dl class="facts">
<dt>Reference date</dt><dd>${longDate(plan.reference_date)}: ages and delays are measured on it.</dd>
<dt>Made by</dt><dd>casedraw ${packageVersion()}. manifest.json has the plan, the files that were read with their hashes, and the hash of every output.</dd>
</dl>
${resultTableHtml("inputs-table", table)}${
  notes.length === 0
    ? ""
    : html`<p>Met while the files were read:</p>\n<ul>\n${notes.map((text) => html`<li>${text}</li>\n`)}</ul>\n`
}`;
}

function notShownHtml({ refused, disclosure, edition, built, by }: Comparison): Html {
  const parts: HtmlValue[] = [];
  if (by === publicLawField && built !== undefined)
    parts.push(
      html`<p>Private law does not apply to local authorities [z]: every indicator of the export is of public law alone.</p>
`,
    );
  if (refused.length === 0) parts.push(html`<p>Every indicator that was asked for is shown.</p>\n`);
  else
    parts.push(
      html`<p>These are not compared. Each has the reason, and what could be done instead.</p>\n<ul>\n${refused.map(({ name, reason, instead }) => html`<li>${name}. ${reason} ${instead}</li>\n`)}</ul>\n`,
    );
  if (disclosure !== undefined) {
    const { threshold, roundTo, audit } = disclosure;
    parts.push(
      html`<p>${suppressionText({ threshold, roundTo }, "Shares, intervals, tests and words")}</p>\n`,
    );
    if (audit.audited > 0) parts.push(html`<p>${auditText(threshold)}</p>\n`);
  } else if (edition === "internal" && built !== undefined) {
    parts.push(
      html`<p>This edition suppresses nothing: small numbers are shown, and a reader could recognise a child. It must not leave the inspection team.</p>\n`,
    );
  }
  return html`${parts}`;
}
