import { indicatorTables } from "../../analysis/regional/indicator-tables.js";
import { longDate } from "../../analysis/words.js";
import { resultWorkbook, sheetNames } from "../../report/result-workbook.js";
import type { Workbook } from "../../report/workbook/model.js";
import type { Comparison } from "./compared.js";
import { allTables } from "./tables.js";
import { flagSentence, markingOf, methodTexts } from "./words.js";

/** `compare.xlsx`: every table of a comparison, with how each was made in the notes. */
export function compareWorkbook(comparison: Comparison): Workbook {
  const { plan, groups, refused } = comparison;
  const tables = allTables(comparison);
  const names = sheetNames(tables);
  const sheetOf = new Map(tables.map(({ id }, at) => [id, names[at] as string]));
  return resultWorkbook(tables, {
    title: plan.title,
    subject: "Comparison of areas",
    date: plan.reference_date,
    cover: [
      `Tables of the comparison of areas, on ${longDate(plan.reference_date)}.`,
      flagSentence(comparison),
      { heading: "Marking" },
      markingOf(comparison),
    ],
    notes: [
      { heading: "How areas are compared" },
      ...methodTexts(comparison),
      ...groups.flatMap((group) =>
        group.compared.flatMap(({ comparison: own }) => {
          const sheets = indicatorTables(own, group.heading).map(({ id }) => `“${sheetOf.get(id)}”`);
          return [
            { heading: own.indicator.name },
            `${sheets.length === 1 ? "Sheet" : "Sheets"}: ${sheets.join(", ")}.`,
            ...own.depends,
            ...own.notes,
            `Method: ${own.method}`,
            `Uncertainty: ${own.uncertainty}`,
          ];
        }),
      ),
      ...(refused.length === 0
        ? []
        : [
            { heading: "Indicators that are not shown" },
            ...refused.map(({ name, reason, instead }) => `${name}. ${reason} ${instead}`),
          ]),
    ],
  });
}
