import { wholeKey } from "../../analysis/regional/count-duration.js";
import { areaChangeChart } from "../../charts/area-change-chart.js";
import { areaCurvesChart } from "../../charts/area-curves-chart.js";
import { areaDotsChart } from "../../charts/area-dots-chart.js";
import { areaRanksChart } from "../../charts/area-ranks-chart.js";
import { areaXmrChart } from "../../charts/area-xmr-chart.js";
import { caseMixChart } from "../../charts/case-mix-chart.js";
import type { Chart } from "../../charts/chart.js";
import { funnelChart } from "../../charts/funnel-chart.js";
import { rugChart } from "../../charts/rug-chart.js";
import { type Tile, tileMapChart } from "../../charts/tile-map-chart.js";
import type { NamedChart } from "../analysis/draw-charts.js";
import type { AreaGroup, Compared, Comparison } from "./compared.js";

/** What a chart of an indicator shows. */
export type ChartKind = "dots" | "funnel" | "mix" | "ranks" | "change" | "over-time" | "curves" | "map";

export interface IndicatorChart extends NamedChart {
  readonly kind: ChartKind;
}

/** The charts of an indicator, in the order in which a page has them. */
function indicatorCharts(
  { comparison, curves }: Compared,
  { heading }: Pick<AreaGroup, "heading">,
  tiles: readonly Tile[],
): readonly IndicatorChart[] {
  const { indicator, whole } = comparison;
  const drawn: readonly (readonly [kind: ChartKind, chart: Chart | undefined])[] = [
    ["map", tiles.length === 0 ? undefined : tileMapChart(comparison, tiles, heading)],
    ["dots", areaDotsChart(comparison, heading)],
    ["funnel", funnelChart(comparison, heading)],
    ["mix", caseMixChart(comparison, heading)],
    ["ranks", areaRanksChart(comparison, heading)],
    ["change", areaChangeChart(comparison, heading)],
    ["over-time", areaXmrChart(comparison, heading)],
    [
      "curves",
      curves === undefined
        ? undefined
        : areaCurvesChart(curves, { indicator, whole: { key: wholeKey, name: whole }, heading }),
    ],
  ];
  return drawn.flatMap(([kind, chart]) =>
    chart === undefined ? [] : [{ kind, name: `${indicator.id}-${kind}`, chart }],
  );
}

/** The rug of some areas as a picture. */
function rugPicture({ heading, areas, compared, published }: AreaGroup): NamedChart {
  return {
    name: published ? "rug-published" : "rug",
    chart: rugChart(
      compared.map(({ comparison }) => comparison),
      { areas, heading },
    ),
  };
}

/** Every chart of a comparison: rugs, and those of each indicator by its id. */
export interface ComparisonCharts {
  readonly rugs: readonly NamedChart[];
  readonly byIndicator: ReadonlyMap<string, readonly IndicatorChart[]>;
}

export function chartsOf({ groups, tiles }: Comparison): ComparisonCharts {
  return {
    rugs: groups.filter(({ compared }) => compared.length > 0).map(rugPicture),
    byIndicator: new Map(
      groups.flatMap((group) =>
        group.compared.map((compared) => [
          compared.comparison.indicator.id,
          indicatorCharts(compared, group, tiles),
        ]),
      ),
    ),
  };
}
