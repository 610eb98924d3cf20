import { join, resolve } from "node:path";
import type { Edition } from "../../analysis/item.js";
import { isMarked } from "../../analysis/tally.js";
import { listText } from "../../analysis/words.js";
import { type CheckFinding, foundRow, type Severity } from "../../checks/finding.js";
import { thousands } from "../../frame/words.js";
import { filesLeftOut } from "../../matching/left-out.js";
import { disclosureWords } from "../../workflow/analysis/disclosure-words.js";
import { isAsked } from "../../workflow/check/questions.js";
import type { ShownFinding } from "../../workflow/check/shown.js";
import { checkToFolder, type WrittenCheck } from "../../workflow/check/to-folder.js";
import {
  byRule,
  type FoundByRule,
  findingWords,
  readSentence,
  refusalWords,
  worstSentence,
} from "../../workflow/check/words.js";
import { readText } from "../../workflow/read-text.js";
import type { Invocation } from "../command.js";
import { editionNamed } from "../edition.js";
import { withHelper } from "../helper.js";
import type { Io } from "../io.js";
import { oneOf } from "../one-of.js";
import { bold } from "../visible.js";

/** What `--fail-on` asked about was found. */
const found = 4;

export async function run(invocation: Invocation, io: Io): Promise<number> {
  const { plan = "", out, edition, "fail-on": failOn } = invocation.values;
  const editionAsked = editionNamed(edition);
  const fails = oneOf<Severity>("--fail-on", failOn, ["error", "query"]);
  const written = await withHelper((helper) =>
    checkToFolder(plan, {
      edition: editionAsked,
      force: invocation.flags.has("force"),
      cwd: io.cwd,
      progress: (step, fraction) => io.progress(step, fraction),
      claim: (target) => io.claim(target),
      readPart: helper.readPart,
      ...(out === undefined ? {} : { out }),
    }),
  );
  io.claim(undefined);
  const leftOut = filesLeftOut(readText(resolve(io.cwd, plan), plan, "Plan"), written.checked.plan);
  if (io.json) io.out(JSON.stringify({ ...facts(written, out), left_out: leftOut }));
  else io.out(lines(written, { plan, out, leftOut, colour: io.colour }).join("\n"));
  return fails !== undefined && isFound(written, fails) ? found : 0;
}

function isFound({ checked }: WrittenCheck, severity: Severity): boolean {
  const { refusal, report } = checked;
  if (refusal !== undefined) return true;
  return report.findings.some((finding) => severity === "query" || finding.severity === "error");
}

/** What a check found, for programs. */
function facts({ shown, outputs }: WrittenCheck, out: string | undefined) {
  const count = (severity: Severity): number =>
    shown.findings.filter((finding) => finding.severity === severity).length;
  return {
    ...(out === undefined ? {} : { out }),
    edition: shown.edition,
    rows_read: shown.rowsRead,
    refusal:
      shown.refusal === undefined ? null : { code: shown.refusal.code, message: refusalWords(shown.refusal) },
    unread: shown.unread,
    errors: count("error"),
    queries: count("query"),
    findings: shown.findings.map(({ code, severity, fields, count, whole }) => ({
      code,
      severity,
      fields,
      count,
      ...(whole === undefined
        ? {}
        : {
            message: whole.message,
            question: whole.question ?? null,
            refuses: whole.refuses,
            examples: examplesOf(whole).map(({ unitId, file, row }) => ({ unit_id: unitId, file, row })),
          }),
    })),
    not_run: shown.notRun,
    ...(outputs === undefined ? {} : { outputs }),
  };
}

/** So many rows of a finding are named at once. */
const mostExamples = 3;

function examplesOf(finding: CheckFinding) {
  return Array.from({ length: Math.min(mostExamples, finding.rows.length) }, (_, k) => foundRow(finding, k));
}

function lines(
  { shown, checked }: WrittenCheck,
  {
    plan,
    out,
    leftOut,
    colour,
  }: {
    readonly plan: string;
    readonly out: string | undefined;
    readonly leftOut: readonly string[];
    readonly colour: boolean;
  },
): string[] {
  const { refusal, findings, notRun } = shown;
  const worst = worstSentence(shown);
  const section = (heading: string, severity: Severity): string[] => {
    const those = findings.filter((finding) => finding.severity === severity);
    if (those.length === 0) return [];
    return ["", bold(`${heading} (${thousands(those.length)})`, colour), ...byRule(those).flatMap(ruleLines)];
  };
  return [
    shown.plan.title,
    "",
    ...(refusal === undefined ? [] : [`No sample can be drawn as it is. ${refusalWords(refusal)}`, ""]),
    ...leftOutLines(leftOut),
    readSentence(shown),
    ...(worst === undefined ? [] : [worst]),
    ...section("Errors: a figure would be wrong", "error"),
    ...section("Queries: ask the data’s owner", "query"),
    "",
    ...(notRun.length === 0
      ? []
      : [
          `${notRun.length === 1 ? "1 rule needs" : `${notRun.length} rules need`} fields that the plan does not map${
            shown.setAside.length === 0 ? "" : " or that are set aside"
          }.`,
        ]),
    ...(findings.some(({ count }) => isMarked(count)) ? ["[c] is a number that is not shown."] : []),
    ...nextLines(shown.edition, {
      plan,
      disclosed: shown.plan,
      out,
      first: findings[0],
      asks: checked.report.findings.some(isAsked) || checked.unread.some(({ isOwners }) => isOwners),
    }),
  ];
}

/** Files that the plan has in comments alone: an officer who offered them may think that they were checked. */
function leftOutLines(files: readonly string[]): string[] {
  if (files.length === 0) return [];
  const [stand, was, them] = files.length === 1 ? ["stands", "was", "it"] : ["stand", "were", "them"];
  return [
    `${listText(files)} ${stand} in the plan’s comments alone and ${was} not read. Take the # away to use ${them}, or delete the comment.`,
  ];
}

/** A rule, and under it what it found. */
function ruleLines({ rule, findings }: FoundByRule): string[] {
  return [`  ${rule.code}`, ...findings.flatMap((finding) => findingLines(finding))];
}

function findingLines(finding: ShownFinding): string[] {
  const words = `    ${findingWords(finding)}`;
  const examples = finding.whole === undefined ? [] : examplesOf(finding.whole);
  if (finding.whole === undefined || examples.length === 0) return [words];
  const { rows: found, source } = finding.whole;
  const files = new Set(examples.map(({ file }) => file));
  const [only] = files;
  const rows = examples
    .map(({ file, row }) => (files.size === 1 ? `${row}` : `${row} of ${file}`))
    .join(", ");
  const more = found.length > examples.length ? ` and ${thousands(found.length - examples.length)} more` : "";
  const where = files.size === 1 && source.places.files.length > 1 ? `, ${only}` : "";
  return [words, `      ${found.length === 1 ? "row" : "rows"} ${rows}${more}${where}`];
}

function nextLines(
  edition: Edition,
  {
    plan,
    disclosed,
    out,
    first,
    asks,
  }: {
    readonly plan: string;
    readonly disclosed: Parameters<typeof disclosureWords>[0];
    readonly out: string | undefined;
    readonly first: ShownFinding | undefined;
    /** Whether there is a question to send. */
    readonly asks: boolean;
  },
): string[] {
  const explain = first === undefined ? [] : [`What a rule means: casedraw explain ${first.code}`];
  if (out === undefined) {
    return [
      ...explain,
      `Every row${asks ? ", and the questions to send" : ""}: casedraw check --plan ${plan} --out DIR`,
    ];
  }
  return edition === "publishable"
    ? [
        ...explain,
        `Wrote ${out} (open ${join(out, "quality.html")}). Small numbers ${disclosureWords(disclosed)}.`,
      ]
    : [
        ...explain,
        `Wrote ${out} (open ${join(out, "quality.html")}${asks ? `; send ${join(out, "questions.docx")} to the data’s owner` : "; there is no question to send"}).`,
      ];
}
