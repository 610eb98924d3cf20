import { CasedrawError } from "../errors.js";
import { type FrameInputs, frameOfRows } from "../frame/build-frame.js";
import { rules } from "./catalogue.js";
import { type CheckFinding, type CheckReport, checkGroups } from "./finding.js";
import { frameAlteringErrors, frameErrors } from "./frame-altering.js";
import { placedAtJoined } from "./joined-rows.js";
import { judge, lacksOf } from "./judge.js";
import { gatherMended, type MendedRows } from "./mend.js";
import { qualityOf } from "./quality.js";
import { readColumns, unmappedValues } from "./read-columns.js";
import { ofStandingRows } from "./standing-rows.js";
import { type CheckSubject, subjectOf } from "./subject.js";

/**
 * Judges an export by every rule of the catalogue that it has the fields for. It does not stop at what `buildFrame` refuses:
 * that too becomes findings, with all rows.
 *
 * @param inputs - what a frame is built from; a column that the plan names may be missing in its table
 * @throws CasedrawError only for what is wrong with the plan itself: `VALUE_CODE_UNKNOWN`, `FIELD_IN_TWO_FILES`
 */
export function runChecks(inputs: FrameInputs): CheckReport {
  const mended = gatherMended(inputs);
  const columns = readColumns(mended, inputs);
  const subject = subjectOf(inputs.plan, mended, columns);
  const standing = ofStandingRows(subject);
  const notRun: CheckReport["notRun"][number][] = [];
  const found: { finding: CheckFinding; group: number; rule: number }[] = [];
  for (const [at, rule] of rules.entries()) {
    const lacks = lacksOf(rule, subject);
    if (lacks.length > 0) notRun.push({ code: rule.code, title: rule.title, lacks });
    else {
      const group = checkGroups.indexOf(rule.group);
      const judged = rule.ofEveryRow === true || rule.refusedByFrame === true ? subject : standing;
      found.push(...judge(rule, judged).map((finding) => ({ finding, group, rule: at })));
    }
  }
  const weight = ({ severity }: CheckFinding): number => (severity === "error" ? 0 : 1);
  found.sort(
    (a, b) =>
      weight(a.finding) - weight(b.finding) ||
      a.group - b.group ||
      a.rule - b.rule ||
      b.finding.count - a.finding.count,
  );
  const { refusal, altering } = refusalOf(mended, inputs, subject);
  return {
    rowsRead: subject.rows.count,
    findings: found.map(({ finding, rule }) => ({
      ...finding,
      refuses: finding.refuses && (rules[rule]?.refusedByFrame === true || altering?.(finding) !== false),
    })),
    ...(refusal === undefined ? {} : { refusal: { code: refusal.code, message: refusal.message } }),
    setAside: subject.setAside,
    notRun,
    ...(subject.areaField === undefined ? {} : { areaField: subject.areaField }),
    quality: qualityOf(standing),
    columns,
    unmappedValues: unmappedValues(mended),
  };
}

/** Why `sample` would refuse, and where there is a frame which findings are about units that could be drawn. */
function refusalOf(
  { gathered, problems }: MendedRows,
  inputs: FrameInputs,
  subject: CheckSubject,
): { refusal?: CasedrawError; altering?: (finding: CheckFinding) => boolean } {
  const [first] = problems;
  if (first !== undefined) return { refusal: first.error };
  try {
    const found = frameAlteringErrors(inputs.plan, frameOfRows(gathered, inputs));
    const keys = new Set(found.map(({ code, fields }) => `${code} ${fields.join(" ")}`));
    return {
      altering: ({ code, fields }) => keys.has(`${code} ${fields.join(" ")}`),
      ...(found.length === 0
        ? {}
        : { refusal: frameErrors(found.map((finding) => placedAtJoined(finding, subject))) }),
    };
  } catch (error) {
    if (error instanceof CasedrawError) return { refusal: error };
    throw error;
  }
}
