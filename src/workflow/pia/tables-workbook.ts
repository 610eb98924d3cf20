import type { Result } from "../../analysis/result.js";
import { longDate } from "../../analysis/words.js";
import { resultWorkbook } from "../../report/result-workbook.js";
import type { Workbook } from "../../report/workbook/model.js";
import type { Analysis, Answer } from "./analyse.js";
import { baseSentence, markingOf } from "./report.js";

/** `tables.xlsx`: every table of an analysis, with how each was made in the notes. */
export function tablesWorkbook(analysis: Analysis): Workbook {
  const { plan, answers } = analysis;
  const shown = answers.filter(
    (answer): answer is Extract<Answer, { readonly result: Result }> => "result" in answer,
  );
  return resultWorkbook(
    shown.flatMap(({ result }) => result.tables),
    {
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
        baseSentence(result.base),
        ...result.notes,
        `Method: ${result.method}`,
        `Uncertainty: ${result.uncertainty}`,
      ]),
    },
  );
}
