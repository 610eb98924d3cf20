import type { DerivedField, Plan } from "../plan/types.js";
import { ageBand, bandOrder, delayBand } from "./bands.js";
import { completedYears, isoDay } from "./calendar.js";
import { ethnicGroup } from "./ethnicity.js";
import { crossCodes, type Field, levelAt, mapLevels, mergeLevels, notRecorded } from "./field.js";
import type { Note } from "./note.js";
import type { Rows } from "./rows.js";
import { thousands } from "./words.js";

/**
 * Works out a derived field for every row (`child_ordinal` and `case_children` come from their own file).
 *
 * @param rows - with the fields that it is worked out from (see `derivedNeeds`)
 */
export function derive(rows: Rows, name: DerivedField, plan: Plan, notes: Note[]): Field {
  switch (name) {
    case "age_years":
      return ageYears(rows, plan.reference_date);
    case "age_band":
      return banded(ageYears(rows, plan.reference_date), name, plan, (years) =>
        ageBand(years, plan.bands.age.from),
      );
    case "delay_days":
      return delayDays(rows, plan, notes);
    case "delay_band":
      return banded(delayDays(rows, plan, notes), name, plan, (days) =>
        delayBand(days, plan.bands.delay.over),
      );
    case "delay_is_open":
      return delayIsOpen(rows, plan);
    case "ethnic_group": {
      const field = rows.fields.get("ethnicity") as Field;
      return { name, kind: "category", ...mapLevels(field, ethnicGroup) };
    }
    case "source":
      return { name, kind: "category", levels: rows.places.files, codes: rows.places.fileOf };
    default:
      throw new Error(`${name} is not derived here`);
  }
}

/** A band of a number; a blank number is not recorded. */
function banded(
  field: Field,
  name: "age_band" | "delay_band",
  { bands }: Plan,
  band: (value: number) => string,
): Field {
  return {
    name,
    kind: "category",
    ...mapLevels(field, (level) => (level === "" ? notRecorded : band(Number(level)))),
    order: bandOrder(name, bands),
  };
}

function ageYears(rows: Rows, reference: string): Field {
  const name = "age_years";
  const birth = rows.fields.get("date_of_birth");
  const recorded = rows.fields.get("age_recorded");
  const fromBirth = (date: string): string =>
    date === "" ? "" : date > reference ? "-1" : String(completedYears(date, reference));
  const fromRecord = (age: string): string => (age === "" ? "" : String(Math.floor(Number(age))));
  if (birth === undefined) return { name, kind: "number", ...mapLevels(recorded as Field, fromRecord) };
  if (recorded === undefined) return { name, kind: "number", ...mapLevels(birth, fromBirth) };
  const { codes, firstRows } = crossCodes(rows.count, [birth, recorded]);
  const levels = firstRows.map((row) => fromBirth(levelAt(birth, row)) || fromRecord(levelAt(recorded, row)));
  return { name, kind: "number", ...mergeLevels(levels, codes) };
}

/** Days from the start to the end; an open case, or one that ends after the reference date, runs to the reference date. */
function delayDays(rows: Rows, plan: Plan, notes: Note[]): Field {
  const { reference_date: reference, delay } = plan;
  const end = (date: string): number => isoDay(date === "" || date > reference ? reference : date);
  const field = daysBetween(rows, "delay_days", [delay.from, delay.to], { end, text: String });
  const before = field.levels.map((level) => level.startsWith("-"));
  const count = field.codes.reduce((sum, code) => sum + Number(before[code]), 0);
  if (count > 0 && !notes.some((note) => note.code === "end-before-start")) {
    notes.push({
      code: "end-before-start",
      text:
        `${thousands(count)} row${count === 1 ? "" : "s"} ${count === 1 ? "has" : "have"} ${delay.to} before ${delay.from}, or ${delay.from} after ` +
        'the reference date; their delay band is "below 0".',
      count,
      details: { from: delay.from, to: delay.to },
    });
  }
  return field;
}

function delayIsOpen(rows: Rows, plan: Plan): Field {
  const to = rows.fields.get(plan.delay.to) as Field;
  const open = (date: string): string => (date === "" || date > plan.reference_date ? "yes" : "no");
  return { name: "delay_is_open", kind: "category", ...mapLevels(to, open) };
}

/** Weeks between two dates of each row, a number; blank where either is. */
export function weeksBetween(rows: Rows, name: string, between: readonly [string, string]): Field {
  const end = (date: string): number => (date === "" ? Number.NaN : isoDay(date));
  return daysBetween(rows, name, between, { end, text: (days) => String(days / 7) });
}

/**
 * A number from the days between two dates of each row; blank where the first is, or where the end is not a day.
 *
 * @param options.end - the day number of an end date, given its text
 */
function daysBetween(
  rows: Rows,
  name: string,
  [from, to]: readonly [string, string],
  options: { readonly end: (date: string) => number; readonly text: (days: number) => string },
): Field {
  const [start, end] = [rows.fields.get(from) as Field, rows.fields.get(to) as Field];
  const starts = Float64Array.from(start.levels, (date) => (date === "" ? Number.NaN : isoDay(date)));
  const ends = Float64Array.from(end.levels, options.end);
  const known = new Map<number, number>();
  const levels: string[] = [];
  const codes = new Int32Array(rows.count);
  for (let i = 0; i < codes.length; i++) {
    const days = (ends[end.codes[i] as number] as number) - (starts[start.codes[i] as number] as number);
    let code = known.get(days);
    if (code === undefined) {
      code = levels.length;
      known.set(days, code);
      levels.push(Number.isNaN(days) ? "" : options.text(days));
    }
    codes[i] = code;
  }
  return { name, kind: "number", levels, codes };
}
