import type { TableSheet, Workbook } from "../../src/report/workbook/model.js";

/** Ids and texts that spreadsheets like to change. */
export const fragileTexts = [
  "0008453_2",
  "007",
  "1/2",
  "3-4",
  "12345678901234567890",
  "1e5",
  "2026-11-16",
  "=1+1",
  "+44",
  "-5",
  "@x",
  "'x",
  "TRUE",
  "#N/A",
  "50%",
  " a  b ",
  "Æ £ “quoted” – ’",
  'a "b", <c> & d',
  "two\nlines",
  "_x0041_",
  "ring\u0007",
];

export const sampleTable: TableSheet = {
  kind: "table",
  name: "Sample",
  title: "Table 1: sample",
  description: "One row a child.",
  tableName: "sample",
  columns: [
    { header: "draw_order", kind: "integer" },
    { header: "unit_id", kind: "text" },
    { header: "inclusion_probability", kind: "number" },
    { header: "share", kind: "percent" },
    { header: "closed_date", kind: "text" },
  ],
  rows: fragileTexts.map((text, i) => [i + 1, text, 1 / 3, 0.125, i % 2 === 0 ? null : "2026-01-02"]),
};

export const book: Workbook = {
  title: "Sample <A> & B",
  subject: "Autumn 2026",
  date: "2026-11-16",
  sheets: [
    {
      kind: "text",
      name: "Cover",
      title: "Sample <A> & B",
      lines: ["Synthetic.", { heading: "Use" }, "Tests."],
    },
    { kind: "contents", name: "Contents", title: "Contents" },
    { kind: "text", name: "Notes", title: "Notes", lines: ["A blank cell: the export gave no value."] },
    sampleTable,
    {
      kind: "table",
      name: "O'Hara's list",
      title: "Table 2: reserves",
      tableName: "reserves",
      columns: [{ header: "unit_id", kind: "text" }],
      rows: [],
    },
  ],
};
