import { AlignmentType, type INumberingOptions, type IStylesOptions, LevelFormat, LineRuleType } from "docx";

const black = "0B0C0C";
const blue = "12436D";

/** Ids of the styles that a document names, as Word's own are called, and what they look like without a template. */
export const documentStyles: IStylesOptions = {
  default: {
    document: {
      run: { font: "Arial", size: 22, color: black, language: { value: "en-GB" } },
      paragraph: { spacing: { after: 120, line: 264, lineRule: LineRuleType.AUTO } },
    },
    title: {
      run: { size: 44, bold: true, color: black },
      paragraph: { spacing: { before: 0, after: 80 }, keepNext: true },
    },
    heading1: heading(32, 360),
    heading2: heading(26, 280),
    heading3: heading(24, 240),
    heading4: heading(22, 200),
    heading5: heading(22, 200),
    heading6: heading(22, 200),
    hyperlink: { run: { color: blue, underline: {} } },
    listParagraph: { paragraph: { spacing: { after: 60 } } },
  },
  paragraphStyles: [
    {
      id: "Subtitle",
      name: "Subtitle",
      basedOn: "Normal",
      next: "Normal",
      run: { size: 26 },
      paragraph: { spacing: { after: 200 } },
    },
    {
      id: "Caption",
      name: "caption",
      basedOn: "Normal",
      next: "Normal",
      run: { size: 22, bold: true },
      paragraph: { spacing: { before: 160, after: 80 }, keepNext: true, keepLines: true },
    },
    {
      id: "ChartTitle",
      name: "Chart title",
      basedOn: "Normal",
      next: "Normal",
      run: { size: 24, bold: true },
      paragraph: { spacing: { before: 160, after: 40 }, keepNext: true, keepLines: true },
    },
    {
      id: "TableText",
      name: "Table text",
      basedOn: "Normal",
      run: { size: 18 },
      paragraph: { spacing: { before: 30, after: 30, line: 240, lineRule: LineRuleType.AUTO } },
    },
    { id: "Code", name: "Code", basedOn: "Normal", run: { font: "Courier New", size: 20 } },
    { id: "Quote", name: "Quote", basedOn: "Normal", paragraph: { indent: { left: 567, right: 567 } } },
    { id: "Header", name: "header", basedOn: "Normal", run: { size: 18, bold: true } },
    {
      id: "Footer",
      name: "footer",
      basedOn: "Normal",
      run: { size: 18 },
      paragraph: { alignment: AlignmentType.RIGHT },
    },
    contents("TOC1", "toc 1", 0),
    contents("TOC2", "toc 2", 284),
  ],
};

const signs = ["\u2022", "\u2013", "\u2022", "\u2013", "\u2022", "\u2013"];

/** Lists: `bullets`, and `numbers`, which count from 1 in each instance. */
export const documentNumbering: INumberingOptions = {
  config: [
    {
      reference: "bullets",
      levels: signs.map((text, level) => ({
        level,
        format: LevelFormat.BULLET,
        text,
        alignment: AlignmentType.LEFT,
        style: { paragraph: { indent: { left: 425 * (level + 1), hanging: 425 } } },
      })),
    },
    {
      reference: "numbers",
      levels: signs.map((_, level) => ({
        level,
        format: LevelFormat.DECIMAL,
        text: `%${level + 1}.`,
        alignment: AlignmentType.LEFT,
        style: { paragraph: { indent: { left: 425 * (level + 1), hanging: 425 } } },
      })),
    },
  ],
};

/** The deepest level of a list: deeper ones are written at this one. */
export const deepestListLevel = signs.length - 1;

function heading(size: number, before: number) {
  return {
    run: { size, bold: true, color: black },
    paragraph: { spacing: { before, after: 100 }, keepNext: true, keepLines: true },
  };
}

function contents(id: string, name: string, left: number) {
  return { id, name, basedOn: "Normal", paragraph: { indent: { left }, spacing: { after: 40 } } };
}
