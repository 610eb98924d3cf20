import type { AreaFigure, IndicatorComparison } from "../analysis/regional/comparison.js";
import { wordOf } from "../analysis/regional/verdict.js";
import type { Interval95 } from "../analysis/result.js";
import { listText } from "../analysis/words.js";
import { compareBytes } from "../frame/text.js";
import { counted } from "../frame/words.js";
import type { Chart, Spec } from "./chart.js";
import { headline } from "./headline.js";
import { decimalText } from "./number-text.js";
import { outerRows } from "./outer-rows.js";
import { partsOf } from "./parts.js";
import { type Channels, type Layer, rowSpec } from "./row-spec.js";
import { layOutRows, type RowLayout } from "./rows.js";
import { textWidth } from "./text-width.js";
import { diamond, palette, textSize } from "./theme.js";

const markHeight = 30;
/** From the row's middle to each of its two marks. */
const half = 7;
const series = [
  { key: "crude", label: "As counted", colour: palette[0], shape: "circle", down: -half },
  { key: "mix", label: "Allowing for the mix of cases", colour: palette[3], shape: diamond, down: half },
] as const;
const allTicks = [1 / 8, 1 / 4, 1 / 2, 0.7, 1, 1.4, 2, 4, 8];
const furthest = 8;

interface Pair {
  readonly characteristic: string;
  readonly level: string;
  readonly area: AreaFigure;
  readonly crude: Interval95;
  readonly mix: Interval95;
}

/**
 * Each area's observed over expected, as counted and against what its mix of cases leads one to expect.
 *
 * @param heading - what the areas are, for people: `Service area`
 * @returns undefined where no area has both
 */
export function caseMixChart(comparison: IndicatorComparison, heading: string): Chart | undefined {
  const { indicator, areas, standardisedFor } = comparison;
  const pairs = areas
    .flatMap((area): Pair[] => {
      const { ratio: crude, ratioForMix: mix, unknown } = area;
      if (unknown || crude === undefined || mix === undefined) return [];
      return [{ characteristic: heading, level: area.area, area, crude, mix }];
    })
    .sort((a, b) => b.mix.value - a.mix.value || compareBytes(a.level, b.level));
  if (pairs.length === 0 || standardisedFor === undefined) return undefined;
  const { drawn, notes } = outerRows(pairs);
  const specOf = (part: readonly Pair[]): Spec => mixSpec(part, drawn);
  const mixWords = listText(standardisedFor.fields.map((field) => field.toLowerCase()));
  const reach = reachOf(pairs);
  const cut = pairs.filter(({ crude, mix }) =>
    [crude, mix].some(({ lower, upper }) => upper > reach || lower < 1 / reach),
  );
  const changed = pairs.filter(({ area }) => (area.otherwise.standardised ?? area.verdict) !== area.verdict);
  const isTested = pairs.some(({ area }) => area.verdict !== "few" && area.verdict !== "untested");
  const { polarity } = indicator;
  return {
    spec: specOf(drawn),
    ...partsOf(drawn, { markHeight, specOf }),
    title: headline(
      changed.length === 0
        ? isTested
          ? "The mix of cases changes no area’s word"
          : "Areas as counted, and allowing for the mix of cases"
        : `The mix of cases changes the word for ${counted(changed.length, "area")}`,
      "What the mix of cases changes",
    ),
    subtitle: `${indicator.name}, observed over expected by area, with 95% intervals, before and after allowing for ${mixWords}, ${indicator.period}`,
    description: [
      `Two marks for each of ${counted(pairs.length, "area")}, on a logarithmic scale with a line at 1.`,
      ...(changed.length === 0
        ? [isTested ? "No word changes." : "No area is tested."]
        : changed
            .slice(0, 8)
            .map(
              ({ level, crude, mix, area }) =>
                `${level}: ${decimalText(crude.value, 2)} as counted, ${decimalText(mix.value, 2)} for its mix: ${wordOf(area.verdict, undefined)}, then ${wordOf(area.otherwise.standardised ?? area.verdict, undefined)}.`,
            )),
    ].join(" "),
    table: {
      header: [
        heading,
        "As counted",
        "95% interval",
        "Allowing for the mix",
        "95% interval for the mix",
        "Word as counted",
        "Word for the mix",
      ],
      rows: pairs.map(({ level, crude, mix, area }) => [
        level,
        decimalText(crude.value, 2),
        `${decimalText(crude.lower, 2)} to ${decimalText(crude.upper, 2)}`,
        decimalText(mix.value, 2),
        `${decimalText(mix.lower, 2)} to ${decimalText(mix.upper, 2)}`,
        wordOf(area.verdict, polarity),
        area.otherwise.standardised === undefined ? "" : wordOf(area.otherwise.standardised, polarity),
      ]),
    },
    notes: [
      ...notes,
      `Expected for the mix: what the area would have if each kind of case went as it does in ${comparison.whole}. Kinds are by ${mixWords}.`,
      ...(cut.length === 0
        ? []
        : [`Intervals that run beyond the scale are cut at its end: ${counted(cut.length, "area")}.`]),
      "Ratios of two areas cannot be set against each other: each is against its own mix.",
    ],
  };
}

function mixSpec(part: readonly Pair[], all: readonly Pair[]): Spec {
  const layout = layOutRows(part, { markHeight, rightMargin: 28, alignWith: all });
  const reach = reachOf(all);
  const domain = [1 / reach, reach] as const;
  const inside = (value: number): number => Math.min(reach, Math.max(1 / reach, value));
  const scale = {
    domain,
    title: "Observed over expected (1: as in the whole)",
    log: true,
    ticks: allTicks.filter((tick) => tick >= domain[0] - 1e-9 && tick <= domain[1] + 1e-9),
    format: "~r",
    reference: 1,
    guides: "between" as const,
  };
  return rowSpec(layout, scale, (channels) => [
    ...series.flatMap(({ key, colour, shape, down }): Layer[] => {
      const values = part.map((pair, at) => ({
        area: pair.level,
        series: key,
        value: inside(pair[key].value),
        lower: inside(pair[key].lower),
        upper: inside(pair[key].upper),
        beyond: inside(pair[key].value) !== pair[key].value ? decimalText(pair[key].value, 2) : "",
        y: (layout.rows[at]?.at as number) + down,
      }));
      const beyond = values.filter((value) => value.beyond !== "");
      return [
        {
          data: { values },
          mark: { type: "rule", strokeWidth: 2, color: colour },
          encoding: { x: channels.across("lower"), x2: { field: "upper" }, y: channels.down("y") },
        },
        {
          data: { values: values.filter((value) => value.beyond === "") },
          mark: { type: "point", color: colour, shape, size: shape === "circle" ? 70 : 40 },
          encoding: { x: channels.across("value"), y: channels.down("y") },
        },
        ...(beyond.length === 0
          ? []
          : [
              {
                data: { values: beyond },
                mark: { type: "text" as const, align: "left" as const, dx: 6 },
                encoding: {
                  x: channels.across("value"),
                  y: channels.down("y"),
                  text: { field: "beyond", type: "nominal" as const },
                },
              },
            ]),
      ];
    }),
    ...keyLayers(layout, channels),
  ]);
}

/** The scale holds every figure within its limit, and the intervals of areas large enough to be tested. */
function reachOf(pairs: readonly Pair[]): number {
  const tested = pairs.filter(({ area }) => area.verdict !== "few" && area.verdict !== "untested");
  const ends = [
    ...pairs.flatMap(({ crude, mix }) => [crude.value, mix.value]),
    ...tested.flatMap(({ crude, mix }) => [crude.lower, crude.upper, mix.lower, mix.upper]),
  ].filter((value) => value > 0);
  const reaches = [1.4, 2, 4, furthest];
  return reaches.find((reach) => ends.every((value) => value <= reach && value >= 1 / reach)) ?? furthest;
}

/** The two series' marks with their names, in the line over the first row. */
function keyLayers({ blocks }: RowLayout, { down }: Channels): Layer[] {
  const [first] = blocks;
  if (first === undefined) return [];
  let left = 6;
  return series.flatMap(({ label, colour, shape }): Layer[] => {
    const x = left;
    left += 16 + textWidth(label, { size: textSize }) + 22;
    const data = { values: [{ label, y: first.nameAt }] };
    return [
      {
        data,
        mark: { type: "point", color: colour, shape, size: shape === "circle" ? 70 : 40 },
        encoding: { x: { value: x }, y: down("y") },
      },
      {
        data,
        mark: { type: "text", align: "left" },
        encoding: { x: { value: x + 12 }, y: down("y"), text: { field: "label", type: "nominal" } },
      },
    ];
  });
}
