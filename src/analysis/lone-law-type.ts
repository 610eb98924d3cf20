import type { Result, ResultTable } from "./result.js";

const lawType = "Law type";

/**
 * A result whose tables tell nothing by law type, because the export has none: without the column that says “All children” in every
 * row, and without the words that promise it. A table that has no other column of names keeps it, under a heading that is true.
 */
export function withoutLoneLawType(result: Result): Result {
  if (!result.tables.some(isLone)) return result;
  return {
    ...result,
    method: withoutWords(result.method),
    tables: result.tables.map((table) => (isLone(table) ? plain(table) : table)),
  };
}

/** Whether all rows of a table by law type are of one group, which is then all there are. */
function isLone({ dimensions, rows }: ResultTable): boolean {
  return dimensions[0] === lawType && rows.every(({ names }) => /^All(?: |$)/.test(names[0] as string));
}

function plain(table: ResultTable): ResultTable {
  const caption = withoutWords(table.caption);
  const [, ...others] = table.dimensions;
  if (others.length === 0) return { ...table, caption, dimensions: ["Group"] };
  return {
    ...table,
    caption,
    dimensions: others,
    rows: table.rows.map(({ names, cells }) => ({ names: names.slice(1), cells })),
  };
}

function withoutWords(text: string): string {
  return text.replace(/(?:,? by| and) law type/, "");
}
