import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import { CasedrawError } from "../errors.js";
import { clusterVariance, type InfluenceSteps } from "./cluster-influence.js";
import { normalMultiplier } from "./confidence.js";
import { firstWithAtRisk } from "./first-at-risk.js";
import { checkGrouping, type Grouping } from "./grouping.js";
import { type ClusteredCases, riskOf } from "./placed-cases.js";
import {
  type RestrictedMean,
  type RestrictedMeanDifference,
  type RestrictedMeanOptions,
  requireHorizon,
} from "./restricted-mean.js";
import type { RiskTable } from "./risk-table.js";

/**
 * Restricted mean survival time for cases in clusters that may end together: the mean of `restrictedMean`, with the clustered
 * infinitesimal jackknife as its variance.
 *
 * @param cases - from `clusteredCases`
 * @throws CasedrawError `FOLLOW_UP_TOO_SHORT` if too few are at risk at the horizon, `AT_RISK_TOO_FEW`, `TIME_OUT_OF_RANGE`,
 *   `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Assumes independent clusters. O(n).
 * @see Therneau & Grambsch (2000) Modeling Survival Data, §7.2; Andersen & Perme (2010) Stat Methods Med Res 19:71–99
 */
export function clusteredRestrictedMean(
  cases: ClusteredCases,
  options: RestrictedMeanOptions,
): RestrictedMean {
  const { until, minimumAtRisk = 10, confidence } = options;
  const z = normalMultiplier(confidence);
  const all = { codes: new Uint8Array(cases.followUp.cases), count: 1 };
  const conditionalFrom = firstWithAtRisk(cases.followUp, minimumAtRisk);
  const [atRisk = 0] = atRiskAt(cases, all, until);
  requireHorizon(until, { conditionalFrom, atRisk, minimumAtRisk });
  const { mean, steps } = areaOf(riskOf(cases.placed, all), { group: 0, until, conditionalFrom });
  const standardError = Math.sqrt(clusterVariance(cases, all, [steps]));
  return { mean, standardError, interval: around(mean, z * standardError), atRisk, conditionalFrom };
}

/**
 * Difference of two restricted means, first less second, where a cluster may have cases in both groups.
 *
 * @param cases - from `clusteredCases`, all of them in one of the groups
 * @param codes - the group of each case: 0 in the first, 1 in the second
 * @throws CasedrawError as `clusteredRestrictedMean`; `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE` for codes; `AT_RISK_TOO_FEW` where
 *   fewer of a group were watched from their beginning: its mean would be of those that last until some are at risk, and
 *   the other's of all; `STATISTIC_UNDEFINED` where nothing varies between clusters
 */
export function clusteredRestrictedMeanDifference(
  cases: ClusteredCases,
  codes: Grouping["codes"],
  options: RestrictedMeanOptions,
): RestrictedMeanDifference {
  const { until, minimumAtRisk = 10, confidence } = options;
  const z = normalMultiplier(confidence);
  const groups = { codes, count: 2 };
  checkGrouping(groups, cases.followUp.cases, "Groups");
  requireFromStart(cases, groups, minimumAtRisk);
  for (const atRisk of atRiskAt(cases, groups, until))
    requireHorizon(until, { conditionalFrom: 0, atRisk, minimumAtRisk });
  const table = riskOf(cases.placed, groups);
  const [first, second] = [0, 1].map((group) => areaOf(table, { group, until, conditionalFrom: 0 })) as [
    Area,
    Area,
  ];
  const difference = first.mean - second.mean;
  const standardError = Math.sqrt(clusterVariance(cases, groups, [first.steps, negative(second.steps)]));
  if (standardError === 0) {
    throw new CasedrawError(
      "STATISTIC_UNDEFINED",
      `Difference of restricted means: it varies from cluster to cluster, got no variation by ${until}. ` +
        "Choose a later horizon.",
      { until },
    );
  }
  return {
    difference,
    standardError,
    interval: around(difference, z * standardError),
    pValue: 2 * normalCdf(-Math.abs(difference) / standardError, 0, 1),
  };
}

interface Area {
  readonly mean: number;
  readonly steps: InfluenceSteps;
}

/** Of case i: −Σ_k A_k·(dN_ik − Y_ik·d_k/n_k)/(n_k − d_k), A_k the area from step k to the horizon. */
function areaOf(
  table: RiskTable,
  options: { readonly group: number; readonly until: number; readonly conditionalFrom: number },
): Area {
  const { group, until, conditionalFrom } = options;
  const { times } = table;
  const [atRisk, events] = [table.atRisk[group] as Int32Array, table.events[group]?.[0] as Int32Array];
  const survival = new Float64Array(times.length);
  const counts = (k: number): boolean =>
    (events[k] as number) > 0 && (times[k] as number) > conditionalFrom && (times[k] as number) < until;
  let share = 1;
  for (let k = 0; k < times.length; k++) {
    if (counts(k)) share *= 1 - (events[k] as number) / (atRisk[k] as number);
    survival[k] = share;
  }
  const [gains, costs] = [new Float64Array(times.length), new Float64Array(times.length)];
  let [area, end] = [0, until];
  for (let k = times.length - 1; k >= 0; k--) {
    if (!counts(k)) continue;
    area += (survival[k] as number) * (end - (times[k] as number));
    end = times[k] as number;
    const [n, d] = [atRisk[k] as number, events[k] as number];
    if (n === d) continue;
    gains[k] = -area / (n - d);
    costs[k] = (-area * d) / (n * (n - d));
  }
  return { mean: end + area, steps: { gains, costs } };
}

function negative({ gains, costs }: InfluenceSteps): InfluenceSteps {
  return { gains: gains.map((gain) => -gain), costs: costs.map((cost) => -cost) };
}

/** By group: cases with entry < time ≤ exit. */
function atRiskAt({ followUp }: ClusteredCases, { codes, count }: Grouping, time: number): number[] {
  const { cases, exit, entry } = followUp;
  const atRisk = new Array<number>(count).fill(0);
  for (let at = 0; at < cases; at++) {
    if ((exit[at] as number) >= time && (entry === undefined || (entry[at] as number) < time))
      atRisk[codes[at] as number]!++;
  }
  return atRisk;
}

function requireFromStart({ followUp }: ClusteredCases, { codes, count }: Grouping, minimum: number): void {
  const fromStart = new Array<number>(count).fill(0);
  for (let at = 0; at < followUp.cases; at++)
    if (followUp.entry === undefined || followUp.entry[at] === 0) fromStart[codes[at] as number]!++;
  const fewest = Math.min(...fromStart);
  if (fewest >= minimum) return;
  throw new CasedrawError(
    "AT_RISK_TOO_FEW",
    `Cases from the beginning: at least ${minimum} of each group are watched from then on, got ${fewest}. ` +
      "Compare other groups, or show the curves, each from where it begins.",
    { minimum, cases: fewest },
  );
}

function around(middle: number, half: number): RestrictedMean["interval"] {
  return { lower: middle - half, upper: middle + half };
}
