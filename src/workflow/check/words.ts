import { isMarked } from "../../analysis/tally.js";
import { inSentence, listText, longDate } from "../../analysis/words.js";
import { percentText } from "../../charts/number-text.js";
import { rules } from "../../checks/catalogue.js";
import type { CheckCode, Rule } from "../../checks/finding.js";
import { fileName } from "../../checks/words.js";
import { type ErrorCode, errorCodes } from "../../errors.js";
import { fieldLabel } from "../../frame/labels.js";
import { thousands } from "../../frame/words.js";
import { rowsWords, type ShownCheck, type ShownFinding } from "./shown.js";

/** Findings of one rule. */
export interface FoundByRule {
  readonly rule: Omit<(typeof rules)[number], "find">;
  /** Unique in a page. */
  readonly id: string;
  readonly findings: readonly ShownFinding[];
}

const ruleOf = new Map<CheckCode, (typeof rules)[number]>(rules.map((rule) => [rule.code, rule]));

/** Findings by rule, in their order. */
export function byRule(findings: readonly ShownFinding[]): FoundByRule[] {
  return [...new Set(findings.map(({ code }) => code))].map((code) => ({
    rule: ruleOf.get(code) as (typeof rules)[number],
    id: code.toLowerCase().replaceAll("_", "-"),
    findings: findings.filter((finding) => finding.code === code),
  }));
}

/** What a finding says to people: its message, or in a publishable edition what it is about and how many. */
export function findingWords(finding: ShownFinding): string {
  if (finding.whole !== undefined) return finding.whole.message;
  const { title } = ruleOf.get(finding.code) as Pick<Rule<never>, "title">;
  const about = listText(finding.fields.map((name) => inSentence(fieldLabel(name))));
  const count = finding.count === 0 ? "" : `: ${rowsWords(finding.count)}`;
  return `${title}${about === "" ? "" : ` (${about})`}${count}.`;
}

/** "Found: 3 errors and 12 queries.": findings and not rows. */
function countsWords({
  findings,
  unread,
  notRun,
}: Pick<ShownCheck, "findings" | "unread" | "notRun">): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const queries = findings.length - errors;
  if (findings.length === 0) {
    const where = unread.length > 0 ? "In what was read, nothing" : "Nothing";
    const ran = rules.length - notRun.length;
    const by = notRun.length === 0 ? "" : ` by the ${some(ran, "rule", "rules")} that could be run`;
    return `${where} was found to correct or to ask about${by}.`;
  }
  const words = [some(errors, "error", "errors"), some(queries, "query", "queries")];
  return `Found: ${listText(words)}.`;
}

function some(count: number, one: string, many: string): string {
  return count === 0 ? `no ${many}` : `${thousands(count)} ${count === 1 ? one : many}`;
}

/** What was read, on which day, and how much was found in it. */
export function readSentence({ rowsRead, plan, unread, findings, notRun }: ShownCheck): string {
  const lost = unread.map(fileName);
  const missing =
    lost.length === 0
      ? []
      : [
          `${listText(lost)} could not be read: nothing else can be said of ${lost.length === 1 ? "it" : "them"}.`,
        ];
  const files = plan.data.filter(({ path }) => !unread.includes(path)).map(({ path }) => fileName(path));
  const read =
    files.length === 0
      ? []
      : [`${rowsWords(rowsRead)} of ${listText(files)}, on ${longDate(plan.reference_date)}.`];
  const found = files.length === 0 ? [] : [countsWords({ findings, unread, notRun })];
  return [...read, ...missing, ...found].join(" ");
}

/**
 * Why no sample can be drawn. Of dates the message of a draw quotes the text, which may be a date of birth: here the meaning
 * stands for it, and the findings have the rows.
 */
export function refusalWords({ code, message }: Required<ShownCheck>["refusal"]): string {
  const isOfDates = code.startsWith("DATE_");
  const meaning = Object.hasOwn(errorCodes, code) ? errorCodes[code as ErrorCode] : "";
  return message === undefined || isOfDates ? `${meaning} (${code})` : `${message} (${code})`;
}

/** After these nobody can say that every field is filled in. */
const incomplete: readonly CheckCode[] = ["CHECK_UNIT_ID_BLANK", "CHECK_ROW_BARE"];

function isIncomplete({ findings, unread }: ShownCheck): boolean {
  return (
    unread.length > 0 ||
    findings.some(({ code }) => {
      const group = ruleOf.get(code)?.group;
      return group === "reading" || group === "values" || incomplete.includes(code);
    })
  );
}

/** Fields that nothing is said of, and why. */
function setAsideSentence({ setAside }: ShownCheck): string | undefined {
  if (setAside.length === 0) return undefined;
  const names = setAside.map((name) => inSentence(fieldLabel(name)));
  return `Nothing is said of ${listText(names)}: dates of two orders stand in ${names.length === 1 ? "its column, which is" : "their columns, which are"} set aside.`;
}

/** What is set aside, and the field that is worst of those whose share is shown. */
export function worstSentence(shown: ShownCheck): string | undefined {
  const sentences = [setAsideSentence(shown), worstOf(shown)].filter((text) => text !== undefined);
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

function worstOf(shown: ShownCheck): string | undefined {
  const { quality } = shown;
  const [worst, ...others] = (quality?.all.rows ?? []).map(({ names: [field = ""], cells }) => ({
    field,
    share: cells.at(-1),
  }));
  if (worst === undefined || typeof worst.share !== "number") return undefined;
  const hidden = others.filter(({ share }) => isMarked(share) && share.mark !== "z").length;
  if (worst.share === 0) {
    return hidden > 0 || isIncomplete(shown)
      ? undefined
      : "Every field that must be filled in is filled in and understood.";
  }
  const bad = others.filter(({ share }) => typeof share === "number" && share >= 0.05).length;
  // A share that is not shown may be larger.
  const which =
    hidden === 0
      ? `${worst.field} is the weakest field`
      : `Of the fields whose share is shown, ${inSentence(worst.field)} is the weakest`;
  return `${which}: ${percentText(worst.share, 1)} of its rows are blank, not understood or unreadable${
    bad === 0 ? "." : `. Of ${thousands(bad)} more ${bad === 1 ? "field" : "fields"} it is 5% or more.`
  }`;
}
