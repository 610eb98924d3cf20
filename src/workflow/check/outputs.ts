import { reportMarkdown } from "../../report/document/report-markdown.js";
import type { FolderWriter } from "../../report/folder.js";
import { reportPage } from "../../report/page/report-page.js";
import { writeTable } from "../output-table.js";
import type { Progress } from "../progress.js";
import { matchingTable } from "./matching.js";
import { qualityChart, qualityReport } from "./page.js";
import { questionsReport } from "./questions.js";
import type { CheckedExport } from "./read-export.js";
import type { ShownCheck } from "./shown.js";
import { nextValueMap, writeIssues } from "./tables.js";

/**
 * Writes every output of a check but the manifest. A publishable edition is the page alone: the other files name records, or
 * quote what stands in the export.
 */
export async function putCheck(
  folder: Pick<FolderWriter, "file" | "stream">,
  checked: CheckedExport,
  { shown, progress }: { readonly shown: ShownCheck; readonly progress: Progress },
): Promise<void> {
  progress("Writing the page");
  const chart = qualityChart(shown);
  let pictures: readonly string[] = [];
  if (chart !== undefined) {
    // Vega takes half a second to load.
    const { renderParts } = await import("../../charts/render-svg.js");
    pictures = await renderParts(chart);
  }
  const drawn = chart === undefined ? undefined : { svg: pictures, png: [] };
  folder.file(
    "quality.html",
    reportPage(qualityReport(shown, checked, drawn), { tables: "the page itself" }),
  );
  if (shown.edition === "publishable") return;
  progress("Writing the lists");
  const { report } = checked;
  const issues = folder.stream("issues.csv");
  writeIssues((chunk) => issues.write(chunk), report);
  issues.close();
  writeTable(folder, "matching.csv", matchingTable(report));
  writeTable(folder, "value-map.csv", nextValueMap(checked));
  progress("Writing the questions");
  const questions = questionsReport(checked);
  folder.file("questions.md", reportMarkdown(questions));
  // The writer of documents takes a quarter of a second to load.
  const { reportDocx } = await import("../../report/docx/report-docx.js");
  folder.file("questions.docx", await reportDocx(questions, { brief: true }));
}
