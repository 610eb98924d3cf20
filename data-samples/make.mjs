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
  const national = nationalRows(tools);
  return {
    ...childrenFiles(national, tools),
    ...visitFiles(national, tools),
    ...annexFile(tools),
    ...courtsFile(tools),
    ...publishedFile(tools),
    ...publishedRegionalFile(tools),
    quirks: quirkTable(tools),
  };
}

/** The rows of the national export: children whose case is open or closed since 4 August 2026. */
function nationalRows({ synthesise }) {
  const { headers, rows } = synthesise({
    rows: 3_000,
    seed,
    referenceDate,
    windowFrom: "2026-08-04",
    messy: true,
  });
  const at = (header) => headers.findIndex((name) => name.trim() === header);
  return { headers, all: [...rows()], at, isOpen: (row) => row[at("closed date")] === "" };
}

/** The national export in two files, and the factors apart. */
function childrenFiles({ headers, all, at, isOpen }, { csvText, workbookBytes }) {
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

/** What a focused visit asks for beside the export: audits, complaints, practitioners and their supervision records. */
function visitFiles({ all, at, isOpen }, { csvText }) {
  const cell = (row, header) => row[at(header)].replaceAll("\u00a0", " ").trim();
  const open = all.filter((row) => isOpen(row) && cell(row, "case ID") !== "");
  const child = (row) => [cell(row, "case ID"), cell(row, "child ID")];

  const grades = ["good", "requires improvement", "outstanding", "good", "inadequate"];
  const audits = open
    .filter((row) => cell(row, "audited").startsWith("Y"))
    .map((row, i) => [...child(row), daysBefore((i * 29) % 360), grades[i % grades.length]]);

  const subjects = ["delay", "communication", "report", "change of worker"];
  const complaints = open
    .filter((_, i) => i % 53 === 7)
    .map((row, i) => [
      `C${String(1001 + i)}`,
      ...child(row),
      daysBefore((i * 17) % 180),
      subjects[i % subjects.length],
    ]);

  const areas = new Map();
  for (const row of open) {
    const name = cell(row, "practitioner");
    if (name !== "" && !areas.has(name)) areas.set(name, [cell(row, "service area"), cell(row, "team")]);
  }
  for (const name of ["FCA 0901", "FCA 0902", "FCA 0903"]) areas.set(name, ["A1 North East", "A1 Team 1"]);
  const practitioners = [...areas]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, [area, team]], i) => [name, area, team, i % 4 === 0 ? "part time" : "full time"]);
  const supervision = practitioners.flatMap(([name], i) =>
    Array.from({ length: 1 + (i % 4) }, (_, k) => [name, daysBefore(7 * k + (i % 30))]),
  );
  return {
    "audits.csv": csvText(["case ID", "child ID", "audit date", "audit grade"], audits),
    "complaints.csv": csvText(["complaint", "case ID", "child ID", "date received", "subject"], complaints),
    "practitioners.csv": csvText(["practitioner", "service area", "team", "hours"], practitioners),
    "supervision.csv": csvText(
      ["record", "practitioner", "date of supervision"],
      supervision.map((record, i) => [`S${String(1 + i).padStart(4, "0")}`, ...record]),
    ),
  };
}

/** A date before the reference date, day first. */
function daysBefore(days) {
  const date = new Date(Date.parse(referenceDate) - days * 24 * 60 * 60 * 1000);
  return date.toISOString().slice(0, 10).split("-").reverse().join("/");
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

/**
 * Invented figures of 17 service areas over 13 quarters in the shape that publishers use, with an area that is not known. Two
 * areas are odd on purpose (Area 4 is slower, Area 11 quicker); one figure is hidden; one indicator has no counts.
 */
function publishedRegionalFile({ csvText }) {
  const headers =
    "area,period,indicator,numerator,denominator,polarity,source,release_date,status,geography,year_kind,unit".split(
      ",",
    );
  // A fixed scatter between 0 and 1: the same numbers on every machine, and no more than that.
  const scatter = (seed) => ((seed * 7919 + 104729) % 1009) / 1009;
  const places = Array.from({ length: 17 }, (_, at) => `Area ${at + 1}`);
  const quarters = Array.from(
    { length: 13 },
    (_, at) => `${2023 + Math.floor((at + 1) / 4)}-Q${((at + 1) % 4) + 1}`,
  );
  const indicators = [
    {
      name: "Care cases closed within 26 weeks",
      polarity: "higher_is_better",
      unit: "percent",
      base: 150,
      share: 0.34,
      odd: -0.14,
    },
    {
      name: "Private law cases open over 52 weeks",
      polarity: "lower_is_better",
      unit: "percent",
      base: 420,
      share: 0.22,
      odd: 0.09,
    },
    {
      name: "New care cases per 10,000 children",
      polarity: "",
      unit: "per 10,000",
      base: 68000,
      share: 0.00082,
      odd: 0.0003,
    },
    { name: "Mean weeks of care cases", polarity: "lower_is_better", unit: "weeks" },
  ];
  const rows = indicators.flatMap(({ name, polarity, unit, base, share, odd }, which) =>
    quarters.flatMap((quarter, at) => {
      const about = [
        polarity,
        "Invented statistics (synthetic)",
        "2026-09-24",
        at === quarters.length - 1 ? "provisional" : "revised",
        "England",
        "calendar",
        unit,
      ];
      if (base === undefined) {
        const mean = (place) =>
          (40 - 0.3 * at + 6 * (scatter(17 * at + place) - 0.5) + (place === 3 ? 7 : 0)).toFixed(1);
        return [
          ["England", quarter, name, (40 - 0.3 * at).toFixed(1), "", ...about],
          ...places.map((place, k) => [place, quarter, name, mean(k), "", ...about]),
        ];
      }
      const own = [...places, "Not known"].map((place, k) => {
        const size = place === "Not known" ? 0.05 : 0.4 + 1.4 * scatter(31 * k + 7);
        const cases = Math.round(base * size * (0.95 + 0.1 * scatter(at * 13 + k)));
        const shift = k === 3 ? odd : k === 10 ? -odd / 2 : 0;
        const noise =
          2.2 * (scatter(at * 57 + k * 11 + which * 101) - 0.5) * Math.sqrt((share * (1 - share)) / cases);
        return { place, cases, events: Math.max(0, Math.round(cases * (share + shift + noise))) };
      });
      const sum = (key) => own.reduce((total, each) => total + each[key], 0);
      return [
        ["England", quarter, name, String(sum("events")), String(sum("cases")), ...about],
        ...own.map(({ place, cases, events }, k) => [
          place,
          quarter,
          name,
          k === 16 && which === 1 && at === 6 ? "[c]" : String(events),
          String(cases),
          ...about,
        ]),
      ];
    }),
  );
  return { "published-regional.csv": csvText(headers, rows) };
}

/** Invented quarterly figures in the shape of published tables: two indicators over 18 quarters, the last one provisional. */
function publishedFile({ csvText }) {
  const headers = [
    "area",
    "period",
    "indicator",
    "numerator",
    "denominator",
    "polarity",
    "source",
    "release_date",
    "status",
    "geography",
    "year_kind",
    "unit",
  ];
  const closed = [
    3980, 4105, 4240, 4060, 4150, 4310, 4275, 4120, 4205, 4390, 4330, 4215, 4260, 4405, 4380, 4290, 4345,
    4400,
  ];
  const within = [
    1190, 1225, 1250, 1230, 1255, 1310, 1290, 1262, 1318, 1402, 1395, 1380, 1419, 1495, 1502, 1471, 1512,
    1540,
  ];
  const begun = [
    4120, 4010, 3985, 4215, 4090, 4160, 4020, 4245, 4130, 4075, 4210, 4300, 4185, 4120, 4275, 4330, 4265,
    4310,
  ];
  const quarters = closed.map((_, i) => `${2022 + Math.floor(i / 4)}-Q${(i % 4) + 1}`);
  const about = (i, polarity, unit) => [
    polarity,
    "Invented statistics (synthetic)",
    "2026-09-24",
    i === quarters.length - 1 ? "provisional" : "revised",
    "England",
    "calendar",
    unit,
  ];
  const rows = [
    ...quarters.map((quarter, i) => [
      "England",
      quarter,
      "Care cases closed within 26 weeks",
      String(within[i]),
      String(closed[i]),
      ...about(i, "higher_is_better", "percent"),
    ]),
    ...quarters.map((quarter, i) => [
      "England",
      quarter,
      "New care cases",
      String(begun[i]),
      "",
      ...about(i, "", "cases"),
    ]),
  ];
  return { "published-quarterly.csv": csvText(headers, rows) };
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
      ["synth/synthesise", "synth/places", "synth/quirks", "report/csv", "report/workbook/workbook"].map(
        (module) => import(`../dist/${module}.js`),
      ),
    )),
  );
  const { quirks, ...files } = makeSamples(tools);
  const here = (name) => new URL(name, import.meta.url);
  for (const [name, content] of Object.entries(files)) writeFileSync(here(name), content);
  writeFileSync(here("README.md"), withQuirks(readFileSync(here("README.md"), "utf8"), quirks));
}
