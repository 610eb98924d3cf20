import { beforeAll, describe, expect, test } from "vitest";
import { stream } from "../../src/random/streams.js";
import { aalenJohansen } from "../../src/statistics/aalen-johansen.js";
import { graysTest } from "../../src/statistics/grays-test.js";
import { kaplanMeier } from "../../src/statistics/kaplan-meier.js";
import { logRank } from "../../src/statistics/log-rank.js";
import { restrictedMean } from "../../src/statistics/restricted-mean.js";
import { survivalQuantile } from "../../src/statistics/survival-quantile.js";
import { asR, expectClose, packagesOfR, runR } from "./r.js";

const packages = packagesOfR("survival", "cmprsk");

/** Invented cases with ties: days to an event, two kinds, three groups, two strata. */
function invented(seed: string, cases: number) {
  const next = stream(seed, "synth");
  const rows = Array.from({ length: cases }, () => {
    const group = Math.floor(next() * 3);
    const entry = Math.floor(next() * next() * 30);
    const exit = entry + 1 + Math.floor(-Math.log(1 - next()) * (20 + 10 * group));
    return { group, entry, exit, kind: Math.floor(next() * 3), stratum: Math.floor(next() * 2) };
  });
  const column = (name: keyof (typeof rows)[number]) => rows.map((row) => row[name]);
  return {
    entry: column("entry"),
    exit: column("exit"),
    // R takes another variance for ties where there are entries.
    apart: column("exit").map((time, at) => time + at / 1e6),
    kind: column("kind"),
    event: column("kind").map((kind) => Math.min(1, kind)),
    groups: { codes: column("group"), count: 3 },
    strata: { codes: column("stratum"), count: 2 },
  };
}

const data = [invented("one", 40), invented("two", 400)];
const scales = ["log", "log-log", "plain"] as const;

function script({ entry, exit, apart, kind, groups, strata }: (typeof data)[number], at: number): string {
  return `
    entry <- ${asR(entry)}; exit <- ${asR(exit)}; apart <- ${asR(apart)}; kind <- ${asR(kind)}; event <- pmin(1, kind)
    group <- ${asR(groups.codes)}; stratum <- ${asR(strata.codes)}
    tell <- function(name, x) say(paste0(name, ".", ${at}), x)
    for (scale in c("log", "log-log", "plain")) {
      f <- survfit(Surv(exit, event) ~ 1, conf.type = scale)
      keep <- f$n.event > 0 & f$surv > 0
      tell(paste0(scale, ".surv"), f$surv[keep]); tell(paste0(scale, ".error"), (f$surv * f$std.err)[keep])
      tell(paste0(scale, ".lower"), f$lower[keep]); tell(paste0(scale, ".upper"), f$upper[keep])
      table <- summary(f, rmean = 40)$table
      tell(paste0(scale, ".rmst"), table[c("rmean", "se(rmean)")])
      tell(paste0(scale, ".median"), table[c("median", "0.95LCL", "0.95UCL")])
    }
    f <- survfit(Surv(entry, exit, event) ~ 1, conf.type = "log-log")
    keep <- f$n.event > 0 & f$surv > 0
    tell("entry.surv", f$surv[keep]); tell("entry.error", (f$surv * f$std.err)[keep])
    tell("entry.risk", f$n.risk[keep]); tell("entry.lower", f$lower[keep])
    plain <- survdiff(Surv(exit, event) ~ group); tell("plain", c(plain$chisq, plain$exp))
    early <- survdiff(Surv(exit, event) ~ group, rho = 1); tell("early", c(early$chisq, early$exp))
    tell("half", survdiff(Surv(exit, event) ~ group, rho = 0.5)$chisq)
    tell("strata", survdiff(Surv(exit, event) ~ group + strata(stratum))$chisq)
    # The score test of Cox's model is the log-rank test, entries included.
    tell("score", coxph(Surv(entry, apart, event) ~ factor(group), timefix = FALSE, iter.max = 0)$score)
    f <- survfit(Surv(exit, factor(kind, 0:2)) ~ 1, id = seq_along(exit), conf.type = "plain")
    for (k in 1:2) {
      keep <- f$n.event[, k + 1] > 0
      tell(paste0("share", k), f$pstate[keep, k + 1]); tell(paste0("error", k), f$std.err[keep, k + 1])
    }
    if (gray) {
      tell("gray.plain", cuminc(exit, kind, group)$Tests); tell("gray.early", cuminc(exit, kind, group, rho = 1)$Tests)
      tell("gray.strata", cuminc(exit, kind, group, strata = stratum)$Tests)
    }`;
}

describe.skipIf(!packages.has("survival"))("R's own answers to invented cases", () => {
  let said: ReadonlyMap<string, readonly number[]>;

  beforeAll(() => {
    said = runR(
      `library(survival); gray <- suppressWarnings(require(cmprsk, quietly = TRUE))\n${data.map(script).join("\n")}`,
    );
  }, 60_000);

  describe.each([0, 1])("data %d", (at) => {
    const { exit, event, entry, apart, kind, groups, strata } = data[at]!;
    const r = (name: string) => said.get(`${name}.${at}`) ?? [];

    test.each(scales)("Kaplan–Meier, %s: shares, errors, intervals, median", (scale) => {
      const curve = kaplanMeier({ exit, event }, { scale });
      expectClose(curve.survival.subarray(0, curve.lower.length), r(`${scale}.surv`));
      expectClose(curve.standardErrors, r(`${scale}.error`));
      expectClose(curve.lower, r(`${scale}.lower`));
      expectClose(curve.upper, r(`${scale}.upper`));
      const { time, lower, upper } = survivalQuantile(curve);
      expect([time, lower, upper].map((value) => value ?? Number.NaN)).toEqual(r(`${scale}.median`));
    });

    test("restricted mean to 40 days", () => {
      const { mean, standardError } = restrictedMean({ exit, event }, { until: 40, minimumAtRisk: 1 });
      expectClose([mean, standardError], r("log.rmst"));
    });

    test("Kaplan–Meier with delayed entry", () => {
      const curve = kaplanMeier({ exit, event, entry });
      expectClose(curve.survival.subarray(0, curve.lower.length), r("entry.surv"));
      expectClose(curve.standardErrors, r("entry.error"));
      expectClose(curve.atRisk.subarray(0, curve.lower.length), r("entry.risk"));
      expectClose(curve.lower, r("entry.lower"));
    });

    test("log-rank: plain, weighted, stratified, with entries", () => {
      for (const [name, rho] of [
        ["plain", 0],
        ["early", 1],
      ] as const) {
        const found = logRank({ exit, event }, { groups, rho });
        expectClose([found.statistic, ...found.groups.map(({ expected }) => expected)], r(name));
      }
      expectClose([logRank({ exit, event }, { groups, rho: 0.5 }).statistic], r("half"));
      expectClose([logRank({ exit, event }, { groups, strata }).statistic], r("strata"));
      expectClose([logRank({ exit: apart, event, entry }, { groups }).statistic], r("score"));
    });

    test("Aalen–Johansen with two kinds of event", () => {
      for (const [k, curve] of aalenJohansen({ exit, event: kind }, { causes: 2 }).entries()) {
        expectClose(curve.incidence, r(`share${k + 1}`));
        expectClose(curve.standardErrors, r(`error${k + 1}`));
      }
    });

    test.skipIf(!packages.has("cmprsk")).each([
      ["plain", {}],
      ["early", { rho: 1 }],
      ["strata", { strata }],
    ])("Gray's test, %s", (name, options) => {
      const tests = [1, 2].map((cause) => graysTest({ exit, event: kind }, { groups, cause, ...options }));
      const found = [
        ...tests.map(({ statistic }) => statistic),
        ...tests.map(({ pValue }) => pValue),
        ...tests.map(({ degreesOfFreedom }) => degreesOfFreedom),
      ];
      expectClose(found, r(`gray.${name}`));
    });
  });
});
