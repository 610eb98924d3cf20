import { completedYears, isoDate, isoDay } from "../../frame/calendar.js";
import { crossCodes, type Field, levelAt } from "../../frame/field.js";
import { counted } from "../../frame/words.js";
import { longestPregnancy } from "../days.js";
import { draftsOf } from "../draft.js";
import { hasItsRow } from "../joined-rows.js";
import { columnOf, namedWithColumn } from "../own-columns.js";
import { type CheckRule, needsAll, needsOneOf } from "../rule.js";
import { type CheckSubject, rowsWhere, rowsWithLevel, rowsWithPair } from "../subject.js";
import { rowsAre, rowsText } from "../words.js";

const adult = 18;
/** Nobody is in children's proceedings so long after the eighteenth birthday. */
const impossible = 26;

function field({ rows }: CheckSubject, name: string): Field | undefined {
  return rows.fields.get(name);
}

/** The field that tells ages: the date of birth where the export has it. */
function ageField(subject: CheckSubject): string {
  return field(subject, "date_of_birth") === undefined ? "age_recorded" : "date_of_birth";
}

/** By row, the completed years at the reference date: from the date of birth, else as recorded; NaN where neither says. */
function ageAt(subject: CheckSubject): (row: number) => number {
  const { reference_date: reference } = subject.plan;
  const [birth, recorded] = [field(subject, "date_of_birth"), field(subject, "age_recorded")];
  const born = birth?.levels.map((date) => (date === "" ? Number.NaN : completedYears(date, reference)));
  const said = recorded?.levels.map((age) => (age === "" ? Number.NaN : Math.floor(Number(age))));
  return (row) => {
    const years = born?.[birth?.codes[row] as number] ?? Number.NaN;
    return Number.isNaN(years) ? (said?.[recorded?.codes[row] as number] ?? Number.NaN) : years;
  };
}

/** Rows of which both dates are known and the child was of age on the second. */
function adultOn(subject: CheckSubject, name: string): Uint8Array {
  const [birth, event] = [field(subject, "date_of_birth"), field(subject, name)];
  const found = new Uint8Array(subject.rows.count);
  if (birth?.kind !== "date" || event?.kind !== "date") return found;
  // Years × 512 plus the day of the year in month and day: whole years show in the difference.
  const turns = Float64Array.from(birth.levels, (date) =>
    date === "" ? Number.NaN : ordinal(date) + adult * 512,
  );
  const days = Float64Array.from(event.levels, (date) => (date === "" ? Number.NaN : ordinal(date)));
  for (let row = 0; row < found.length; row++) {
    const came = days[event.codes[row] as number] as number;
    if (came >= (turns[birth.codes[row] as number] as number)) found[row] = 1;
  }
  return found;
}

function ordinal(date: string): number {
  return Number(date.slice(0, 4)) * 512 + Number(date.slice(5, 7)) * 32 + Number(date.slice(8, 10));
}

/** Rows of young people who were of age when the case began, or are far too old for any case. */
function tooOld(subject: CheckSubject): Uint8Array {
  const found = adultOn(subject, "application_date");
  const age = ageAt(subject);
  for (let row = 0; row < found.length; row++) if (age(row) >= impossible) found[row] = 1;
  return found;
}

export const ageRules: readonly CheckRule[] = [
  {
    code: "CHECK_ADULT_AT_START",
    severity: "error",
    group: "ages",
    title: "Of age when the case began",
    meaning:
      "The child was 18 or over on the day of the application, or is 26 or over now. Children’s proceedings are not about adults: the date of birth is wrong, or belongs to a parent.",
    ask: "Ask the data’s owner for the right date of birth.",
    needs: needsOneOf("date_of_birth", "age_recorded"),
    find: (subject) => {
      const old = tooOld(subject);
      const rows = rowsWhere(old.length, (row) => old[row] === 1);
      const told = ageField(subject);
      return draftsOf(rows, {
        fields: [told],
        message: `${rowsText(rows.length)} of a person aged 18 or over when the case began, or 26 or over now.`,
        question: `In ${rowsText(rows.length)} the child was 18 or over when the case began, or is 26 or over now. Is the ${namedWithColumn(subject, told)} right?`,
      });
    },
  },
  {
    code: "CHECK_ADULT_NOW",
    severity: "query",
    group: "ages",
    title: "18 or over, and not closed before that",
    meaning:
      "The young person has turned 18 and the export has no closing date for the case, or one after the birthday. Most orders end at 18: the case may have been left open, or the date of birth is wrong.",
    ask: "Ask the data’s owner whether the case is still open.",
    needs: needsOneOf("date_of_birth", "age_recorded"),
    find: (subject) => {
      const old = tooOld(subject);
      const age = ageAt(subject);
      const closed = field(subject, "closed_date");
      const ended = adultOn(subject, "closed_date");
      const reference = subject.plan.reference_date;
      const open = closed?.levels.map((date) => date === "" || date > reference);
      const isTold = hasItsRow(subject, "closed_date") ?? (() => true);
      const rows = rowsWhere(
        subject.rows.count,
        (row) =>
          old[row] === 0 &&
          age(row) >= adult &&
          isTold(row) &&
          (open === undefined || open[closed?.codes[row] as number] === true || ended[row] === 1),
      );
      const told = ageField(subject);
      return draftsOf(rows, {
        fields: [told],
        ...(closed === undefined
          ? {
              message: `${rowsText(rows.length)} of a young person who is 18 or over; the export has no closing dates.`,
              question: `In ${rowsText(rows.length)} the young person is 18 or over. Is the case still open, and is the ${namedWithColumn(subject, told)} right?`,
            }
          : {
              message: `${rowsText(rows.length)} of a young person who turned 18 before the case closed.`,
              question: `In ${rowsText(rows.length)} the young person turned 18 and the case was not closed by then (${columnOf(subject, "closed_date")}). Is the case still open, and is the ${namedWithColumn(subject, told)} right?`,
            }),
      });
    },
  },
  {
    code: "CHECK_UNBORN",
    severity: "query",
    group: "ages",
    title: "A child not yet born",
    meaning:
      "The date of birth lies up to 42 weeks after the reference date, or the age is recorded as −1: the child is awaited. " +
      "There is no child to see yet, and the age band is “unborn”.",
    ask: "Ask the data’s owner to confirm, or leave these children out of the cohort.",
    needs: needsOneOf("date_of_birth", "age_recorded"),
    find: (subject) => {
      const { reference_date: reference } = subject.plan;
      const latest = isoDate(isoDay(reference) + longestPregnancy);
      const [birth, recorded] = [field(subject, "date_of_birth"), field(subject, "age_recorded")];
      const awaited = birth?.levels.map((date) => date > reference && date <= latest);
      const blank = birth?.levels.map((date) => date === "");
      const said = recorded?.levels.map((age) => age !== "" && Math.floor(Number(age)) === -1);
      const rows = rowsWhere(subject.rows.count, (row) => {
        const code = birth?.codes[row] as number;
        if (awaited?.[code]) return true;
        return (
          (blank === undefined || blank[code] === true) && said?.[recorded?.codes[row] as number] === true
        );
      });
      const told = ageField(subject);
      return draftsOf(rows, {
        fields: [told],
        message: `${rowsText(rows.length)} of a child who is not yet born.`,
        question: `${rowsAre(rows.length)} of a child who is not yet born (${columnOf(subject, told)}). Is that right?`,
      });
    },
  },
  {
    code: "CHECK_BIRTH_IN_FUTURE",
    severity: "error",
    group: "ages",
    title: "A birth too far in the future",
    meaning:
      "The date of birth lies more than 42 weeks after the reference date, longer than any child is awaited. The age is wrong.",
    ask: "Ask the data’s owner for the right date of birth, or check the plan’s reference_date.",
    needs: needsAll("date_of_birth"),
    find: (subject) => {
      const latest = isoDate(isoDay(subject.plan.reference_date) + longestPregnancy);
      const rows = rowsWithLevel(field(subject, "date_of_birth") as Field, (date) => date > latest);
      return draftsOf(rows, {
        fields: ["date_of_birth"],
        message: `${rowsText(rows.length)} with a date of birth more than 42 weeks after the reference date.`,
        question: `In ${rowsText(rows.length)} the ${namedWithColumn(subject, "date_of_birth")} is more than 42 weeks in the future. What should it be?`,
      });
    },
  },
  {
    code: "CHECK_AGE_IMPOSSIBLE",
    severity: "error",
    group: "ages",
    title: "A recorded age that no child has",
    meaning: "The recorded age is below −1 or is 26 or over.",
    ask: "Ask the data’s owner for the right age, or for the date of birth.",
    needs: needsAll("age_recorded"),
    find: (subject) => {
      const rows = rowsWithLevel(
        field(subject, "age_recorded") as Field,
        (age) => age !== "" && (Math.floor(Number(age)) < -1 || Number(age) >= impossible),
      );
      return draftsOf(rows, {
        fields: ["age_recorded"],
        message: `${rowsText(rows.length)} with a recorded age below −1, or of 26 or over.`,
        question: `In ${rowsText(rows.length)} the ${namedWithColumn(subject, "age_recorded")} is below −1, or 26 or over. What should it be?`,
      });
    },
  },
  {
    code: "CHECK_AGE_DISAGREES",
    severity: "query",
    group: "ages",
    title: "Age and date of birth disagree",
    meaning:
      "The recorded age is not what the date of birth gives at the reference date. One year off may come from an age taken on another day; " +
      "more than that means that one of the two is wrong. casedraw goes by the date of birth.",
    ask: "Ask the data’s owner on which day ages were taken, and which is right where they are further apart.",
    needs: needsAll("date_of_birth", "age_recorded"),
    find: (subject) => {
      const [birth, recorded] = [field(subject, "date_of_birth"), field(subject, "age_recorded")] as [
        Field,
        Field,
      ];
      const { reference_date: reference } = subject.plan;
      const apart = (date: string, age: string): number => {
        if (date === "" || age === "") return 0;
        const years = date > reference ? -1 : completedYears(date, reference);
        return Math.abs(Math.floor(Number(age)) - years);
      };
      const rows = rowsWithPair(subject.rows, [birth, recorded], (date, age) => apart(date, age) > 0);
      const { codes, firstRows } = crossCodes(subject.rows.count, [birth, recorded]);
      const far = firstRows.map((row) => apart(levelAt(birth, row), levelAt(recorded, row)) > 1);
      const wide = rows.reduce((sum, row) => sum + Number(far[codes[row] as number]), 0);
      const byMore = (before: string): string =>
        wide === 0 ? "" : `, ${before}${counted(wide, "of them", "of them")} by two years or more`;
      return draftsOf(rows, {
        fields: ["age_recorded", "date_of_birth"],
        message: `${rowsText(rows.length)} with a recorded age that is not that of the date of birth${byMore("")}.`,
        question: `In ${rowsText(rows.length)} the ${namedWithColumn(subject, "age_recorded")} is not that of the ${namedWithColumn(subject, "date_of_birth")}${byMore("in ")}. On which day were ages taken, and which of the two is right?`,
      });
    },
  },
];
