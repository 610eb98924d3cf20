import { type Field, listItems, unmapped } from "../../frame/field.js";
import type { Frame } from "../../frame/frame.js";
import { fieldLabel } from "../../frame/labels.js";
import type { Note } from "../../frame/note.js";
import { counted, someOf } from "../../frame/words.js";
import { derivedFields, type Plan } from "../../plan/types.js";
import { type Html, html } from "../../report/page/html.js";
import type { Sample } from "../../sampling/draw.js";
import { stratumLabel } from "./strata.js";
import { oneDecimalPercent, type UnitWords } from "./words.js";

/** Notes on who may be drawn. */
const ofCohort: readonly Note["code"][] = [
  "cohort-of-places",
  "cohort-blank-unmatched",
  "cohort-earlier-row-open",
];

/**
 * What a draw leaves to be said: the sampling notes, and values that could not be read. Notes on the reading of files are
 * not here: they change with the form of a file where the frame does not.
 */
export function notesHtml(
  { frame, plan, sample }: { readonly frame: Frame; readonly plan: Plan; readonly sample: Sample },
  units: UnitWords,
): Html {
  const label = (stratum: string): string => stratumLabel(stratum, sample.design.plan.strata, plan);
  const limits = frame.notes.filter(({ code }) => ofCohort.includes(code));
  const lines = [
    ...[...limits, ...sample.notes].map((note) => noteText(note, label)),
    ...unmappedLines(frame, units),
  ];
  return html`${
    lines.length === 0
      ? html`<p>Nothing about this draw needs saying.</p>\n`
      : html`<ul>
${lines.map((line) => html`<li>${line}</li>\n`)}</ul>
`
  }<p>The sample speaks for the eligible ${units.many} in the data, at the date of the data. It cannot speak for ${units.many} that the data leaves out. What was met while the files were read is told by <code>casedraw sample --dry-run</code>.</p>
`;
}

/** A note's own sentence, but where that names cases; strata by their labels. */
function noteText({ code, count, text, details }: Note, label: (stratum: string) => string): string {
  if (code !== "families-across-strata") return withLabels(text, details.strata, label);
  return `${counted(count, "family has", "families have")} children in more than one stratum; each belongs to the stratum of its first child.`;
}

/** A sentence that ends in a list of strata as it reads with their labels; a key may have a count in brackets after it. */
function withLabels(text: string, strata: unknown, label: (stratum: string) => string): string {
  if (!Array.isArray(strata)) return text;
  const keys = strata as readonly string[];
  const labelled = keys.map((key) => {
    const [count = ""] = / \(\d+ of \d+\)$/.exec(key) ?? [];
    return label(key.slice(0, key.length - count.length)) + count;
  });
  const written = `: ${someOf(keys, 8)}.`;
  return text.endsWith(written) ? `${text.slice(0, -written.length)}: ${someOf(labelled, 8)}.` : text;
}

/** Fields with values that neither casedraw nor the plan could read, counted over the eligible units. */
function unmappedLines({ fields, eligible }: Frame, units: UnitWords): string[] {
  return [...fields.values()].filter(isRead).flatMap((field) => {
    const count = unmappedCount(field, eligible);
    if (count === 0) return [];
    const share = oneDecimalPercent((count / eligible.length) * 100);
    return [
      `${fieldLabel(field.name)}: ${counted(count, units.one)} (${share}) with a value that neither casedraw nor the plan knows. They stay in the draw, under “Value not known to the code set”.`,
    ];
  });
}

/** A derived field has its unmapped values from one that was read. */
function isRead({ name }: Field): boolean {
  return !(derivedFields as readonly string[]).includes(name);
}

function unmappedCount({ kind, levels, codes }: Field, eligible: Int32Array): number {
  if (kind !== "category" && kind !== "list") return 0;
  const marked = levels.map((level) =>
    kind === "list" ? listItems(level).includes(unmapped) : level === unmapped,
  );
  if (!marked.includes(true)) return 0;
  let count = 0;
  for (const unit of eligible) if (marked[codes[unit] as number]) count += 1;
  return count;
}
