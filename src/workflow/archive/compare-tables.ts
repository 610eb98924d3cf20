import { counted } from "../../frame/words.js";
import { csvText } from "../../report/csv.js";
import { type OwnCsv, readOwnCsv } from "../../report/own-csv.js";
import type { Sample } from "../../sampling/draw.js";
import type { OutputTable } from "../output-table.js";

/** Two runs of a simulation may differ by so many standard errors of their difference; 5 come about once in two million. */
const errorsAllowed = 5;

/** A table of ours as a file would give it back. */
export function asRead({ header, rows }: OutputTable): OwnCsv {
  return readOwnCsv(csvText(header, rows), "table");
}

/**
 * How a table of an archive differs from what its replay gives, as a clause; undefined where it does not.
 *
 * @param options.slack - of {@link slackOf}: where it is above 0, probabilities and what comes from them hold within simulation error
 */
export function tableDifference(
  was: OwnCsv,
  is: OwnCsv,
  options: { readonly columns: readonly string[]; readonly slack: number },
): string | undefined {
  const { columns, slack } = options;
  if (was.header.join("\n") !== columns.join("\n")) return `has other columns than ${columns.join(", ")}`;
  if (was.rows.length !== is.rows.length)
    return `has ${counted(was.rows.length, "row")} where the replay gives ${is.rows.length}`;
  const places = columns.map((name) => is.header.indexOf(name));
  for (const [at, row] of was.rows.entries()) {
    const other = places.map((place) => is.rows[at]?.[place] ?? "");
    const wrong = columns.findIndex(
      (name, i) => !agrees(name, row[i] as string, other[i] as string, { columns, row, other, slack }),
    );
    if (wrong !== -1) return `row ${at + 2}, column ${columns[wrong]}, is not what the replay gives`;
  }
  return undefined;
}

interface Rows {
  readonly columns: readonly string[];
  readonly row: readonly string[];
  readonly other: readonly string[];
  readonly slack: number;
}

function agrees(name: string, was: string, is: string, { columns, row, other, slack }: Rows): boolean {
  if (was === is) return true;
  const [before, now] = [Number(was), Number(is)];
  if (was === "" || is === "" || !Number.isFinite(before) || !Number.isFinite(now)) return false;
  if (slack === 0) return closeTo(before, now);
  const numberIn = (cells: readonly string[], column: string): number =>
    Number(cells[columns.indexOf(column)]);
  switch (name) {
    case "standard_error":
      return before >= 0;
    case "inclusion_probability": {
      const [a, b] = [numberIn(row, "standard_error"), numberIn(other, "standard_error")];
      return Math.abs(before - now) <= errorsAllowed * Math.sqrt(a * a + b * b) + 1e-12;
    }
    case "design_weight":
      return closeTo(before * numberIn(row, "inclusion_probability"), 1);
    case "final_weight":
      // A substitute has no weight of its own, and its final one is that of the place which it holds.
      if (numberIn(row, "design_weight") === 0 && numberIn(other, "design_weight") === 0)
        return closeTo(before, now, slack);
      return closeTo(before / numberIn(row, "design_weight"), now / numberIn(other, "design_weight"));
    case "in_scope":
      return closeTo(before, now, slack);
    default:
      return closeTo(before, now);
  }
}

/** By which share of itself a figure may differ that rests on the estimated probabilities of a sample; 0 where none are. */
export function slackOf({ drawn, estimated }: Sample): number {
  if (estimated === undefined) return 0;
  const relative = drawn.map(({ unit, probability }) =>
    probability > 0 ? (estimated.standardErrors[unit] as number) / probability : 0,
  );
  return errorsAllowed * Math.SQRT2 * Math.max(0, ...relative);
}

/** The sum of many numbers in another order has another last digit. */
export function closeTo(a: number, b: number, slack = 0): boolean {
  return Math.abs(a - b) <= Math.max(1e-9, slack) * Math.max(1, Math.abs(a), Math.abs(b));
}
