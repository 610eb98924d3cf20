import { setImmediate } from "node:timers/promises";
import type { Chart } from "../../charts/chart.js";
import type { Pictures, Png } from "../../report/document/document.js";
import type { FolderWriter } from "../../report/folder.js";
import { jsonText } from "../../report/manifest.js";
import type { Progress } from "../progress.js";

/** A chart with the name of its files. */
export interface NamedChart {
  readonly name: string;
  readonly chart: Chart;
}

/** Draws SVG as PNG, here or in another thread. */
export type DrawPicture = (svg: string) => Png | Promise<Png>;

/** So many charts may wait for their PNG. */
const mostBehind = 2;

/**
 * Draws charts into a folder: `charts/NAME.svg` (and `.png`), in parts where one is taller than a sheet, and `specs/NAME.vl.json`.
 *
 * @param options.drawPng - absent where pictures are wanted as SVG only
 * @returns the pictures, by name
 */
export async function drawCharts(
  folder: Pick<FolderWriter, "file">,
  charts: readonly NamedChart[],
  { progress, drawPng }: { readonly progress: Progress; readonly drawPng: DrawPicture | undefined },
): Promise<Map<string, Pictures>> {
  const pictures = new Map<string, Pictures>();
  if (charts.length === 0) return pictures;
  // Vega takes half a second to load.
  const { renderParts } = await import("../../charts/render-svg.js");
  // Another thread draws PNG while this one goes on with SVG, and is never far behind: pictures in waiting take much memory.
  const behind: (() => Promise<void>)[] = [];
  for (const [at, { name, chart }] of charts.entries()) {
    progress("Drawing charts", at / charts.length);
    const svg = await renderParts(chart);
    const png = Promise.all(drawPng === undefined ? [] : svg.map(async (part) => drawPng(part)));
    png.catch(() => {}); // told where it is waited for
    for (const [part, text] of svg.entries()) folder.file(`charts/${partName(name, part, svg)}.svg`, text);
    folder.file(`specs/${name}.vl.json`, specText(chart));
    behind.push(async () => {
      const bytes = await png;
      pictures.set(name, { svg, png: bytes });
      for (const [part, picture] of bytes.entries())
        folder.file(`charts/${partName(name, part, bytes)}.png`, picture.bytes);
    });
    // What the other thread has done is heard of between two charts.
    await setImmediate();
    if (behind.length > mostBehind) await behind.shift()?.();
  }
  for (const finish of behind) await finish();
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
