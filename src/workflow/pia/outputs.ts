import type { Pictures } from "../../report/document/document.js";
import { reportPage } from "../../report/page/report-page.js";
import type { DrawPng } from "../../report/png.js";
import type { Aside, FindAside } from "../analysis/aside.js";
import { drawCharts, type NamedChart } from "../analysis/draw-charts.js";
import type { FileTaker } from "../analysis/folder.js";
import { resultTableCsv } from "../analysis/result-table-csv.js";
import { writeTable } from "../output-table.js";
import type { Progress } from "../progress.js";
import type { Analysis } from "./analyse.js";
import { type Documents, documentsHere } from "./documents.js";
import { reportOf } from "./report.js";
import { tablesWorkbook } from "./tables-workbook.js";

/**
 * Writes every output of an analysis but the manifest.
 *
 * @param options.drawPng - absent where pictures are wanted as SVG only
 * @param options.findAside - who makes the documents, and draws PNG too; by default this thread does all
 */
export async function writeAnalysis(
  folder: FileTaker,
  analysis: Analysis,
  options: { readonly progress: Progress; readonly drawPng?: DrawPng; readonly findAside?: FindAside },
): Promise<void> {
  const { progress, drawPng, findAside } = options;
  const aside = findAside?.();
  // Without PNG the documents have no pictures to wait for.
  const early = drawPng === undefined ? startDocuments(analysis, noPictures(analysis), aside) : undefined;
  const pictures = await drawCharts(folder, chartsOf(analysis), {
    progress,
    drawPng,
    sharePng: aside?.sharePng,
  });
  const finishDocuments = early ?? startDocuments(analysis, pictures, aside);
  progress("Writing tables");
  for (const answer of analysis.answers) {
    if (!("result" in answer)) continue;
    for (const table of answer.result.tables) {
      writeTable(folder, `tables/${table.id}.csv`, resultTableCsv(table));
    }
  }
  progress("Writing the report");
  folder.file("pia.html", reportPage(reportOf(analysis, pictures), { tables: "tables.xlsx" }));
  progress("Writing the documents");
  const { whole, brief, tables } = await finishDocuments();
  folder.file("tables.xlsx", tables);
  folder.file("pia.docx", whole);
  folder.file("brief.docx", brief);
}

function startDocuments(
  analysis: Analysis,
  pictures: ReadonlyMap<string, Pictures>,
  aside: Aside | undefined,
): () => Promise<Documents> {
  const start = aside?.startDocuments ?? documentsHere;
  const { template } = analysis.supplied;
  const inPixels = new Map([...pictures].map(([id, { png }]) => [id, { svg: [], png }]));
  return start({
    report: reportOf(analysis, inPixels),
    ...(template === undefined ? {} : { template }),
    tables: tablesWorkbook(analysis),
  });
}

function chartsOf({ answers }: Analysis): NamedChart[] {
  return answers.flatMap((answer) =>
    "result" in answer && answer.chart !== undefined ? [{ name: answer.item.id, chart: answer.chart }] : [],
  );
}

function noPictures(analysis: Analysis): Map<string, Pictures> {
  return new Map(chartsOf(analysis).map(({ name }) => [name, { svg: [], png: [] }]));
}
