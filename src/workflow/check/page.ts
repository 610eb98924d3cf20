import type { ResultTable } from "../../analysis/result.js";
import { isMarked } from "../../analysis/tally.js";
import { inSentence, listText } from "../../analysis/words.js";
import { fieldQualityChart } from "../../charts/field-quality-chart.js";
import { type CheckFinding, foundRow } from "../../checks/finding.js";
import { fileName } from "../../checks/words.js";
import { capital, fieldLabel, levelLabel } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import { markingOfPlan } from "../../plan/marking.js";
import type { Block, Pictures, Report, ReportPart } from "../../report/document/document.js";
import { disclosureWords } from "../analysis/disclosure-words.js";
import { packageVersion } from "../package-version.js";
import { matchingTable } from "./matching.js";
import type { CheckedExport } from "./read-export.js";
import { isOfFields, type ShownCheck } from "./shown.js";
import {
  byRule,
  type FoundByRule,
  findingWords,
  readSentence,
  refusalWords,
  worstSentence,
} from "./words.js";

/** More rows of a finding stand in issues.csv only. */
const mostRows = 15;
const mostAreas = 15;
const mostErrors = 5;
const mostQueries = 3;

/** The chart of a check, and its picture once it is drawn. */
export function qualityChart({ quality }: ShownCheck) {
  return quality === undefined ? undefined : fieldQualityChart(quality.all, quality.byArea);
}

/**
 * `quality.html`: what is wrong with an export, worst first.
 *
 * @param pictures - of {@link qualityChart}, where there is one
 */
export function qualityReport(
  shown: ShownCheck,
  checked: CheckedExport,
  pictures: Pictures | undefined,
): Report {
  const { plan, findings, notRun } = shown;
  const found = byRule(findings);
  const of = (severity: "error" | "query"): FoundByRule[] =>
    found.filter(({ rule }) => rule.severity === severity);
  return {
    title: `Data quality of ${filesText(plan.data.map(({ path }) => fileName(path)))}`,
    kind: "Check of an export",
    marking: markingOf(shown),
    lede: "What is wrong with the data, what to ask their owner, and what it means for a sample and its figures.",
    date: plan.reference_date,
    summary: { id: "short", heading: "In short", blocks: summaryBlocks(shown, found) },
    parts: [
      { id: "fields", heading: "Fields and areas", blocks: fieldBlocks(shown, pictures) },
      severityPart("errors", "Errors: a figure would be wrong", of("error"), shown),
      severityPart("queries", "Queries: ask the data’s owner", of("query"), shown),
      ...(notRun.length === 0
        ? []
        : [{ id: "not-run", heading: "What could not be checked", blocks: notRunBlocks(shown) }]),
      { id: "columns", heading: "How columns were read", blocks: columnBlocks(shown, checked) },
      { id: "made", heading: "How this was made", blocks: madeBlocks(shown) },
    ],
    footer: "Made by casedraw. The same export and plan give the same page.",
  };
}

/** A title has room for two files. */
function filesText(files: readonly string[]): string {
  const rest = files.length - 2;
  return listText(
    rest > 0 ? [...files.slice(0, 2), rest === 1 ? "1 more file" : `${rest} more files`] : files,
  );
}

function markingOf({ plan, edition }: ShownCheck): string {
  return edition === "publishable"
    ? `Publishable edition: small numbers ${disclosureWords(plan)}.`
    : `${markingOfPlan(plan)}: internal edition. It names records by id and row: not for publication.`;
}

function summaryBlocks(shown: ShownCheck, found: readonly FoundByRule[]): Block[] {
  const { refusal } = shown;
  const sentences = [
    ...(refusal === undefined
      ? []
      : [{ text: `No sample can be drawn from this export as it is. ${refusalWords(refusal)}` }]),
    ...leading(found).map(({ finding, rule }) => ({
      text: findingWords(finding),
      section: { id: rule.id, heading: rule.rule.title },
    })),
  ];
  const worst = worstSentence(shown);
  return [
    { kind: "paragraph", text: readSentence(shown) },
    ...(sentences.length === 0 ? [] : [{ kind: "list" as const, items: sentences }]),
    ...(worst === undefined ? [] : [{ kind: "paragraph" as const, text: worst }]),
  ];
}

/** What a reader with one minute must know: errors, then the queries about the most rows, as far as numbers are shown. */
function leading(found: readonly FoundByRule[]) {
  const all = found.flatMap((rule) => rule.findings.map((finding) => ({ finding, rule })));
  const rowsOf = ({ finding: { count } }: (typeof all)[number]): number => (isMarked(count) ? 0 : count);
  const queries = all.filter(({ finding }) => finding.severity === "query");
  return [
    ...all.filter(({ finding }) => finding.severity === "error").slice(0, mostErrors),
    ...queries.sort((a, b) => rowsOf(b) - rowsOf(a)).slice(0, mostQueries),
  ];
}

function fieldBlocks(shown: ShownCheck, pictures: Pictures | undefined): Block[] {
  const { quality, edition, plan } = shown;
  const chart = qualityChart(shown);
  if (quality === undefined || chart === undefined) {
    return [{ kind: "paragraph", text: "No field could be judged." }];
  }
  const blocks: Block[] = [
    {
      kind: "paragraph",
      text: `Blank: nothing is there, or that it is not recorded. Not understood: the value is none of the field’s codes. Unreadable: no date or number.${
        plan.columns.law_type === undefined || plan.columns.local_authority === undefined
          ? ""
          : " Local authority is judged in public law only."
      }${plan.joins.length === 0 ? "" : " What a joined file gives is judged where it has a row."}`,
    },
  ];
  if (pictures === undefined) blocks.push({ kind: "table", id: "quality-table", table: quality.all });
  else {
    blocks.push({
      kind: "chart",
      id: "quality-chart",
      chart,
      pictures,
      table: quality.byArea ?? quality.all,
    });
    if (quality.byArea !== undefined) blocks.push({ kind: "table", id: "quality-all", table: quality.all });
  }
  const cells = [quality.all, quality.byArea]
    .flatMap((table) => table?.rows ?? [])
    .flatMap((row) => row.cells);
  const signs = [
    ...(edition === "publishable" && cells.some((cell) => isMarked(cell) && cell.mark === "c")
      ? ["[c] is confidential: a small count, or one that would tell a small count"]
      : []),
    ...(cells.some((cell) => isMarked(cell) && cell.mark === "low")
      ? ["[low] rounds to zero and is not zero"]
      : []),
    ...(cells.some((cell) => isMarked(cell) && cell.mark === "z")
      ? ["[z] is not applicable: no row of the area has to have it"]
      : []),
  ];
  if (signs.length > 0) blocks.push({ kind: "paragraph", text: `${signs.join("; ")}.` });
  return blocks;
}

function severityPart(
  id: string,
  heading: string,
  found: readonly FoundByRule[],
  shown: ShownCheck,
): ReportPart {
  return {
    id,
    heading,
    blocks: found.length === 0 ? [{ kind: "paragraph", text: "None was found." }] : [],
    parts: found.map((each) => ({
      id: each.id,
      heading: each.rule.title,
      blocks: ruleBlocks(each, shown),
    })),
  };
}

function ruleBlocks({ rule, id, findings }: FoundByRule, { plan }: ShownCheck): Block[] {
  const words = findings.map(findingWords);
  const [only = ""] = words;
  return [
    words.length === 1
      ? { kind: "paragraph", text: only }
      : { kind: "list", items: words.map((text) => ({ text })) },
    {
      kind: "facts",
      facts: [
        ["What it means", rule.meaning],
        ["What to do", rule.ask],
        ["Rule", rule.code],
      ],
    },
    ...findings.flatMap(({ whole }, at) =>
      whole === undefined
        ? []
        : detailBlocks(whole, { id: `${id}-${at + 1}`, plan, named: findings.length > 1 }),
    ),
  ];
}

/** @param about.named - whether the details must say of which field they are */
function detailBlocks(
  finding: CheckFinding,
  { id, plan, named }: { readonly id: string; readonly plan: ShownCheck["plan"]; readonly named: boolean },
): Block[] {
  const { byArea, fields } = finding;
  const count = finding.rows.length;
  const [first] = fields;
  const before = named && first !== undefined ? `${fieldLabel(first)}: ` : "";
  const heading = (text: string): string => (before === "" ? text : `${before}${inSentence(text)}`);
  // Of a field's blanks and unknown values the grid and its table have the areas.
  const areas = isOfFields(finding) ? [] : (byArea?.areas ?? []).filter((area) => area.count > 0);
  const blocks: Block[] = [];
  if (count > 0) {
    const isCut = count > mostRows;
    const text = heading(isCut ? `The first ${mostRows} of ${thousands(count)} rows` : "The rows");
    blocks.push({
      kind: "folded",
      heading: text,
      blocks: [
        { kind: "table", id: `${id}-rows`, table: rowsTable(finding, text) },
        ...(isCut ? [{ kind: "paragraph" as const, text: "issues.csv has all of them." }] : []),
      ],
    });
  }
  if (byArea !== undefined && areas.length > 1) {
    const isCut = areas.length > mostAreas;
    blocks.push({
      kind: "folded",
      heading: heading(isCut ? `The ${mostAreas} areas with the highest share` : "By area"),
      blocks: [
        {
          kind: "table",
          id: `${id}-areas`,
          table: {
            id: `${id}_areas`,
            caption: `${fieldLabel(byArea.field)} by share of its rows`,
            dimensions: [fieldLabel(byArea.field)],
            measures: [
              { key: "found", label: "Found", kind: "count" },
              { key: "rows", label: "Of rows", kind: "count" },
              { key: "share", label: "Share", kind: "share" },
            ],
            rows: areas.slice(0, mostAreas).map(({ area, count: found, of }) => ({
              names: [levelLabel(byArea.field, area, plan)],
              cells: [found, of, of === 0 ? { mark: "z" } : found / of],
            })),
          },
        },
      ],
    });
  }
  return blocks;
}

function rowsTable(finding: CheckFinding, caption: string): ResultTable {
  const rows = Array.from({ length: Math.min(mostRows, finding.rows.length) }, (_, k) =>
    foundRow(finding, k),
  );
  return {
    id: "rows",
    caption,
    dimensions: ["Row of the file", "File", "Unit id"],
    measures: [],
    rows: rows.map(({ unitId, file, row }) => ({
      names: [`${row}`, file, unitId === "" ? "none" : unitId],
      cells: [],
    })),
  };
}

function notRunBlocks({ notRun, setAside }: ShownCheck): Block[] {
  return [
    {
      kind: "table",
      id: "not-run-table",
      table: {
        id: "not_run",
        caption:
          setAside.length === 0
            ? "Rules that need what the plan does not map or say"
            : "Rules that need what the plan does not map or say, or what was set aside",
        dimensions: ["What is checked"],
        measures: [{ key: "lacks", label: "Needs", kind: "text" }],
        rows: notRun.map(({ title, lacks }) => ({
          names: [title],
          cells: [lacks.map((group) => lackText(group, setAside)).join("; ")],
        })),
      },
    },
  ];
}

/** What a rule lacks: any one of several fields, or something that the plan says. */
function lackText(group: string, setAside: readonly string[]): string {
  if (group === "observed") return "The plan’s observation window";
  const names = group.split(" or ");
  const labels = names.map((name) => {
    const aside = setAside.includes(name) ? " (set aside: dates of two orders)" : "";
    return `${inSentence(fieldLabel(name))}${aside}`;
  });
  return capital(listText(labels, "or"));
}

/** Counts of a file's own cells are for the internal edition. */
function columnBlocks({ edition }: ShownCheck, { report }: CheckedExport): Block[] {
  const { header, rows } = matchingTable(report);
  const width = edition === "internal" ? header.length : 4;
  if (rows.length === 0) return [{ kind: "paragraph", text: "No column could be read." }];
  const names = [
    "Field",
    "Header",
    "File",
    "How it is read",
    "Rows",
    "Blank",
    "Not understood",
    "Unreadable",
  ];
  return [
    {
      kind: "table",
      id: "columns-table",
      table: {
        id: "columns",
        caption: "Columns of the export and the fields that they give",
        dimensions: names.slice(0, 4),
        measures: names.slice(4, width).map((label) => ({ key: label, label, kind: "count" as const })),
        rows: rows.map((cells) => ({
          names: cells.slice(0, 4).map(String),
          cells: cells.slice(4, width).map(Number),
        })),
      },
    },
  ];
}

function madeBlocks({ edition, plan, disclosure }: ShownCheck): Block[] {
  return [
    {
      kind: "facts",
      facts: [
        [
          "Errors and queries",
          "An error makes a figure wrong. A query may be right, and only the data’s owner can say. casedraw explain with the code of a rule tells more.",
        ],
        ...(disclosure === undefined
          ? []
          : [
              [
                "Small counts",
                `Counts of 1 to ${disclosure.threshold} are not shown, nor others from which they could be worked out; the rest are rounded to a multiple of ${disclosure.roundTo}.`,
              ] as const,
            ]),
        [
          "Other files",
          edition === "internal"
            ? "issues.csv has every row found. questions.docx and questions.md are for the data’s owner. matching.csv says how columns were read; value-map.csv takes the codes of values that were not understood."
            : "The internal edition has the rows and the questions for the data’s owner.",
        ],
        ["Plan", plan.title],
        [
          "Made by",
          `casedraw ${packageVersion()}. manifest.json has the plan, the files that were read with their hashes, and the hash of every output.`,
        ],
      ],
    },
  ];
}
