import { CasedrawError, type ErrorDetails } from "../../errors.js";
import { readDates } from "../../frame/dates.js";
import type { Frame } from "../../frame/frame.js";
import { findColumn } from "../../frame/read-field.js";
import { cleanText, matchKey } from "../../frame/text.js";
import { nearest } from "../../plan/nearest.js";
import { orList } from "../../plan/or-list.js";
import { readTable } from "../../readers/read-table.js";
import type { ChosenRecord } from "../../report/manifest-steps.js";
import { type ChosenReason, chosenReasons } from "../../sampling/after/outcome.js";
import type { Sample } from "../../sampling/draw.js";
import type { Column } from "../../table/table.js";

/** A row of a list of chosen cases as it is written, and where it stands. */
export interface ListedCase {
  readonly unitId: string;
  readonly reason: string;
  readonly askedBy: string;
  /** ISO date; "" where blank. */
  readonly askedOn: string;
  /** "cases.csv, row 3". */
  readonly place: string;
  readonly details: ErrorDetails;
}

const headers = ["unit_id", "reason", "asked_by", "asked_on"] as const;

/** A role or initials: more is likely to be a note or a name. */
const longestAskedBy = 30;

/**
 * Reads a list of chosen cases: CSV or a workbook with the columns `unit_id`, `reason`, `asked_by` and `asked_on`. Rows that are
 * blank in all of them are passed over.
 *
 * @param path - absolute
 * @param label - as the user wrote it
 * @throws CasedrawError of the readers; `DATE_…`
 */
export async function readCases(path: string, label: string): Promise<ListedCase[]> {
  const { table } = await readTable({ path, label, wanted: [...headers] });
  const [units, reasons, by, on] = headers.map((name) => findColumn(table, name)) as [
    Column,
    Column,
    Column,
    Column,
  ];
  const firstRow = new Map<number, number>();
  for (const [row, code] of on.codes.entries()) {
    if (!firstRow.has(code)) firstRow.set(code, table.rowNumbers[row] as number);
  }
  const { dates } = readDates(
    on.values.map((raw, code) => ({ raw, row: firstRow.get(code) ?? 0 })),
    {
      file: label,
      column: "asked_on",
      dateSystem: table.notes.some(({ code }) => code === "date-system") ? 1904 : 1900,
    },
  );
  const rawOf = ({ values, codes }: Column, row: number): string => values[codes[row] as number] as string;
  return Array.from({ length: table.rowCount }, (_, row): ListedCase => {
    const line = table.rowNumbers[row] as number;
    return {
      unitId: cleanText(rawOf(units, row)),
      reason: cleanText(rawOf(reasons, row)),
      askedBy: rawOf(by, row).trim(),
      askedOn: dates[on.codes[row] as number] as string,
      place: `${label}, row ${line}`,
      details: { file: label, row: line },
    };
  }).filter(({ unitId, reason, askedBy, askedOn }) =>
    [unitId, reason, askedBy, askedOn].some((text) => text !== ""),
  );
}

/**
 * The cases of a list, each a unit of the export, eligible or not, chosen for the first time. Unit ids, reasons and who asked are
 * not repeated in messages where they may be text of any kind.
 *
 * @param sample - as it stands before them
 * @throws CasedrawError `CHOSEN_LIST_EMPTY`, `CHOSEN_UNIT_UNKNOWN`, `CHOSEN_DUPLICATE`, `CHOSEN_REASON_UNKNOWN`, `CHOSEN_ASKER_INVALID`,
 *   `CHOSEN_DATE_MISSING`
 */
export function checkedCases(frame: Frame, sample: Sample, listed: readonly ListedCase[]): ChosenRecord[] {
  if (listed.length === 0) {
    throw new CasedrawError(
      "CHOSEN_LIST_EMPTY",
      "List of chosen cases: it must have at least one case, got none. Add a row for each.",
    );
  }
  const known = new Set(frame.ids);
  const before = new Map((sample.after?.chosen ?? []).map(({ unitId, version }) => [unitId, version]));
  const seen = new Set<string>();
  return listed.map(({ unitId, reason, askedBy, askedOn, place, details }): ChosenRecord => {
    const at = (column: string) => ({ ...details, column });
    if (!known.has(unitId)) {
      throw new CasedrawError(
        "CHOSEN_UNIT_UNKNOWN",
        `Chosen case is not in the export: a unit id as the sample's files write it is wanted (${place}, column unit_id). ` +
          "Correct the id; a case that the export lacks cannot be added, so ask the data's owner for a corrected export.",
        at("unit_id"),
      );
    }
    const earlier = before.get(unitId);
    if (seen.has(unitId) || earlier !== undefined) {
      throw new CasedrawError(
        "CHOSEN_DUPLICATE",
        `Chosen case ${unitId} is listed ${earlier === undefined ? "twice" : `already, since version ${earlier}`} ` +
          `(${place}, column unit_id). A case is chosen once; take the row out.`,
        { ...at("unit_id"), unit_id: unitId },
      );
    }
    seen.add(unitId);
    if (askedOn === "") {
      throw new CasedrawError(
        "CHOSEN_DATE_MISSING",
        `Chosen case ${unitId}: when it was asked for must be a date, got none (${place}, column asked_on). Write it as 2026-11-19 or 19/11/2026.`,
        at("asked_on"),
      );
    }
    return {
      unit_id: unitId,
      reason: reasonOf(reason, place, at("reason")),
      asked_by: askerOf(askedBy, place, at("asked_by")),
      asked_on: askedOn,
    };
  });
}

function reasonOf(text: string, place: string, details: ErrorDetails): ChosenReason {
  const written = matchKey(text).replaceAll(" ", "-");
  const found = chosenReasons.find((reason) => reason === written);
  if (found !== undefined) return found;
  const meant = nearest(written, [...chosenReasons]);
  throw new CasedrawError(
    "CHOSEN_REASON_UNKNOWN",
    `Reason for a chosen case: it must be ${orList(chosenReasons)} (${place}, column reason).` +
      `${meant === undefined ? " Write one of them; a note has no place here." : ` Did you mean ${meant}?`}`,
    details,
  );
}

function askerOf(raw: string, place: string, details: ErrorDetails): string {
  const text = cleanText(raw);
  if (text !== "" && text.length <= longestAskedBy && !/\p{Cc}/u.test(raw)) return text;
  throw new CasedrawError(
    "CHOSEN_ASKER_INVALID",
    `Who asked for a chosen case: it must be a role or initials, 1 to ${longestAskedBy} characters in one line, got ` +
      `${text === "" ? "none" : text.length > longestAskedBy ? `${text.length} characters` : "a control character"} (${place}, column asked_by). ` +
      "Write, say, lead inspector; no note and no full name.",
    details,
  );
}
