import type { CurveGroup, CurveSet } from "../analysis/curves.js";
import { readCurve } from "../analysis/delay/read-curve.js";
import type { IndicatorComparison } from "../analysis/regional/comparison.js";
import { isMarked } from "../analysis/tally.js";
import { counted } from "../frame/words.js";
import type { Chart } from "./chart.js";
import { figureText } from "./result-table.js";
import { type SmallPlot, smallMultiples } from "./small-multiples.js";
import { palette } from "./theme.js";

const week = 7;
const mostWeeks = 104;
const readAt = [26, 52] as const;
const wholeColour = "#8A8A8A";

/**
 * How long cases last in each area: its Kaplan–Meier curve, with its band unless it is coarse, over that of all areas together, which is grey.
 *
 * @param curves - a group for each area, and the whole's
 * @param options.whole - the key of the whole's group
 * @param options.heading - what the areas are, for people: `Service area`
 * @returns undefined where no area has a curve that may be shown
 */
export function areaCurvesChart(
  curves: CurveSet,
  options: {
    readonly indicator: Pick<IndicatorComparison["indicator"], "name" | "period" | "of">;
    readonly whole: { readonly key: string; readonly name: string };
    readonly heading: string;
  },
): Chart | undefined {
  const { indicator, whole, heading } = options;
  const all = curves.groups.find(({ key }) => key === whole.key);
  const areas = curves.groups.filter(({ key }) => key !== whole.key);
  const shown = areas.filter(({ times }) => times.length > 1);
  if (shown.length === 0) return undefined;
  const shareCell = (group: CurveGroup, weeks: number): string => {
    const read = readCurve(curves, group, weeks * week);
    return isMarked(read)
      ? `[${read.mark}]`
      : figureText(read.share.value, { key: "", label: "", kind: "share" });
  };
  const until = Math.min(
    mostWeeks,
    Math.max(26, ...shown.map(({ times }) => Math.ceil((times.at(-1) as number) / week / 26) * 26)),
  );
  const banded = curves.coarse ? "" : " with its 95% band";
  const rows = [...(all === undefined ? [] : [{ ...all, label: whole.name }]), ...areas];
  return {
    ...smallMultiples({
      plots: areas.map((group) => plotOf(group, all, { until, coarse: curves.coarse === true })),
      x: {
        domain: [0, until],
        ticks: [0, until / 2, until].map((at) => ({ at, text: at === until ? `${at} weeks` : `${at}` })),
      },
      y: {
        domain: [0, 1],
        ticks: [0, 0.5, 1].map((at) => ({ at, text: `${at * 100}%` })),
      },
    }),
    title: "How long cases last in each area",
    subtitle: `Share still open by weeks since the case began, each ${heading.toLowerCase()} over ${whole.name}, ${indicator.of}, ${indicator.period}`,
    description: [
      `A falling curve${banded} for each of ${counted(shown.length, "area")}, over a grey one of ${whole.name}.`,
      ...(all === undefined
        ? []
        : [
            `${whole.name}: ${readAt.map((at) => `${shareCell(all, at)} open after ${at} weeks`).join(", ")}.`,
          ]),
    ].join(" "),
    table: {
      header: [heading, ...readAt.map((at) => `Still open after ${at} weeks`)],
      rows: rows.map((group) => [group.label, ...readAt.map((at) => shareCell(group, at))]),
    },
    notes: [
      `Grey: ${whole.name}. Dark: the area${banded && `,${banded}`}.`,
      ...(areas.length > shown.length
        ? [
            `${counted(areas.length - shown.length, "area")} without a curve: too few cases, or a small count is hidden.`,
          ]
        : []),
    ],
  };
}

function plotOf(
  group: CurveGroup,
  all: CurveGroup | undefined,
  { until, coarse }: { readonly until: number; readonly coarse: boolean },
): SmallPlot {
  const pointsOf = (curve: CurveGroup) =>
    seen(curve.times, until).map((at) => ({
      x: (curve.times[at] as number) / week,
      y: curve.shares[at] as number,
    }));
  const step = !coarse;
  const own = pointsOf(group);
  if (own.length < 2) return { name: group.label, lines: [], text: group.hidden ? "[c]" : "[x]" };
  return {
    name: group.label,
    lines: [
      ...(all === undefined ? [] : [{ points: pointsOf(all), colour: wholeColour, width: 3, step }]),
      { points: own, colour: palette[0], width: 2, step },
    ],
    ...(coarse
      ? {}
      : {
          band: seen(group.times, until).map((at) => ({
            x: (group.times[at] as number) / week,
            lower: group.lower[at] as number,
            upper: group.upper[at] as number,
          })),
        }),
  };
}

/** A plot is some 190 pixels wide. */
const pixels = 190;

/**
 * Places of the times up to `until`, in weeks, that are a pixel or more from the one before, with the last: a curve has a step
 * for every day, and forty of them would make a page of megabytes.
 */
function seen(times: CurveGroup["times"], until: number): number[] {
  const count = times.findLastIndex((time) => time <= until * week) + 1;
  const apart = (until * week) / pixels;
  let before = Number.NEGATIVE_INFINITY;
  return Array.from({ length: count }, (_, at) => at).filter((at) => {
    const time = times[at] as number;
    if (time - before < apart && at < count - 1) return false;
    before = time;
    return true;
  });
}
