import { longDate } from "../../analysis/words.js";
import { isoDate, isoDay, monthsBefore } from "../../frame/calendar.js";
import { cohortReasons } from "../../plan/cohort-fields.js";
import type { Plan } from "../../plan/types.js";
import { dayOf, levelDays, longestPregnancy } from "../days.js";
import { draftsOf } from "../draft.js";
import type { Draft } from "../finding.js";
import { columnOf, namedWithColumn } from "../own-columns.js";
import { type CheckRule, needsAll, needsOneOf } from "../rule.js";
import { type CheckSubject, dateField, rowsWhere, rowsWithLevel } from "../subject.js";
import { named, rowsText } from "../words.js";

const pastEvents = ["application_date", "allocation_date", "closed_date", "last_activity_date"] as const;
const events = [...pastEvents, "first_hearing_date"] as const;

/** A case that began longer ago than a childhood and a year, in months. */
const longestCase = 19 * 12;

/** Dates before this day are placeholders or slips, and their own rule's. */
function oldestDay({ reference_date: reference }: Plan): number {
  return isoDay(monthsBefore(reference, longestCase));
}

/** Pairs that come in this order in nearly every case, and rightly not in some. */
const usualOrder = [
  ["application_date", "allocation_date"],
  ["application_date", "first_hearing_date"],
  ["application_date", "last_activity_date"],
  ["allocation_date", "closed_date"],
  ["first_hearing_date", "closed_date"],
  ["last_activity_date", "closed_date"],
] as const;

/** Rows whose later date stands before the earlier one. */
function outOfOrder(
  subject: CheckSubject,
  [from, to]: readonly [string, string],
  placeholders: "kept" | "left" = "kept",
): Int32Array {
  const [start, end] = [dateField(subject, from), dateField(subject, to)];
  if (start === undefined || end === undefined) return new Int32Array(0);
  const [began, ended] = [dayOf(start), dayOf(end)];
  const oldest = placeholders === "kept" ? Number.NEGATIVE_INFINITY : oldestDay(subject.plan);
  return rowsWhere(subject.rows.count, (row) => ended(row) < began(row) && ended(row) >= oldest);
}

/** The pairs that measure how long a case takes: an end before the start makes the figure wrong. */
function measuredPairs({ delay, fields }: Plan): (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [
    ["application_date", "closed_date"],
    [delay.from, delay.to],
    ...Object.values(fields).flatMap((field) => ("weeks_between" in field ? [field.weeks_between] : [])),
  ];
  return pairs.filter(([from, to], at) => pairs.findIndex(([a, b]) => a === from && b === to) === at);
}

/** Rows with an event before the child's birth, for children who are born: by how many days at the most. */
function beforeBirth(subject: CheckSubject, name: string, wanted: (days: number) => boolean): Int32Array {
  const [birth, event] = [dateField(subject, "date_of_birth"), dateField(subject, name)];
  if (birth === undefined || event === undefined) return new Int32Array(0);
  const today = isoDay(subject.plan.reference_date);
  const oldest = oldestDay(subject.plan);
  const born = levelDays(birth).map((day) => (day <= today ? day : Number.NaN));
  const came = levelDays(event).map((day) => (day >= oldest ? day : Number.NaN));
  return rowsWhere(subject.rows.count, (row) =>
    wanted((born[birth.codes[row] as number] as number) - (came[event.codes[row] as number] as number)),
  );
}

export const dateRules: readonly CheckRule[] = [
  {
    code: "CHECK_DATE_IN_FUTURE",
    severity: "error",
    group: "dates",
    title: "A date after the reference date",
    meaning:
      "Something is recorded as done on a day that had not come when the export was taken. The delay, or whether the case is open, is wrong; " +
      "where the plan’s cohort goes by the date, the wrong children could be drawn, and sample refuses.",
    ask: "See whether the export was taken later than the plan’s reference_date; else ask the data’s owner for the right date.",
    needs: needsOneOf(...pastEvents),
    refuses: (plan, fields) => fields.some((name) => cohortReasons(plan, name).size > 0),
    find: (subject) => pastEvents.flatMap((name) => futureDrafts(subject, name)),
  },
  {
    code: "CHECK_HEARING_IN_FUTURE",
    severity: "query",
    group: "dates",
    title: "A first hearing after the reference date",
    meaning:
      "The first hearing lies after the day of the export. It may be listed and yet to come, or the date is wrong.",
    ask: "Ask the data’s owner whether the column holds hearings that are listed.",
    needs: needsAll("first_hearing_date"),
    find: (subject) => futureDrafts(subject, "first_hearing_date"),
  },
  {
    code: "CHECK_DATE_LONG_AGO",
    severity: "error",
    group: "dates",
    title: "A date longer ago than a childhood",
    meaning:
      "A date of the case is more than 19 years before the reference date, when no child of today was born. It is a placeholder such as 01/01/1900, or a slip.",
    ask: "Ask the data’s owner for the right date, or for blanks in place of placeholders.",
    needs: needsOneOf(...events),
    refuses: (plan, fields) => fields.some((name) => cohortReasons(plan, name).size > 0),
    find: (subject) => {
      const before = isoDate(oldestDay(subject.plan));
      return events.flatMap((name) => {
        const field = dateField(subject, name);
        if (field === undefined) return [];
        const rows = rowsWithLevel(field, (date) => date !== "" && date < before);
        return draftsOf(rows, {
          fields: [name],
          message: `${rowsText(rows.length)} with the ${named(name)} more than 19 years before the reference date.`,
          question: `In ${rowsText(rows.length)} the date in ${columnOf(subject, name)} is more than 19 years ago. What should it be?`,
        });
      });
    },
  },
  {
    code: "CHECK_CLOSED_BEFORE_START",
    severity: "error",
    group: "dates",
    title: "An end before its start",
    meaning:
      "The date that ends a case, or another period that the plan measures, stands before the date that starts it. The delay would be below nothing; the child is in no band of delay.",
    ask: "Ask the data’s owner which of the two dates is right.",
    needs: (plan) => measuredPairs(plan)[0]?.map((name) => [name]) ?? [],
    find: (subject) =>
      measuredPairs(subject.plan).flatMap(([from, to]) => {
        const rows = outOfOrder(subject, [from, to]);
        return draftsOf(rows, {
          fields: [to, from],
          message: `${rowsText(rows.length)} with the ${named(to)} before the ${named(from)}.`,
          question: `In ${rowsText(rows.length)} the date in ${columnOf(subject, to)} is before that in ${columnOf(subject, from)}. Which of the two is right?`,
        });
      }),
  },
  {
    code: "CHECK_DATES_OUT_OF_ORDER",
    severity: "query",
    group: "dates",
    title: "Dates in an unusual order",
    meaning:
      "Two dates of a case stand in an order that is rare but can be right: work before the application was issued, or after the case was closed.",
    ask: "Ask the data’s owner what the dates mean there.",
    needs: needsOneOf(...events),
    find: (subject) => {
      const measured = measuredPairs(subject.plan);
      return usualOrder.flatMap(([from, to]): Draft[] => {
        if (measured.some(([a, b]) => a === from && b === to)) return [];
        const rows = outOfOrder(subject, [from, to], "left");
        return draftsOf(rows, {
          fields: [to, from],
          message: `${rowsText(rows.length)} with the ${named(to)} before the ${named(from)}.`,
          question: `In ${rowsText(rows.length)} the date in ${columnOf(subject, to)} is before that in ${columnOf(subject, from)}. Is that right?`,
        });
      });
    },
  },
  {
    code: "CHECK_DATE_BEFORE_BIRTH",
    severity: "error",
    group: "dates",
    title: "A date before the child was born",
    meaning:
      "A date of the case is more than 42 weeks before the child’s birth, or the case closed before the birth. The date or the date of birth is wrong, and the age or the delay with it.",
    ask: "Ask the data’s owner which of the two dates is right.",
    needs: () => [["date_of_birth"], events],
    refuses: (plan, fields) => fields.some((name) => cohortReasons(plan, name).size > 0),
    find: (subject) =>
      events.flatMap((name) => {
        const rows = beforeBirth(subject, name, (days) =>
          name === "closed_date" ? days > 0 : days > longestPregnancy,
        );
        return draftsOf(rows, {
          fields: [name, "date_of_birth"],
          message: `${rowsText(rows.length)} with the ${named(name)} ${name === "closed_date" ? "" : "more than 42 weeks "}before the child’s birth.`,
          question: `In ${rowsText(rows.length)} the date in ${columnOf(subject, name)} is ${name === "closed_date" ? "" : "more than 42 weeks "}before the ${namedWithColumn(subject, "date_of_birth")}. Which of the two dates is right?`,
        });
      }),
  },
  {
    code: "CHECK_DATE_WHILE_UNBORN",
    severity: "query",
    group: "dates",
    title: "A date in the weeks before the birth",
    meaning:
      "A date of the case is up to 42 weeks before the child’s birth. The child may have been awaited, or born to the family later and joined to the case; or a date is wrong.",
    ask: "Ask the data’s owner whether the date is the family’s or the child’s.",
    needs: () => [["date_of_birth"], events],
    find: (subject) =>
      events.flatMap((name) => {
        if (name === "closed_date") return [];
        const rows = beforeBirth(subject, name, (days) => days > 0 && days <= longestPregnancy);
        return draftsOf(rows, {
          fields: [name, "date_of_birth"],
          message: `${rowsText(rows.length)} with the ${named(name)} up to 42 weeks before the child’s birth.`,
          question: `In ${rowsText(rows.length)} the date in ${columnOf(subject, name)} is up to 42 weeks before the ${namedWithColumn(subject, "date_of_birth")}. Is it the family’s date rather than the child’s?`,
        });
      }),
  },
  {
    code: "CHECK_CLOSED_OUTSIDE_WINDOW",
    severity: "error",
    group: "dates",
    title: "Closed before the observation window",
    meaning:
      "The plan says that the export holds cases open at the start of the window or opened since. These closed before it, so either the window is wrong or the export holds some earlier closures and not others; survival figures would be wrong.",
    ask: "Ask the data’s owner from when on all closures are in the export, and set observed in the plan.",
    needs: (plan) => (plan.observed === undefined ? [["observed"]] : [["closed_date"]]),
    find: (subject) => windowDrafts(subject, "before"),
  },
  {
    code: "CHECK_CLOSED_AFTER_WINDOW",
    severity: "query",
    group: "dates",
    title: "Closed after the observation window",
    meaning:
      "The plan says that closures are complete up to a day, and these are later. They are left out of what is said of closures; if the export has them all, the window could be longer.",
    ask: "Ask the data’s owner up to when all closures are in the export.",
    needs: (plan) => (plan.observed === undefined ? [["observed"]] : [["closed_date"]]),
    find: (subject) => windowDrafts(subject, "after"),
  },
];

function futureDrafts(subject: CheckSubject, name: string): Draft[] {
  const field = dateField(subject, name);
  if (field === undefined) return [];
  const { reference_date: reference } = subject.plan;
  const rows = rowsWithLevel(field, (date) => date > reference);
  return draftsOf(rows, {
    fields: [name],
    message: `${rowsText(rows.length)} with the ${named(name)} after the reference date, ${longDate(reference)}.`,
    question: `In ${rowsText(rows.length)} the date in ${columnOf(subject, name)} is after ${longDate(reference)}, the day of the export. What should it be?`,
  });
}

/** Dates after the reference date are the business of another rule. */
function windowDrafts(subject: CheckSubject, side: "before" | "after"): Draft[] {
  const { observed, reference_date: reference } = subject.plan;
  const field = dateField(subject, "closed_date");
  if (observed === undefined || field === undefined) return [];
  const rows = rowsWithLevel(field, (date) =>
    side === "before" ? date !== "" && date < observed.from : date > observed.to && date <= reference,
  );
  const bound = longDate(side === "before" ? observed.from : observed.to);
  return draftsOf(rows, {
    fields: ["closed_date"],
    message: `${rowsText(rows.length)} closed ${side} the observation window, which ${side === "before" ? "starts" : "ends"} on ${bound}.`,
    question:
      side === "before"
        ? `${rowsText(rows.length)} closed before ${bound} (${columnOf(subject, "closed_date")}). From which day on are all closures in the export?`
        : `${rowsText(rows.length)} closed after ${bound} (${columnOf(subject, "closed_date")}). Up to which day are all closures in the export?`,
  });
}
