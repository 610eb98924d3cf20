import { CasedrawError } from "../errors.js";
import { chiSquareTail } from "./chi-square-tail.js";
import { type CheckedFollowUp, checkFollowUp, type FollowUp } from "./follow-up.js";
import { byStratum, checkGrouping, type Grouping } from "./grouping.js";
import { quadraticForm } from "./quadratic-form.js";
import { requireThat, requireWhole } from "./refusals.js";
import { riskTable } from "./risk-table.js";

/** Whose incidence is compared, of which cause. */
export interface GraysTestOptions {
  /** The groups that are compared: the group of each case. */
  readonly groups: Grouping;
  /** The kind of event that is compared; default 1. All others compete with it. */
  readonly cause?: number;
  /** Cases are compared only within a stratum. */
  readonly strata?: Grouping;
  /** Each event weighs (1 − F(t))^ρ; default 0. */
  readonly rho?: number;
}

/** What Gray's test found. */
export interface GraysTest {
  readonly statistic: number;
  /** Of the chi-square distribution: one less than the groups that can be compared. */
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/**
 * Gray's test: whether the cumulative incidence of one kind of event is the same in several groups, when other kinds compete.
 *
 * @param followUp - cases without entries; event 0 (still going on) or 1, 2, …
 * @throws CasedrawError `FOLLOW_UP_INVALID`, `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE` for a code, cause or ρ, `DELAYED_ENTRY_UNSUPPORTED`
 *   because the test has no form for it, `STATISTIC_UNDEFINED` if the event never happened while two groups were at risk
 * @remarks Assumes independent cases and censoring that does not depend on the outcome, given the group. Where several events
 *   fall at one time the variance is corrected for ties as R's package cmprsk does. O(n log n + T·k³), k groups.
 * @see Gray (1988) Ann Stat 16:1141–1154
 * @example
 * const followUp = { exit: [1, 2, 3, 4], event: [1, 1, 2, 1] };
 * graysTest(followUp, { groups: { codes: [0, 0, 1, 1], count: 2 }, cause: 1 }).pValue // → 0.0934 to 4 places
 */
export function graysTest(followUp: FollowUp, options: GraysTestOptions): GraysTest {
  const { groups, strata, cause = 1, rho = 0 } = options;
  if (followUp.entry !== undefined) {
    throw new CasedrawError(
      "DELAYED_ENTRY_UNSUPPORTED",
      "Gray's test: cases are followed from their beginning, got entries. Compare the curves of aalenJohansen instead.",
    );
  }
  requireWhole("Cause", cause, 1);
  requireThat(rho >= 0 && rho < Infinity, {
    what: "Rho",
    rule: "it is a number of 0 or more",
    value: rho,
    next: "Leave it out for the usual test.",
  });
  const checked = checkFollowUp(followUp, 255);
  checkGrouping(groups, checked.cases, "Groups");
  // 1 is the event of interest from here on, 2 any other.
  const event = checked.event.map((kind) => (kind === 0 ? 0 : kind === cause ? 1 : 2));
  const scores = new Array<number>(groups.count).fill(0);
  const covariance = scores.map(() => new Array<number>(groups.count).fill(0));
  for (const part of byStratum({ ...checked, event }, groups, strata)) {
    addStratum(scores, covariance, eventTimes(part.followUp, part.groups, rho));
  }
  const { value, rank } = quadraticForm(scores, covariance);
  if (rank === 0) {
    throw new CasedrawError(
      "STATISTIC_UNDEFINED",
      "Gray's test: the event happens while cases of two groups are at risk, got none. Compare other groups or another event.",
    );
  }
  return { statistic: value, degreesOfFreedom: rank, pValue: chiSquareTail(value, rank) };
}

/** One time of an event: sums over groups, and what each group at risk contributes. */
interface EventTime {
  /** Events of interest, all groups. */
  readonly events: number;
  /** Pooled incidence just before and just after. */
  readonly before: number;
  readonly after: number;
  readonly weight: number;
  /** Σ h and Σ R over groups, h = Y/S(t−) and R = h·(1 − F(t−)) in the paper's letters. */
  readonly sumH: number;
  readonly sumR: number;
  readonly groups: readonly GroupAtRisk[];
}

interface GroupAtRisk {
  readonly group: number;
  readonly atRisk: number;
  readonly events: number;
  readonly others: number;
  readonly h: number;
  readonly r: number;
  /** Share without any event just before and just after. */
  readonly shareBefore: number;
  readonly shareAfter: number;
}

function eventTimes(followUp: CheckedFollowUp, grouping: Grouping, rho: number): readonly EventTime[] {
  const { times, atRisk, events } = riskTable(followUp, { causes: 2, grouping });
  const share = new Array<number>(grouping.count).fill(1);
  const incidence = new Array<number>(grouping.count).fill(0);
  let pooled = 0;
  return Array.from(times, (_, k) => {
    const groups: GroupAtRisk[] = [];
    for (let group = 0; group < grouping.count; group++) {
      const held = atRisk[group]?.[k] as number;
      if (held === 0) continue;
      const [own, others] = [events[group]?.[0]?.[k] as number, events[group]?.[1]?.[k] as number];
      const shareBefore = share[group] as number;
      const h = held / shareBefore;
      const r = h * (1 - (incidence[group] as number));
      incidence[group]! += (shareBefore * own) / held;
      const shareAfter = (shareBefore * (held - own - others)) / held;
      share[group] = shareAfter;
      groups.push({ group, atRisk: held, events: own, others, h, r, shareBefore, shareAfter });
    }
    const total = groups.reduce((sum, { events: own }) => sum + own, 0);
    const [sumH, sumR] = [
      groups.reduce((sum, { h }) => sum + h, 0),
      groups.reduce((sum, { r }) => sum + r, 0),
    ];
    const before = pooled;
    pooled += total / sumH;
    const weight = rho === 0 ? 1 : before < 1 ? Math.exp(rho * Math.log1p(-before)) : 0;
    return { events: total, before, after: pooled, weight, sumH, sumR, groups };
  });
}

function addStratum(scores: number[], covariance: number[][], times: readonly EventTime[]): void {
  const count = scores.length;
  for (const { events, weight, sumR, groups } of times) {
    for (const { group, events: own, r } of groups) scores[group]! += weight * (own - (events * r) / sumR);
  }
  // c_ik at the end of follow-up is needed at every time before: one pass for it, a second for the variance.
  const final = scores.map(() => new Float64Array(count));
  for (const time of times) addToC(final, time);
  const c = scores.map(() => new Float64Array(count));
  const b = new Float64Array(count);
  for (const time of times) {
    addToC(c, time);
    for (const member of time.groups) {
      const { group: k, atRisk, others, shareBefore, shareAfter } = member;
      const ratio = shareAfter > 0 ? (1 - time.after) / shareAfter : 0;
      if (time.events > 0) {
        const ties = time.events > 1 ? 1 - (time.events - 1) / (time.sumH * shareBefore - 1) : 1;
        for (let i = 0; i < count; i++) b[i] = aOf(time, i, member) + (1 - ratio) * left(final, c, i, k);
        addProducts(covariance, b, (ties * shareBefore * time.events) / (time.sumH * atRisk));
      }
      if (others > 0 && shareAfter > 0) {
        const ties = others > 1 ? 1 - (others - 1) / (atRisk - 1) : 1;
        for (let i = 0; i < count; i++) b[i] = ratio * left(final, c, i, k);
        addProducts(covariance, b, (ties * shareBefore * shareBefore * others) / (atRisk * atRisk));
      }
    }
  }
}

/** a_ik = W·h_i·(1[i = k] − h_k/Σh), symmetric in i and k. */
function aOf({ weight, sumH, groups }: EventTime, i: number, { group: k, h }: GroupAtRisk): number {
  const other = i === k ? h : (groups.find(({ group }) => group === i)?.h ?? 0);
  return weight * other * ((i === k ? 1 : 0) - h / sumH);
}

/** c_ik(t) = Σ over times up to t of a_ik·dF/(1 − F(t−)). */
function addToC(c: readonly Float64Array[], time: EventTime): void {
  if (time.events === 0) return;
  const step = time.events / (time.sumH * (1 - time.before));
  for (const { group: i } of time.groups) {
    for (const member of time.groups) (c[i] as Float64Array)[member.group]! += aOf(time, i, member) * step;
  }
}

function left(final: readonly Float64Array[], c: readonly Float64Array[], i: number, k: number): number {
  return (final[i]?.[k] as number) - (c[i]?.[k] as number);
}

function addProducts(covariance: readonly number[][], b: Float64Array, factor: number): void {
  for (let i = 0; i < b.length; i++) {
    for (let j = 0; j < b.length; j++)
      (covariance[i] as number[])[j]! += factor * (b[i] as number) * (b[j] as number);
  }
}
