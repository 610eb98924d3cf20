import { Paragraph } from "docx";
import type { ResultTable } from "../../analysis/result.js";
import { longDate } from "../../analysis/words.js";
import type { Block, Report, ReportPart } from "../document/document.js";
import { chartBody } from "./chart.js";
import { Outline, targetsOf } from "./outline.js";
import { type BodyPart, proseBody } from "./prose.js";
import { plain, strong } from "./runs.js";
import { figureTable } from "./table.js";

/** A table of more rows than this stands at the end, so that the text can be read through. */
const mostRowsInText = 25;

/** The heading of the section with the longer tables; its id is no section's of a report. */
const tablesSection = { id: "casedraw tables", heading: "Tables" } as const;

interface LongTable {
  readonly id: string;
  readonly table: ResultTable;
}

/**
 * A report as the paragraphs and tables of a document.
 *
 * @param options.title - false where a template has the title; default true
 * @param options.brief - without contents and without the tables beside charts; default false
 */
export function reportBody(
  report: Report,
  { title: withTitle = true, brief = false }: { readonly title?: boolean; readonly brief?: boolean } = {},
): BodyPart[] {
  const { title, kind, date, lede, summary, parts, footer } = report;
  const outline = new Outline([...targetsOf(report), tablesSection.id]);
  const body = new Body(outline, brief);
  const written = [
    ...body.part(summary, 1),
    ...(brief ? [] : contents(report, outline)),
    ...parts.flatMap((part) => [
      ...body.part(part, 1),
      ...(part.parts ?? []).flatMap((inner) => body.part(inner, 2)),
    ]),
    ...body.longTables(),
  ];
  return [
    ...(withTitle
      ? [
          new Paragraph({ style: "Title", children: [plain(title)] }),
          new Paragraph({ style: "Subtitle", children: [plain(`${kind}, ${longDate(date)}`)] }),
        ]
      : []),
    new Paragraph({ children: [plain(lede)] }),
    ...written,
    new Paragraph({ children: [plain(footer)] }),
  ];
}

/** A list with a link to each section. Word would have to be asked to fill a field of its own; this is there at once. */
function contents({ parts }: Report, outline: Outline): BodyPart[] {
  return [
    outline.heading(1, [plain("Contents")]),
    ...parts.flatMap((part) => [
      new Paragraph({ style: "TOC1", children: [outline.link(part.id, part.heading)] }),
      ...(part.parts ?? []).map(
        ({ id, heading }) => new Paragraph({ style: "TOC2", children: [outline.link(id, heading)] }),
      ),
    ]),
  ];
}

class Body {
  readonly #outline: Outline;
  readonly #brief: boolean;
  readonly #long: LongTable[] = [];

  constructor(outline: Outline, brief: boolean) {
    this.#outline = outline;
    this.#brief = brief;
  }

  part({ id, heading, blocks }: Omit<ReportPart, "parts">, level: number): BodyPart[] {
    return [
      this.#outline.heading(level, this.#outline.target(id, [plain(heading)])),
      ...blocks.flatMap((block) => this.#block(block, level)),
    ];
  }

  /** The tables that were too long for the text, whole. */
  longTables(): BodyPart[] {
    if (this.#long.length === 0) return [];
    const { id, heading } = tablesSection;
    return [
      this.#outline.heading(1, this.#outline.target(id, [plain(heading)])),
      ...this.#long.flatMap(({ id: tableId, table }) => this.#captioned(tableId, table)),
    ];
  }

  #block(block: Block, level: number): BodyPart[] {
    switch (block.kind) {
      case "paragraph":
        return [new Paragraph({ children: [plain(block.text)] })];
      case "list":
        return block.items.map(
          ({ text, section }) =>
            new Paragraph({
              style: "ListParagraph",
              numbering: { reference: "bullets", level: 0, instance: 0 },
              children: [
                plain(text),
                ...(section === undefined || this.#brief
                  ? []
                  : [
                      plain(" See: "),
                      this.#outline.link(section.id, section.heading),
                      plain(/[?.!]$/.test(section.heading) ? "" : "."),
                    ]),
              ],
            }),
        );
      case "facts":
        return block.facts.map(
          ([term, text]) => new Paragraph({ children: [strong(`${term}: `), plain(text)] }),
        );
      case "chart":
        return [
          ...chartBody(block.chart, block.pictures),
          ...(this.#brief ? [] : this.#table(block.id, block.table)),
        ];
      case "table":
        return this.#table(block.id, block.table);
      case "folded":
        return block.blocks.flatMap((inner) => this.#block(inner, level));
      case "prose":
        return proseBody(block.blocks, { outline: this.#outline, under: level });
    }
  }

  #table(id: string, table: ResultTable): BodyPart[] {
    if (table.rows.length <= mostRowsInText) return this.#captioned(id, table);
    this.#long.push({ id, table });
    return [
      new Paragraph({
        children: [
          plain(`${table.caption}: the table has ${table.rows.length} rows and stands at the end, under `),
          this.#outline.link(id, tablesSection.heading),
          plain("."),
        ],
      }),
    ];
  }

  #captioned(id: string, table: ResultTable): BodyPart[] {
    const caption = this.#outline.target(id, [plain(`${table.caption}`)]);
    return [new Paragraph({ style: "Caption", children: caption }), figureTable(table)];
  }
}
