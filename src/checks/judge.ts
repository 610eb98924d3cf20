import { notRecorded } from "../frame/field.js";
import type { AreaCount, CheckFinding, Draft } from "./finding.js";
import type { CheckRule } from "./rule.js";
import type { CheckSubject } from "./subject.js";

/** What of a rule's needs is not there: nothing where it can be run. */
export function lacksOf(rule: CheckRule, subject: CheckSubject): string[] {
  return rule
    .needs(subject.plan)
    .filter((group) => !group.some((name) => subject.rows.fields.has(name)))
    .map((group) => group.join(" or "));
}

/** What a rule finds, as the report has it. */
export function judge(rule: CheckRule, subject: CheckSubject): CheckFinding[] {
  return rule.find(subject).map((draft): CheckFinding => {
    const { fields, message, question, rows } = draft;
    const byArea = areaCounts(draft, subject);
    return {
      code: rule.code,
      severity: rule.severity,
      fields,
      message,
      ...(question === undefined ? {} : { question }),
      count: draft.count ?? rows.length,
      rows,
      source: draft.source ?? subject.sources.get(fields[0] ?? "") ?? subject.source,
      refuses: rule.refuses?.(subject.plan, fields) ?? false,
      ...(byArea === undefined ? {} : { byArea }),
    };
  });
}

function areaCounts(draft: Draft, { rows: all, areaField }: CheckSubject): CheckFinding["byArea"] {
  const { rows, among = () => true } = draft;
  const field = areaField === undefined ? undefined : all.fields.get(areaField);
  if (areaField === undefined || field === undefined || field.kind === "list") return undefined;
  if (draft.source !== undefined || among === false || rows.length === 0) return undefined;
  if (draft.fields.includes(areaField)) return undefined;
  const [found, of] = [new Int32Array(field.levels.length), new Int32Array(field.levels.length)];
  for (const row of rows) add(found, field.codes[row] as number);
  for (let row = 0; row < all.count; row++) if (among(row)) add(of, field.codes[row] as number);
  const areas = field.levels.flatMap((level, code): AreaCount[] =>
    found[code] === 0
      ? []
      : [{ area: level === "" ? notRecorded : level, count: found[code] as number, of: of[code] as number }],
  );
  areas.sort((a, b) => b.count / b.of - a.count / a.of || b.count - a.count || (a.area < b.area ? -1 : 1));
  return { field: areaField, areas };
}

function add(counts: Int32Array, at: number): void {
  counts[at] = (counts[at] as number) + 1;
}
