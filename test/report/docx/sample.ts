import type { ResultTable } from "../../../src/analysis/result.js";
import type { Png, Report } from "../../../src/report/document/document.js";
import { readMarkdown } from "../../../src/report/document/markdown.js";

/** One pixel of grey, by hand from the PNG specification: enough for a file that only carries it. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCB4fDLAQAAAABJRU5ErkJggg==",
  "base64",
);

/** Pictures of different bytes, as two charts have. */
export function png(height: number, more = 0): Png {
  return { bytes: new Uint8Array([...pixel, more]), width: 680, height };
}

export function table(id: string, rows: number): ResultTable {
  return {
    id,
    caption: `Children by age, 16 November 2026 (${id})`,
    dimensions: ["Age"],
    measures: [
      { key: "children", label: "Children", kind: "count" },
      { key: "share", label: "Share of children", kind: "share", interval: true },
    ],
    rows: Array.from({ length: rows }, (_, at) => ({
      names: [`Level ${at + 1}`],
      cells:
        at === 0
          ? [{ mark: "c" as const }, { mark: "c" as const }]
          : [at * 1000, { value: 0.1, lower: 0.05, upper: 0.2 }],
    })),
  };
}

const prose = `## Below the part

Words in **bold**, [the statistics](https://www.gov.uk/a?b=1&c=2) and [not this](javascript:alert(1)).

1. first
   - inside
2. second

1) counts from one again

| Area | Note |
|---|---|
| A1 | x |

| Area | Note |
|---|---|
| A2 | y |

> A quotation.
`;

const chart = {
  spec: {} as never,
  title: "Most children are 5 to 9",
  subtitle: "Share of children by age",
  description: 'Bars: 5 to 9 has 40.0% of "children" & <more>.',
  table: { header: [], rows: [] },
  notes: ["Bars start at zero."],
};

/** A report with every kind of block, hostile text and control characters. */
export const report: Report = {
  title: 'North & South <b>"2026"</b>\u0001',
  kind: "Pre-inspection analysis",
  marking: "OFFICIAL-SENSITIVE: internal",
  lede: "What the data say. {{title}} stays as it is.",
  date: "2026-11-16",
  summary: {
    id: "messages",
    heading: "Key messages",
    blocks: [
      {
        kind: "list",
        items: [
          { text: "Half of children are under 5.", section: { id: "age", heading: "How old are children?" } },
          { text: "The share open is not known." },
        ],
      },
    ],
  },
  parts: [
    {
      id: "enquiries",
      heading: "Candidate lines of enquiry",
      blocks: [{ kind: "list", items: [{ text: "Ask about area A1." }] }],
    },
    {
      id: "context",
      heading: "Contextual overview",
      blocks: [{ kind: "prose", blocks: readMarkdown(prose).blocks }],
      parts: [
        {
          id: "age",
          heading: "How old are children?",
          blocks: [
            { kind: "paragraph", text: "1,000 children." },
            {
              kind: "chart",
              id: "age-chart",
              chart,
              pictures: { svg: [], png: [png(400), png(1000, 1)] },
              table: table("age", 5),
            },
          ],
        },
        {
          id: "area",
          heading: "Where are they?",
          blocks: [
            { kind: "table", id: "area-table", table: table("area", 26) },
            { kind: "facts", facts: [["Period", "16 November 2026"]] },
            {
              kind: "chart",
              id: "area-chart",
              chart: { ...chart, title: "No picture here" },
              pictures: { svg: [], png: [] },
              table: table("area_2", 25),
            },
          ],
        },
      ],
    },
  ],
  footer: "Made by casedraw.",
};
