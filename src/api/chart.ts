import type { Chart } from "../charts/chart.js";

/** What is drawn: a chart of casedraw, or any Vega-Lite specification with its data in it. */
export type DrawnChart = Pick<Chart, "spec" | "title" | "description">;

/**
 * Draws a chart as SVG: the same bytes on every machine, in every time zone and Node version.
 *
 * @param chart - `spec` is plain JSON that may be changed; `title` and `description` become the picture's name and its text
 *   alternative
 * @returns an SVG document of one element, without XML declaration
 * @throws CasedrawError `CHART_SPEC_INVALID` if Vega-Lite or Vega refuses or warns, if the specification asks for a file or an
 *   address, or has a scale or time unit in local time
 * @example
 * const spec = { data: { values: [{ x: 1 }] }, mark: "point", encoding: { x: { field: "x", type: "quantitative" } } };
 * (await renderSvg({ spec, title: "One point", description: "A point at 1." })).startsWith("<svg") // → true
 */
export async function renderSvg(chart: DrawnChart): Promise<string> {
  const { renderSpec } = await import("../charts/render-svg.js");
  return await renderSpec(chart.spec, chart);
}

/**
 * Draws a chart as PNG, at two pixels for each of the SVG's, with the one font that comes with casedraw.
 *
 * @throws CasedrawError `PNG_UNAVAILABLE` where the optional module `@resvg/resvg-js` is not installed, and those of `renderSvg`
 * @example
 * const spec = { data: { values: [{ x: 1 }] }, mark: "point", encoding: { x: { field: "x", type: "quantitative" } } };
 * (await renderPng({ spec, title: "One point", description: "A point at 1." })).subarray(1, 4) // → [80, 78, 71]; PNG
 */
export async function renderPng(chart: DrawnChart): Promise<Uint8Array> {
  const { loadPngRenderer } = await import("../report/png.js");
  const draw = await loadPngRenderer();
  return draw(await renderSvg(chart)).bytes;
}
