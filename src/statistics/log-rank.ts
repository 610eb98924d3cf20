import { CasedrawError } from "../errors.js";
import { chiSquareTail } from "./chi-square-tail.js";
import { type CheckedFollowUp, checkFollowUp, type FollowUp } from "./follow-up.js";
import { byStratum, checkGrouping, type Grouping } from "./grouping.js";
import { quadraticForm } from "./quadratic-form.js";
import { requireThat } from "./refusals.js";
import { eachEventTime } from "./risk-table.js";

/** Which groups are compared, within which strata, and how times weigh. */
export interface LogRankOptions {
  /** The groups that are compared: the group of each case. */
  readonly groups: Grouping;
  /** Cases are compared only within a stratum. */
  readonly strata?: Grouping;
  /** Fleming and Harrington's ρ: each event weighs S(t)^ρ. 0 (default) is the log-rank test, 1 looks at early events. */
  readonly rho?: number;
}

/** A group of a log-rank test: what happened in it, and what was to be expected. */
export interface LogRankGroup {
  readonly cases: number;
  /** Weighted by S(t)^ρ. */
  readonly observed: number;
  /** Were the groups alike; weighted the same way. */
  readonly expected: number;
}

/** What a log-rank test found. */
export interface LogRankTest {
  readonly statistic: number;
  /** Of the chi-square distribution: one less than the groups that can be compared. */
  readonly degreesOfFreedom: number;
  readonly pValue: number;
  /** In the order of the codes. */
  readonly groups: readonly LogRankGroup[];
}

/**
 * Log-rank test: whether groups of cases last equally long, weighted and stratified on request.
 *
 * @param followUp - cases; event 0 or 1; with entries, the risk sets are those of delayed entry
 * @throws CasedrawError `FOLLOW_UP_INVALID`, `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE` for a code or a ρ below 0, `STATISTIC_UNDEFINED`
 *   if no event happened while cases of two groups were at risk
 * @remarks Assumes independent cases and censoring that does not depend on the outcome, given the group. Ties have the
 *   hypergeometric variance. A group without cases takes no part. O(n log n + T·k²), T times of events, k groups.
 * @see Fleming & Harrington (1991) Counting Processes and Survival Analysis, ch. 7; Klein & Moeschberger (2003), §7.3–7.5
 * @example
 * const followUp = { exit: [1, 2, 3, 4], event: [1, 1, 1, 1] };
 * logRank(followUp, { groups: { codes: [0, 0, 1, 1], count: 2 } }).statistic // → 2.8824 to 4 places; (2 − 5/6)²/(¼ + 2/9)
 */
export function logRank(followUp: FollowUp, options: LogRankOptions): LogRankTest {
  const { groups, strata, rho = 0 } = options;
  const checked = checkFollowUp(followUp, 1);
  requireThat(rho >= 0 && rho < Infinity, {
    what: "Rho",
    rule: "it is a number of 0 or more",
    value: rho,
    next: "Leave it out for the log-rank test.",
  });
  checkGrouping(groups, checked.cases, "Groups");
  const sums = emptySums(groups.count);
  for (const part of byStratum(checked, groups, strata)) addStratum(sums, part.followUp, part.groups, rho);
  const { value, rank } = quadraticForm(
    sums.observed.map((observed, group) => observed - (sums.expected[group] as number)),
    sums.covariance.map((row, g) =>
      sums.covariance.map((other, h) => (h <= g ? row[h] : other[g]) as number),
    ),
  );
  if (rank === 0) {
    throw new CasedrawError(
      "STATISTIC_UNDEFINED",
      "Log-rank test: an event happens while cases of two groups are at risk, got none. Compare other groups, or a longer follow-up.",
    );
  }
  const cases = new Array<number>(groups.count).fill(0);
  for (let at = 0; at < checked.cases; at++) cases[groups.codes[at] as number]!++;
  return {
    statistic: value,
    degreesOfFreedom: rank,
    pValue: chiSquareTail(value, rank),
    groups: cases.map((count, group) => ({
      cases: count,
      observed: sums.observed[group] as number,
      expected: sums.expected[group] as number,
    })),
  };
}

interface Sums {
  readonly observed: number[];
  readonly expected: number[];
  /** Its lower triangle. */
  readonly covariance: readonly Float64Array[];
}

function emptySums(groups: number): Sums {
  const zeros = () => new Array<number>(groups).fill(0);
  return {
    observed: zeros(),
    expected: zeros(),
    covariance: Array.from({ length: groups }, () => new Float64Array(groups)),
  };
}

function addStratum(sums: Sums, followUp: CheckedFollowUp, groups: Grouping, rho: number): void {
  const { observed, expected, covariance } = sums;
  let share = 1;
  eachEventTime(followUp, { grouping: groups }, (_time, atRisk, events) => {
    let [n, d] = [0, 0];
    for (let g = 0; g < groups.count; g++) {
      n += atRisk[g] as number;
      d += events[g] as number;
    }
    // The weight is of the pooled curve just before the events.
    const weight = rho === 0 ? 1 : share === 0 ? 0 : Math.exp(rho * Math.log(share));
    const spread = n > 1 ? (weight * weight * d * (n - d)) / (n * n * (n - 1)) : 0;
    for (let g = 0; g < groups.count; g++) {
      const own = atRisk[g] as number;
      if (own === 0) continue;
      observed[g]! += weight * (events[g] as number);
      expected[g]! += (weight * d * own) / n;
      const row = covariance[g] as Float64Array;
      const shared = spread * own;
      row[g]! += shared * n;
      for (let h = 0; h <= g; h++) row[h]! -= shared * (atRisk[h] as number);
    }
    share = (share * (n - d)) / n;
  });
}
