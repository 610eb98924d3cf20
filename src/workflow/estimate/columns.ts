import type { FindingColumn } from "../../analysis/estimates/estimate-findings.js";
import { CasedrawError } from "../../errors.js";
import { bandOrder } from "../../frame/bands.js";
import { cleanText, compareBytes, matchKey } from "../../frame/text.js";
import { someOf, thousands } from "../../frame/words.js";
import type { Bands } from "../../plan/types.js";
import { orderLevels } from "../../sampling/compared-fields.js";
import type { Column, Table } from "../../table/table.js";

/** What was done with findings, beside estimating them: a fact that does not stop the work. */
export interface FindingsNote {
  readonly code: string;
  readonly text: string;
  readonly count: number;
  /** Of a column how many answered it, of second reviews how many pairs they make: with a small number the text's is not shown. */
  readonly answered?: number;
  /** The column that was read. */
  readonly column?: string;
  /** Unit ids, or rows of the file: for who runs the command, and in no output. */
  readonly cases?: readonly string[];
}

/** A note with the cases that it is about, as a screen shows it. */
export function noteWithCases({ text, cases = [] }: FindingsNote): string {
  return cases.length === 0 ? text : `${text.replace(/\.$/, "")} (${someOf(cases)}).`;
}

const yesWords: ReadonlySet<string> = new Set(["yes", "y", "true"]);
const noWords: ReadonlySet<string> = new Set(["no", "n", "false"]);
/** That a question does not arise in a case: there is nothing to count in it. Of a category they are answers. */
const notApplicableWords: ReadonlySet<string> = new Set(["not applicable"]);
/** What stands where a question has no answer; of a category only a blank does. */
export const unansweredWords: ReadonlySet<string> = new Set([
  ...notApplicableWords,
  "",
  "n/a",
  "na",
  "#n/a",
  "-",
  "unknown",
  "not known",
  "not answered",
  "not recorded",
]);

/** Of a category; more are taken for free text. */
const mostLevels = 12;
const longestLevel = 60;

const graded = /\b(?:grade[sd]?|grading|judge?ments?)\b/;
const gradeWords = new Set([
  "outstanding",
  "good",
  "requires improvement",
  "requires improvement to be good",
  "inadequate",
]);
const people =
  /^(?:(?:name of|initials of|the|allocated|lead|first|second|social|case|team|service|family court) )*(?:inspector|reviewer|practitioner|worker|auditor|assessor|manager|guardian|advis[eo]r|fca|hmi)(?:s|'s)?(?: (?:name|id|code|initials|\d))?$/;
/** What a form calls whoever filled it in. */
const byPeople = /^(?:(?:completed|reviewed|inspected|assessed|audited|read|entered|filled in) by|initials)$/;

/** Whether a column or field is of people, whose work is not estimated. */
export function isOfPeople(name: string): boolean {
  const words = matchKey(name).replaceAll("_", " ");
  return people.test(words) || byPeople.test(words);
}

/**
 * Tells what a column of findings holds: only yes and no; only numbers; else categories.
 *
 * @param of.rows - rows of the table that count, with the unit of the frame that each is of
 * @param of.bands - the plan's: levels of a banded field stand in their order, others in byte order
 * @returns the column, or why it is passed over
 * @throws CasedrawError `FINDINGS_GRADED`, `FINDINGS_VALUE_INVALID`
 */
export function findingColumn(
  table: Table,
  column: Column,
  { rows, bands }: { readonly rows: ReadonlyMap<number, number>; readonly bands: Bands },
): { readonly column?: FindingColumn; readonly notes: readonly FindingsNote[] } {
  const name = cleanText(column.header);
  const values = column.values.map(cleanText);
  const keys = column.values.map(matchKey);
  const used = new Set(Array.from(rows.keys(), (row) => column.codes[row] as number));
  const answers = new Map(
    [...rows].map(([row, unit]): [number, number] => [unit, column.codes[row] as number]),
  );
  const distinct = [...new Set([...used].map((code) => keys[code] as string))];
  refuseGrades(table, name, distinct);
  const told = distinct.filter((key) => !unansweredWords.has(key));
  if (told.length === 0) return { notes: [passedOver(name, "it has no answer", distinct.length)] };
  const applies = (code: number): boolean => !notApplicableWords.has(keys[code] as string);
  if (told.every((key) => yesOrNoOf(key) !== undefined)) {
    return kept({ name, kind: "yes-no", levels: ["yes"] }, answers, {
      read: (code) => yesOrNoOf(keys[code] as string),
      applies,
    });
  }
  const numeric = (key: string): boolean => numberOf(key) !== undefined;
  if (told.every(numeric)) {
    return kept({ name, kind: "number", levels: [] }, answers, {
      read: (code) => numberOf(keys[code] as string),
      applies,
    });
  }
  refuseMixed(table, name, { column, keys, rows, numeric });
  if (told.length > mostLevels || [...used].some((code) => (values[code] as string).length > longestLevel)) {
    const why = `it has more than ${mostLevels} different answers, or long ones, and is taken for free text`;
    return { notes: [passedOver(name, why, told.length)] };
  }
  const spelling = new Map<string, string>();
  for (const code of [...used].sort((a, b) => compareBytes(values[a] as string, values[b] as string))) {
    const key = keys[code] as string;
    if (key !== "" && !spelling.has(key)) spelling.set(key, values[code] as string);
  }
  const levels = orderLevels({ order: bandOrder(name, bands) }, [...spelling.values()]);
  return kept({ name, kind: "category", levels }, answers, {
    read: (code) => spelling.get(keys[code] as string),
    applies: () => true,
  });
}

/** Yes or no, also as 1 and 0, which several inspectors may write side by side. */
export function yesOrNoOf(key: string): "yes" | "no" | undefined {
  if (yesWords.has(key) || key === "1") return "yes";
  return noWords.has(key) || key === "0" ? "no" : undefined;
}

/** More is no finding but a slip, and its square may not be a number. */
const largestNumber = 1e15;

/** A decimal number; its thousands may be set off by commas. */
function numberOf(key: string): number | undefined {
  if (!/^[-+]?(?:(?:\d+|\d{1,3}(?:,\d{3})+)\.?\d*|\.\d+)$/.test(key)) return undefined;
  const value = Number(key.replaceAll(",", ""));
  return Math.abs(value) <= largestNumber ? value : undefined;
}

function kept(
  base: Pick<FindingColumn, "name" | "kind" | "levels">,
  answers: ReadonlyMap<number, number>,
  {
    read,
    applies,
  }: {
    readonly read: (code: number) => string | number | undefined;
    readonly applies: (code: number) => boolean;
  },
): { readonly column: FindingColumn; readonly notes: readonly FindingsNote[] } {
  const told = [...answers].flatMap(([unit, code]): [number, string | number][] => {
    const answer = read(code);
    return answer === undefined ? [] : [[unit, answer]];
  });
  const notApplicable = new Set([...answers].flatMap(([unit, code]) => (applies(code) ? [] : [unit])));
  const blank = answers.size - told.length - notApplicable.size;
  const kinds = { "yes-no": "yes or no", category: "a category", number: "a number" };
  const apart = notApplicable.size === 0 ? "" : `, to ${thousands(notApplicable.size)} it does not apply`;
  return {
    column: { ...base, answers: new Map(told), notApplicable },
    notes: [
      {
        code: "column-read",
        count: blank,
        answered: told.length,
        column: base.name,
        text: `Column ${base.name} was read as ${kinds[base.kind]}; ${thousands(told.length)} answered, ${thousands(blank)} not${apart}.`,
      },
    ],
  };
}

const identifying = /(?:^| )(?:ids?|identifiers?|reference|case number|child ordinal|file location|dates?)$/;

/** Whether a column tells single cases apart, so that a mean of it would say nothing. */
export function namesCases(name: string): boolean {
  return identifying.test(matchKey(name).replaceAll("_", " "));
}

export function passedOver(name: string, why: string, count: number): FindingsNote {
  return { code: "column-passed-over", count, text: `Column ${name} was passed over: ${why}.` };
}

/** @throws CasedrawError `FINDINGS_GRADED` for a column that holds grades, by its name or by what stands in it */
export function refuseGrades(table: Table, name: string, distinct: readonly string[]): void {
  const told = distinct.filter((key) => !unansweredWords.has(key));
  const grades =
    told.length > 0 && told.every((key) => gradeWords.has(key)) && told.some((key) => key !== "good");
  const answers = told.every((key) => yesWords.has(key) || noWords.has(key));
  if ((answers || !graded.test(matchKey(name).replaceAll("_", " "))) && !grades) return;
  throw new CasedrawError(
    "FINDINGS_GRADED",
    `Column of grades: individual work is not graded, and a share of grades would be read as one, got column ${name} (${table.file}). ` +
      "Take the column out; ask whether something was seen, yes or no.",
    { file: table.file, column: name },
  );
}

function refuseMixed(
  table: Table,
  name: string,
  {
    column,
    keys,
    rows,
    numeric,
  }: {
    readonly column: Column;
    readonly keys: readonly string[];
    readonly rows: ReadonlyMap<number, number>;
    readonly numeric: (key: string) => boolean;
  },
): void {
  const keyOf = (row: number): string => keys[column.codes[row] as number] as string;
  const told = [...rows.keys()].filter((row) => !unansweredWords.has(keyOf(row)));
  const numbers = told.filter((row) => numeric(keyOf(row)));
  if (numbers.length * 2 <= told.length) return;
  const row = told.find((each) => !numeric(keyOf(each))) as number;
  const line = table.rowNumbers[row] as number;
  throw new CasedrawError(
    "FINDINGS_VALUE_INVALID",
    `Number in the findings: a column that is mostly numbers takes nothing else, got text (${table.file}, row ${line}, column ${name}). ` +
      "Correct the value, or leave it blank.",
    { file: table.file, row: line, column: name },
  );
}
