import { codeSets } from "../../frame/code-sets.js";
import { type Field, isBlankLevel, unmapped } from "../../frame/field.js";
import { capital } from "../../frame/labels.js";
import { headersOf, sharedSources } from "../../frame/sources.js";
import { matchKey, spellingKey } from "../../frame/text.js";
import { counted, thousands } from "../../frame/words.js";
import { fieldKind } from "../../plan/fields.js";
import { draftsOf } from "../draft.js";
import type { Draft } from "../finding.js";
import { hasItsRow } from "../joined-rows.js";
import { isExpected, judgedFields } from "../judged-fields.js";
import { isKnown } from "../known.js";
import { columnOf } from "../own-columns.js";
import { type CheckRule, needsNothing } from "../rule.js";
import { type CheckSubject, rowsWhere, rowsWithLevel } from "../subject.js";
import { agree, aNamed, fileName, named, percent, rowsHave, rowsText, titled } from "../words.js";

/** Texts that say nothing, where no code set knows them. */
const placeholders: ReadonlySet<string> = new Set([
  "-",
  "--",
  ".",
  "?",
  "??",
  "x",
  "xx",
  "xxx",
  "n/a",
  "na",
  "n.a.",
  "nil",
  "none",
  "null",
  "blank",
  "tbc",
  "tba",
  "to be confirmed",
  "unknown",
  "not known",
  "not recorded",
  "not stated",
  "not applicable",
  "missing",
  "test",
  "dummy",
  "see notes",
  "see file",
]);

/** Fields of which one spelling is one place, person or kind of work. */
const spelt = [
  "lead_application",
  "case_type",
  "practitioner",
  "team",
  "service_area",
  "local_authority",
  "court",
  "dfj_area",
  "region",
] as const;

/** From so many cells on, and of so many that no code set knows, a column is likely the wrong one. */
const leastFilled = 10;
const doubtfulShare = 0.9;

/** Fields that have been filled in by the time a case closes. */
const filledAtClose = ["practitioner", "allocation_date", "last_activity_date"] as const;

function field({ rows }: CheckSubject, name: string): Field | undefined {
  const found = rows.fields.get(name);
  return found?.kind === "list" ? undefined : found;
}

/** Rows in which a field says nothing and should: not those that its file has no row for, or whose cell cannot be read. */
function blankRows(subject: CheckSubject, name: string, blanks: Field): Int32Array {
  const unreadable = subject.unreadable.get(name);
  const expected = isExpected(subject, name);
  const rows = rowsWithLevel(blanks, (level) => isBlankLevel(blanks.kind, level));
  return rows.filter((row) => expected(row) && unreadable?.has(row) !== true);
}

export const valueRules: readonly CheckRule[] = [
  {
    code: "CHECK_VALUE_MISSING",
    severity: "query",
    group: "values",
    title: "A field is not filled in",
    meaning:
      "The cell is blank, or says that it is not recorded. Shares are of those known, so what is said of the field holds for the rest only; where many are blank it may not hold at all.",
    ask: "Ask the data’s owner whether the values are held elsewhere.",
    needs: needsNothing,
    find: (subject) =>
      judgedFields(subject).flatMap((name): Draft[] => {
        const blanks = field(subject, name);
        // Its own rule judges it, by law type.
        if (blanks === undefined || (name === "local_authority" && subject.rows.fields.has("law_type")))
          return [];
        const rows = blankRows(subject, name, blanks);
        const there = hasItsRow(subject, name);
        const of = there === undefined ? subject.rows.count : rowsWhere(subject.rows.count, there).length;
        const share = percent(rows.length, of);
        return draftsOf(rows, {
          fields: [name],
          message: `${rowsText(rows.length)} without ${named(name)} (${share} of ${there === undefined ? "all" : `the ${thousands(of)} that its file has a row for`}).`,
          question: `${capital(columnOf(subject, name))} is blank or not recorded in ${rowsText(rows.length)} (${share}). Is it held elsewhere?`,
          ...(there === undefined ? {} : { among: there }),
        });
      }),
  },
  {
    code: "CHECK_MISSING_AT_CLOSE",
    severity: "query",
    group: "values",
    title: "A closed case lacks what every closed case has",
    meaning:
      "The case is closed, and no practitioner, day of allocation or last activity is recorded. In an open case it may not have come yet; here it has.",
    ask: "Ask the data’s owner for the values, or why there are none.",
    needs: () => [["closed_date"], filledAtClose],
    find: (subject) =>
      filledAtClose.flatMap((name): Draft[] => {
        const [blanks, closed] = [field(subject, name), field(subject, "closed_date")];
        if (blanks === undefined || closed === undefined) return [];
        const ended = isKnown(closed);
        const rows = blankRows(subject, name, blanks).filter(ended);
        return draftsOf(rows, {
          fields: [name, "closed_date"],
          message: `${rowsText(rows.length)} of closed cases without ${named(name)}.`,
          question: `${rowsText(rows.length)} of closed cases ${agree(rows.length, "has", "have")} nothing in ${columnOf(subject, name)}. Is it held elsewhere?`,
          among: ended,
        });
      }),
  },
  {
    code: "CHECK_VALUE_UNMAPPED",
    severity: "query",
    group: "values",
    title: "A value that the code set does not know",
    meaning:
      "The field has a fixed list of codes, and the cell says something that is none of them. casedraw guesses nothing: the value counts as not known until the plan says what it means.",
    ask: "See first whether the plan takes the field from the right column. Then say in the value map, which lists them, what each value means, or ask the data’s owner.",
    needs: needsNothing,
    find: (subject) => [
      ...Object.keys(codeSets).flatMap((name): Draft[] => {
        const coded = field(subject, name);
        if (coded === undefined) return [];
        const rows = rowsWithLevel(coded, (level) => level === unmapped);
        const known = isKnown(coded);
        const filled = rowsWhere(subject.rows.count, known).length;
        const words = freeTextValues(subject, name);
        const quoted = words === 0 ? "" : ` ${wordsText(words)}`;
        // Hardly a value is understood: it is the column that is in question, before anybody is asked what its values mean.
        if (filled >= leastFilled && rows.length >= doubtfulShare * filled) {
          return draftsOf(rows, {
            fields: [name],
            message: `${rowsText(rows.length)} whose ${named(name)} no code set knows, of ${thousands(filled)} that are filled in: is ${columnText(subject, name)} the right column?${quoted}`,
          });
        }
        return draftsOf(rows, {
          fields: [name],
          message: `${rowsText(rows.length)} whose ${named(name)} no code set knows.${quoted}`,
          question: `In ${columnOf(subject, name)}, ${rowsHave(rows.length)} none of the usual codes. What do the values mean?`,
        });
      }),
      // Flag columns become one list, in which a cell can no longer be found.
      ...subject.notes.flatMap((note): Draft[] => {
        const name = String(note.details.field);
        if (note.code !== "unmapped-values" || subject.rows.fields.get(name)?.kind !== "list") return [];
        return [
          {
            fields: [name],
            message: `${rowsText(note.count)} with neither yes nor no in a column that flags ${named(name)} (column "${note.details.column}").`,
            question: `In column “${note.details.column}” of ${fileName(String(note.details.file))}, ${rowsText(note.count)} ${agree(note.count, "says", "say")} neither yes nor no. What do the values mean?`,
            rows: new Int32Array(0),
            count: note.count,
          },
        ];
      }),
    ],
  },
  {
    code: "CHECK_VALUE_PLACEHOLDER",
    severity: "query",
    group: "values",
    title: "A word that stands for nothing",
    meaning:
      "The cell holds a word such as “TBC”, “N/A”, “unknown” or “test” where a name or a kind of work is expected. It counts as a value of its own, as if it were a place or a person.",
    ask: "Map the word to not_recorded in the plan’s values, or ask the data’s owner for the value.",
    needs: needsNothing,
    find: (subject) =>
      subject.exported.flatMap((name): Draft[] => {
        const words = field(subject, name);
        const uncoded = !Object.hasOwn(codeSets, name) && fieldKind(subject.plan, name) === "category";
        if (words === undefined || !uncoded || !(spelt as readonly string[]).includes(name)) return [];
        const rows = rowsWithLevel(words, (level) => placeholders.has(matchKey(level)));
        return draftsOf(rows, {
          fields: [name],
          message: `${rowsText(rows.length)} with a word for “nothing” as the ${named(name)}.`,
          question: `In ${columnOf(subject, name)}, ${rowsHave(rows.length)} a word such as “TBC” or “unknown”. What should it be?`,
        });
      }),
  },
  {
    code: "CHECK_SPELLINGS",
    severity: "query",
    group: "values",
    title: "One name in several spellings",
    meaning:
      "Values differ only in capitals, spaces, dashes, apostrophes or other signs. Each spelling counts as a place, a person or a kind of work of its own, so counts of each are too low.",
    ask: "Bring the spellings together in the plan’s values, or ask the data’s owner for one.",
    needs: needsNothing,
    find: (subject) =>
      spelt.flatMap((name): Draft[] => {
        const words = field(subject, name);
        if (words === undefined || words.kind !== "category") return [];
        const { minor, names } = otherSpellings(words);
        const rows = rowsWhere(subject.rows.count, (row) => minor[words.codes[row] as number] === 1);
        return draftsOf(rows, {
          fields: [name],
          message: `${rowsText(rows.length)} with ${aNamed(name)} spelt otherwise than in most rows: ${counted(names, "name")} in several spellings.`,
          question: `In ${columnOf(subject, name)}, ${counted(names, "name is", "names are")} written in several ways (${rowsText(rows.length)} not the commonest). Are they the same?`,
        });
      }),
  },
  {
    code: "CHECK_COLUMN_DOUBTFUL",
    severity: "query",
    group: "values",
    title: "A column of places says another thing in nearly every case",
    meaning:
      "The plan takes a place, a team or a kind of work from a column that says something else in nearly every case. Such a column likely holds names or ids. " +
      "Nothing is counted by it, and its values are printed nowhere.",
    ask: "See whether the plan names the right column.",
    needs: needsNothing,
    find: ({ doubtful, ...subject }) =>
      doubtful.map(
        (name): Draft => ({
          fields: [name],
          message: `${titled(name)} says something else in nearly every case: is ${columnText(subject, name)} the right column?`,
          rows: new Int32Array(0),
          among: false,
        }),
      ),
  },
];

/** How many different values of a field are withheld from lists, because they look like free text. */
function freeTextValues({ notes }: CheckSubject, name: string): number {
  return notes.reduce(
    (sum, { code, details }) =>
      code === "unmapped-values" && details.field === name ? sum + (details.withheld as number) : sum,
    0,
  );
}

function wordsText(count: number): string {
  return `${counted(count, "different value")} ${agree(count, "looks", "look")} like free text, which is listed nowhere.`;
}

/** A field's column as the plan has it. */
function columnText({ plan }: Pick<CheckSubject, "plan">, name: string): string {
  const source = sharedSources(plan).get(name);
  return source === undefined || source === "" ? "that" : `“${headersOf(source).join(", ")}”`;
}

/** Levels that are a rarer spelling of another. */
function otherSpellings(words: Field): { minor: Uint8Array; names: number } {
  const counts = new Int32Array(words.levels.length);
  for (const code of words.codes) counts[code] = (counts[code] as number) + 1;
  const groups = new Map<string, number[]>();
  for (const [code, level] of words.levels.entries()) {
    if (counts[code] === 0 || isBlankLevel(words.kind, level)) continue;
    const key = spellingKey(level);
    groups.set(key, [...(groups.get(key) ?? []), code]);
  }
  const minor = new Uint8Array(words.levels.length);
  let names = 0;
  for (const codes of groups.values()) {
    if (codes.length < 2) continue;
    names++;
    const most = codes.reduce((a, b) => ((counts[b] as number) > (counts[a] as number) ? b : a));
    for (const code of codes) if (code !== most) minor[code] = 1;
  }
  return { minor, names };
}
