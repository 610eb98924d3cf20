import { place } from "../frame/read-field.js";
import { thousands } from "../frame/words.js";
import { headerKey } from "../table/table.js";
import { cellsOf } from "./cells.js";
import { columnAt, type ExportFile } from "./export-file.js";
import { suggestFields, suggestFlags } from "./field-suggestions.js";
import type { MatchedHeader } from "./match-headers.js";
import { rankFields } from "./plan-data.js";
import type { Proposal } from "./proposal.js";
import { comment, flowMap, scalar } from "./yaml-text.js";

const surely: Readonly<Record<string, string>> = {
  exact: "exact",
  synonym: "known synonym",
  pattern: "known name with more words",
};

/** Lines of `columns`: what was matched, how surely, and what is left for a person. */
export function columnLines(proposal: Proposal): string[] {
  const { columns, relations } = proposal;
  const lines: string[] = columns.size === 0 ? ["columns: {}"] : ["columns:"];
  const entries = [...columns].map(([field, header]) => ({
    field,
    header,
    text: `  ${field}: ${columnText(proposal, field, header)}`,
  }));
  const wide = Math.min(60, Math.max(0, ...entries.map(({ text }) => text.length)));
  for (const { field, header, text } of entries) {
    const how =
      relations.data.flatMap((file) => file.headers).find((each) => each.header === header)?.how ?? "";
    const unread = relations.data.reduce((sum, file) => {
      const own = file.fields.get(field);
      return own === undefined ? sum : sum + cellsOf(columnAt(file.table, own), field).unread;
    }, 0);
    const asked =
      unread === 0
        ? ""
        : `; DECIDE: ${thousands(unread)} row${unread === 1 ? "" : "s"} cannot be read, and a run stops there`;
    lines.push(`${text.padEnd(wide)} # ${surely[how] ?? how}${asked}`);
  }
  for (const file of relations.data) lines.push(...leftOver(file, proposal));
  const [first] = relations.data;
  const flags = first === undefined || proposal.columns.has("factors") ? [] : suggestFlags(first);
  if (flags.length > 1) {
    lines.push(
      ...comment(
        "Columns of yes and no, which could be factors. DECIDE which are, and take the # away:",
        "  ",
      ),
      `  # factors: { flags: ${flowMap(flags.map(({ name, header }) => [name, header] as const))} }`,
    );
  }
  return lines;
}

function columnText({ relations }: Proposal, field: string, header: string): string {
  if (field !== "factors") return scalar(header);
  const file = relations.data.find((each) => each.fields.get("factors") === header) as ExportFile;
  return `{ list: ${scalar(header)}, separator: ${JSON.stringify(separatorOf(file, header))} }`;
}

/** What stands between two entries of a list: of the usual separators the one that most cells have. */
function separatorOf(file: ExportFile, header: string): string {
  const { values } = columnAt(file.table, header);
  const counted = [";", "|", "\n", ","].map((separator) => ({
    separator,
    cells: values.filter((value) => value.includes(separator)).length,
  }));
  return counted.reduce((best, each) => (each.cells > best.cells ? each : best)).separator;
}

function leftOver(file: ExportFile, { columns }: Proposal): string[] {
  const lines: string[] = [];
  const where = `  # ${place(file.table)}:`;
  const ofKind = (...kinds: MatchedHeader["how"][]): MatchedHeader[] =>
    file.headers.filter(({ how }) => kinds.includes(how));
  const open = ofKind("ambiguous", "possible", "unreadable");
  if (open.length > 0) {
    lines.push(`${where} DECIDE, and take away the # of the line that is right (each field once):`);
    for (const { header, candidates, how, note } of open) {
      for (const field of candidates) {
        const held = columns.get(field);
        const remarks = [how === "unreadable" ? note : "", held === undefined ? "" : `Instead of "${held}".`];
        const remark = remarks.filter((each) => each !== "").join(" ");
        lines.push(`  # ${field}: ${scalar(header)}${remark === "" ? "" : `   # ${remark}`}`);
      }
    }
    lines.push(
      ...open
        .filter(({ how }) => how === "ambiguous")
        .flatMap(({ header, note }) => comment(`"${header}": ${note}`, "  ")),
    );
  }
  for (const { header, note } of ofKind("passed over"))
    lines.push(...comment(`"${header}" is not used. ${note}`, "  "));
  const unmatched = ofKind("unmatched").map(({ header }) => `"${header}"`);
  if (unmatched.length > 0) {
    lines.push(
      ...comment(`${place(file.table)}: matched to nothing and not read: ${unmatched.join(", ")}.`, "  "),
    );
  }
  return lines;
}

/** Lines of `fields`: what a join needs, and columns that could make strata, left to be decided. */
export function fieldLines(proposal: Proposal): string[] {
  const needed = rankFields(proposal).map(
    ([name, header]) => `  ${name}: { column: ${scalar(header)}, type: date }`,
  );
  const [first] = proposal.relations.data;
  const suggested = first === undefined ? [] : suggestFields(first, proposal.dated);
  const used = new Set(needed.map((line) => headerKey(line)));
  const lines = suggested
    .map(({ name, header, type }) => `  ${name}: { column: ${scalar(header)}, type: ${type} }`)
    .filter((line) => !used.has(headerKey(line)));
  if (lines.length === 0) return needed.length === 0 ? [] : ["fields:", ...needed];
  return [
    ...comment(
      "Further columns that could be fields of their own, for strata or for the cohort. DECIDE which you want:",
    ),
    ...(needed.length === 0 ? ["# fields:"] : ["fields:", ...needed]),
    ...lines.map((line) => `# ${line}`),
  ];
}
