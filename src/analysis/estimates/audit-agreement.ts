import type { EstimateRow } from "./estimate-findings.js";
import type { Domain } from "./exact.js";
import type { Responses } from "./response.js";
import { estimateShare, type ShareInterval } from "./row.js";

/** The audited units, all or those of one group. */
export interface AuditedDomain extends Domain {
  /** None of all audited units. */
  readonly field?: string;
  readonly group?: string;
}

/**
 * How often inspectors' views are in line with the body's own audits, more positive or less so, among the audited units: shares
 * by the estimator that all findings have, the audited units a domain of the whole design.
 *
 * @param answers - by unit of the frame, one of the levels; those without are absent
 * @param options.column - of the findings
 * @param options.domains - all audited units first
 * @returns by domain, in their order, a row for each level
 */
export function auditAgreement(
  responses: Responses,
  answers: ReadonlyMap<number, string>,
  options: {
    readonly column: string;
    readonly levels: readonly string[];
    readonly domains: readonly AuditedDomain[];
    readonly interval: ShareInterval;
  },
): EstimateRow[] {
  const { column, domains, interval } = options;
  return domains.flatMap(({ field, group, ...domain }) =>
    options.levels.map((level): EstimateRow => {
      const values = Float64Array.from(responses.units, (unit) => {
        const answer = answers.get(unit);
        return answer === undefined ? Number.NaN : answer === level ? 1 : 0;
      });
      return {
        column,
        kind: "category",
        level,
        ...(field === undefined ? {} : { field }),
        ...(group === undefined ? {} : { group }),
        ...estimateShare(responses, values, { domain, interval }),
      };
    }),
  );
}
