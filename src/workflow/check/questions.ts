import { listText, longDate } from "../../analysis/words.js";
import { rules } from "../../checks/catalogue.js";
import { type CheckFinding, type CheckGroup, checkGroups, foundRow } from "../../checks/finding.js";
import { fileName } from "../../checks/words.js";
import { type ErrorCode, errorCodes } from "../../errors.js";
import { headersOf, sharedSources } from "../../frame/sources.js";
import { thousands } from "../../frame/words.js";
import { markingOfPlan } from "../../plan/marking.js";
import type { Plan } from "../../plan/types.js";
import type { Block, Report, ReportPart } from "../../report/document/document.js";
import type { ProseBlock, Run } from "../../report/document/prose.js";
import type { CheckedExport } from "./read-export.js";

const subjects: Readonly<Record<CheckGroup, string>> = {
  reading: "Files and columns",
  identity: "Case and child ids",
  values: "Blank and unknown values",
  dates: "Dates",
  ages: "Ages",
  law: "Law type and applications",
  families: "Children of one case",
  places: "Practitioners, teams and places",
  patterns: "Patterns over time and between areas",
};

/** So few rows are listed whole; of more there are this many examples. */
const mostExamples = 10;

/**
 * The list for the data's owner: what was found as questions, by subject, with unit ids and row numbers and no other value of
 * a record. It says nothing of what the answers are wanted for.
 */
export function questionsReport({ plan, report, unread }: CheckedExport): Report {
  const groupOf = new Map(rules.map(({ code, group }) => [code, group]));
  let number = 0;
  const parts = checkGroups.flatMap((group): ReportPart[] => {
    const found = report.findings.filter(({ code }) => groupOf.get(code) === group).filter(isAsked);
    if (found.length === 0) return [];
    const blocks = found.map((finding): Block => {
      number += 1;
      return { kind: "prose", blocks: questionBlocks(finding, number) };
    });
    return [{ id: `subject-${group}`, heading: subjects[group], blocks }];
  });
  const files = listText([...plan.data, ...plan.joins].map(({ path }) => fileName(path)));
  const unreadable = unread.flatMap(({ path, isOwners, refusal: { code } }) => {
    const why = Object.hasOwn(errorCodes, code) ? ` ${errorCodes[code as ErrorCode]}` : "";
    return isOwners ? [`We cannot read ${fileName(path)}.${why} Please send it again.`] : [];
  });
  const counted = `${thousands(number)} ${number === 1 ? "question" : "questions"}`;
  return {
    title: "Questions about the data",
    kind: "For the data’s owner",
    marking: markingOfPlan(plan),
    lede:
      number === 0 && unreadable.length === 0
        ? `Thank you for ${files}. We have no questions about the data.`
        : `Thank you for ${files}. Please help us to understand the data: answer under each question, or send corrected files.`,
    date: plan.reference_date,
    summary: {
      id: "how-to-read",
      heading: "How to read this list",
      blocks: [
        {
          kind: "list",
          items: [
            ...unreadable,
            ...(number === 0 ? [] : [`There ${number === 1 ? "is" : "are"} ${counted}, grouped by subject.`]),
            idWords(plan),
            "A row number is that of the file: row 1 is the first line, or the first row of the sheet.",
            `Ages and times are counted to ${longDate(plan.reference_date)}.`,
            "Please do not put names or dates of birth into your answers: ids and row numbers are enough.",
          ].map((text) => ({ text })),
        },
      ],
    },
    parts,
    footer:
      number === 0
        ? "There is no question to answer."
        : "We can send the whole list of rows for any question.",
  };
}

/** Whether a finding is for the data's owner to answer. */
export function isAsked(finding: CheckFinding): finding is AskedFinding {
  return finding.question !== undefined;
}

type AskedFinding = CheckFinding & { readonly question: string };

function questionBlocks(finding: AskedFinding, number: number): ProseBlock[] {
  const paragraph = (...runs: Run[]): ProseBlock => ({ kind: "paragraph", runs });
  return [
    paragraph({ text: `${number}. `, strong: true }, { text: finding.question }),
    ...(finding.rows.length === 0 ? [] : [paragraph(...exampleRuns(finding))]),
    paragraph({ text: "Answer:", strong: true }),
    // Room to write.
    paragraph({ text: "\u00a0" }),
    paragraph({ text: "\u00a0" }),
  ];
}

/** "Examples: 008453_2 (children.csv, row 17), …". */
function exampleRuns(finding: CheckFinding): Run[] {
  const count = finding.rows.length;
  const few = count <= mostExamples;
  const shown = Array.from({ length: few ? count : mostExamples }, (_, k) => foundRow(finding, k));
  const files = new Set(shown.map(({ file }) => file));
  const [only] = files;
  const where = files.size === 1 ? ` (${fileName(only as string)})` : "";
  const lead = few
    ? count === 1
      ? "The row"
      : "The rows"
    : `${mostExamples} of the ${thousands(count)} rows`;
  return [
    { text: `${lead}${where}: ` },
    ...shown.flatMap(({ unitId, file, row }, k): Run[] => {
      const place = files.size === 1 ? `row ${row}` : `${fileName(file)}, row ${row}`;
      const end = k === shown.length - 1 ? "." : "; ";
      return unitId === ""
        ? [{ text: `${place}${end}` }]
        : [{ text: unitId, code: true }, { text: ` (${place})${end}` }];
    }),
  ];
}

/** What an id of ours is made of, in the owner's own headers. */
function idWords(plan: Plan): string {
  const { unit_id: parts, unit_id_prefix: prefix } = plan;
  const shared = sharedSources(plan);
  const names = parts.map((part) => {
    if (part === "child_ordinal")
      return "a number for each child of the case, in the order of their dates of birth";
    const source = shared.get(part);
    return source === undefined ? part.replaceAll("_", " ") : `“${headersOf(source).join(", ")}”`;
  });
  const joined = names.length === 1 ? `is ${names[0]}` : `is ${listText(names)}, joined by _`;
  return `An id ${joined}${prefix === undefined ? "" : `, after ${prefix}`}.`;
}
