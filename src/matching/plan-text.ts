import { place } from "../frame/read-field.js";
import { thousands } from "../frame/words.js";
import { onceEachFiles } from "./lead-file.js";
import { cohortLines } from "./plan-cohort.js";
import { columnLines, fieldLines } from "./plan-columns.js";
import { dataLines, joinLines, lookupLines } from "./plan-data.js";
import type { Proposal } from "./proposal.js";
import type { ProposedUnitId } from "./propose-unit-id.js";
import { unlistedWords } from "./propose-values.js";
import { comment, nameList, scalar } from "./yaml-text.js";

/** What trying the proposed plan on the export has shown. */
export interface TriedPlan {
  /** The error that a run meets as the plan stands, code first. */
  readonly refusal?: string;
  /** Units of the frame. */
  readonly units?: number;
  /** A first design that can be drawn. */
  readonly sample?: ProposedSample;
  /** Characteristics that the export has no column for, each with what it would need. */
  readonly cannotStratify: readonly string[];
  /** Questions of the analysis that the export cannot carry, each with why. */
  readonly cannotShow: readonly string[];
}

export interface ProposedSample {
  readonly size: number;
  readonly strata: readonly string[];
  /** The least of a stratum. */
  readonly min: number;
}

export interface PlanTextOptions {
  readonly title: string;
  /** As the plan names it. */
  readonly valueMap: string;
  readonly tried?: TriedPlan;
}

/** What a plan must be told before it can run at all. */
const noReferenceDate = "reference_date";

/**
 * The text of a starter plan: what is sure stands as keys, what a person has to decide as comments that begin with DECIDE.
 *
 * @param options.tried - absent for a first text that is only to be tried
 */
export function planText(proposal: Proposal, options: PlanTextOptions): string {
  const { tried } = options;
  const sections = [
    headLines(proposal, options),
    idLines(proposal),
    dataLines(proposal),
    joinLines(proposal),
    lookupLines(proposal),
    columnLines(proposal),
    fieldLines(proposal),
    valueLines(proposal, options),
    cohortLines(proposal),
    tried === undefined ? [] : sampleLines(tried, proposal.unitId),
    tried === undefined ? [] : cannotLines(tried),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function headLines(proposal: Proposal, { title, tried }: PlanTextOptions): string[] {
  const { reference, window } = proposal;
  const lines = comment(
    "A starter plan, made by casedraw init from the export's own headers and values. Comments that begin with DECIDE ask " +
      "something of you. Edit freely: an edited plan is never changed by casedraw init.",
  );
  if (tried?.refusal !== undefined) {
    lines.push(...comment(`DECIDE FIRST: as it stands, a run is refused with ${tried.refusal}`));
  }
  lines.push(
    "casedraw: 1",
    `title: ${scalar(title)}   # DECIDE: what the sample is for; it heads every output`,
  );
  const { date, evidence, later } = reference;
  if (date === undefined) {
    lines.push(
      ...comment(
        `DECIDE: ${noReferenceDate}, the date on which ages and delays are measured, as YYYY-MM-DD: ${evidence}. ` +
          "Until it is given, the plan is refused.",
      ),
      `${noReferenceDate}:`,
    );
  } else {
    const beyond =
      later === 0
        ? ""
        : ` ${thousands(later)} row${later === 1 ? " has" : "s have"} a date far after it, taken for an error: ask the data's owner.`;
    lines.push(
      ...comment(`DECIDE: the date on which the data were extracted. This is ${evidence}.${beyond}`),
      `${noReferenceDate}: ${date}`,
    );
  }
  lines.push(...windowLines(window));
  return lines;
}

function windowLines(window: Proposal["window"]): string[] {
  if ("none" in window) return comment(`No observation window is suggested. ${window.none}`);
  const { from, to, closures, open, earlier } = window;
  const before =
    earlier === 0
      ? ""
      : ` ${ofRows(earlier, "was closed", "were closed")} before, with a pause of over four weeks between.`;
  return [
    ...comment(
      `The dates suggest that the export covers this window whole: ${ofRows(closures, "has a closing date", "have a closing date")} from ${from} ` +
        `to ${to} with no pause of over four weeks, beside ${ofRows(open, "that is open", "that are open")}.${before} DECIDE with the data's owner: is every case there that ` +
        "was open on the first day or has opened since, and every closure up to the last? Only then take the # away.",
    ),
    `# observed: { from: ${from}, to: ${to} }`,
  ];
}

function ofRows(count: number, one: string, many: string): string {
  return count === 1 ? `1 row ${one}` : `${thousands(count)} rows ${many}`;
}

function idLines({ unitId, relations, files }: Proposal): string[] {
  const { parts, rows, repeated, acrossFiles, blank, prefix, helpful } = unitId;
  if (parts.length === 0) {
    return [
      ...comment(
        "DECIDE: what names a unit. No column is known for sure as a case id or a child id; until one is mapped under columns, the plan is refused.",
      ),
      "unit_id: child_id",
    ];
  }
  const lines: string[] = [];
  const faults: string[] = [];
  if (blank > 0) {
    faults.push(
      `${thousands(blank)} row${blank === 1 ? " has" : "s have"} none, and a run stops there (UNIT_ID_BLANK).`,
    );
  }
  if (repeated > 0) {
    const across =
      acrossFiles === repeated
        ? " Each stands once a file: if a later file corrects an earlier one, add prefer: last_file."
        : acrossFiles > 0
          ? ` Of these, ${thousands(acrossFiles)} stand once a file.`
          : "";
    const help =
      helpful.length === 0
        ? " No other single column tells the rows apart: ask the data's owner whether they are the same child twice."
        : ` With one of these as a field (type: text) in unit_id every row is told apart, if a row is what you want to sample: ${helpful.map((header) => `"${header}"`).join(", ")}.`;
    const single = acrossFiles === repeated ? [] : onceEachFiles(files, relations.data, parts);
    const first =
      single.length === 0
        ? ""
        : ` If these rows are what happened to a unit and not the units, run casedraw init again and name first the file that has one ` +
          `row for each ${parts.join(" and ")}: ${single.map(({ table }) => place(table)).join(" or ")}.`;
    const stop = `${thousands(repeated)} id${repeated === 1 ? " stands" : "s stand"} in several rows, and a run stops there (UNIT_ID_DUPLICATE).`;
    faults.push(`${stop}${across}${first}${acrossFiles === repeated ? "" : help}`);
  }
  const tested =
    rows === 0
      ? "The export has no rows yet, so that it could not be tested."
      : faults.length === 0
        ? parts.includes("child_ordinal")
          ? `No column names the child, so children are numbered within their case: each of the ${thousands(rows)} rows is a unit.`
          : `Tested: different in each of the ${thousands(rows)} rows.`
        : `DECIDE: ${faults.join(" ")}`;
  lines.push("unit: child", ...comment(tested), `unit_id: ${nameList(parts)}`);
  if (prefix) {
    lines.push(
      ...comment("Some ids begin with = + - or @, which a spreadsheet would run as a formula."),
      "unit_id_prefix: C",
    );
  }
  if (relations.data.length > 1 && acrossFiles > 0) lines.push("# prefer: last_file");
  return lines;
}

function valueLines({ values, unlisted }: Proposal, { valueMap }: PlanTextOptions): string[] {
  const blank = values.filter(({ code }) => code === "");
  const spelt = values.length - blank.length;
  const parts = [
    blank.length === 0
      ? unlisted.length === 0
        ? "Every value of a coded field is known."
        : ""
      : `DECIDE: ${thousands(blank.length)} value${blank.length === 1 ? "" : "s"} of coded fields ${blank.length === 1 ? "is" : "are"} not known and ` +
        `count${blank.length === 1 ? "s" : ""} as unmapped until you fill in the code: ${fieldCounts(blank)}.`,
    spelt === 0
      ? ""
      : `${thousands(spelt)} other spelling${spelt === 1 ? "" : "s"} of a value ${spelt === 1 ? "is" : "are"} given with the usual one as code: ${fieldCounts(
          values.filter(({ code }) => code !== ""),
        )}.`,
    ...unlisted.map((each) => `DECIDE: ${unlistedWords(each)}`),
  ];
  return [...comment(parts.filter((part) => part !== "").join(" ")), `value_map: ${scalar(valueMap)}`];
}

function fieldCounts(values: readonly { readonly field: string }[]): string {
  const counts = new Map<string, number>();
  for (const { field } of values) counts.set(field, (counts.get(field) ?? 0) + 1);
  return [...counts].map(([field, count]) => `${field} ${thousands(count)}`).join(", ");
}

function sampleLines({ sample, units }: TriedPlan, { rows }: ProposedUnitId): string[] {
  if (sample === undefined) {
    const why =
      units === 0
        ? "The export has no rows yet, and a run is refused until it has (SAMPLE_EXCEEDS_FRAME)."
        : "It could not be tried, because of what is to be decided first.";
    return [
      ...comment(`DECIDE: how many, and by what. ${why}`),
      "sample:",
      `  size: ${Math.max(1, Math.min(60, Math.ceil(rows / 2)))}`,
      "  allocation: { method: proportional, min: 1 }",
      "  reserves: 0.25",
    ];
  }
  const { size, strata, min } = sample;
  return [
    ...comment(
      `DECIDE: how many, and by what. The design below is only one that can be drawn from these ${thousands(units ?? 0)} units; casedraw size says how many are enough.`,
    ),
    "sample:",
    `  size: ${size}`,
    "  method: random",
    ...(strata.length === 0 ? [] : [`  strata: [${strata.join(", ")}]`]),
    `  allocation: { method: proportional, min: ${min} }`,
    "  reserves: 0.25",
  ];
}

function cannotLines({ cannotStratify, cannotShow }: TriedPlan): string[] {
  const lines: string[] = [];
  if (cannotStratify.length > 0) {
    lines.push("# What this export cannot be stratified by, as it is mapped here:");
    for (const text of cannotStratify) lines.push(...comment(`- ${text}`));
  }
  if (cannotShow.length > 0) {
    lines.push("# What casedraw pia cannot answer from it:");
    for (const text of cannotShow) lines.push(...comment(`- ${text}`));
  }
  return lines;
}
