import type { Result, ResultTable } from "../../analysis/result.js";
import { longDate } from "../../analysis/words.js";
import { resultWorkbook, sheetNames } from "../../report/result-workbook.js";
import type { Workbook } from "../../report/workbook/model.js";
import type { Analysis, Answer } from "./analyse.js";
import { baseSentence, markingOf } from "./report.js";

/** `tables.xlsx`: every table of an analysis, with how each was made in the notes. */
export function tablesWorkbook(analysis: Analysis): Workbook {
  const { plan, answers } = analysis;
  const shown = answers.filter(
    (answer): answer is Extract<Answer, { readonly result: Result }> => "result" in answer,
  );
  const tables = shown.flatMap(({ result }) => result.tables);
  const names = sheetNames(tables);
  const sheetsOf = (result: Result): readonly string[] => {
    const first = tables.indexOf(result.tables[0] as ResultTable);
    return names.slice(first, first + result.tables.length).map((name) => `“${name}”`);
  };
  return resultWorkbook(tables, {
    title: plan.title,
    subject: "Pre-inspection analysis",
    date: plan.reference_date,
    cover: [
      `Tables of the pre-inspection analysis, on ${longDate(plan.reference_date)}.`,
      { heading: "Marking" },
      markingOf(analysis),
    ],
    notes: shown.flatMap(({ item, result }) => [
      { heading: item.question },
      `${result.tables.length === 1 ? "Sheet" : "Sheets"}: ${sheetsOf(result).join(", ")}.`,
      baseSentence(result.base),
      ...result.notes,
      `Method: ${result.method}`,
      `Uncertainty: ${result.uncertainty}`,
    ]),
  });
}
