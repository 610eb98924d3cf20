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
import { cleanText } from "./runs.js";
import { type XmlElement, xmlElement } from "./xml-tree.js";

/**
 * A table of figures, its header on every page that it reaches. Written here and not by the library, which takes seconds for
 * the thousands of cells of a report; it says what `gridTable` has the library say.
 */
export function figureTable(table: ResultTable): XmlElement {
  const { header, rows } = tableOf(table);
  const numeric = numericColumns(table);
  const widths = widthsOf(columnLengths(header, rows));
  const row = (texts: readonly string[], isHeader: boolean): XmlElement =>
    xmlElement("w:tr", {}, [
      xmlElement("w:trPr", {}, [xmlElement("w:cantSplit"), ...(isHeader ? [xmlElement("w:tblHeader")] : [])]),
      ...texts.map((text, at) =>
        figureCell(text, { isHeader, width: widths[at] as number, isNumeric: numeric[at] === true }),
      ),
    ]);
  return xmlElement("w:tbl", {}, [
    xmlElement("w:tblPr", {}, [
      xmlElement("w:tblStyle", { "w:val": "TableGrid" }),
      xmlElement("w:tblW", inTwentieths(textWidth)),
      xmlElement("w:tblLayout", { "w:type": "fixed" }),
      xmlElement(
        "w:tblCellMar",
        {},
        ["w:left", "w:right"].map((side) => xmlElement(side, inTwentieths(sideOfCell))),
      ),
    ]),
    xmlElement(
      "w:tblGrid",
      {},
      widths.map((width) => xmlElement("w:gridCol", { "w:w": String(width) })),
    ),
    row(header, true),
    ...rows.map((texts) => row(texts, false)),
  ]);
}

function figureCell(
  text: string,
  {
    isHeader,
    width,
    isNumeric,
  }: { readonly isHeader: boolean; readonly width: number; readonly isNumeric: boolean },
): XmlElement {
  const cleaned = cleanText(text);
  return xmlElement("w:tc", {}, [
    xmlElement("w:tcPr", {}, [
      xmlElement("w:tcW", inTwentieths(width)),
      xmlElement("w:vAlign", { "w:val": isHeader ? "bottom" : "top" }),
    ]),
    xmlElement("w:p", {}, [
      xmlElement("w:pPr", {}, [
        xmlElement("w:pStyle", { "w:val": "TableText" }),
        xmlElement("w:keepNext", isHeader ? {} : { "w:val": "false" }),
        xmlElement("w:jc", { "w:val": isNumeric ? "right" : "left" }),
      ]),
      xmlElement("w:r", {}, [
        ...(isHeader ? [xmlElement("w:rPr", {}, [xmlElement("w:b"), xmlElement("w:bCs")])] : []),
        xmlElement("w:t", { "xml:space": "preserve" }, cleaned === "" ? [] : [cleaned]),
      ]),
    ]),
  ]);
}

/** Room at the sides of a cell, in twentieths of a point. */
const sideOfCell = 70;

function inTwentieths(width: number): Record<string, string> {
  return { "w:type": "dxa", "w:w": String(width) };
}

/** A table of an officer's words with one header row, its columns all of one width. */
export function gridTable(
  header: readonly (readonly ParagraphChild[])[],
  rows: readonly (readonly (readonly ParagraphChild[])[])[],
): Table {
  const columnWidths = widthsOf(header.map(() => 1));
  const cells = (contents: readonly (readonly ParagraphChild[])[], isHeader: boolean): TableCell[] =>
    contents.map(
      (children, at) =>
        new TableCell({
          width: { size: columnWidths[at] as number, type: WidthType.DXA },
          verticalAlign: isHeader ? VerticalAlign.BOTTOM : VerticalAlign.TOP,
          children: [
            new Paragraph({
              style: "TableText",
              alignment: AlignmentType.LEFT,
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
    margins: { left: sideOfCell, right: sideOfCell },
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
