// Makes every file of this folder but the README and the plans: node data-samples/make.mjs (after npm run build).
// The same code gives the same bytes; a test compares them with what is committed.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const referenceDate = "2026-11-16";
const seed = "data-samples";

const annexColumns = [
  "case ID",
  "case name",
  "gender",
  "ethnicity",
  "disability (Y/N)",
  "date of birth",
  "lead application",
  "law type",
  "case type",
  "practitioner",
  "team",
  "service area",
  "local authority",
  "court",
  "file location",
];

/**
 * @param tools - synthesise, courtLookup, quirks, blankRecordRate, csvText and workbookBytes of casedraw
 * @returns file name → text or bytes; README.md's is the table of quirks between its markers
 */
export function makeSamples(tools) {
  return { ...childrenFiles(tools), ...annexFile(tools), ...courtsFile(tools), quirks: quirkTable(tools) };
}

/** Open children and children of cases closed since 4 August 2026, and their factors apart. */
function childrenFiles({ synthesise, csvText, workbookBytes }) {
  const { headers, rows } = synthesise({
    rows: 3_000,
    seed,
    referenceDate,
    windowFrom: "2026-08-04",
    messy: true,
  });
  const all = [...rows()];
  const at = (header) => headers.indexOf(header);
  const isOpen = (row) => row[at("closed date")] === "";
  const withoutFactors = (row) => row.filter((_, i) => i !== at("Proceedings factors"));
  const openHeaders = withoutFactors(headers);
  const closedHeaders = openHeaders.map((header) => (header === "closed date" ? "Date closed" : header));

  const factors = new Map();
  for (const row of all) {
    const list = row[at("Proceedings factors")];
    if (list !== "") factors.set(row[at("case ID")].trim(), list.split("; "));
  }
  const factorRows = [...factors].flatMap(([caseId, list]) => list.map((factor) => [caseId, factor]));
  return {
    "open-children.csv": csvText(openHeaders, all.filter(isOpen).map(withoutFactors)),
    "closed-children.csv": csvText(closedHeaders, all.filter((row) => !isOpen(row)).map(withoutFactors)),
    "factors.xlsx": workbookBytes({
      title: "Proceedings factors (synthetic)",
      date: referenceDate,
      sheets: [
        table("Factors", "Proceedings factors by case (synthetic)", ["case ID", "Factor"], factorRows),
      ],
    }),
  };
}

/** Cases closed in the two weeks to the reference date: the Annex A list, which names no child and no date of a case. */
function annexFile({ synthesise, workbookBytes }) {
  const { headers, rows } = synthesise({
    rows: 4_800,
    seed,
    referenceDate,
    windowFrom: "2026-11-02",
    messy: true,
  });
  const at = (header) => headers.findIndex((name) => name.trim() === header);
  const closed = at("closed date");
  const wanted = annexColumns.map(at);
  const list = [...rows()].filter((row) => row[closed] !== "").map((row) => wanted.map((i) => row[i]));
  return {
    "closed-annex-a.xlsx": workbookBytes({
      title: "Annex A, cases closed in the last two weeks (synthetic)",
      date: referenceDate,
      sheets: [table("List 1", "List 1: children of cases closed since 2 November 2026", annexColumns, list)],
    }),
  };
}

function courtsFile({ courtLookup, csvText }) {
  const rows = courtLookup().map(({ court, dfjArea, region }) => [court, dfjArea, region]);
  return { "courts.csv": csvText(["court", "DFJ area", "Region"], rows) };
}

function table(name, title, headers, rows) {
  const columns = headers.map((header) => ({ header, kind: "text" }));
  return { kind: "table", name, title, tableName: name.replaceAll(" ", "_"), columns, rows };
}

function quirkTable({ quirks, blankRecordRate }) {
  const percent = (rate) => `${Number((rate * 100).toFixed(2))} %`;
  const lines = quirks.map(
    ({ name, columns, rate }) => `| ${name} | ${columns.join(", ")} | ${percent(rate)} |`,
  );
  return [
    "| quirk | columns | share of the filled cells |",
    "|---|---|---|",
    ...lines,
    `| blank record | a row of blanks after a row | ${percent(blankRecordRate)} of rows |`,
    "| blank column | behind the last one, with a blank header | always |",
    "| header with a trailing or a non-breaking space | team, first hearing date | always |",
  ].join("\n");
}

/** The README with the table of quirks between its two markers. */
export function withQuirks(readme, quirks) {
  return readme.replace(/(?<=<!-- quirks -->\n)(.*\n)*?(?=<!-- end -->)/, () => `${quirks}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const tools = Object.assign(
    {},
    ...(await Promise.all(
      ["synth/synthesise", "synth/places", "synth/quirks", "report/csv", "report/workbook"].map(
        (module) => import(`../dist/${module}.js`),
      ),
    )),
  );
  const { quirks, ...files } = makeSamples(tools);
  const here = (name) => new URL(name, import.meta.url);
  for (const [name, content] of Object.entries(files)) writeFileSync(here(name), content);
  writeFileSync(here("README.md"), withQuirks(readFileSync(here("README.md"), "utf8"), quirks));
}
