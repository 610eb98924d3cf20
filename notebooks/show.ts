// How results look in these notebooks. Importing this file makes Jupyter show a danfojs DataFrame or Series that ends a cell
// as a table; picture() shows a chart of casedraw. Beside each stands the same as plain text.
import { CasedrawError, type DrawnChart, renderPng, renderSvg } from "casedraw";
import { DataFrame, Series, toJSON } from "danfojs-node";

type Value = string | number | boolean | null | undefined;
type Shown = Record<string, string>;

/** Deno's Jupyter kernel asks a value for its own pictures of itself by this name. */
const display = Symbol.for("Jupyter.display");

/** A longer table ends with how many rows are left out. */
const mostRows = 20;

// What a method of a DataFrame gives is of the class that danfojs-node's own extends: that is where the method goes.
Object.assign(Object.getPrototypeOf(DataFrame.prototype), {
  [display](this: DataFrame) {
    const rows = this.values as Value[][];
    const named = this.index.some((name) => typeof name === "string");
    if (!named) return tableOf(this.columns, rows);
    return tableOf(
      ["", ...this.columns],
      rows.map((row, at) => [this.index[at], ...row]),
    );
  },
});

Object.assign(Object.getPrototypeOf(Series.prototype), {
  [display](this: Series) {
    const rows = this.index.map((name, at): Value[] => [name, this.values[at] as Value]);
    return tableOf(["", this.columns[0] === "0" ? "count" : String(this.columns[0])], rows);
  },
});

/**
 * Shows a chart as PNG, which every place that shows notebooks can draw, with its text alternative beside it; as SVG where
 * this kind of machine has no module for PNG.
 *
 * @param chart - of casedraw, or any Vega-Lite specification with a title and a description
 */
export async function picture(chart: Loose<DrawnChart>): Promise<void> {
  const drawable = chart as DrawnChart;
  const svg = await renderSvg(drawable);
  const [, width, height] = (/ width="(\d+)" height="(\d+)"/.exec(svg) ?? []).map(Number);
  const png = await renderPng(drawable).catch((error) => {
    if (error instanceof CasedrawError && error.code === "PNG_UNAVAILABLE") return undefined;
    throw error;
  });
  const drawn = png === undefined ? { "image/svg+xml": svg } : { "image/png": png.toBase64() };
  await Deno.jupyter.broadcast("display_data", {
    data: { ...drawn, "text/plain": `${chart.title}\n${chart.description}` },
    metadata: { "image/png": { width, height, alt: chart.description } },
    transient: {},
  });
}

/** A specification that is written here is not checked by types, but by Vega-Lite when it is drawn. */
type Loose<T> = Omit<T, "spec"> & { readonly spec: object };

/** The rows of a DataFrame as objects, for Vega-Lite's data and for loops. */
export function records<T = Readonly<Record<string, Value>>>(frame: DataFrame): T[] {
  return toJSON(frame) as T[];
}

function tableOf(header: readonly string[], all: readonly (readonly Value[])[]): Shown {
  const rows = all.slice(0, mostRows).map((row) => row.map(written));
  const numeric = header.map((_, at) => all.every((row) => typeof row[at] !== "string"));
  const more =
    all.length > rows.length ? `${(all.length - rows.length).toLocaleString("en-GB")} more rows` : "";
  const widths = header.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => (numeric[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join("  ")
      .trimEnd();
  const aligned = (at: number): string => ` style="text-align: ${numeric[at] ? "right" : "left"}"`;
  const cells = (tag: "th" | "td", row: readonly string[]): string =>
    `<tr>${row.map((cell, at) => `<${tag}${aligned(at)}>${escaped(cell)}</${tag}>`).join("")}</tr>`;
  return {
    "text/html": [
      `<table>\n<thead>${cells("th", header)}</thead>\n<tbody>`,
      ...rows.map((row) => cells("td", row)),
      `</tbody>\n</table>${more && `\n<p>${more}</p>`}`,
    ].join("\n"),
    "text/plain": [line(header), ...rows.map(line), ...(more ? [more] : [])].join("\n"),
  };
}

/** Numbers that are not whole to four significant digits; what is not known is blank. */
function written(value: Value): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  if (typeof value !== "number" || Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(4)));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
