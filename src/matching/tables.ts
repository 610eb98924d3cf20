import type { Proposal } from "./proposal.js";

/** A table of texts, for a CSV. */
export interface TextTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** Every header of every file, what it was matched to and how surely. */
export function matchedHeadersTable({ files }: Proposal): TextTable {
  return {
    header: ["file", "sheet", "header", "field", "how", "note"],
    rows: files.flatMap(({ path, table, headers }) =>
      headers.map(({ header, field, how, candidates, note }) => [
        path,
        table.sheet ?? "",
        header,
        field ?? candidates.join(" or "),
        how,
        note,
      ]),
    ),
  };
}

/** One line of a value map: how many rows have the value, where it was counted, and its code, blank until somebody knows it. */
interface ValueLine {
  readonly field: string;
  readonly value: string;
  readonly count: number | "";
  readonly code: string;
}

/** A value map as an officer gets it, to fill in the codes. */
export function valueMapTable(lines: readonly ValueLine[]): TextTable {
  return {
    header: ["field", "value", "count", "code"],
    rows: lines.map(({ field, value, count, code }) => [field, value, count, code]),
  };
}
