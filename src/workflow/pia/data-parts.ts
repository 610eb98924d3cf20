import type { ResultTable } from "../../analysis/result.js";
import { countsChildTwice } from "../../analysis/units.js";
import { longDate } from "../../analysis/words.js";
import type { DisclosureRecord } from "../../disclosure/protect-tallies.js";
import type { Frame } from "../../frame/frame.js";
import { thousands } from "../../frame/note.js";
import type { Block } from "../../report/document/document.js";
import { packageVersion } from "../version.js";
import type { Analysis } from "./analyse.js";

/** What was read, and what it can carry. */
export function dataBlocks(analysis: Analysis): Block[] {
  const { plan, edition, built, supplied } = analysis;
  const { observed } = plan;
  const facts: [string, string][] = [
    ["Reference date", `${longDate(plan.reference_date)}: ages and delays are measured on it.`],
  ];
  if (built !== undefined) {
    facts.push([
      "Observed",
      observed === undefined
        ? "The plan does not say which span of time the export covers whole."
        : `${longDate(observed.from)} to ${longDate(observed.to)}: the plan says that every case open on the first day or opened since is in the export, and every closure up to the last.`,
    ]);
    if (countsChildTwice(plan)) {
      facts.push([
        "Who counts twice",
        "A child with two cases is two child-cases: the export has no id that follows a child from one case to another.",
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
    ...noteBlocks([
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
function inputsTable({ edition, built, supplied }: Analysis): ResultTable {
  const rowsOf = (rows: string): string[] => (edition === "internal" ? [rows] : []);
  return {
    id: "inputs",
    caption: "Files that this report was made from",
    dimensions: ["File"],
    measures: [
      { key: "what", label: "What it is", kind: "text" },
      ...rowsOf("Rows").map((label) => ({ key: "rows", label, kind: "text" as const })),
    ],
    rows: [
      ...(built?.inputs ?? []).map(({ path, rows_read }) => ({
        names: [path],
        cells: ["Part of the export", ...rowsOf(thousands(rows_read))],
      })),
      ...supplied.inputs.map(({ path }) => ({ names: [path], cells: ["Supplied beside it", ...rowsOf("")] })),
    ],
  };
}

/** Which questions the export can answer. */
function carriedTable({ answers }: Analysis): ResultTable {
  return {
    id: "carried",
    caption: "What this export can carry",
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
export function notShownBlocks({ answers, edition, disclosure }: Analysis): Block[] {
  const refused = answers.flatMap((answer) =>
    "refusal" in answer ? [`${answer.item.question} ${answer.refusal.reason} ${answer.refusal.instead}`] : [],
  );
  const blocks: Block[] =
    refused.length === 0
      ? [{ kind: "paragraph", text: "Every question of the catalogue is answered." }]
      : [
          {
            kind: "paragraph",
            text: "A question that the data supplied cannot carry is not answered at all, rather than answered with a caution.",
          },
          { kind: "list", items: refused.map((text) => ({ text })) },
        ];
  if (disclosure !== undefined) blocks.push(...suppressedBlocks(disclosure));
  if (edition === "internal") {
    blocks.push({
      kind: "paragraph",
      text: "This edition suppresses nothing: small numbers are shown, and a reader could recognise a child. It must not leave the inspection team.",
    });
  }
  return blocks;
}

/**
 * What a publishable edition hides, in words and by table. Never how many counts were hidden for which reason: who knows that
 * one of two is small and the other is not knows more of both.
 */
function suppressedBlocks({ threshold, roundTo, tallies, audit }: DisclosureRecord): Block[] {
  const hidden = tallies.filter(({ small, group, linked }) => small + group + linked > 0);
  const rounding = roundTo === 1 ? "" : ` All others are rounded to a multiple of ${roundTo}.`;
  const blocks: Block[] = [
    {
      kind: "paragraph",
      text:
        threshold === 0
          ? `Small counts are not suppressed, as the plan says.${rounding}`
          : `Counts of 1 to ${threshold} are not shown: [c]. Nor are others from which they could be worked out, in the same table or another.${rounding} Percentages, intervals and other figures are worked out of what is shown, or made as coarse.`,
    },
  ];
  if (audit.audited > 0) {
    blocks.push({
      kind: "paragraph",
      text: `An audit tried to work the hidden small counts out from all tables together: each could still be anything from 1 to ${threshold}, at the least.`,
    });
  }
  if (hidden.length === 0) return blocks;
  return [
    ...blocks,
    {
      kind: "table",
      id: "suppressed-table",
      table: {
        id: "suppressed",
        caption: "Counts that are not shown, by table",
        dimensions: ["Table"],
        measures: [
          { key: "counts", label: "Counts", kind: "count" },
          { key: "hidden", label: "Not shown", kind: "count" },
        ],
        rows: hidden.map(({ id, counts, small, group, linked }) => ({
          names: [id],
          cells: [counts, small + group + linked],
        })),
      },
    },
  ];
}
