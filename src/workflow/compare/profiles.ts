import { latestSign } from "../../analysis/control-limits.js";
import type { AreaFigure, IndicatorComparison } from "../../analysis/regional/comparison.js";
import { controlledHistory } from "../../analysis/regional/history.js";
import type { Spread } from "../../analysis/regional/spread.js";
import { wordOf } from "../../analysis/regional/verdict.js";
import type { Measure } from "../../analysis/result.js";
import { isMarked } from "../../analysis/tally.js";
import { intervalOf, isFlagged } from "../../charts/area-marks.js";
import { decimalText } from "../../charts/number-text.js";
import { figureText } from "../../charts/result-table.js";
import { type Html, type HtmlValue, html } from "../../report/page/html.js";
import { spine } from "../../report/page/spine.js";
import { dataTable, type TableColumn } from "../../report/page/table.js";
import type { AreaGroup } from "./compared.js";
import { type Anchors, wordMark } from "./rug.js";

/**
 * An area by itself under every indicator: its figure beside the whole's and those of all areas, with the word of the evidence.
 *
 * @param id - of the table, unique in the page
 */
export function profileHtml(
  area: string,
  group: AreaGroup,
  {
    id,
    spreads,
    anchors,
  }: {
    readonly id: string;
    readonly spreads: ReadonlyMap<string, Spread | undefined>;
    readonly anchors: Anchors;
  },
): Html {
  const lines = group.compared.flatMap(({ comparison }) => {
    const figure = comparison.areas.find((each) => each.area === area);
    return figure === undefined ? [] : [{ comparison, figure }];
  });
  const isUnknown = lines.some(({ figure }) => figure.unknown);
  const ranked = lines.some(({ figure }) => figure.rank !== undefined);
  const trended = lines.some(({ figure }) => trendText(figure) !== "");
  const neighboured = lines.some(({ figure }) => figure.neighbours !== undefined);
  const whole = group.compared[0]?.comparison.whole ?? "all areas";
  const columns: TableColumn[] = [
    { header: "Indicator" },
    { header: area.length > 24 ? "This area" : area, kind: "number" },
    { header: whole === "all areas" ? "All areas" : whole, kind: "number" },
    ...(isUnknown ? [] : [{ header: "Word" }]),
    { header: "Middle half of areas", kind: "number" },
    { header: "Lowest to highest", kind: "number" },
    ...(ranked ? [{ header: "Rank", kind: "number" as const }] : []),
    ...(trended ? [{ header: "Change" }] : []),
    ...(neighboured ? [{ header: "Its neighbours" }] : []),
    { header: "Among the areas", kind: "picture" },
  ];
  const rows = lines.map(({ comparison, figure }): HtmlValue[] => {
    const { indicator, overall } = comparison;
    const { measure } = indicator;
    const spread = spreads.get(indicator.id);
    const own = intervalOf(figure.figure);
    const total = intervalOf(overall);
    const text = (value: number): string => figureText(value, measure);
    return [
      html`<a href="#${anchors.indicator(indicator.id)}">${indicator.name}</a>`,
      html`${figureText(figure.figure, measure)}${intervalHtml(figure, measure)}`,
      figureText(overall, measure),
      ...(isUnknown ? [] : [wordMark(figure.verdict, indicator.polarity)]),
      spread === undefined ? "" : `${text(spread.lowerQuarter)} to ${text(spread.upperQuarter)}`,
      spread === undefined ? "" : `${text(spread.least)} to ${text(spread.most)}`,
      ...(ranked ? [rankText(figure, comparison)] : []),
      ...(trended ? [trendText(figure)] : []),
      ...(neighboured ? [neighboursText(figure, measure)] : []),
      own === undefined || spread === undefined
        ? ""
        : spine({
            value: own.value,
            ...(total === undefined ? {} : { whole: total.value }),
            lowest: spread.least,
            highest: spread.most,
            lowerQuartile: spread.lowerQuarter,
            upperQuartile: spread.upperQuarter,
          }),
    ];
  });
  return html`${dataTable({ id, caption: `${area}: every indicator`, columns, rows })}${otherwiseHtml(lines)}`;
}

function intervalHtml({ figure }: AreaFigure, measure: Measure): HtmlValue {
  if (isMarked(figure) || typeof figure === "number") return "";
  return html`<span class="word">${figureText(figure.lower, measure)} to ${figureText(figure.upper, measure)}</span>`;
}

function rankText({ rank }: AreaFigure, { areas }: IndicatorComparison): string {
  if (rank === undefined) return "not ranked";
  const ranked = areas.filter((area) => area.rank !== undefined).length;
  const whole = (value: number): string => decimalText(value, Number.isInteger(value) ? 0 : 1);
  return `${whole(rank.value)} of ${ranked} (${whole(rank.lower)} to ${whole(rank.upper)})`;
}

/** What changed, no more strongly than its interval; of a long series the sign at its end. */
function trendText({ change, history = [] }: AreaFigure): string {
  const series = controlledHistory(history);
  const sign = series === undefined ? undefined : latestSign(series);
  const told = change === undefined ? "" : `${change.verdict} since ${change.since}`;
  if (sign === undefined) return told;
  return told === "" ? `latest ${sign}` : `${told}; latest ${sign}`;
}

function neighboursText({ neighbours }: AreaFigure, measure: Measure): string {
  if (neighbours === undefined) return "";
  return `mean ${figureText(neighbours.mean, measure)}, pooled ${figureText(neighbours.pooled, measure)}`;
}

/** Words that another method changes: said beside the profile, because the area's page may be read alone. */
function otherwiseHtml(
  lines: readonly { readonly comparison: IndicatorComparison; readonly figure: AreaFigure }[],
): HtmlValue {
  const texts = lines.flatMap(({ comparison: { indicator }, figure }) => {
    const { verdict, otherwise } = figure;
    const told: string[] = [];
    for (const [name, other] of [
      ["with limits widened for differences that all areas have", otherwise.overdispersed],
      ["allowing for its mix of cases", otherwise.standardised],
    ] as const) {
      if (other === undefined || other === verdict) continue;
      if (!isFlagged({ verdict }) && !isFlagged({ verdict: other })) continue;
      told.push(`${indicator.name}: ${wordOf(verdict, undefined)}, but ${wordOf(other, undefined)} ${name}.`);
    }
    return told;
  });
  if (texts.length === 0) return "";
  return html`<p>The method matters here:</p>
<ul>
${texts.map((text) => html`<li>${text}</li>\n`)}</ul>
`;
}
