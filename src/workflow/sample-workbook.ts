import { derivedFields, type Plan, standardFields } from "../plan/types.js";
import { workbookBytes } from "../report/workbook.js";
import type { SheetColumn, TableSheet } from "../report/workbook-model.js";
import type { Sample } from "../sampling/draw.js";
import type { OutputTable, SampleTables } from "./sample-tables.js";

/** Columns that hold whole numbers, and those that hold other numbers; every other column is text, ids among them. */
const integers = new Set([
  "draw_order",
  "reserve_order",
  "population",
  "allocated",
  "drawn",
  "reserves",
  "population_n",
  "sample_n",
]);
const numbers = new Set([
  "inclusion_probability",
  "design_weight",
  "population_percent",
  "expected_n",
  "weighted_percent",
  "difference",
]);

const fields = new Set<string>([...standardFields, ...derivedFields]);

/** `sample.xlsx`: what `sample.csv`, `reserves.csv`, `strata.csv` and `balance.csv` say, for people. */
export function sampleWorkbook(plan: Plan, sample: Sample, tables: SampleTables): Uint8Array {
  const cases = plan.unit === "case" ? "cases" : "children";
  return workbookBytes({
    title: plan.title,
    subject: `Sample of ${cases}`,
    date: plan.reference_date,
    sheets: [
      {
        kind: "text",
        name: "Cover",
        title: plan.title,
        lines: [
          `Stratified random sample of ${sample.drawn.length.toLocaleString("en-GB")} ${cases} and ${sample.reserves.length.toLocaleString("en-GB")} reserves.`,
          `Ages and delays are measured on ${longDate(plan.reference_date)}.`,
          { heading: "Handle with care" },
          "This workbook lists children's cases. Names and dates of birth are left out on purpose. Share it only with those who need it.",
          { heading: "Proof" },
          "The manifest beside this workbook (manifest.json) holds the seed and the digests of the data. The command casedraw verify replays the draw from them.",
        ],
      },
      { kind: "contents", name: "Contents", title: "Contents" },
      { kind: "text", name: "Notes", title: "Notes", lines: notes },
      tableSheet(
        "Sample",
        `Sampled ${cases}`,
        "Sample in draw order. Work through it from the top.",
        tables.sample,
      ),
      ...(tables.reserves.rows.length === 0
        ? []
        : [
            tableSheet(
              "Reserves",
              "Reserves by stratum",
              "Use a reserve only when a sampled case cannot be reviewed, strictly in order within its stratum.",
              tables.reserves,
            ),
          ]),
      tableSheet(
        "Strata",
        "Strata and allocation",
        "How many were eligible in each stratum, and how many were drawn.",
        tables.strata,
      ),
      tableSheet(
        "Balance",
        "Sample beside population",
        "Percentages of all eligible units, and of the sample with its design weights. The difference is in percentage points.",
        tables.balance,
      ),
    ],
  });
}

const notes = [
  { heading: "How the sample was drawn" },
  "Each unit has a ticket: a number worked out from the seed and its id alone, as if drawn from a hat that anyone can refill. In each stratum the smallest tickets are the sample and the next ones are its reserves.",
  { heading: "Columns" },
  "draw_order: 1 is the smallest ticket of the whole sample. The first cases are a random sample too.",
  "inclusion_probability: the chance that the draw gave this unit, a fraction.",
  "design_weight: how many eligible units each sampled one stands for.",
  "expected_n: how many sampled units of a level such draws give on average.",
  { heading: "Codes" },
  "not_recorded: the export says nothing. unknown: it says that nobody knows. unmapped: it says something that the plan's code sets do not know.",
  "Delay bands are in weeks: over 26 to 52 is 183 to 364 days. Ethnicity keeps the code of the Department for Education; its groups keep Chinese apart from Asian.",
  { heading: "Blank cells" },
  "A blank cell in a date, number, list or text column means that the export has no value there.",
];

function tableSheet(name: string, title: string, description: string, table: OutputTable): TableSheet {
  const columns = table.header.map((header): SheetColumn => ({ header, kind: kindOf(header) }));
  return {
    kind: "table",
    name,
    title,
    description,
    tableName: `table_${name.toLowerCase()}`,
    columns,
    rows: table.rows.map((row) =>
      row.map((cell, at) => {
        if (typeof cell === "number" || typeof cell === "string") return cell;
        return columns[at]?.kind === "text" ? cell.text : Number(cell.text);
      }),
    ),
  };
}

function kindOf(header: string): SheetColumn["kind"] {
  if (fields.has(header)) return "text";
  return integers.has(header) ? "integer" : numbers.has(header) ? "number" : "text";
}

const months = "January February March April May June July August September October November December".split(
  " ",
);

/** 2026-11-16 as 16 November 2026. */
function longDate(iso: string): string {
  return `${Number(iso.slice(8))} ${months[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;
}
