import type { DerivedField, Plan } from "../plan/types.js";
import { ageBand, delayBand } from "./bands.js";
import { completedYears, isoDay } from "./calendar.js";
import { ethnicGroup } from "./ethnicity.js";
import { crossCodes, type Field, type FieldKind, levelAt, mapLevels, notRecorded } from "./field.js";
import { type Note, thousands } from "./note.js";
import type { Rows } from "./rows.js";

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
      return relabel(ageYears(rows, plan.reference_date), name, (years) =>
        ageBand(Number(years), plan.bands.age.from),
      );
    case "delay_days":
      return delayDays(rows, plan, notes);
    case "delay_band":
      return relabel(delayDays(rows, plan, notes), name, (days) =>
        delayBand(Number(days), plan.bands.delay.over),
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
function relabel(field: Field, name: string, band: (level: string) => string): Field {
  return {
    name,
    kind: "category",
    ...mapLevels(field, (level) => (level === "" ? notRecorded : band(level))),
  };
}

function ageYears(rows: Rows, reference: string): Field {
  return combine(rows, "age_years", ["date_of_birth", "age_recorded"], (birth, recorded) => {
    if (birth !== "") return birth > reference ? "-1" : String(completedYears(birth, reference));
    return recorded === "" ? "" : String(Math.floor(Number(recorded)));
  });
}

/** Days from the start to the end; an open case, or one that ends after the reference date, runs to the reference date. */
function delayDays(rows: Rows, plan: Plan, notes: Note[]): Field {
  const { reference_date: reference, delay } = plan;
  const field = combine(rows, "delay_days", [delay.from, delay.to], (from, to) => {
    if (from === "") return "";
    return String(isoDay(to === "" || to > reference ? reference : to) - isoDay(from));
  });
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
  return combine(rows, name, between, (from, to) =>
    from === "" || to === "" ? "" : String((isoDay(to) - isoDay(from)) / 7),
  );
}

/** A number worked out once for each combination of two fields; a field that is not there counts as blank. */
function combine(
  rows: Rows,
  name: string,
  names: readonly [string, string],
  work: (first: string, second: string) => string,
): Field {
  const kind: FieldKind = "number";
  const [first, second] = names.map((each) => rows.fields.get(each));
  const present = [first, second].filter((field) => field !== undefined);
  const crossed = crossCodes(rows.count, present);
  const text = (field: Field | undefined, row: number): string =>
    field === undefined ? "" : levelAt(field, row);
  const levels = crossed.firstRows.map((row) => work(text(first, row), text(second, row)));
  return { name, kind, ...mapLevels({ levels, codes: crossed.codes }, (level) => level) };
}
