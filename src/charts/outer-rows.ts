import { counted } from "../frame/words.js";

/** With more areas than this a chart of rows beside the main one has only the ends of the list. */
const mostWhole = 60;
const eachEnd = 20;

/**
 * The rows that a chart draws: all, or of a long list the first and the last, the table having the rest.
 *
 * @param rows - in order
 */
export function outerRows<T>(rows: readonly T[]): {
  readonly drawn: readonly T[];
  readonly notes: readonly string[];
} {
  if (rows.length <= mostWhole) return { drawn: rows, notes: [] };
  const left = rows.length - 2 * eachEnd;
  return {
    drawn: [...rows.slice(0, eachEnd), ...rows.slice(-eachEnd)],
    notes: [
      `The picture has the first and the last ${eachEnd}: the ${counted(left, "area")} between them stand in the table.`,
    ],
  };
}
