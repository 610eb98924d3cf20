import { headersOf } from "../../frame/sources.js";
import { matchKey } from "../../frame/text.js";
import type { Plan } from "../../plan/types.js";
import { headerKey } from "../../table/table.js";
import { draftsOf } from "../draft.js";
import type { Draft } from "../finding.js";
import { hasItsRow } from "../joined-rows.js";
import { isKnown } from "../known.js";
import { type CheckRule, needsNothing, needsOneOf } from "../rule.js";
import { type CheckSubject, rowsWhere } from "../subject.js";
import { agree, fileName, rowsText } from "../words.js";

const ids = ["case_id", "child_id"] as const;

/** What an id says of a line that sums up others. */
const totalWords =
  /^(?:grand |sub-? ?)?totals?(?: (?:rows|records|cases|children|count))?:?$|^(?:sum|row count|record count|end of report)$/;

/** Whether an id is the word of a total, or the header of its own column. */
function isNoId(plan: Plan, name: (typeof ids)[number]): (level: string) => boolean {
  const sources = [plan.columns[name], ...plan.data.map(({ columns }) => columns[name])];
  const headers = new Set(
    sources.flatMap((source) => (source === undefined ? [] : headersOf(source).map(headerKey))),
  );
  const isEither = (level: string) => totalWords.test(matchKey(level)) || headers.has(headerKey(level));
  // The digits of nearly every id spare it the longer look.
  const numbered = [...headers].some((header) => /\d/.test(header));
  return (level) => level !== "" && (numbered || !/\d/.test(level)) && isEither(level);
}

/** By row, 1 where an id says that the row is no record. */
function noRecords({ plan, rows }: CheckSubject): Uint8Array {
  const found = new Uint8Array(rows.count);
  for (const name of ids) {
    const field = rows.fields.get(name);
    if (field === undefined || field.kind === "list") continue;
    const isNone = isNoId(plan, name);
    const levels = field.levels.map(isNone);
    if (!levels.includes(true)) continue;
    for (let row = 0; row < found.length; row++) if (levels[field.codes[row] as number]) found[row] = 1;
  }
  return found;
}

/** With fewer fields beside the ids, that all are blank says nothing. */
const leastOthers = 3;

/** Whether there are rows, and each is a record at all. */
export const rowRules: readonly CheckRule[] = [
  {
    code: "CHECK_NO_ROWS",
    severity: "query",
    group: "reading",
    title: "A file with headers and no rows",
    meaning:
      "The file has its headers and not one row below them. A list may be empty by right; more often a filter was left on, or the wrong sheet was sent.",
    ask: "Ask the data’s owner whether the list is empty.",
    needs: needsNothing,
    ofEveryRow: true,
    find: ({ rows }) => {
      const { files, fileOf } = rows.places;
      const filled = new Set(fileOf);
      return files.flatMap((file, at): Draft[] =>
        filled.has(at)
          ? []
          : [
              {
                fields: [],
                message: `${file} has headers and no rows.`,
                question: `${fileName(file)} has headers and no rows. Is the list empty, or was something left out?`,
                rows: new Int32Array(),
              },
            ],
      );
    },
  },
  {
    code: "CHECK_ROW_NO_RECORD",
    severity: "error",
    group: "identity",
    title: "A line of headers or totals among the rows",
    meaning:
      "The id of a row is the header of its own column, or a word such as “Total”. The row is no child’s, and yet it would count as one and could be drawn.",
    ask: "Ask the data’s owner for the file without such lines, or remove them and keep the file as it came.",
    needs: needsOneOf(...ids),
    refuses: () => true,
    ofEveryRow: true,
    find: (subject) => {
      const none = noRecords(subject);
      const rows = rowsWhere(none.length, (row) => none[row] === 1);
      return draftsOf(rows, {
        fields: ids.filter((name) => subject.rows.fields.has(name)),
        message: `${rowsText(rows.length)} that ${agree(rows.length, "is", "are")} no record: the id is a header or the word for a total.`,
        question: `${rowsText(rows.length)} ${agree(rows.length, "looks like a line", "look like lines")} of headers or totals. May we leave ${agree(rows.length, "it", "them")} out?`,
      });
    },
  },
  {
    code: "CHECK_ROW_BARE",
    severity: "query",
    group: "identity",
    title: "A row with nothing but ids",
    meaning:
      "Every field that the plan maps is blank but the ids. It may be a record that was opened and never filled in, or a line that is no child’s; it counts as a child and can be drawn.",
    ask: "Ask the data’s owner whether the row is a child’s.",
    needs: needsOneOf(...ids),
    find: (subject) => {
      const { rows, exported, unreadable } = subject;
      const others = exported.flatMap((name) => {
        const field = rows.fields.get(name);
        return field === undefined || (ids as readonly string[]).includes(name) ? [] : [field];
      });
      const known = others.map(isKnown);
      const always = others.filter(({ name }) => hasItsRow(subject, name) === undefined).length;
      const sometimes = others.flatMap(({ name }) => hasItsRow(subject, name) ?? []);
      const judged = (row: number): number => always + sometimes.filter((has) => has(row)).length;
      if (others.length < leastOthers) return [];
      const none = noRecords(subject);
      const bad = [...unreadable.values()];
      const found = rowsWhere(
        rows.count,
        (row) =>
          none[row] === 0 &&
          !known.some((says) => says(row)) &&
          !bad.some((those) => those.has(row)) &&
          judged(row) >= leastOthers,
      );
      return draftsOf(found, {
        fields: ids.filter((name) => rows.fields.has(name)),
        message: `${rowsText(found.length)} with nothing in any mapped field but the ids.`,
        question: `${rowsText(found.length)} ${agree(found.length, "has", "have")} nothing but ids. ${agree(found.length, "Is it a child’s record", "Are they children’s records")}?`,
      });
    },
  },
];
