import type { Field } from "../../frame/field.js";
import { counted } from "../../frame/words.js";
import { benjaminiHochberg } from "../../statistics/benjamini-hochberg.js";
import { binomialMidPTest } from "../../statistics/binomial-mid-p-test.js";
import { caseRows } from "../case-rows.js";
import type { Draft } from "../finding.js";
import { isKnown } from "../known.js";
import { columnOf, namedWithColumn } from "../own-columns.js";
import { type CheckRule, needsAll, needsOneOf } from "../rule.js";
import { type CheckSubject, dateField, rowsWithLevel } from "../subject.js";
import { percent, rowsHave, rowsText, titled } from "../words.js";

const days = 365.25;
/** Chance below which a pile of dates is none of chance. */
const level = 0.001;
/** A pile is worth asking about from twice what chance gives, and this many. */
const leastRatio = 2;
const leastCount = 10;

const caseDates = [
  "application_date",
  "allocation_date",
  "first_hearing_date",
  "closed_date",
  "last_activity_date",
] as const;

interface Pile {
  readonly field: Field;
  readonly count: number;
  readonly of: number;
  readonly expected: number;
  readonly chance: number;
  readonly falls: (date: string) => boolean;
}

/** How many of a field's dates fall on some days, one row a case for what belongs to the case. */
function pileOf(
  subject: CheckSubject,
  field: Field,
  day: {
    readonly falls: (date: string) => boolean;
    readonly counts?: (date: string) => boolean;
    readonly share: number;
  },
): Pile {
  const known = isKnown(field);
  const counts = field.levels.map((date) => day.counts?.(date) ?? true);
  const falls = field.levels.map(day.falls);
  const takesPart = (row: number): boolean => known(row) && counts[field.codes[row] as number] === true;
  const rows =
    field.name === "date_of_birth"
      ? Array.from({ length: subject.rows.count }, (_, row) => row).filter(takesPart)
      : caseRows(subject, takesPart);
  const count = rows.filter((row) => falls[field.codes[row] as number]).length;
  const chance =
    rows.length === 0 ? 1 : binomialMidPTest(count, rows.length, { proportion: day.share }).upperTail;
  return { field, count, of: rows.length, expected: rows.length * day.share, chance, falls: day.falls };
}

function isPile({ count, expected }: Pile, chance: number): boolean {
  return chance <= level && count >= leastCount && count >= leastRatio * expected;
}

const isNewYear = (date: string): boolean => date.slice(5) === "01-01";
const isFirst = (date: string): boolean => date.slice(8) === "01";

export const heapingRules: readonly CheckRule[] = [
  {
    code: "CHECK_BIRTHS_1_JANUARY",
    severity: "query",
    group: "patterns",
    title: "Births heaped on 1 January",
    meaning:
      "Twice as many children as chance would give, or more, are born on 1 January. The day is often put in where only the year is known, so ages of these children may be up to a year off. " +
      "Judged by the exact binomial test (mid-P) at 1 in 1,000.",
    ask: "Ask the data’s owner whether 1 January stands for a day that is not known.",
    needs: needsAll("date_of_birth"),
    find: (subject) => {
      const field = dateField(subject, "date_of_birth");
      if (field === undefined) return [];
      const pile = pileOf(subject, field, { falls: isNewYear, share: 1 / days });
      if (!isPile(pile, pile.chance)) return [];
      return [
        {
          fields: ["date_of_birth"],
          message: `${rowsText(pile.count)} with a birth on 1 January, where chance would give about ${Math.round(pile.expected)}.`,
          question: `${rowsHave(pile.count)} a ${namedWithColumn(subject, "date_of_birth")} on 1 January, where about ${Math.round(pile.expected)} were to be expected. Does the day stand for one that is not known?`,
          rows: rowsWithLevel(field, isNewYear),
        },
      ];
    },
  },
  {
    code: "CHECK_DATES_FIRST_OF_MONTH",
    severity: "query",
    group: "patterns",
    title: "Dates heaped on the first of the month",
    meaning:
      "Twice as many dates of a field as chance would give, or more, fall on the first of a month. The day is often put in where only the month is known, so delays may be up to a month off. " +
      "Judged case by case by the exact binomial test (mid-P), Benjamini–Hochberg over the fields, at 1 in 1,000; births on 1 January are left to their own rule.",
    ask: "Ask the data’s owner whether the first stands for a day that is not known.",
    needs: needsOneOf("date_of_birth", ...caseDates),
    find: (subject) => {
      const piles = ["date_of_birth", ...caseDates].flatMap((name): Pile[] => {
        const field = dateField(subject, name);
        if (field === undefined) return [];
        const birth = name === "date_of_birth";
        const pile = pileOf(
          subject,
          field,
          birth
            ? { falls: isFirst, counts: (date) => !isNewYear(date), share: 11 / (days - 1) }
            : { falls: isFirst, share: 12 / days },
        );
        return pile.of === 0 ? [] : [pile];
      });
      const adjusted = benjaminiHochberg(piles.map(({ chance }) => chance));
      return piles.flatMap((pile, at): Draft[] => {
        if (!isPile(pile, adjusted[at] as number)) return [];
        const { field, count, of, expected } = pile;
        const birth = field.name === "date_of_birth";
        const noun = birth ? counted(of, "date") : counted(of, "case");
        return [
          {
            fields: [field.name],
            message: `${titled(field.name)} falls on the first of a month in ${percent(count, of)} of ${noun}, where chance would give ${percent(expected, of)}.`,
            question: `The date in ${columnOf(subject, field.name)} falls on the first of a month in ${percent(count, of)} of ${noun}, where about ${percent(expected, of)} were to be expected. Does the first stand for a day that is not known?`,
            rows: rowsWithLevel(field, (date) => isFirst(date) && !(birth && isNewYear(date))),
          },
        ];
      });
    },
  },
];
