import type { FindingColumn } from "../../analysis/estimates/estimate-findings.js";
import type { ReviewPairs } from "../../analysis/estimates/review-agreement.js";
import { CasedrawError } from "../../errors.js";
import { cleanText, matchKey } from "../../frame/text.js";
import type { Column, Table } from "../../table/table.js";
import { refuseGrades, unansweredWords, yesOrNoOf } from "./columns.js";

/**
 * The units that two reviews answered one column of, read as the first reviews were: an answer that only second reviews have is
 * one more category.
 *
 * @param second - rows of the table that are second reviews, with the unit of the frame that each is of
 * @throws CasedrawError `FINDINGS_VALUE_INVALID` for anything but yes and no in a column of these, `FINDINGS_GRADED`
 */
export function reviewPairs(
  table: Table,
  { column, finding }: { readonly column: Column; readonly finding: FindingColumn },
  second: ReadonlyMap<number, number>,
): ReviewPairs {
  const keys = column.values.map(matchKey);
  const keyOf = (row: number): string => keys[column.codes[row] as number] as string;
  refuseGrades(table, finding.name, [...new Set([...second.keys()].map(keyOf))]);
  const spelling = new Map(finding.levels.map((level) => [matchKey(level), level]));
  const answerOf = (row: number): string | undefined => {
    const key = keyOf(row);
    if (finding.kind === "number") return unansweredWords.has(key) ? undefined : key;
    if (finding.kind === "yes-no") return yesOrNo(key, { table, row, name: finding.name });
    if (key === "") return undefined;
    const known = spelling.get(key) ?? cleanText(column.values[column.codes[row] as number] as string);
    spelling.set(key, known);
    return known;
  };
  const pairs = [...second].flatMap(([row, unit]) => {
    const answer = answerOf(row);
    const first = finding.answers.get(unit);
    return answer === undefined || first === undefined
      ? []
      : [{ unit, first: String(first), second: answer }];
  });
  return {
    column: finding.name,
    kind: finding.kind,
    categories: finding.kind === "category" ? [...spelling.values()] : ["yes", "no"],
    pairs,
  };
}

function yesOrNo(
  key: string,
  { table, row, name }: { readonly table: Table; readonly row: number; readonly name: string },
): "yes" | "no" | undefined {
  const answer = yesOrNoOf(key);
  if (answer !== undefined) return answer;
  if (unansweredWords.has(key)) return undefined;
  const line = table.rowNumbers[row] as number;
  throw new CasedrawError(
    "FINDINGS_VALUE_INVALID",
    `Second review: a column in which the first reviews say yes or no takes nothing else, got another value (${table.file}, row ${line}, column ${name}). ` +
      "Correct the value, or leave it blank.",
    { file: table.file, row: line, column: name },
  );
}
