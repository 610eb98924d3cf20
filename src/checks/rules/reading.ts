import { listText } from "../../analysis/words.js";
import type { ErrorCode } from "../../errors.js";
import type { JoinedFields } from "../../frame/blank-unmatched.js";
import { draftsOf } from "../draft.js";
import type { CheckCode, Draft } from "../finding.js";
import { filesText, headersIn } from "../own-columns.js";
import { type Problem, rowsOfFile } from "../problem.js";
import { type CheckRule, needsNothing } from "../rule.js";
import { type CheckSubject, rowsWhere } from "../subject.js";
import { agree, fileName, named, namedAll, percent, rowsHave, rowsText } from "../words.js";

interface Wording {
  readonly code: CheckCode;
  readonly title: string;
  readonly meaning: string;
  readonly ask: string;
  readonly message: (problem: Problem) => string;
  /** Told the headers of the problem's fields in its file. */
  readonly question: (problem: Problem, headers: string) => string;
}

/** A rule of what a frame cannot be built with: it was found while the export was read. */
function refusalRule(error: ErrorCode, wording: Wording): CheckRule {
  const { code, title, meaning, ask, message, question } = wording;
  return {
    code,
    severity: "error",
    group: "reading",
    title,
    meaning,
    ask,
    needs: needsNothing,
    refuses: () => true,
    refusedByFrame: true,
    find: (subject) =>
      subject.problems
        .filter((problem) => problem.code === error)
        .map(
          (problem): Draft => ({
            fields: problem.fields,
            message: message(problem),
            ...(problem.isOwn
              ? {}
              : {
                  question: question(
                    { ...problem, file: fileName(problem.file) },
                    headersIn(subject, problem.fields, [problem.file]),
                  ),
                }),
            rows: problem.rows,
            ...(problem.source === undefined ? {} : { source: problem.source }),
          }),
        ),
  };
}

const columnOf = ({ header, file }: Problem): string => `column "${header}" of ${file}`;
const fieldOf = ({ fields }: Problem): string => named(fields[0] as string);

/** What stops a frame from being built while files are read, joined and looked up. */
export const readingRules: readonly CheckRule[] = [
  refusalRule("FIELD_NOT_FOUND", {
    code: "CHECK_COLUMN_MISSING",
    title: "A column that the plan names is not in the file",
    meaning:
      "The plan takes a field from a column that the file does not have: the header is spelt otherwise, or the column was left out of the export. " +
      "Nothing that needs the field can be said.",
    ask: "Correct the header in the plan, or ask the data’s owner for the column.",
    message: ({ header, file, fields }) =>
      `${file} has no column ${header === undefined ? "for" : `"${header}" for`} ${fields.length === 0 ? "what the plan looks up" : namedAll(fields)}.`,
    question: ({ header, file, fields }) =>
      `${file} has no column ${header === undefined ? `for ${namedAll(fields)}` : `“${header}”`}. Was it left out, or does it have another name?`,
  }),
  refusalRule("DATE_UNREADABLE", {
    code: "CHECK_DATE_UNREADABLE",
    title: "A date cannot be read",
    meaning:
      "A cell of a date column holds something that is no date in the form DD/MM/YYYY or YYYY-MM-DD of the years 1900 to 2099. " +
      "The date counts for ages, delays or who may be sampled, and casedraw does not guess it.",
    ask: "Ask the data’s owner for the dates, or for the column in one form.",
    message: (problem) =>
      `${rowsText(problem.rows.length)} whose ${fieldOf(problem)} cannot be read (${columnOf(problem)}).`,
    question: (problem) =>
      `In ${columnOf(problem)}, ${rowsText(problem.rows.length)} cannot be read as a date. What should the dates be?`,
  }),
  refusalRule("DATE_YEAR_SHORT", {
    code: "CHECK_DATE_YEAR_SHORT",
    title: "A date has a two-digit year",
    meaning: "A date such as 05/06/24 could mean three different days, so casedraw does not read it.",
    ask: "Ask the data’s owner for the dates with the year in four digits.",
    message: (problem) =>
      `${rowsText(problem.rows.length)} with a two-digit year in the ${fieldOf(problem)} (${columnOf(problem)}).`,
    question: (problem) =>
      `In ${columnOf(problem)}, ${rowsHave(problem.rows.length)} a year of two digits. Please send the dates with four.`,
  }),
  refusalRule("DATE_ORDER_MIXED", {
    code: "CHECK_DATE_ORDER_MIXED",
    title: "A column has dates of both orders",
    meaning:
      "Some dates of the column can only be day first and some only month first. A date such as 01/02/2024 in it cannot be trusted, " +
      "so casedraw judges nothing by this column.",
    ask: "Ask the data’s owner for the column again, all of it day first.",
    message: (problem) =>
      `${rowsText(problem.rows.length)} can only be month first in a column whose other dates are day first (${fieldOf(problem)}, ${columnOf(problem)}).`,
    question: (problem) =>
      `In ${columnOf(problem)}, ${rowsText(problem.rows.length)} can only be month first (MM/DD/YYYY) and others only day first. Please send the column again, day first.`,
  }),
  refusalRule("NUMBER_UNREADABLE", {
    code: "CHECK_NUMBER_UNREADABLE",
    title: "A number cannot be read",
    meaning: "A cell of a number column holds something other than digits with at most one decimal point.",
    ask: "Ask the data’s owner for the numbers, or map the column as a category.",
    message: (problem) =>
      `${rowsText(problem.rows.length)} whose ${fieldOf(problem)} is no number (${columnOf(problem)}).`,
    question: (problem) =>
      `In ${columnOf(problem)}, ${rowsText(problem.rows.length)} cannot be read as a number. What should the numbers be?`,
  }),
  refusalRule("JOIN_KEY_DUPLICATE", {
    code: "CHECK_JOIN_KEY_REPEATED",
    title: "A joined file has several rows for one key",
    meaning:
      "The plan joins a file that gives one row for each key, and some keys stand more than once. Which row is right decides what is said of the child.",
    ask: "Ask the data’s owner which row is right, or say in the plan which to take: many: list, latest or earliest.",
    message: ({ rows, fields, file }) =>
      `${rowsText(rows.length)} of ${file} ${agree(rows.length, "repeats", "repeat")} the ${namedAll(fields)} of an earlier row.`,
    question: ({ rows, file }, headers) =>
      `In ${file}, ${rowsText(rows.length)} ${agree(rows.length, "repeats", "repeat")} the ${headers} of an earlier row. Which of the rows is right?`,
  }),
  refusalRule("JOIN_TIE", {
    code: "CHECK_JOIN_TIE",
    title: "Rows of a joined file tie",
    meaning:
      "The plan takes the latest or the earliest row for each key of a joined file, and for some keys several rows are equally so.",
    ask: "Ask the data’s owner which row is right, or rank the rows by another field.",
    message: ({ rows, fields, file }) =>
      `${rowsText(rows.length)} of ${file} ${agree(rows.length, "ties", "tie")} with another row for the same ${namedAll(fields)}.`,
    question: ({ rows, file }, headers) =>
      `In ${file}, ${rowsHave(rows.length)} the same ${headers} and the same date as another row. Which of the rows is right?`,
  }),
  refusalRule("LOOKUP_KEY_DUPLICATE", {
    code: "CHECK_LOOKUP_KEY_REPEATED",
    title: "A lookup file has several rows for one value",
    meaning: "A lookup gives one area for each value, and some values stand more than once.",
    ask: "Keep one row for each value in the lookup file.",
    message: ({ rows, fields, file }) =>
      `${rowsText(rows.length)} of ${file} ${agree(rows.length, "repeats", "repeat")} the ${namedAll(fields)} of an earlier row.`,
    question: ({ rows, file }, headers) =>
      `In ${file}, ${rowsText(rows.length)} ${agree(rows.length, "repeats", "repeat")} the ${headers} of an earlier row. Which of the rows is right?`,
  }),
  {
    code: "CHECK_FILES_UNMATCHED",
    severity: "query",
    group: "reading",
    title: "Files do not match each other",
    meaning:
      "Rows of a joined file match no row of the export, or rows of the export have a key or a value that the joined or lookup file lacks. " +
      "Their joined fields are blank, so figures by those fields leave them out.",
    ask: "Ask the data’s owner whether both files were made on the same day from the same records; complete the lookup file.",
    needs: needsNothing,
    find: (subject) => [
      ...subject.joined.flatMap((part) => unmatchedDrafts(subject, part)),
      ...subject.notes.flatMap((note): Draft[] => {
        if (note.code !== "lookup-values-unmatched") return [];
        const file = String(note.details.file ?? "a lookup file");
        return [
          {
            fields: typeof note.details.field === "string" ? [note.details.field] : [],
            // A lookup is the officer's own: nothing to ask.
            message:
              note.details.none_matches === true && note.count > 1
                ? `${file} lists none of the values that the export has: ${rowsText(note.count)} ${agree(note.count, "has", "have")} one, and nothing is looked up for any.`
                : `${rowsText(note.count)} of the export ${agree(note.count, "has", "have")} a value that ${file} does not list.`,
            rows: new Int32Array(0),
            count: note.count,
          },
        ];
      }),
    ],
  },
  {
    code: "CHECK_VALUE_MAP_UNMATCHED",
    severity: "query",
    group: "reading",
    title: "Values of the value map are not in the data",
    meaning:
      "Rows of the value map give a code to values that no cell of the field has. Either the data no longer have them, or the map was changed on its way: " +
      "a spreadsheet makes 7 of 007 and a date of 1-2 when it saves the file. The values that were meant are then still not understood.",
    ask: "Compare these rows of the value map with the values that are still listed without a code; keep what is right and remove the rest.",
    needs: needsNothing,
    find: ({ notes }) =>
      notes.flatMap((note): Draft[] => {
        if (note.code !== "value-map-unmatched") return [];
        const lines = Int32Array.from(note.details.rows as readonly number[]);
        const file = String(note.details.file);
        return [
          {
            fields: [],
            message: `${rowsText(lines.length)} of ${file} ${agree(lines.length, "gives", "give")} a code to a value that is not in the data.`,
            rows: lines.map((_, at) => at),
            source: rowsOfFile(file, lines),
          },
        ];
      }),
  },
];

/** Rows of the data without one in a joined file, and rows of that file without one in the data. */
function unmatchedDrafts(subject: CheckSubject, { join, fields, lacks, trace }: JoinedFields): Draft[] {
  const data = subject.rows.places.files;
  const joined = trace?.joined.places ?? { files: [], fileOf: new Int32Array(0), rowOf: new Int32Array(0) };
  const [file = join.path] = joined.files;
  const key = headersIn(subject, join.key, [file, ...data]);
  const ask = "Is that right, or were the files made on different days or from different records?";
  const without = rowsWhere(lacks.length, (row) => lacks[row] === 1);
  const stray = rowsWhere(joined.rowOf.length, (row) => trace?.taken[row] === -1);
  const say = (count: number, of: string, other: string): string =>
    `${rowsText(count)} of ${of} ${agree(count, "has", "have")} no row in ${other} with the same ${key}. ${ask}`;
  return [
    ...draftsOf(stray, {
      fields: [],
      message: `${rowsText(stray.length)} of ${join.path} ${agree(stray.length, "matches", "match")} no row of the export.`,
      question: say(stray.length, fileName(file), filesText(data)),
      source: { idOf: () => "", places: joined },
    }),
    ...draftsOf(without, {
      fields: [],
      message:
        `${rowsText(without.length)} of the export ${agree(without.length, "has", "have")} no match in ${join.path} ` +
        `(${percent(without.length, lacks.length)} of all)${unknownText(fields, without.length)}.`,
      question: say(without.length, filesText(data), fileName(file)),
    }),
  ];
}

const mostNamed = 3;

/** What is blank where a file has no row. */
function unknownText(fields: readonly string[], count: number): string {
  if (fields.length === 0) return "";
  const rest = fields.length - mostNamed;
  const said = fields.slice(0, mostNamed).map(named);
  return `: ${listText(rest > 0 ? [...said, `${rest} more`] : said)} ${agree(fields.length, "is", "are")} not known of ${agree(count, "it", "them")}`;
}
