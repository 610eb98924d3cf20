import { mainNamespace, xmlPart } from "./xml.js";

/** How a cell looks. */
export interface CellStyle {
  /** Its place in the style part. */
  readonly number: number;
  /** In points. */
  readonly lineHeight: number;
  readonly wraps: boolean;
  /** Whether people fill the cell in, so that it is there when it is blank. */
  readonly entry: boolean;
  readonly xml: string;
}

const fonts = {
  body: { size: 12, mark: "", colour: "" },
  title: { size: 16, mark: "<b/>", colour: "" },
  heading: { size: 14, mark: "<b/>", colour: "" },
  header: { size: 12, mark: "<b/>", colour: "" },
  link: { size: 12, mark: "<u/>", colour: '<color rgb="FF0B0C8C"/>' },
} as const;

const percentFormat = 164; // the first number that is free for formats of one's own
const decimalFormat = 165;

function style(
  number: number,
  font: keyof typeof fonts,
  parts: {
    readonly format?: number;
    readonly underlined?: boolean;
    readonly align?: string;
    readonly wraps?: boolean;
    readonly entry?: boolean;
  },
): CellStyle {
  const { format = 0, underlined = false, align = "", wraps = false, entry = false } = parts;
  return {
    number,
    lineHeight: Math.ceil(fonts[font].size * 1.3),
    wraps,
    entry,
    xml:
      `<xf numFmtId="${format}" fontId="${Object.keys(fonts).indexOf(font)}" fillId="${entry ? 2 : 0}" borderId="${entry ? 2 : underlined ? 1 : 0}" ` +
      `xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"${entry ? ' applyFill="1" applyProtection="1"' : ""}>` +
      `<alignment${align} vertical="${underlined ? "bottom" : "top"}"${wraps ? ' wrapText="1"' : ""}/>${entry ? '<protection locked="0"/>' : ""}</xf>`,
  };
}

const left = ' horizontal="left" indent="1"'; // apart from the number before it
const right = ' horizontal="right"';

/** The cell styles of every workbook. Text has the format "@" (49), which no spreadsheet reinterprets. */
export const cellStyle = {
  plain: style(0, "body", {}),
  title: style(1, "title", {}),
  heading: style(2, "heading", {}),
  body: style(3, "body", { wraps: true }),
  textHeader: style(4, "header", { underlined: true, align: left, wraps: true }),
  numberHeader: style(5, "header", { underlined: true, align: right, wraps: true }),
  text: style(6, "body", { format: 49, align: left, wraps: true }),
  link: style(7, "link", { align: left, wraps: true }),
  integer: style(8, "body", { format: 3 }),
  number: style(9, "body", {}),
  percent: style(10, "body", { format: percentFormat }),
  decimal: style(11, "body", { format: decimalFormat }),
  entry: style(12, "body", { format: 49, align: left, wraps: true, entry: true }),
} as const;

/**
 * The style part: one sans font of 12 points and more.
 *
 * @param entries - whether there are cells to fill in, whose style no other workbook has
 */
export function stylePart(entries: boolean): Uint8Array {
  const faces = Object.values(fonts).map(
    ({ size, mark, colour }) =>
      `<font>${mark}<sz val="${size}"/>${colour}<name val="Arial"/><family val="2"/></font>`,
  );
  const formats = Object.values(cellStyle).flatMap(({ entry, xml }) => (entry && !entries ? [] : [xml]));
  const grey = '<color rgb="FF505A5F"/>';
  const line = (side: string): string => `<${side} style="thin">${grey}</${side}>`;
  return xmlPart(
    `<styleSheet xmlns="${mainNamespace}">` +
      `<numFmts count="2"><numFmt numFmtId="${percentFormat}" formatCode="0.0%"/>` +
      `<numFmt numFmtId="${decimalFormat}" formatCode="#,##0.0"/></numFmts>` +
      `<fonts count="${faces.length}">${faces.join("")}</fonts>` +
      `<fills count="${entries ? 3 : 2}"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${
        entries
          ? '<fill><patternFill patternType="solid"><fgColor rgb="FFFFF7D6"/><bgColor indexed="64"/></patternFill></fill>'
          : ""
      }</fills>` +
      `<borders count="${entries ? 3 : 2}">` +
      "<border><left/><right/><top/><bottom/><diagonal/></border>" +
      `<border><left/><right/><top/><bottom style="medium"><color rgb="FF000000"/></bottom><diagonal/></border>${
        entries ? `<border>${["left", "right", "top", "bottom"].map(line).join("")}<diagonal/></border>` : ""
      }</borders>` +
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
      `<cellXfs count="${formats.length}">${formats.join("")}</cellXfs>` +
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>' +
      "</styleSheet>",
  );
}
