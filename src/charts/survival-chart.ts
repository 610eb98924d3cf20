import type { CurveGroup, CurveSet } from "../analysis/curves.js";
import { crossingOf } from "../analysis/delay/crossing.js";
import { thresholdWeeks } from "../analysis/delay/curve-grid.js";
import { readCurve } from "../analysis/delay/read-curve.js";
import type { Counted } from "../analysis/item.js";
import type { Result, ResultTable } from "../analysis/result.js";
import { isMarked } from "../analysis/tally.js";
import { inSentence, weeksText } from "../analysis/words.js";
import { thousands } from "../frame/words.js";
import type { Chart, Spec } from "./chart.js";
import { headline } from "./headline.js";
import { percentText } from "./number-text.js";
import { pictureFrame } from "./picture-frame.js";
import { tableOf } from "./result-table.js";
import type { Layer } from "./row-spec.js";
import { textWidth } from "./text-width.js";
import { lineHeight, palette, pictureWidth, textSize } from "./theme.js";

const plotHeight = 300;
const right = 30;
const top = 20;
const week = 7;
const tickWeeks = 26;
/** Three years: what lasts longer is hardly to be seen. */
const mostWeeks = 156;
const colours = [palette[0], palette[3], palette[1], palette[2]] as const;
const dashes = [
  [1, 0],
  [8, 4],
  [2, 3],
  [12, 4],
] as const;
const riskTop = plotHeight + 78;

/**
 * Kaplan–Meier steps with their bands, and the numbers at risk beneath. Coarsened curves are points with intervals.
 *
 * @param result - of the item `duration`
 * @param counted - what it was made of; at most four curves
 * @returns undefined where no curve is shown
 */
export function survivalChart(result: Result, counted: Counted): Chart | undefined {
  const [set] = counted.curves ?? [];
  const groups = (set?.groups ?? []).filter(({ times }) => times.length > 1).slice(0, colours.length);
  if (set === undefined || groups.length === 0) return undefined;
  const hidden = set.groups.filter((group) => group.hidden).map(({ label }) => label);
  const table = result.tables[0] as ResultTable;
  return {
    spec: specOf(set, groups),
    title: headlineOf(set, groups, counted),
    subtitle: `${table.caption}, with 95% intervals and numbers at risk`,
    description: [
      `${set.coarse ? "Points" : "Falling step curves"} of the share still open by weeks since the case began.`,
      ...groups.map((group) => describeGroup(set, group)),
      ...hidden.map((label) => `${label}: [c].`),
    ].join(" "),
    table: tableOf(table),
    notes: [
      "At risk: how many were being watched at that age. The curve is read downwards: where it crosses 50%, half have ended.",
      ...(set.coarse ? ["Points every 13 weeks, in whole percent; small numbers are not shown."] : []),
    ],
  };
}

/** What the intervals allow: who lasts longer, and whether they change places; of one curve, its median. */
function headlineOf(set: CurveSet, groups: readonly CurveGroup[], { statistics = {} }: Counted): string {
  const [one, other] = groups;
  const crossing = crossingOf(set);
  if (crossing !== undefined) {
    const { first, last } = crossing;
    return headline(
      `${first.label} cases last longer at first, ${inSentence(last.label)} later`,
      "Which cases last longer changes with their age",
    );
  }
  const difference = statistics.difference_52;
  if (one !== undefined && other !== undefined) {
    if (difference === undefined || isMarked(difference)) return "How long cases last, by law type";
    const { lower = 0, upper = 0, value } = difference;
    if (lower <= 0 && upper >= 0) return "No clear difference in how long cases last";
    const longest = statistics.difference_100;
    const turns = longest !== undefined && !isMarked(longest) && longest.value * value < 0;
    if (turns) return "How long cases last, by law type";
    const [longer, shorter] = value > 0 ? [one, other] : [other, one];
    return `${longer.label} cases last longer on average than ${inSentence(shorter.label)}`;
  }
  const median = statistics[`median.${one?.key}`];
  if (median === undefined || isMarked(median) || median.lower === undefined) return "How long cases last";
  return `Half of cases last more than ${weeksText(median.value, median)} weeks`;
}

function describeGroup(set: CurveSet, group: CurveGroup): string {
  const told = thresholdWeeks.map((weeks) => {
    const read = readCurve(set, group, weeks * week);
    return isMarked(read)
      ? `[${read.mark}] after ${weeks} weeks`
      : `${percentText(read.share.value)} after ${weeks} weeks`;
  });
  return `${group.label}: still open ${told.join(", ")}.`;
}

function specOf(set: CurveSet, groups: readonly CurveGroup[]): Spec {
  const last = Math.max(...groups.map(({ times }) => (times.at(-1) as number) / week));
  const until = Math.min(mostWeeks, Math.max(tickWeeks, Math.ceil(last / tickWeeks) * tickWeeks));
  const ticks = Array.from({ length: until / tickWeeks + 1 }, (_, k) => k * tickWeeks);
  const widest = Math.max(...groups.map(({ label }) => textWidth(label, { size: textSize })), 40);
  const left = Math.ceil(widest) + 48;
  const width = pictureWidth - left - right;
  const x = {
    field: "week",
    type: "quantitative" as const,
    scale: { domain: [0, until], nice: false },
    axis: { title: "Weeks since the case began", values: ticks, format: "d" },
  };
  const y = {
    field: "share",
    type: "quantitative" as const,
    scale: { domain: [0, 1], nice: false },
    axis: { title: null, format: ".0%", tickCount: 5 },
  };
  return {
    ...pictureFrame({
      left,
      right,
      top,
      bottom: riskTop - plotHeight + groups.length * lineHeight + 16,
      height: plotHeight,
    }),
    layer: [
      ...groups.flatMap((group, at) =>
        curveLayers({ group, at, coarse: set.coarse === true, until }, { x, y }),
      ),
      ...nameLayers(groups, { until, width }),
      ...riskLayers({ set, groups, ticks }, left),
    ],
  };
}

interface Drawn {
  readonly group: CurveGroup;
  readonly at: number;
  readonly coarse: boolean;
  readonly until: number;
}

function curveLayers(
  { group, at, coarse, until }: Drawn,
  { x, y }: { readonly x: object; readonly y: object },
): Layer[] {
  const color = colours[at] as string;
  const values = group.times
    .map((time, k) => ({
      week: time / week,
      share: group.shares[k] as number,
      lower: group.lower[k] as number,
      upper: group.upper[k] as number,
    }))
    .filter((point) => point.week <= until);
  const data = { values };
  const between = { ...y, field: "lower" };
  const line: Layer = {
    data,
    mark: {
      type: "line",
      color,
      strokeWidth: coarse ? 1.5 : 3,
      strokeDash: [...(dashes[at] as readonly number[])],
      interpolate: coarse ? "linear" : "step-after",
    },
    encoding: { x, y },
  };
  if (!coarse) {
    return [
      {
        data,
        mark: { type: "area", color, opacity: 0.2, interpolate: "step-after" },
        encoding: { x, y: between, y2: { field: "upper" } },
      },
      line,
    ];
  }
  return [
    line,
    {
      data,
      mark: { type: "rule", color, strokeWidth: 2 },
      encoding: { x, y: between, y2: { field: "upper" } },
    },
    { data, mark: { type: "point", color, size: 80 }, encoding: { x, y } },
  ];
}

const labelRoom = 16;
/** A name keeps away from its curve's steps, and from the axis. */
const labelGap = 10;
const axisGap = 24;

/** Names stand where the next curve is furthest away: the lowest curve's below it to the left, others' above to the right. */
function nameLayers(
  groups: readonly CurveGroup[],
  { until, width }: { readonly until: number; readonly width: number },
): Layer[] {
  if (groups.length < 2) return [];
  const shareAt = ({ times, shares }: CurveGroup, at: number): number =>
    shares[times.findLastIndex((time) => time <= at * week)] ?? 1;
  const sizeOf = ({ label }: CurveGroup): number => textWidth(label, { size: textSize, weight: 600 });
  const room = (Math.max(...groups.map(sizeOf)) + labelGap + axisGap) * (until / width);
  const weeks = Array.from({ length: until }, (_, k) => k + 1).filter(
    (at) => at >= room && at <= until * 0.7,
  );
  const sortedAt = (at: number): readonly CurveGroup[] =>
    [...groups].sort((a, b) => shareAt(a, at) - shareAt(b, at));
  const apart = (at: number): number => {
    const sorted = sortedAt(at).map((group) => shareAt(group, at));
    return Math.min(...sorted.slice(1).map((share, k) => share - (sorted[k] as number)));
  };
  const best = weeks.reduce((chosen, at) => (apart(at) > apart(chosen) ? at : chosen), weeks[0] ?? tickWeeks);
  const [lowest] = sortedAt(best);
  return groups.map((group): Layer => {
    const isLowest = group === lowest;
    const rightward = Math.min(labelGap, width - (best / until) * width - sizeOf(group));
    return {
      data: { values: [{ name: group.label, week: best, share: shareAt(group, best) }] },
      mark: {
        type: "text",
        align: isLowest ? "right" : "left",
        dx: isLowest ? -labelGap : rightward,
        dy: isLowest ? labelRoom : -labelRoom,
        fontWeight: 600,
      },
      encoding: {
        x: { field: "week", type: "quantitative" },
        y: { field: "share", type: "quantitative" },
        text: { field: "name", type: "nominal" },
      },
    };
  });
}

function riskLayers(
  {
    set,
    groups,
    ticks,
  }: { readonly set: CurveSet; readonly groups: readonly CurveGroup[]; readonly ticks: readonly number[] },
  left: number,
): Layer[] {
  const row = (at: number): number => riskTop + (at + 0.5) * lineHeight;
  const names = [
    { name: "At risk", y: riskTop - lineHeight / 2 - 2, weight: 600 as const },
    ...groups.map(({ label }, at) => ({ name: label, y: row(at), weight: 400 as const })),
  ];
  const figures = groups.flatMap((group, at) =>
    ticks.map((tick) => {
      const read = readCurve(set, group, tick === 0 ? group.conditionalFrom : tick * week);
      const none = tick === 0 && group.conditionalFrom > 0;
      return {
        week: tick,
        y: row(at),
        text: none
          ? "–"
          : isMarked(read)
            ? read.mark === "x"
              ? "–"
              : `[${read.mark}]`
            : thousands(read.atRisk),
      };
    }),
  );
  return [
    ...names.map(
      ({ name, y, weight }): Layer => ({
        data: { values: [{ name }] },
        mark: { type: "text", align: "left", fontWeight: weight },
        encoding: { x: { value: 10 - left }, y: { value: y }, text: { field: "name", type: "nominal" } },
      }),
    ),
    ...groups.map(
      (_, at): Layer => ({
        data: {
          values: figures
            .filter(({ y }) => y === row(at))
            .map(({ week: tick, text }) => ({ week: tick, text })),
        },
        mark: { type: "text" },
        encoding: {
          x: { field: "week", type: "quantitative" },
          y: { value: row(at) },
          text: { field: "text", type: "nominal" },
        },
      }),
    ),
  ];
}
