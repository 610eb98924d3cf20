import {
  AlignmentType,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlign,
  WidthType,
} from "docx";
import type { ResultTable } from "../../analysis/result.js";
import { numericColumns, tableOf } from "../../charts/result-table.js";
import { textWidth } from "./layout.js";
import { plain, strong } from "./runs.js";

export type DocumentTable = Table;

/** A table of figures, its header on every page that it reaches. */
export function figureTable(table: ResultTable): Table {
  const { header, rows } = tableOf(table);
  return gridTable(
    header.map((name) => [strong(name)]),
    rows.map((row) => row.map((cell) => [plain(cell)])),
    { numeric: numericColumns(table), lengths: columnLengths(header, rows) },
  );
}

/**
 * A table with one header row.
 *
 * @param options.numeric - which columns stand to the right; default none
 * @param options.lengths - how many characters each column needs; default all the same
 */
export function gridTable(
  header: readonly (readonly ParagraphChild[])[],
  rows: readonly (readonly (readonly ParagraphChild[])[])[],
  {
    numeric = [],
    lengths,
  }: { readonly numeric?: readonly boolean[]; readonly lengths?: readonly number[] } = {},
): Table {
  const columnWidths = widthsOf(lengths ?? header.map(() => 1));
  const cells = (contents: readonly (readonly ParagraphChild[])[], isHeader: boolean): TableCell[] =>
    contents.map(
      (children, at) =>
        new TableCell({
          width: { size: columnWidths[at] as number, type: WidthType.DXA },
          verticalAlign: isHeader ? VerticalAlign.BOTTOM : VerticalAlign.TOP,
          children: [
            new Paragraph({
              style: "TableText",
              alignment: numeric[at] === true ? AlignmentType.RIGHT : AlignmentType.LEFT,
              keepNext: isHeader,
              children: [...children],
            }),
          ],
        }),
    );
  return new Table({
    style: "TableGrid",
    layout: TableLayoutType.FIXED,
    width: { size: textWidth, type: WidthType.DXA },
    columnWidths,
    margins: { left: 70, right: 70 },
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: cells(header, true) }),
      ...rows.map((row) => new TableRow({ cantSplit: true, children: cells(row, false) })),
    ],
  });
}

/** What a column needs: its longest word at least, and up to 40 characters in a line. */
function columnLengths(header: readonly string[], rows: readonly (readonly string[])[]): number[] {
  return header.map((name, at) => {
    const cells = rows.map((row) => row[at] ?? "");
    const word = longest([name, ...cells].flatMap((text) => text.split(" ")));
    return Math.max(word + 2, Math.min(40, Math.max(longest(cells), Math.ceil(name.length / 3))));
  });
}

function longest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}

/** Widths in the ratio of the lengths that fill the page exactly. */
function widthsOf(lengths: readonly number[]): number[] {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  let before = 0;
  return lengths.map((length) => {
    const start = Math.round((before / total) * textWidth);
    before += length;
    return Math.round((before / total) * textWidth) - start;
  });
}
