import { CasedrawError } from "../errors.js";
import { chiSquareTail } from "./chi-square-tail.js";
import { clusterVariance } from "./cluster-influence.js";
import { checkGrouping, type Grouping } from "./grouping.js";
import { type ClusteredCases, riskOf } from "./placed-cases.js";

export interface ClusteredLogRankTest {
  /** Chi-square with one degree of freedom. */
  readonly statistic: number;
  readonly pValue: number;
  /** Events of the second group, and as many as it would have were the groups alike. */
  readonly observed: number;
  readonly expected: number;
}

/**
 * Log-rank test of two groups for cases in clusters that may end together: observed less expected events, against their
 * variance between clusters. A cluster may have cases in both groups.
 *
 * @param cases - from `clusteredCases`; with entries, the risk sets are those of delayed entry
 * @param codes - the group of each case, 0 or 1
 * @throws CasedrawError `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE` for codes, `STATISTIC_UNDEFINED` if no event happened while both
 *   groups were at risk
 * @remarks Assumes independent clusters, and many. Case i adds Σ_k (x_i − n_1k/n_k)·(dN_ik − Y_ik·d_k/n_k). O(n).
 * @see Lin & Wei (1989) JASA 84:1074–1078; Lee, Wei & Amato (1992) in Survival Analysis: State of the Art, 237–247
 */
export function clusteredLogRank(cases: ClusteredCases, codes: Grouping["codes"]): ClusteredLogRankTest {
  const groups = { codes, count: 2 };
  checkGrouping(groups, cases.followUp.cases, "Groups");
  const { times, atRisk, events } = riskOf(cases.placed, groups);
  const steps = [0, 1].map(() => ({
    gains: new Float64Array(times.length),
    costs: new Float64Array(times.length),
  }));
  let [observed, expected] = [0, 0];
  for (let k = 0; k < times.length; k++) {
    const [first, second] = [atRisk[0]?.[k] as number, atRisk[1]?.[k] as number];
    const [endedFirst, endedSecond] = [events[0]?.[0]?.[k] as number, events[1]?.[0]?.[k] as number];
    const share = second / (first + second);
    const ended = endedFirst + endedSecond;
    observed += endedSecond;
    expected += share * ended;
    for (const [group, { gains, costs }] of steps.entries()) {
      gains[k] = group - share;
      costs[k] = ((group - share) * ended) / (first + second);
    }
  }
  const variance = clusterVariance(cases, groups, steps);
  if (!(variance > 0)) {
    throw new CasedrawError(
      "STATISTIC_UNDEFINED",
      "Log-rank test: an event happens while cases of both groups are at risk, and not alike in every cluster, got none. " +
        "Compare other groups, or a longer follow-up.",
    );
  }
  const statistic = ((observed - expected) * (observed - expected)) / variance;
  return { statistic, pValue: chiSquareTail(statistic, 1), observed, expected };
}
