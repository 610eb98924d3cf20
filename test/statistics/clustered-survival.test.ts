import { beforeAll, describe, expect, test } from "vitest";
import { stream } from "../../src/random/streams.js";
import { clusteredIncidence } from "../../src/statistics/clustered-incidence.js";
import { clusteredLogRank } from "../../src/statistics/clustered-log-rank.js";
import {
  clusteredRestrictedMean,
  clusteredRestrictedMeanDifference,
} from "../../src/statistics/clustered-restricted-mean.js";
import { clusteredSurvival } from "../../src/statistics/clustered-survival.js";
import { checkFollowUp } from "../../src/statistics/follow-up.js";
import { kaplanMeier } from "../../src/statistics/kaplan-meier.js";
import { clusteredCases, riskOf } from "../../src/statistics/placed-cases.js";
import { type RestrictedMean, restrictedMean } from "../../src/statistics/restricted-mean.js";
import { riskTable } from "../../src/statistics/risk-table.js";
import { refusalOf } from "../frames.js";
import { asR, expectClose, packagesOfR, runR } from "./r.js";

// Two siblings end at 1, another case is censored at 2, the last ends at 3.
const four = { exit: [1, 1, 2, 3], event: [1, 1, 0, 1] };
const families = { codes: [0, 0, 1, 2], count: 3 };

describe("by hand", () => {
  // At 1: n 4, d 2, S 1/2. (dN − 1/2)/2 is 1/4 for the two that end and −1/4 for the others: by family 1/2, −1/4, −1/4,
  // squares 3/8. Greenwood's sum is 2/(4·2) = 1/4.
  test("the curve's error: siblings that end together count once", () => {
    const curve = clusteredSurvival(four, { clusters: families });
    expect(curve.standardErrors[0]).toBeCloseTo(0.5 * Math.sqrt(3 / 8), 15);
    expect(kaplanMeier(four).standardErrors[0]).toBeCloseTo(0.5 * Math.sqrt(1 / 4), 15);
    expect(curve.survival).toEqual(kaplanMeier(four).survival);
  });

  // Area from 1 to 3 is 1, so that the same sums stand for the mean.
  test("the restricted mean's", () => {
    const found = clusteredRestrictedMean(clusteredCases(four, families), { until: 3, minimumAtRisk: 1 });
    expect(found.mean).toBe(2);
    expect(found.standardError).toBeCloseTo(Math.sqrt(3 / 8), 15);
  });

  // At 1: 2 of group 1 among 4, one event in each group. Observed 1, expected 1/2·2 = 1; from 2 on only group 0.
  test("the log-rank test's expected events", () => {
    const cases = clusteredCases(four, { codes: [0, 1, 2, 3], count: 4 });
    const found = clusteredLogRank(cases, [0, 1, 1, 0]);
    expect(found).toMatchObject({ observed: 1, expected: 1, statistic: 0, pValue: 1 });
  });

  test("what cannot be said is refused", () => {
    const clusters = { codes: [0, 0, 0, 0], count: 1 };
    const cases = clusteredCases(four, clusters);
    expect(refusalOf(() => clusteredLogRank(cases, [0, 0, 0, 0])).code).toBe("STATISTIC_UNDEFINED");
    expect(refusalOf(() => clusteredLogRank(cases, [0, 0, 0, 2])).code).toBe("VALUE_OUT_OF_RANGE");
    const late = clusteredCases({ ...four, entry: [0, 0, 0, 2] }, clusters);
    const options = { until: 2, minimumAtRisk: 1 };
    expect(refusalOf(() => clusteredRestrictedMeanDifference(late, [0, 0, 0, 1], options)).code).toBe(
      "AT_RISK_TOO_FEW",
    );
    expect(
      refusalOf(() => clusteredRestrictedMeanDifference(cases, [0, 0, 1, 1], { until: 3, minimumAtRisk: 1 }))
        .code,
    ).toBe("FOLLOW_UP_TOO_SHORT");
    expect(refusalOf(() => clusteredRestrictedMean(cases, { until: Infinity })).code).toBe("AT_RISK_TOO_FEW");
    expect(
      refusalOf(() => clusteredSurvival(four, { clusters: { codes: [0, 0, 0, 3], count: 3 } })).code,
    ).toBe("VALUE_OUT_OF_RANGE");
    expect(refusalOf(() => clusteredIncidence(four, { causes: 1, clusters, times: [2, 1] })).code).toBe(
      "TIME_OUT_OF_RANGE",
    );
  });
});

/** Invented families with ties, two kinds of event, groups that part families, and a time since which each is watched. */
function invented(cases: number) {
  const next = stream("clusters", "synth");
  const rows: { entry: number; exit: number; kind: number; group: number; family: number }[] = [];
  for (let family = 0; rows.length < cases; family++) {
    const size = 1 + Math.floor(next() * 3);
    const exit = 31 + Math.floor(-Math.log(1 - next()) * 20);
    const kind = Math.floor(next() * 3);
    for (let child = 0; child < size; child++) {
      rows.push({
        entry: Math.floor(next() * 30),
        exit: exit + Math.floor(next() * 1.3),
        kind,
        group: Math.floor(next() * 2),
        family,
      });
    }
  }
  const column = (name: keyof (typeof rows)[number]) => rows.map((row) => row[name]);
  return {
    entry: column("entry"),
    exit: column("exit"),
    kind: column("kind"),
    event: column("kind").map((kind) => Math.min(1, kind)),
    group: column("group"),
    family: column("family"),
    families: (rows.at(-1)?.family as number) + 1,
  };
}

const data = invented(120);
const count = data.exit.length;
const alone = { codes: data.exit.map((_, at) => at), count };
const clusters = { codes: data.family, count: data.families };

test("where every case is its own cluster and none enters late, the error is Greenwood's", () => {
  const { exit, event } = data;
  const [ours, greenwood] = [
    clusteredSurvival({ exit, event }, { clusters: alone }),
    kaplanMeier({ exit, event }),
  ];
  for (const [k, error] of greenwood.standardErrors.entries())
    expect(ours.standardErrors[k]).toBeCloseTo(error, 13);
  const options = { until: 50 };
  expect(clusteredRestrictedMean(clusteredCases({ exit, event }, alone), options).standardError).toBeCloseTo(
    restrictedMean({ exit, event }, options).standardError,
    12,
  );
});

test("with one kind of event the share is one less Kaplan–Meier's, with the same error, entries included", () => {
  const { entry, exit, event } = data;
  const curve = clusteredSurvival({ entry, exit, event }, { clusters });
  const times = Array.from(curve.times).slice(0, 10);
  const [shares] = clusteredIncidence({ entry, exit, event }, { causes: 1, clusters, times });
  for (const [k, { incidence, standardError }] of (shares ?? []).entries()) {
    expect(1 - incidence).toBeCloseTo(curve.survival[k] as number, 12);
    expect(standardError).toBeCloseTo(curve.standardErrors[k] as number, 12);
  }
});

// The risk table is tested against R's; this one comes of another way of counting.
test("risk sets counted by place are those of the risk table, with and without entries", () => {
  const { entry, exit, event } = data;
  const grouping = { codes: data.group, count: 2 };
  for (const followUp of [
    { exit, event },
    { entry, exit, event },
  ]) {
    const { placed } = clusteredCases(followUp, clusters);
    expect(riskOf(placed, grouping)).toEqual(riskTable(checkFollowUp(followUp, 1), { grouping }));
  }
});

test("a family in both groups: the difference is less uncertain than of separate groups", () => {
  const options = { until: 50 };
  const cases = clusteredCases({ exit: data.exit, event: data.event }, clusters);
  const difference = clusteredRestrictedMeanDifference(cases, data.group, options);
  const [first, second] = [0, 1].map((group) => {
    const of = (values: readonly number[]) => values.filter((_, at) => data.group[at] === group);
    const own = { codes: of(data.family), count: data.families };
    return clusteredRestrictedMean(
      clusteredCases({ exit: of(data.exit), event: of(data.event) }, own),
      options,
    );
  }) as [RestrictedMean, RestrictedMean];
  expect(difference.difference).toBeCloseTo(first.mean - second.mean, 12);
  expect(difference.standardError).toBeLessThan(Math.hypot(first.standardError, second.standardError));
  const turned = data.group.map((group) => 1 - group);
  const same = clusteredRestrictedMeanDifference(cases, turned, options);
  expect(same.difference).toBe(-difference.difference);
  expect(same.pValue).toBe(difference.pValue);
});

describe.skipIf(!packagesOfR("survival").has("survival"))("as R's package survival has it", () => {
  let told: ReturnType<typeof runR>;
  // A skipped group's body runs all the same, this does not.
  beforeAll(() => {
    told = runR(`
    library(survival)
    entry <- ${asR(data.entry)}; exit <- ${asR(data.exit)}; event <- ${asR(data.event)}
    kind <- factor(${asR(data.kind)}, 0:2, c("none", "one", "two")); group <- ${asR(data.group)}; family <- ${asR(data.family)}
    f <- survfit(Surv(entry, exit, event) ~ 1, id = seq_along(exit), cluster = family, robust = TRUE, conf.type = "log-log")
    keep <- f$n.event > 0 & f$surv > 0
    say("error", f$std.err[keep] * (if (isTRUE(f$logse)) f$surv[keep] else 1)); say("lower", f$lower[keep])
    # For several states survfit takes no clusters into its errors: its influences, of which the first is at 0, are added up by family here.
    m <- survfit(Surv(exit, kind) ~ 1, influence = 1)
    at <- sapply(c(35, 45, 60), function(time) max(which(m$time <= time)))
    error <- function(state) sapply(at, function(k) sqrt(sum(rowsum(m$influence.pstate[, k + 1, state], family)^2)))
    say("one", m$pstate[at, 2]); say("one.error", error(2)); say("two.error", error(3))
    c <- coxph(Surv(entry, exit, event) ~ group, cluster = family, ties = "breslow")
    say("score", summary(c)$robscore["test"])
  `);
  });
  const { entry, exit, event, kind } = data;
  const of = (name: string) => told.get(name) as readonly number[];

  test("error and bounds of the curve with entries", () => {
    const curve = clusteredSurvival({ entry, exit, event }, { clusters });
    expectClose(curve.standardErrors, of("error"));
    expectClose(curve.lower, of("lower"));
  });

  test("errors of competing shares", () => {
    const [one, two] = clusteredIncidence(
      { exit, event: kind },
      { causes: 2, clusters, times: [35, 45, 60] },
    );
    expectClose(
      (one ?? []).map((share) => share.incidence),
      of("one"),
    );
    expectClose(
      (one ?? []).map((share) => share.standardError),
      of("one.error"),
    );
    expectClose(
      (two ?? []).map((share) => share.standardError),
      of("two.error"),
    );
  });

  test("the robust score test of Cox's model", () => {
    const cases = clusteredCases({ entry, exit, event }, clusters);
    expectClose([clusteredLogRank(cases, data.group).statistic], of("score"));
  });
});
