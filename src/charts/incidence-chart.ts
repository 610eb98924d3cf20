import type { CurveGroup, CurveSet } from "../analysis/curves.js";
import { stillOpen } from "../analysis/delay/incidence-curves.js";
import type { Counted } from "../analysis/item.js";
import type { Result, ResultTable } from "../analysis/result.js";
import type { Chart, Spec } from "./chart.js";
import { percentText } from "./number-text.js";
import { pictureFrame } from "./picture-frame.js";
import { tableOf } from "./result-table.js";
import type { Layer } from "./row-spec.js";
import { textWidth, wrapText } from "./text-width.js";
import { lineHeight, palette, textSize } from "./theme.js";

const panelHeight = 230;
const panelGap = 74;
const left = 60;
const top = 44;
const labelGap = 10;
const widestLabel = 190;
const week = 7;
const mostWeeks = 104;
const openColour = "#BFBFBF";
const mostNamed = 3;

/** A layer of a stack: its shares at the stack's times. */
interface Band {
  readonly name: string;
  readonly colour: string;
  readonly shares: readonly number[];
}

interface Panel {
  readonly title: string;
  readonly weeks: readonly number[];
  readonly bands: readonly Band[];
}

/**
 * What has become of cases by weeks since they began: stacked shares by way of ending, the share still open on top, a panel
 * for each law type. The three most common ways have their own colour, the rest stand together; the table has each.
 *
 * @param result - of the item `endings`
 * @param counted - what it was made of
 * @returns undefined where no group's shares are all shown at two times or more
 */
export function incidenceChart(result: Result, counted: Counted): Chart | undefined {
  const table = result.tables[0] as ResultTable;
  const sets = counted.curves ?? [];
  const named = commonest(sets);
  const titles = [...new Set(table.rows.map(({ names }) => names[0] as string))];
  const panels = sets.flatMap((set, at) => panelOf(set, named, titles[at] ?? "") ?? []);
  if (panels.length === 0) return undefined;
  return {
    spec: specOf(panels),
    title: "How cases end, by weeks since they began",
    subtitle: `${table.caption.replace(" by 26, 52 and 100 weeks", "")}, stacked`,
    description: [
      "Stacked areas of shares by weeks since the case began, which add up to 100%.",
      ...panels.map(({ title, weeks, bands }) => {
        const ends = bands.map(({ name, shares }) => `${name} ${percentText(shares.at(-1) as number)}`);
        return `${title}, after ${Math.round(weeks.at(-1) as number)} weeks: ${ends.join(", ")}.`;
      }),
    ].join(" "),
    table: tableOf(table),
    notes: [
      `The shares at the right are those at the last week shown. The ${mostNamed} most common ways of ending have their own band; the table has every one.`,
    ],
  };
}

/** Keys of the ways of ending that have the largest share in the end, over all panels. */
function commonest(sets: readonly CurveSet[]): readonly string[] {
  const largest = new Map<string, number>();
  for (const { groups } of sets) {
    for (const { key, shares } of groups) {
      if (key !== stillOpen) largest.set(key, Math.max(largest.get(key) ?? 0, shares.at(-1) ?? 0));
    }
  }
  return [...largest]
    .sort((a, b) => b[1] - a[1])
    .slice(0, mostNamed)
    .map(([key]) => key);
}

function panelOf({ groups }: CurveSet, named: readonly string[], title: string): Panel | undefined {
  const open = groups.find(({ key }) => key === stillOpen);
  if (open === undefined || open.hidden) return undefined;
  const times = open.times.filter((time) => time / week <= mostWeeks);
  if (times.length < 2) return undefined;
  const sharesOf = ({ times: own, shares }: CurveGroup): number[] =>
    times.map((time) => shares[own.indexOf(time)] as number);
  // A way of ending that is not shown at some time goes with the others, which are what is left of the whole.
  const whole = groups.filter((group) => times.every((time) => group.times.includes(time)));
  const own = named.flatMap((key, at) =>
    whole
      .filter((group) => group.key === key)
      .map((group): Band => ({ name: group.label, colour: palette[at] as string, shares: sharesOf(group) })),
  );
  const openShares = sharesOf(open);
  const rest = times.map((_, k) =>
    own.reduce((left, { shares }) => left - (shares[k] as number), 1 - (openShares[k] as number)),
  );
  return {
    title,
    weeks: times.map((time) => time / week),
    bands: [
      ...own,
      ...(groups.length - 1 > own.length
        ? [{ name: "Other endings", colour: palette[3], shares: rest.map((share) => Math.max(0, share)) }]
        : []),
      { name: open.label, colour: openColour, shares: openShares },
    ],
  };
}

interface StackLabel {
  readonly lines: readonly string[];
  readonly middle: number;
}

function specOf(panels: readonly Panel[]): Spec {
  const labels = panels.map(({ bands }) => labelsOf(bands));
  const widest = Math.max(
    ...labels.flat().flatMap(({ lines }) => lines.map((line) => textWidth(line, { size: textSize }))),
  );
  const right = Math.ceil(widest) + labelGap + 10;
  const until = Math.max(...panels.map(({ weeks }) => weeks.at(-1) as number));
  const height = panels.length * panelHeight + (panels.length - 1) * panelGap;
  return {
    ...pictureFrame({ left, right, top, bottom: 62, height }),
    layer: panels.flatMap((panel, at) =>
      panelLayers(panel, {
        offset: at * (panelHeight + panelGap),
        height,
        until,
        labels: labels[at] ?? [],
        last: at === panels.length - 1,
      }),
    ),
    resolve: { axis: { x: "independent", y: "independent" } },
  };
}

interface Place {
  /** Of the panel's top, in pixels. */
  readonly offset: number;
  readonly height: number;
  readonly until: number;
  readonly labels: readonly StackLabel[];
  readonly last: boolean;
}

function panelLayers(
  { title, weeks, bands }: Panel,
  { offset, height, until, labels, last }: Place,
): Layer[] {
  const down = (share: number): number => offset + (1 - share) * panelHeight;
  const x = {
    field: "week",
    type: "quantitative" as const,
    scale: { domain: [0, until], nice: false },
    axis: null,
  };
  const y = {
    field: "from",
    type: "quantitative" as const,
    scale: { domain: [0, height], reverse: true, nice: false },
    axis: null,
  };
  const stacked = bands.map((band, at) => ({
    band,
    values: weeks.map((weekAt, k) => {
      const below = bands.slice(0, at).reduce((sum, { shares }) => sum + (shares[k] as number), 0);
      return {
        week: weekAt,
        from: down(Math.min(1, below)),
        to: down(Math.min(1, below + (band.shares[k] as number))),
      };
    }),
  }));
  const text = (
    value: string,
    place: { readonly x: object; readonly y: number; readonly mark: object },
  ): Layer => ({
    data: { values: [{ text: value }] },
    mark: { type: "text", ...place.mark },
    encoding: {
      x: place.x as { value: number },
      y: { value: place.y },
      text: { field: "text", type: "nominal" },
    },
  });
  const weekTicks = [0, 26, 52, 78, 104].filter((tick) => tick <= until);
  return [
    ...stacked.map(
      ({ band, values }): Layer => ({
        data: { values },
        mark: { type: "area", color: band.colour, stroke: "white", strokeWidth: 1.5 },
        encoding: { x, y, y2: { field: "to" } },
      }),
    ),
    text(title, { x: { value: 0 }, y: offset - 18, mark: { align: "left", fontWeight: 600 } }),
    ...[0, 0.5, 1].map((share) =>
      text(`${share * 100}%`, { x: { value: -8 }, y: down(share), mark: { align: "right" } }),
    ),
    ...weekTicks.map(
      (tick): Layer => ({
        data: { values: [{ week: tick, text: String(tick) }] },
        mark: { type: "text" },
        encoding: {
          x,
          y: { value: offset + panelHeight + 16 },
          text: { field: "text", type: "nominal" },
        },
      }),
    ),
    ...(last
      ? [
          text("Weeks since the case began", {
            x: { value: 0 },
            y: offset + panelHeight + 42,
            mark: { align: "left" },
          }),
        ]
      : []),
    ...labels.flatMap(({ lines, middle }) =>
      lines.map((line, k) =>
        text(line, {
          x: { value: "width" },
          y: offset + middle + (k - (lines.length - 1) / 2) * lineHeight,
          mark: { align: "left", dx: labelGap },
        }),
      ),
    ),
  ];
}

/** Names with the last shares, beside their bands and clear of each other; from the top down. */
function labelsOf(bands: readonly Band[]): StackLabel[] {
  let below = 0;
  const wanted = bands
    .map(({ name, shares }) => {
      const share = shares.at(-1) as number;
      const middle = (1 - Math.min(1, below + share / 2)) * panelHeight;
      below += share;
      return {
        lines: wrapText(`${name} ${percentText(share)}`, { width: widestLabel, size: textSize }),
        middle,
      };
    })
    .reverse();
  const half = ({ lines }: { readonly lines: readonly string[] }): number => (lines.length * lineHeight) / 2;
  let bottom = 0;
  const pushed = wanted.map((label) => {
    const middle = Math.max(label.middle, bottom + half(label));
    bottom = middle + half(label);
    return { ...label, middle };
  });
  let ceiling = Math.max(panelHeight, 0);
  return pushed
    .toReversed()
    .map((label) => {
      const middle = Math.min(label.middle, ceiling - half(label));
      ceiling = middle - half(label);
      return { ...label, middle };
    })
    .toReversed();
}
