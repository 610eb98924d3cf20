import { surveyDifference } from "../../statistics/survey/difference.js";
import { tInterval } from "../../statistics/t-interval.js";
import type { Interval } from "../../statistics/wilson.js";
import type { Domain } from "./exact.js";
import type { Responses } from "./response.js";
import { estimateMean, estimateShare, type Measured, type ShareInterval } from "./row.js";

/** A column of findings. */
export interface FindingColumn {
  readonly name: string;
  readonly kind: "yes-no" | "category" | "number";
  /** Of a category in byte order; of yes and no only "yes", of which the share is estimated; of a number none. */
  readonly levels: readonly string[];
  /** By unit of the frame: a level (yes is "yes", no is "no") or a number. Units without an answer are absent. */
  readonly answers: ReadonlyMap<number, string | number>;
  /** Units in whose case the question does not arise: there is nothing to count in them, as in those out of scope. */
  readonly notApplicable?: ReadonlySet<number>;
}

/** A level of a field of the sample, with the units that have it. */
export interface Group extends Domain {
  readonly field: string;
  readonly level: string;
}

/** One estimate: a level of a column, or its mean, over all or over a group. */
export interface EstimateRow extends Measured {
  readonly column: string;
  readonly kind: FindingColumn["kind"];
  readonly level?: string;
  readonly field?: string;
  readonly group?: string;
}

/** A group beside all other eligible units. */
export interface Comparison {
  readonly column: string;
  readonly kind: FindingColumn["kind"];
  readonly level?: string;
  readonly field: string;
  readonly group: string;
  readonly difference: number;
  readonly standardError: number;
  readonly interval: Interval;
}

/** All estimates of a sample's findings. */
export interface Estimates {
  /** By column, then by level, the whole before the groups. */
  readonly rows: readonly EstimateRow[];
  readonly comparisons: readonly Comparison[];
}

/**
 * Estimates every column overall and in every group, and sets each group beside the others.
 *
 * @param options.groups - in the order in which they are to stand
 * @param options.interval - of shares
 * @throws CasedrawError of the statistics
 */
export function estimateFindings(
  responses: Responses,
  columns: readonly FindingColumn[],
  options: { readonly groups: readonly Group[]; readonly interval: ShareInterval },
): Estimates {
  const rows: EstimateRow[] = [];
  const comparisons: Comparison[] = [];
  const all: Domain = {
    belongs: new Uint8Array(responses.units.length).fill(1),
    populations: responses.strata.map(({ population }) => population),
  };
  for (const column of columns) {
    const asked = whereItApplies(responses, column);
    const levels = column.kind === "number" ? [undefined] : column.levels;
    const place = (level: string | undefined, group: Group | undefined) => ({
      column: column.name,
      kind: column.kind,
      ...(level === undefined ? {} : { level }),
      ...(group === undefined ? {} : { field: group.field, group: group.level }),
    });
    for (const level of levels) {
      const values = valuesOf(asked, column, level);
      rows.push({
        ...place(level, undefined),
        ...measure(asked, values, { domain: all, level, ...options }),
      });
      for (const group of options.groups) {
        const measured = measure(asked, values, { domain: group, level, ...options });
        rows.push({ ...place(level, group), ...measured });
        const found = compare(asked, values, { measured, group, level, ...options });
        if (found === undefined) continue;
        comparisons.push({ ...place(level, group), field: group.field, group: group.level, ...found });
      }
    }
  }
  return { rows, comparisons };
}

/** The responses of a column, in which units that it does not apply to are out of scope. */
function whereItApplies(responses: Responses, { notApplicable }: FindingColumn): Responses {
  if (notApplicable === undefined || notApplicable.size === 0) return responses;
  const apart = Uint8Array.from(responses.units, (unit) => (notApplicable.has(unit) ? 1 : 0));
  return {
    ...responses,
    notApplicable: apart,
    outOfScope: responses.outOfScope.map((out, at) => Math.max(out, apart[at] as number)),
  };
}

function valuesOf({ units }: Responses, { answers }: FindingColumn, level: string | undefined): Float64Array {
  return Float64Array.from(units, (unit) => {
    const answer = answers.get(unit);
    if (answer === undefined) return Number.NaN;
    return level === undefined ? (answer as number) : answer === level ? 1 : 0;
  });
}

function measure(
  responses: Responses,
  values: Float64Array,
  {
    domain,
    level,
    interval,
  }: { readonly domain: Domain; readonly level: string | undefined; readonly interval: ShareInterval },
): Measured {
  return level === undefined
    ? estimateMean(responses, values, { domain })
    : estimateShare(responses, values, { domain, interval });
}

/**
 * A group less all others, by the linearised values of both, so that strata which they share are allowed for. None where all
 * reviewed of one side have it, or none: the variance of that side is then seen as 0, and the difference would look sure.
 */
function compare(
  responses: Responses,
  values: Float64Array,
  {
    measured,
    group,
    level,
    interval,
  }: {
    readonly measured: Measured;
    readonly group: Group;
    readonly level: string | undefined;
    readonly interval: ShareInterval;
  },
): Pick<Comparison, "difference" | "standardError" | "interval"> | undefined {
  const others = measure(responses, values, { domain: restOf(responses, group), level, interval });
  if ([measured, others].some(({ figures }) => figures?.intervalMethod === "exact")) return undefined;
  const [first, second] = [measured.mean, others.mean];
  if (first === undefined || second === undefined) return undefined;
  const found = surveyDifference({ first, second }, responses);
  if (found.variance <= 1e-24) return undefined;
  return {
    difference: found.estimate,
    standardError: found.standardError,
    interval: tInterval(found, { degreesOfFreedom: responses.design.degreesOfFreedom() }),
  };
}

/** All units that are not of a group. */
function restOf({ strata }: Responses, { belongs, populations }: Group): Domain {
  const rest = { belongs: belongs.map((member) => 1 - member) };
  if (populations === undefined) return rest;
  return {
    ...rest,
    populations: strata.map(({ population }, at) => population - (populations[at] as number)),
  };
}
