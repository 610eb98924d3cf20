import type { DrawPng } from "../../report/png.js";
import type { FindAside } from "../analysis/aside.js";
import { drawCharts } from "../analysis/draw-charts.js";
import type { FileTaker } from "../analysis/folder.js";
import { resultTableCsv } from "../analysis/result-table-csv.js";
import { writeTable } from "../output-table.js";
import type { Progress } from "../progress.js";
import { renderHere } from "../render-workbook.js";
import { chartsOf } from "./charts.js";
import type { Comparison } from "./compared.js";
import { comparePage } from "./page.js";
import { allTables } from "./tables.js";
import { tidyTable } from "./tidy.js";
import { compareWorkbook } from "./workbook.js";

/**
 * Writes every output of a comparison but the manifest.
 *
 * @param options.drawPng - absent where pictures are wanted as SVG only
 * @param options.findAside - who renders the workbook and draws PNG too; by default this thread does all
 */
export async function putComparison(
  folder: FileTaker,
  comparison: Comparison,
  {
    progress,
    drawPng,
    findAside,
  }: { readonly progress: Progress; readonly drawPng?: DrawPng; readonly findAside?: FindAside },
): Promise<void> {
  const aside = findAside?.();
  const book = compareWorkbook(comparison);
  const workbook = aside?.render(book);
  workbook?.catch(() => {}); // told where it is waited for
  const charts = chartsOf(comparison);
  const all = [...charts.rugs, ...[...charts.byIndicator.values()].flat()];
  const pictures = await drawCharts(folder, all, { progress, drawPng, sharePng: aside?.sharePng });
  progress("Writing tables");
  writeTable(folder, "compare.csv", tidyTable(comparison));
  for (const table of allTables(comparison))
    writeTable(folder, `tables/${table.id}.csv`, resultTableCsv(table));
  progress("Writing the page");
  const svg = new Map([...pictures].map(([name, each]) => [name, each.svg]));
  folder.file("compare.html", comparePage(comparison, { charts, pictures: svg }));
  progress("Writing the workbook");
  folder.file("compare.xlsx", await (workbook ?? renderHere(book)));
}
