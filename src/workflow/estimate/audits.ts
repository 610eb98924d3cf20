import { type AuditedDomain, auditAgreement } from "../../analysis/estimates/audit-agreement.js";
import type { Group } from "../../analysis/estimates/estimate-findings.js";
import type { Responses } from "../../analysis/estimates/response.js";
import type { ShareInterval } from "../../analysis/estimates/row.js";
import { type ShownRow, suppressSmall } from "../../analysis/estimates/suppression.js";
import { thousands } from "../../frame/words.js";
import { type AuditLevel, auditLevels, usualAuditColumn } from "./audit-answers.js";
import type { FindingsNote } from "./columns.js";
import { type GroupSource, groupsOf } from "./groups.js";

/** What an estimate says of the body's own audits. */
export interface Audits {
  /** All audited units, then those of each law type. */
  readonly rows: readonly ShownRow[];
  /** Whether the sample's list tells which units were audited; else they are those with an answer. */
  readonly recorded: boolean;
  /** Whether it tells the law type. */
  readonly byLawType: boolean;
  readonly notes: readonly FindingsNote[];
}

/**
 * Agreement of inspectors with the body's own audits, of all audited units and by law type. Which units were audited, the
 * sample's list tells where it has the field `audited`; answers of other units are then left out, and counted.
 *
 * @param answers - by unit of the frame
 */
export function auditsOf(
  responses: Responses,
  answers: ReadonlyMap<number, AuditLevel>,
  options: { readonly source: GroupSource; readonly interval: ShareInterval; readonly threshold: number },
): Audits {
  const { source, interval, threshold } = options;
  const recorded = source.list.header.includes("audited");
  const byLawType = source.list.header.includes("law_type");
  const audited = recorded ? recordedAudits(responses, source) : answered(responses, answers);
  const beside = Array.from(responses.units).filter(
    (unit, at) => audited.belongs[at] === 0 && answers.has(unit),
  );
  const lawTypes = byLawType ? groupsOf(responses, ["law_type"], source) : [];
  const domains = [audited, ...lawTypes.flatMap((group) => auditedOf(group, audited, source, responses))];
  const rows = auditAgreement(responses, answers, {
    column: usualAuditColumn,
    levels: auditLevels,
    domains,
    interval,
  });
  return {
    rows: suppressSmall({ rows, comparisons: [] }, threshold).rows,
    recorded,
    byLawType,
    notes: beside.length === 0 ? [] : [notAudited(beside.map((unit) => source.frame.ids[unit] as string))],
  };
}

function recordedAudits(responses: Responses, source: GroupSource): AuditedDomain {
  const yes = groupsOf(responses, ["audited"], source).find(({ level }) => level === "yes");
  if (yes === undefined) return { belongs: new Uint8Array(responses.units.length) };
  const { belongs, populations } = yes;
  return { belongs, ...(populations === undefined ? {} : { populations }) };
}

function answered({ units }: Responses, answers: ReadonlyMap<number, AuditLevel>): AuditedDomain {
  return { belongs: Uint8Array.from(units, (unit) => (answers.has(unit) ? 1 : 0)) };
}

/** The audited units of a law type; none where nobody of it was reviewed. */
function auditedOf(
  { field, level, belongs, populations }: Group,
  audited: AuditedDomain,
  { frame, sample }: GroupSource,
  { strata }: Responses,
): AuditedDomain[] {
  const both = belongs.map((member, at) => member * (audited.belongs[at] as number));
  if (!both.includes(1)) return [];
  const own = { field, group: level, belongs: both };
  const [law, audits] = [frame.fields.get(field), frame.fields.get("audited")];
  // Sizes are known only where the sample's frame has both fields.
  if (populations === undefined || audited.populations === undefined || !law || !audits) return [own];
  const sizes = new Map(
    sample.design.strata.map(({ key, units }) => [
      key,
      units.filter(
        (unit) =>
          law.levels[law.codes[unit] as number] === level &&
          audits.levels[audits.codes[unit] as number] === "yes",
      ).length,
    ]),
  );
  return [{ ...own, populations: strata.map(({ key }) => sizes.get(key) ?? 0) }];
}

function notAudited(ids: readonly string[]): FindingsNote {
  const count = `${thousands(ids.length)} ${ids.length === 1 ? "answer" : "answers"}`;
  return {
    code: "audit-answers-left-out",
    count: ids.length,
    text: `${count} on agreement with an audit left out: the sample's list does not say that the case was audited.`,
    cases: ids,
  };
}
