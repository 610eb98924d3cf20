import type { CheckReport, ReadColumn } from "../../checks/finding.js";
import { headerKey } from "../../table/table.js";
import type { OutputTable } from "../output-table.js";

/** `matching.csv`: which column gives which field, how it is read, and what of it could not be used. */
export function matchingTable({ columns }: CheckReport): OutputTable {
  return {
    header: ["field", "header", "file", "how", "rows", "blank", "unmapped", "unreadable"],
    rows: columns.map((column) => [
      column.field,
      column.headers.join("; "),
      column.file,
      howRead(column),
      column.rows,
      column.blank,
      column.unmapped,
      column.unreadable,
    ]),
  };
}

function howRead({ headers, asked, kind, coded, setAside }: ReadColumn): string {
  if (headers.length === 0) return "the file has no such column";
  if (setAside) return "set aside: dates of two orders";
  const how = {
    category: coded ? "matched to the codes of the field" : "text kept as it is",
    text: "text kept as it is",
    number: "read as a number",
    date: "read as a date",
    list: headers.length > 1 ? "yes or no in a column each" : "list of values",
  }[kind];
  const isExact = headers.every((header) => asked.includes(header));
  const isNear = headers.every((header) => asked.some((each) => headerKey(each) === headerKey(header)));
  return isExact || !isNear
    ? how
    : `${how}; the header differs from the plan’s in case, spaces or apostrophes`;
}
