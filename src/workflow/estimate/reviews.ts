import { CasedrawError } from "../../errors.js";
import { cleanText } from "../../frame/text.js";
import { thousands } from "../../frame/words.js";
import type { Column } from "../../table/table.js";
import type { FindingsNote } from "./columns.js";
import { type FindingsTable, fixedColumns } from "./findings-table.js";

/** Row of each unit's reviews, by its id. */
export interface ReviewRows {
  readonly first: ReadonlyMap<string, number>;
  readonly second: ReadonlyMap<string, number>;
  readonly notes: readonly FindingsNote[];
}

/**
 * Tells which row of the findings is which review of which unit. In the sample's list with columns added, a row with nothing in
 * those is a case that was not reviewed.
 *
 * @throws CasedrawError `FINDINGS_VALUE_INVALID` for a review that is neither 1 nor 2, `FINDINGS_DUPLICATE`
 */
export function reviewRows({ table, nameOf, isOwn, isList }: FindingsTable): ReviewRows {
  const units = table.columns.find((column) => nameOf(column) === "unit_id") as Column;
  const reviews = table.columns.find((column) => nameOf(column) === "review");
  const rows = { "1": new Map<string, number>(), "2": new Map<string, number>() };
  const added = isList
    ? table.columns.filter((column) => !isOwn(column) && !fixedColumns.has(nameOf(column)))
    : [];
  const untouched: string[] = [];
  let blank = 0;
  for (let row = 0; row < table.rowCount; row++) {
    const id = textAt(units, row);
    if (id === "") {
      blank++;
      continue;
    }
    const review = reviews === undefined ? "1" : textAt(reviews, row) || "1";
    const line = table.rowNumbers[row] as number;
    if (review !== "1" && review !== "2") {
      throw new CasedrawError(
        "FINDINGS_VALUE_INVALID",
        `Review: it is 1 or 2, or blank for 1, got another value (${table.file}, row ${line}, column review). Correct it.`,
        { file: table.file, row: line, column: "review" },
      );
    }
    const earlier = rows[review].get(id);
    if (earlier !== undefined) {
      throw new CasedrawError(
        "FINDINGS_DUPLICATE",
        `Unit in the findings: it stands there once for each review, got ${id} in rows ${table.rowNumbers[earlier]} and ${line} for review ${review} ` +
          `(${table.file}, row ${line}, column unit_id). Keep one of the rows, or mark the other as review 2.`,
        { file: table.file, row: line, column: "unit_id", unit_id: id },
      );
    }
    rows[review].set(id, row);
    if (added.length > 0 && added.every((column) => textAt(column, row) === ""))
      untouched.push(`${review} ${id}`);
  }
  for (const place of untouched) rows[place.startsWith("1") ? "1" : "2"].delete(place.slice(2));
  const notes = [
    counted("rows-without-unit", blank, (count) => `${count} without a unit_id left out.`),
    counted(
      "rows-untouched",
      untouched.length,
      (count) => `${count} of the sample's list with nothing filled in: taken for cases not reviewed.`,
    ),
    counted(
      "second-reviews",
      rows["2"].size,
      (count) => `${count} of second reviews: estimates come from the first, and are set beside the second.`,
    ),
  ].flat();
  return { first: rows["1"], second: rows["2"], notes };
}

/** A note of so many rows; none of none. */
export function counted(
  code: string,
  count: number,
  text: (rows: string) => string,
  cases?: readonly string[],
): FindingsNote[] {
  if (count === 0) return [];
  const said = text(`${thousands(count)} ${count === 1 ? "row" : "rows"}`);
  return [{ code, count, text: said, ...(cases === undefined ? {} : { cases }) }];
}

/** A cell's text, trimmed. */
export function textAt({ values, codes }: Column, row: number): string {
  return cleanText(values[codes[row] as number] as string);
}
