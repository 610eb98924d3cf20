import { catalogue } from "../../analysis/catalogue.js";
import type { ResultTable } from "../../analysis/result.js";
import { isMarked } from "../../analysis/tally.js";
import { countsChildTwice } from "../../analysis/units.js";
import { longDate } from "../../analysis/words.js";
import type { Frame } from "../../frame/frame.js";
import { thousands } from "../../frame/words.js";
import type { Block } from "../../report/document/document.js";
import { auditText, suppressionText } from "../analysis/disclosure-words.js";
import { inputKind, inputsTold, rowsTold } from "../build-from-plan.js";
import { packageVersion } from "../package-version.js";
import type { Analysis } from "./analyse.js";
import { ownTextNote } from "./supplied.js";

/** What was read, and what it can carry. */
export function dataBlocks(analysis: Analysis): Block[] {
  const { plan, edition, built, supplied, unused } = analysis;
  const { observed } = plan;
  const facts: [string, string][] = [
    ["Reference date", `${longDate(plan.reference_date)}: ages and delays are measured on it.`],
  ];
  if (built !== undefined) {
    facts.push([
      "Observed",
      observed === undefined
        ? "The plan does not say which observation window the export covers whole."
        : unused !== undefined
          ? `${longDate(observed.from)} to ${longDate(observed.to)} in the plan, but not used: ${unused}`
          : `${longDate(observed.from)} to ${longDate(observed.to)}: the plan says that every case open on the first day or opened since is in the export, and every closure up to the last.`,
    ]);
    if (countsChildTwice(plan)) {
      facts.push([
        "Who counts twice",
        "A child with two cases is counted twice: the export has no id that follows a child from one case to another.",
      ]);
    }
  }
  facts.push([
    "Made by",
    `casedraw ${packageVersion()}. manifest.json has the plan, the files that were read with their hashes, and the hash of every output.`,
  ]);
  return [
    { kind: "facts", facts },
    { kind: "table", id: "inputs-table", table: inputsTable(analysis) },
    ...(analysis.answers.length === 0
      ? []
      : [{ kind: "table" as const, id: "carried-table", table: carriedTable(analysis) }]),
    ...legendBlocks(analysis.answers),
    ...noteBlocks([
      ...analysis.notes,
      // They tell how many have what.
      ...(edition === "internal" ? frameNotes(built?.frame) : []),
      ...[...supplied.sections.values()].flatMap(({ path, notes }) =>
        notes.map((note) => `${path}: ${note}.`),
      ),
    ]),
  ];
}

/**
 * Notes on the frame. Not those on the reading of files: they change with the order of the rows where the frame does not, and
 * quote what stands in a cell.
 */
function frameNotes(frame: Frame | undefined): string[] {
  const ofFrame = ["cohort-of-places", "end-before-start"];
  return (frame?.notes ?? []).filter(({ code }) => ofFrame.includes(code)).map(({ text }) => text);
}

function noteBlocks(notes: readonly string[]): Block[] {
  if (notes.length === 0) return [];
  return [
    { kind: "paragraph", text: "Met while the files were read:" },
    { kind: "list", items: notes.map((text) => ({ text })) },
  ];
}

/**
 * Without their hashes, which the manifest has: the same rows in another order make the same report. A file's number of rows
 * is for the internal edition, as every exact count.
 */
function inputsTable({ plan, edition, built, supplied, earlier = [] }: Analysis): ResultTable {
  const rowsOf = (rows: string): string[] => (edition === "internal" && built !== undefined ? [rows] : []);
  return {
    id: "inputs",
    caption: "Files that this report was made from",
    dimensions: ["File"],
    measures: [
      { key: "what", label: "What it is", kind: "text" },
      ...rowsOf("Rows").map((label) => ({ key: "rows", label, kind: "text" as const })),
    ],
    rows: [
      ...inputsTold(built?.inputs ?? [], { plan, built }).map((input) => ({
        names: [input.path],
        cells: [inputKind(input.path, plan), ...rowsOf(thousands(rowsTold(input, { plan, built })))],
      })),
      ...earlier.map(({ path }) => ({ names: [path], cells: ["An earlier export", ...rowsOf("")] })),
      ...supplied.inputs.map(({ path }) => ({ names: [path], cells: ["Supplied beside it", ...rowsOf("")] })),
    ],
  };
}

const markWords = {
  c: "confidential: a small count, or what a small count could be worked out from",
  low: "a count that rounds to zero and is not zero",
  x: "not available",
  z: "not applicable",
} as const;

/** What the signs in the tables mean: those that stand in one. */
function legendBlocks(answers: Analysis["answers"]): Block[] {
  const cells = answers.flatMap((answer) =>
    "result" in answer ? answer.result.tables.flatMap(({ rows }) => rows.flatMap((row) => row.cells)) : [],
  );
  const used = new Set(cells.map((cell) => (isMarked(cell) ? cell.mark : undefined)));
  const marks = (["c", "low", "x", "z"] as const).filter((mark) => used.has(mark));
  if (marks.length === 0) return [];
  const told = marks.map((mark) => `[${mark}] is ${markWords[mark]}`);
  return [{ kind: "paragraph", text: `In tables and pictures, ${told.join("; ")}.` }];
}

/** Which questions the export can answer. */
function carriedTable({ answers, built }: Analysis): ResultTable {
  return {
    id: "carried",
    caption: built === undefined ? "What the files supplied can carry" : "What this export can carry",
    dimensions: ["Question"],
    measures: [
      { key: "needs", label: "Needs", kind: "text" },
      { key: "shown", label: "Shown", kind: "text" },
    ],
    rows: answers.map((answer) => ({
      names: [answer.item.question],
      cells: [answer.item.needs, "result" in answer ? "Yes" : "No"],
    })),
  };
}

/** What was refused and why, and what was suppressed. */
export function notShownBlocks({ answers, built, supplied, edition, disclosure }: Analysis): Block[] {
  const refused = answers.flatMap((answer) => ("refusal" in answer ? [answer] : []));
  const blocks: Block[] = [];
  if (built === undefined) {
    blocks.push({
      kind: "paragraph",
      text: `No export has been supplied yet, so the ${catalogue.length} questions asked of one are not answered.`,
    });
  }
  if (refused.length > 0) {
    blocks.push(
      {
        kind: "paragraph",
        text: "A question that the data supplied cannot carry is not answered at all, rather than answered with a caution.",
      },
      { kind: "list", items: refusalTexts(refused).map((text) => ({ text })) },
    );
  } else if (built !== undefined) {
    blocks.push({ kind: "paragraph", text: "Every question of the catalogue is answered." });
  }
  if (disclosure !== undefined) blocks.push(...suppressedBlocks(disclosure));
  if (edition === "internal") {
    blocks.push({
      kind: "paragraph",
      text:
        built === undefined
          ? "This edition is for the inspection team."
          : "This edition suppresses nothing: small numbers are shown, and a reader could recognise a child. It must not leave the inspection team.",
    });
  } else {
    const ownText = ownTextNote(supplied);
    if (ownText !== undefined) blocks.push({ kind: "paragraph", text: ownText });
  }
  return blocks;
}

type Refused = Extract<Analysis["answers"][number], { readonly refusal: unknown }>;

/** What keeps several questions from being answered is said once, with all of them. */
function refusalTexts(refused: readonly Refused[]): string[] {
  const alike = new Map<string, string[]>();
  for (const { item, refusal } of refused) {
    const why = `${refusal.reason} ${refusal.instead}`;
    const questions = alike.get(why);
    if (questions === undefined) alike.set(why, [item.question]);
    else questions.push(item.question);
  }
  return [...alike].map(([why, questions]) =>
    questions.length === 1
      ? `${questions[0]} ${why}`
      : `${why} So ${questions.length} questions are not answered: ${questions.map((question) => `“${question}”`).join("; ")}.`,
  );
}

/**
 * What a publishable edition hides, in words and by question. Never how many counts were hidden for which reason: who knows that
 * one of two is small and the other is not knows more of both.
 */
function suppressedBlocks({
  threshold,
  roundTo,
  byQuestion,
  audit,
}: Required<Analysis>["disclosure"]): Block[] {
  const hidden = byQuestion.filter((each) => each.hidden > 0);
  const blocks: Block[] = [
    {
      kind: "paragraph",
      text: suppressionText({ threshold, roundTo }, "Percentages, intervals and other figures"),
    },
  ];
  if (audit.audited > 0) blocks.push({ kind: "paragraph", text: auditText(threshold) });
  if (hidden.length === 0) return blocks;
  return [
    ...blocks,
    {
      kind: "table",
      id: "suppressed-table",
      table: {
        id: "suppressed",
        caption: "Counts that are not shown, by question",
        dimensions: ["Question"],
        measures: [
          { key: "counts", label: "Counts", kind: "count" },
          { key: "hidden", label: "Not shown", kind: "count" },
        ],
        rows: hidden.map(({ question, counts, hidden: notShown }) => ({
          names: [question],
          cells: [counts, notShown],
        })),
      },
    },
  ];
}
