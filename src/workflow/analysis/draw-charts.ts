import type { Chart } from "../../charts/chart.js";
import type { Pictures } from "../../report/document/document.js";
import type { FolderWriter } from "../../report/folder.js";
import { jsonText } from "../../report/manifest.js";
import type { DrawPng } from "../../report/png.js";
import type { Progress } from "../progress.js";
import { finishPngs, type SharePng, type WantedPng } from "./draw-pngs.js";

/** A chart with the name of its files. */
export interface NamedChart {
  readonly name: string;
  readonly chart: Chart;
}

/**
 * Draws charts into a folder: `charts/NAME.svg` (and `.png`), in parts where one is taller than a sheet, and `specs/NAME.vl.json`.
 *
 * @param options.drawPng - absent where pictures are wanted as SVG only
 * @param options.sharePng - by default this thread draws all PNG
 * @returns the pictures, by name
 */
export async function drawCharts(
  folder: Pick<FolderWriter, "file">,
  charts: readonly NamedChart[],
  {
    progress,
    drawPng,
    sharePng,
  }: {
    readonly progress: Progress;
    readonly drawPng?: DrawPng | undefined;
    readonly sharePng?: SharePng | undefined;
  },
): Promise<Map<string, Pictures>> {
  if (charts.length === 0) return new Map();
  // Vega takes half a second to load.
  const { renderParts } = await import("../../charts/render-svg.js");
  const done = (share: number): void => progress("Drawing charts", drawPng === undefined ? share : share / 2);
  const drawn: { readonly name: string; readonly svg: readonly string[] }[] = [];
  const wanted: WantedPng[] = [];
  for (const [at, { name, chart }] of charts.entries()) {
    done(at / charts.length);
    const svg = await renderParts(chart);
    drawn.push({ name, svg });
    // Another thread begins with PNG at once, while this one goes on with SVG.
    if (drawPng !== undefined) wanted.push(...svg.map((text) => ({ svg: text, shared: sharePng?.(text) })));
    for (const [part, text] of svg.entries()) folder.file(`charts/${partName(name, part, svg)}.svg`, text);
    folder.file(`specs/${name}.vl.json`, specText(chart));
  }
  if (drawPng === undefined) return new Map(drawn.map(({ name, svg }) => [name, { svg, png: [] }]));
  const png = await finishPngs(wanted, {
    drawPng,
    drawn: (left) => done(2 - left / wanted.length),
  });
  const pictures = new Map<string, Pictures>();
  let first = 0;
  for (const { name, svg } of drawn) {
    const own = png.slice(first, first + svg.length);
    for (const [part, { bytes }] of own.entries())
      folder.file(`charts/${partName(name, part, own)}.png`, bytes);
    pictures.set(name, { svg, png: own });
    first += svg.length;
  }
  return pictures;
}

function partName(name: string, part: number, parts: readonly unknown[]): string {
  return parts.length === 1 ? name : `${name}-${part + 1}`;
}

/** The whole chart's specification, with what a notebook needs to show it as it was meant. */
function specText({ spec, title, subtitle, description }: Chart): string {
  return jsonText(rounded({ ...spec, title: { text: title, subtitle }, description }));
}

/** With its numbers as files have them: sums of the same rows in another order differ in the last digits. */
function rounded(part: unknown): unknown {
  if (typeof part === "number") return Number(part.toPrecision(10));
  if (Array.isArray(part)) return part.map(rounded);
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, rounded(value)]));
}
