import { mayBeTooNarrow } from "../../analysis/estimates/narrow.js";
import type { ShownRow } from "../../analysis/estimates/suppression.js";
import { percentText } from "../../charts/number-text.js";
import { thousands } from "../../frame/words.js";
import { type Html, html } from "../../report/page/html.js";
import { dataTable } from "../../report/page/table.js";
import { oneDecimal, unitWords } from "../summary/words.js";
import type { EstimateContext } from "./context.js";
import { narrowMark } from "./words.js";

/** The column of how many a question does not apply to. */
const appliesAt = 6;

/** Estimates as a table of the page, with what stands behind their marks. */
export function rowsTable(
  { plan }: Pick<EstimateContext, "plan">,
  table: {
    readonly id: string;
    readonly caption: string;
    readonly first: string;
    readonly rows: readonly ShownRow[];
    readonly nameOf: (row: ShownRow) => string;
    /** Whether a question may not apply; default true. */
    readonly mayNotApply?: boolean;
  },
): Html {
  const { id, caption, first, rows, nameOf, mayNotApply = true } = table;
  const kept = <Cell>(cells: readonly Cell[]): Cell[] =>
    cells.filter((_, at) => mayNotApply || at !== appliesAt);
  const made = dataTable({
    id,
    caption,
    columns: kept([
      { header: first },
      { header: "Estimate", kind: "number" },
      { header: "95% interval", kind: "number" },
      { header: `Number of ${unitWords(plan).many}`, kind: "number" },
      { header: "Answered", kind: "number" },
      { header: "Not answered", kind: "number" },
      { header: "Does not apply", kind: "number" },
      { header: "If those were no, or yes", kind: "number" },
    ]),
    rows: rows.map((row) => kept([nameOf(row), ...rowCells(row)])),
  });
  return rows.some((row) => row.suppressed === undefined && mayBeTooNarrow(row))
    ? html`${made}<p>${narrowMark} The interval may be too narrow: the cases seem to tell as much as a larger sample would, and with uneven weights or few cases on one side that can be chance.</p>
`
    : made;
}

function rowCells(row: ShownRow): string[] {
  const { suppressed, askedHidden, figures, kind, n, notAnswered, notApplicable } = row;
  if (suppressed !== undefined) return Array.from({ length: 7 }, () => "[c]");
  const unless = (cell: string): string => (askedHidden ? "[c]" : cell);
  const others = [unless(thousands(notAnswered)), unless(thousands(notApplicable))];
  if (figures === undefined) return ["[x]", "[x]", "[x]", thousands(n), ...others, ""];
  const text = kind === "number" ? oneDecimal : (value: number): string => percentText(value, 1);
  const { estimate, interval, number, bounds } = figures;
  return [
    text(estimate),
    interval === undefined
      ? "all reviewed"
      : `${text(interval.lower)} to ${text(interval.upper)}${mayBeTooNarrow(row) ? ` ${narrowMark}` : ""}`,
    number === undefined
      ? ""
      : unless(
          `${thousands(Math.round(number.estimate))}${number.interval === undefined ? "" : ` (${thousands(Math.floor(number.interval.lower))} to ${thousands(Math.ceil(number.interval.upper))})`}`,
        ),
    thousands(n),
    ...others,
    unless(bounds === undefined ? "" : `${text(bounds.lower)} to ${text(bounds.upper)}`),
  ];
}
