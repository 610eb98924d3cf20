import type { Chart } from "../../charts/chart.js";
import { briefOf } from "../../report/document/brief.js";
import type { Pictures } from "../../report/document/document.js";
import type { FolderWriter } from "../../report/folder.js";
import { jsonText } from "../../report/manifest.js";
import { reportPage } from "../../report/page/report-page.js";
import type { DrawPng } from "../../report/png.js";
import { workbookBytes } from "../../report/workbook/workbook.js";
import type { Progress } from "../build.js";
import { writeTable } from "../write-table.js";
import type { Analysis } from "./analyse.js";
import { reportOf } from "./report.js";
import { resultTableCsv } from "./result-table-csv.js";
import { tablesWorkbook } from "./tables-workbook.js";

/** Takes files, on the disk or to compare with those that lie there. */
export type FileTaker = Pick<FolderWriter, "file" | "stream">;

/**
 * Writes every output of an analysis but the manifest.
 *
 * @param options.drawPng - absent where pictures are wanted as SVG only
 */
export async function writeAnalysis(
  folder: FileTaker,
  analysis: Analysis,
  options: { readonly progress: Progress; readonly drawPng?: DrawPng },
): Promise<void> {
  const { progress, drawPng } = options;
  const pictures = await drawCharts(folder, analysis, { progress, drawPng });
  progress("Writing tables");
  for (const answer of analysis.answers) {
    if (!("result" in answer)) continue;
    for (const table of answer.result.tables) {
      writeTable(folder, `tables/${table.id}.csv`, resultTableCsv(table));
    }
  }
  progress("Writing the report");
  const report = reportOf(analysis, pictures);
  folder.file("pia.html", reportPage(report, { tables: "tables.xlsx" }));
  progress("Writing the workbook");
  folder.file("tables.xlsx", workbookBytes(tablesWorkbook(analysis)));
  progress("Writing the documents");
  // The writer of documents takes a quarter of a second to load.
  const { reportDocx } = await import("../../report/docx/report-docx.js");
  const { template } = analysis.supplied;
  folder.file("pia.docx", await reportDocx(report, template === undefined ? {} : { template }));
  const brief = briefOf(report, { whole: "pia.html and pia.docx" });
  folder.file("brief.docx", await reportDocx(brief, { brief: true }));
}

async function drawCharts(
  folder: FileTaker,
  { answers }: Analysis,
  { progress, drawPng }: { readonly progress: Progress; readonly drawPng: DrawPng | undefined },
): Promise<Map<string, Pictures>> {
  const charted = answers.flatMap((answer) =>
    "result" in answer && answer.chart !== undefined ? [{ id: answer.item.id, chart: answer.chart }] : [],
  );
  const pictures = new Map<string, Pictures>();
  if (charted.length === 0) return pictures;
  // Vega takes half a second to load.
  const { renderParts } = await import("../../charts/render-svg.js");
  for (const [at, { id, chart }] of charted.entries()) {
    progress("Drawing charts", at / charted.length);
    const svg = await renderParts(chart);
    const png = drawPng === undefined ? [] : svg.map(drawPng);
    pictures.set(id, { svg, png });
    for (const [part, text] of svg.entries()) folder.file(`charts/${partName(id, part, svg)}.svg`, text);
    for (const [part, { bytes }] of png.entries())
      folder.file(`charts/${partName(id, part, png)}.png`, bytes);
    folder.file(`specs/${id}.vl.json`, specText(chart));
  }
  return pictures;
}

function partName(id: string, part: number, parts: readonly unknown[]): string {
  return parts.length === 1 ? id : `${id}-${part + 1}`;
}

/** The whole chart's specification, with what a notebook needs to show it as it was meant. */
function specText({ spec, title, subtitle, description }: Chart): string {
  return jsonText(rounded({ ...spec, title: { text: title, subtitle }, description }));
}

/** With its numbers as files have them: sums of the same rows in another order differ in the last digits. */
function rounded(spec: object): object {
  return JSON.parse(
    JSON.stringify(spec, (_, value) => (typeof value === "number" ? Number(value.toPrecision(10)) : value)),
  );
}
