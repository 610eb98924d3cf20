import { effectiveWilsonInterval } from "../../statistics/effective-wilson.js";
import { kornGraubardInterval } from "../../statistics/korn-graubard.js";
import { designEffect } from "../../statistics/survey/design-effect.js";
import { type Estimate, estimateOf } from "../../statistics/survey/estimate.js";
import { surveyMean } from "../../statistics/survey/mean.js";
import { weightEffect } from "../../statistics/survey/weight-effect.js";
import { tInterval } from "../../statistics/t-interval.js";
import type { Interval } from "../../statistics/wilson.js";
import { type Counted, type Domain, exactNumber, exactShare } from "./exact.js";
import type { Responses } from "./response.js";

/** How the interval of a share is made. */
export const shareIntervals = ["korn-graubard", "wilson"] as const;
export type ShareInterval = (typeof shareIntervals)[number];

/** A share of a domain, or the mean of a number over it. */
export interface Figures {
  readonly estimate: number;
  readonly standardError: number;
  /** None for a census. */
  readonly interval?: Interval;
  readonly intervalMethod: ShareInterval | "exact" | "t" | "census";
  readonly degreesOfFreedom: number;
  readonly effectiveSize?: number;
  readonly designEffect?: number;
  /** Of a share: by how much unequal weights alone raise the variance. */
  readonly weightEffect?: number;
  /** A share's bounds if all that were not answered were no, and if all were yes. */
  readonly bounds?: Interval;
  /** How many eligible units a share stands for. */
  readonly number?: {
    readonly estimate: number;
    readonly standardError: number;
    readonly interval?: Interval;
  };
}

/** What is known of one column in one domain. */
export interface Measured {
  /** Reviewed units of the domain, in scope, that have an answer. */
  readonly n: number;
  /** Of a share: how many of them have it. */
  readonly count?: number;
  /** Reviewed units of the domain, in scope, without an answer. */
  readonly notAnswered: number;
  /** Reviewed units of the domain that the question does not apply to. */
  readonly notApplicable: number;
  /** Absent where nothing can be said. */
  readonly figures?: Figures;
  /** Why nothing can be said. */
  readonly refused?: "nobody" | "one" | "all-alike";
  /** The mean with its linearised values, for differences; absent with the figures. */
  readonly mean?: Estimate;
}

/** Below this part of p(1 − p) a variance is a rounding error of 0. */
const noVariance = 1e-12;

/**
 * Share of a domain that has an attribute, and how many eligible units that is. The base is the units with an answer; the
 * number takes those without one to be like them.
 *
 * @param values - of each responding unit 1 or 0; NaN where there is no answer
 * @see Korn & Graubard (1998) Survey Methodology 24:193–201, for the usual interval; where the variance is 0, exact limits by
 *   stratum
 */
export function estimateShare(
  responses: Responses,
  values: Float64Array,
  options: { readonly domain: Domain; readonly interval: ShareInterval },
): Measured {
  const counted = countAnswers(responses, values, options.domain);
  const { n, notAnswered, notApplicable, answered, inScope } = counted;
  const { design } = responses;
  const yes = values.map((value) => (value === 1 ? 1 : 0));
  const count = yes.reduce((sum, value, at) => sum + (answered[at] === 1 ? value : 0), 0);
  const base = { n, count, notAnswered, notApplicable };
  if (n === 0) return { ...base, refused: "nobody" };
  const mean = surveyMean(yes, { design, domain: answered });
  const census = isCensus(responses, options.domain) && notAnswered === 0;
  if (n === 1 && !census) return { ...base, refused: "one" };
  const p = mean.estimate;
  const flat = mean.variance <= noVariance * p * (1 - p);
  const degreesOfFreedom = design.degreesOfFreedom(answered);
  const sized = flat || census ? undefined : { proportion: p, variance: mean.variance };
  const size = sized && kornGraubardInterval(sized, sizing(n, degreesOfFreedom));
  const interval =
    sized === undefined
      ? holding(p, exactShare(responses, { counted, yes, domain: options.domain }))
      : options.interval === "wilson"
        ? effectiveWilsonInterval(sized, { degreesOfFreedom })
        : { lower: size?.lower as number, upper: size?.upper as number };
  const effect =
    sized && weightOf(responses, answered) > n
      ? designEffect(mean, { design, values: yes, domain: answered })
      : undefined;
  return {
    ...base,
    mean,
    figures: {
      estimate: p,
      standardError: flat ? 0 : mean.standardError,
      ...(census ? {} : { interval }),
      intervalMethod: census ? "census" : flat ? "exact" : options.interval,
      degreesOfFreedom,
      ...(size === undefined
        ? {}
        : { effectiveSize: size.effectiveSize, weightEffect: weightEffect(design.weights, answered) }),
      ...(effect === undefined ? {} : { designEffect: effect }),
      ...(notAnswered === 0 ? {} : { bounds: boundsOf(responses, { yes, inScope, answered }) }),
      number: numberOf(responses, { mean, counted, yes, census, interval: options.interval }),
    },
  };
}

/**
 * Mean of a number over a domain, with a t interval.
 *
 * @param values - of each responding unit; NaN where there is no answer
 */
export function estimateMean(
  responses: Responses,
  values: Float64Array,
  { domain }: { readonly domain: Domain },
): Measured {
  const { n, notAnswered, notApplicable, answered } = countAnswers(responses, values, domain);
  const { design } = responses;
  const numbers = values.map((value) => (Number.isNaN(value) ? 0 : value));
  const base = { n, notAnswered, notApplicable };
  if (n === 0) return { ...base, refused: "nobody" };
  const mean = surveyMean(numbers, { design, domain: answered });
  const census = isCensus(responses, domain) && notAnswered === 0;
  if (n === 1 && !census) return { ...base, refused: "one" };
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const flat = mean.variance <= noVariance * largest * largest;
  if (flat && !census) return { ...base, refused: "all-alike" };
  const degreesOfFreedom = design.degreesOfFreedom(answered);
  const effect =
    census || weightOf(responses, answered) <= n
      ? undefined
      : designEffect(mean, { design, values: numbers, domain: answered });
  return {
    ...base,
    mean,
    figures: {
      estimate: mean.estimate,
      standardError: census ? 0 : mean.standardError,
      ...(census ? {} : { interval: tInterval(mean, { degreesOfFreedom }) }),
      intervalMethod: census ? "census" : "t",
      degreesOfFreedom,
      ...(effect === undefined ? {} : { designEffect: effect }),
    },
  };
}

function countAnswers(
  { outOfScope, notApplicable }: Responses,
  values: Float64Array,
  { belongs }: Domain,
): Counted {
  const inScope = belongs.map((member, at) => (member === 1 && outOfScope[at] === 0 ? 1 : 0));
  const answered = inScope.map((member, at) => (member === 1 && !Number.isNaN(values[at]) ? 1 : 0));
  const n = sum(answered);
  return {
    inScope,
    answered,
    n,
    notAnswered: sum(inScope) - n,
    notApplicable: notApplicable?.reduce((all, apart, at) => all + apart * (belongs[at] as number), 0) ?? 0,
  };
}

/**
 * What an interval is sized by. The degrees of freedom of a group are those of all cases reviewed in the strata that it touches, so
 * its sample size is no smaller than they say: by its own few cases the interval would be as of many.
 */
function sizing(n: number, degreesOfFreedom: number) {
  return { sampleSize: Math.max(n, degreesOfFreedom + 1), degreesOfFreedom };
}

/** Exact limits go by the strata alone; after calibration the estimate can lie outside them. */
function holding(estimate: number, { lower, upper }: Interval): Interval {
  return { lower: Math.min(lower, estimate), upper: Math.max(upper, estimate) };
}

function sum(values: Uint8Array): number {
  return values.reduce((all, value) => all + value, 0);
}

function weightOf({ design }: Responses, members: Uint8Array): number {
  return design.weights.reduce((all, weight, at) => all + (members[at] === 1 ? weight : 0), 0);
}

/** Whether every eligible unit of a domain is known; where its size is not, only if all strata are. */
function isCensus({ strata }: Responses, { populations }: Domain): boolean {
  return strata.every(({ whole }, at) => whole || populations?.[at] === 0);
}

/** Shares if all units without an answer were no, and if all were yes. */
function boundsOf(
  { design }: Responses,
  {
    yes,
    inScope,
    answered,
  }: { readonly yes: Float64Array; readonly inScope: Uint8Array; readonly answered: Uint8Array },
): Interval {
  const of = (unanswered: 0 | 1): number => {
    const values = yes.map((value, at) => (answered[at] === 1 ? value : unanswered));
    return surveyMean(values, { design, domain: inScope }).estimate;
  };
  return { lower: of(0), upper: of(1) };
}

/**
 * How many eligible units have the attribute: the share times the domain's size in scope, as far as the sample tells it.
 * Its interval is that of its own share of all eligible units, so that it never goes below 0.
 */
function numberOf(
  responses: Responses,
  {
    mean,
    counted,
    yes,
    census,
    interval,
  }: {
    readonly mean: Estimate;
    readonly counted: Counted;
    readonly yes: Float64Array;
    readonly census: boolean;
    readonly interval: ShareInterval;
  },
): NonNullable<Figures["number"]> {
  const { design, strata, units } = responses;
  const { inScope } = counted;
  const size = weightOf(responses, inScope);
  const linearised = mean.linearised.map(
    (value, at) => size * value + mean.estimate * (inScope[at] as number),
  );
  const total = estimateOf(design, { estimate: mean.estimate * size, linearised, sampleSize: units.length });
  const population = strata.reduce((all, stratum) => all + stratum.population, 0);
  const proportion = total.estimate / population;
  const variance = total.variance / (population * population);
  const flat = variance <= noVariance * proportion * Math.abs(1 - proportion);
  const told = { estimate: total.estimate, standardError: flat ? 0 : total.standardError };
  if (census) return told;
  if (flat || proportion >= 1) {
    return { ...told, interval: holding(total.estimate, exactNumber(responses, { counted, yes })) };
  }
  const degreesOfFreedom = design.degreesOfFreedom();
  const share = { proportion, variance };
  const { lower, upper } =
    interval === "wilson"
      ? effectiveWilsonInterval(share, { degreesOfFreedom })
      : kornGraubardInterval(share, { sampleSize: units.length, degreesOfFreedom });
  return { ...told, interval: { lower: lower * population, upper: upper * population } };
}
