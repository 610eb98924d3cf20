import * as vega from "vega";
import { compile } from "vega-lite";
import { CasedrawError } from "../errors.js";
import type { Chart, Spec } from "./chart.js";
import { finishSvg } from "./svg-text.js";
import { textWidth } from "./text-width.js";

/** What Vega hands over to have a text measured. */
interface MeasuredItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
  readonly limit?: number;
}

// Vega's type declarations leave textMetrics out. Without a canvas it would take every character for 0.8 em.
const { textMetrics } = vega as unknown as {
  textMetrics: { width: (item: MeasuredItem, text: unknown) => number };
};

// The one place that sets Vega's global state.
textMetrics.width = ({ fontSize = 11, fontWeight, limit = 0 }, text) => {
  const heavy = fontWeight === "bold" || Number(fontWeight) >= 600;
  const width = textWidth(String(text ?? "").trim(), { size: fontSize, weight: heavy ? 600 : 400 });
  return limit > 0 ? Math.min(width, limit) : width;
};

/**
 * Draws a chart as SVG, the same bytes on every machine, in every time zone and Node version.
 *
 * @param spec - Vega-Lite with its data inside; nothing is fetched. Times only on `utc` scales and time units.
 * @param options.title - headline, the image's accessible name
 * @param options.description - text alternative
 * @returns an SVG document of one element, without XML declaration, to be put into a page as it is
 * @throws CasedrawError `CHART_SPEC_INVALID` if Vega-Lite or Vega refuses or warns about the specification, if it asks for
 *   a file or an address, or if it has a scale or time unit in local time
 * @example
 * const spec = { data: { values: [{ x: 1 }] }, mark: "point", encoding: { x: { field: "x", type: "quantitative" } } };
 * (await renderSpec(spec, { title: "One point", description: "A point at 1." })).startsWith("<svg") // → true
 */
export async function renderSpec(
  spec: Spec,
  options: { readonly title: string; readonly description: string },
): Promise<string> {
  const problems: string[] = [];
  const logger = collectingLogger(problems);
  let svg = "";
  try {
    const compiled = compile(spec, { logger }).spec;
    refuseLocalTime(compiled);
    const view = new vega.View(vega.parse(compiled), {
      renderer: "none",
      logger,
      loader: emptyHandedLoader(problems),
    });
    svg = await view.toSVG();
    view.finalize();
  } catch (error) {
    if (error instanceof CasedrawError) throw error;
    problems.push(String(error));
  }
  if (problems[0] !== undefined) throw refusal(problems[0]);
  return finishSvg(svg, options);
}

function refusal(said: string): CasedrawError {
  const reason = said.replace(/\.$/, "");
  return new CasedrawError(
    "CHART_SPEC_INVALID",
    `Chart cannot be drawn: ${reason}. Correct the Vega-Lite specification.`,
    { reason },
  );
}

/** Vega would only say it on the console: a warning means that something is left out of the picture. */
function collectingLogger(problems: string[]): vega.LoggerInterface {
  const collect = (...messages: readonly unknown[]) => {
    problems.push(messages.map(String).join(" "));
    return logger;
  };
  const pass = () => logger;
  const logger = { level: pass, error: collect, warn: collect, info: pass, debug: pass };
  return logger as unknown as vega.LoggerInterface;
}

/** Neither data nor pictures nor links come from anywhere else. It must not throw, for Vega does not wait for its answer. */
function emptyHandedLoader(problems: string[]): vega.Loader {
  const refuse = (address: unknown): void => {
    problems.push(`it asks for ${String(address)}, and all of a chart has to stand in its specification`);
  };
  const load = async (address: unknown): Promise<string> => {
    refuse(address);
    return "[]";
  };
  const sanitize = async (address: unknown): Promise<{ href: string }> => {
    refuse(address);
    return { href: "" };
  };
  return { ...vega.loader(), load, file: load, http: load, sanitize };
}

/** Local time would make the picture depend on where it is drawn. */
function refuseLocalTime(part: unknown): void {
  if (typeof part !== "object" || part === null) return;
  const { type, name, timezone } = part as Readonly<Record<string, unknown>>;
  if (type === "time" && name !== undefined) {
    throw refusal(`scale "${String(name)}" is in local time; give it the type utc`);
  }
  if (type === "timeunit" && timezone !== "utc") {
    throw refusal("a time unit is in local time; use its utc form, for example utcyearmonth");
  }
  for (const child of Object.values(part)) refuseLocalTime(child);
}

/** Draws a chart whole, or in the pieces that fit on paper, for a page to show under each other. */
export async function renderParts(chart: Chart): Promise<string[]> {
  const { spec, parts = [spec], title, description } = chart;
  const drawn: string[] = [];
  for (const [at, part] of parts.entries()) {
    const name = parts.length === 1 ? title : `${title} (part ${at + 1} of ${parts.length})`;
    drawn.push(await renderSpec(part, { title: name, description }));
  }
  return drawn;
}
