import { describe, expect, test } from "vitest";
import { stream } from "../../../src/random/streams.js";
import { chiSquareTest } from "../../../src/statistics/chi-square.js";
import { cohensKappa } from "../../../src/statistics/cohens-kappa.js";
import { fisherExactTest } from "../../../src/statistics/fisher-exact.js";
import { kornGraubardInterval } from "../../../src/statistics/korn-graubard.js";
import { kruskalWallisTest } from "../../../src/statistics/kruskal-wallis.js";
import { logitInterval } from "../../../src/statistics/logit-interval.js";
import { balancedDesign } from "../../../src/statistics/survey/balanced.js";
import { designEffect } from "../../../src/statistics/survey/design-effect.js";
import { surveyDifference } from "../../../src/statistics/survey/difference.js";
import { surveyMean } from "../../../src/statistics/survey/mean.js";
import { postStratified } from "../../../src/statistics/survey/post-stratification.js";
import { surveyQuantile } from "../../../src/statistics/survey/quantile.js";
import { raked } from "../../../src/statistics/survey/raking.js";
import { surveyRatio } from "../../../src/statistics/survey/ratio.js";
import { stratifiedDesign } from "../../../src/statistics/survey/stratified.js";
import { surveyTotal } from "../../../src/statistics/survey/total.js";
import { ultimateClusterDesign } from "../../../src/statistics/survey/ultimate-cluster.js";
import { asR, expectClose, packagesOfR, runR } from "../r.js";

const installed = packagesOfR("survey", "stats");

/** An invented sample: four strata, the last taken whole, with values, a yes/no, a domain and two fields to calibrate to. */
const strata = [120, 60, 45, 12].map((populationSize, at) => ({ key: `s${at}`, populationSize }));
const stratumOf = [20, 15, 9, 12].flatMap((n, at) => new Array<number>(n).fill(at));
const next = stream("survey", "synth");
const rows = stratumOf.map((stratum) => ({
  stratum,
  y: Math.floor(next() * 40) + 10 * stratum,
  x: 1 + Math.floor(next() * 5),
  yes: next() < 0.4 + 0.1 * stratum ? 1 : 0,
  domain: next() < 0.5 ? 1 : 0,
  gender: next() < 0.5 ? 1 : 0,
  law: Math.floor(next() * 3),
  second: next() < 0.8 ? -1 : 1, // a second review that is like the first, or not
}));
const column = (name: keyof (typeof rows)[number]) => Float64Array.from(rows, (row) => row[name]);
const [y, x, yes, domain, gender, law] = (["y", "x", "yes", "domain", "gender", "law"] as const).map(
  column,
) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
const second = yes.map((value, unit) => (rows[unit]?.second === 1 ? 1 - value : value));
const design = stratifiedDesign({ strata, stratumOf });

const inR = `suppressMessages(library(survey))
  options(survey.lonely.psu = "certainty")
  d <- data.frame(h = ${asR(stratumOf)}, y = ${asR(y)}, x = ${asR(x)}, yes = ${asR(yes)}, dom = ${asR(domain)},
    g = factor(${asR(gender)}), l = factor(${asR(law)}), two = ${asR(second)})
  d$N <- ${asR(strata.map(({ populationSize }) => populationSize))}[d$h + 1]
  s <- svydesign(id = ~1, strata = ~h, fpc = ~N, data = d)
  both <- function(name, m) say(name, c(coef(m), SE(m)))`;

const both = ({ estimate, standardError }: { estimate: number; standardError: number }) => [
  estimate,
  standardError,
];

describe.skipIf(!installed.has("survey"))("R's survey on an invented sample", () => {
  test("totals, means, ratios, domains, their difference and design effect", () => {
    const said = runR(`${inR}
      both("total", svytotal(~y, s)); both("mean", svymean(~y, s)); both("ratio", svyratio(~y, ~x, s))
      both("domain", svymean(~y, subset(s, dom == 1)))
      b <- svyby(~y, ~dom, s, svymean, covmat = TRUE); both("difference", svycontrast(b, c(-1, 1)))
      say("effect", deff(svymean(~y, s, deff = TRUE)))
      q <- svyquantile(~y, s, c(.25, .5, .9), ci = TRUE, qrule = "math", df = 41)
      say("quantiles", c(q$y[, 1], q$y[, 2], q$y[, 3]))`);
    expectClose(both(surveyTotal(y, { design })), said.get("total")!);
    expectClose(both(surveyMean(y, { design })), said.get("mean")!);
    expectClose(both(surveyRatio({ numerator: y, denominator: x }, { design })), said.get("ratio")!);
    const inside = surveyMean(y, { design, domain });
    const outside = surveyMean(y, { design, domain: domain.map((value) => 1 - value) });
    expectClose(both(inside), said.get("domain")!);
    expectClose(
      both(surveyDifference({ first: inside, second: outside }, { design })),
      said.get("difference")!,
    );
    expectClose([designEffect(surveyMean(y, { design }), { design, values: y })], said.get("effect")!);
    // 19 + 14 + 8 degrees of freedom: the stratum that was taken whole has none.
    expect(design.degreesOfFreedom()).toBe(41);
    const quantiles = [0.25, 0.5, 0.9].map((fraction) => surveyQuantile(y, { design, fraction }));
    expectClose(
      [
        ...quantiles.map(({ estimate }) => estimate),
        ...quantiles.map(({ interval }) => interval!.lower),
        ...quantiles.map(({ interval }) => interval!.upper),
      ],
      said.get("quantiles")!,
    );
  });

  test("intervals of a proportion", () => {
    const said = runR(`${inR}
      for (m in c("beta", "xlogit")) { p <- svyciprop(~yes, s, method = m, df = degf(s)); say(m, confint(p)) }
      say("df", degf(s))`);
    const found = surveyMean(yes, { design });
    const estimate = { proportion: found.estimate, variance: found.variance };
    // R counts the stratum that was taken whole too.
    const degreesOfFreedom = said.get("df")![0]!;
    const beta = kornGraubardInterval(estimate, { sampleSize: found.sampleSize, degreesOfFreedom });
    expectClose([beta.lower, beta.upper], said.get("beta")!);
    const logit = logitInterval(estimate, { degreesOfFreedom });
    expectClose([logit.lower, logit.upper], said.get("xlogit")!);
  });

  test("post-stratification and raking", () => {
    const said = runR(`${inR}
      p <- postStratify(s, ~g, data.frame(g = factor(0:1), Freq = c(130, 107)))
      say("weights", weights(p)); both("total", svytotal(~y, p)); both("mean", svymean(~y, p))
      r <- calibrate(s, ~ g + l, c(237, 107, 80, 70), calfun = "raking", epsilon = 1e-12, maxit = 500)
      say("raked", weights(r)); both("rakedTotal", svytotal(~y, r)); both("rakedDomain", svymean(~y, subset(r, dom == 1)))`);
    const genders = { name: "gender", groupOf: gender, totals: [130, 107] };
    const calibrated = postStratified(design, genders);
    expectClose(calibrated.weights, said.get("weights")!);
    expectClose(both(surveyTotal(y, { design: calibrated })), said.get("total")!);
    expectClose(both(surveyMean(y, { design: calibrated })), said.get("mean")!);
    const twice = raked(design, [genders, { name: "law type", groupOf: law, totals: [87, 80, 70] }]);
    expectClose(twice.weights, said.get("raked")!);
    expectClose(both(surveyTotal(y, { design: twice })), said.get("rakedTotal")!);
    expectClose(both(surveyMean(y, { design: twice, domain })), said.get("rakedDomain")!);
  });

  test("ultimate clusters, with and without fpc", () => {
    const clusterOf = stratumOf.map((stratum, unit) => stratum * 100 + Math.floor(unit / 2));
    const probabilities = Float64Array.from(x, (value) => 1 / (1 + value));
    const said = runR(`${inR}
      d$c <- ${asR(clusterOf)}; d$p <- ${asR(probabilities)}; d$C <- c(60, 30, 20, 12)[d$h + 1]
      both("plain", svymean(~y, svydesign(id = ~c, strata = ~h, probs = ~p, data = d)))
      both("fpc", svymean(~y, svydesign(id = ~c, strata = ~h, probs = ~p, fpc = ~C, data = d)))
      say("df", degf(svydesign(id = ~c, strata = ~h, probs = ~p, data = d)))`);
    const of = (clusters?: readonly number[]) =>
      ultimateClusterDesign({
        strata: strata.map(({ key }, at) => ({
          key,
          ...(clusters === undefined ? {} : { clusters: clusters[at] as number }),
        })),
        stratumOf,
        clusterOf,
        probabilities,
      });
    expectClose(both(surveyMean(y, { design: of() })), said.get("plain")!);
    expectClose(both(surveyMean(y, { design: of([60, 30, 20, 12]) })), said.get("fpc")!);
    expect(of().degreesOfFreedom()).toBe(said.get("df")![0]);
  });

  test("Cohen's kappa of weighted cases", () => {
    const probabilities = Float64Array.from(x, (value) => 1 / value);
    const said = runR(`${inR}
      d$p <- ${asR(probabilities)}; w <- svydesign(id = ~1, probs = ~p, data = d)
      d$a <- factor(d$yes); d$b <- factor(d$two); w <- update(w, a = factor(yes), b = factor(two))
      k <- svykappa(~ a + b, w); say("kappa", c(coef(k), SE(k)))`);
    const found = cohensKappa({ first: yes, second, categories: 2, probabilities });
    expectClose([found.coefficient, found.standardError], said.get("kappa")!);
  });
});

describe.skipIf(!installed.has("stats"))("R on an invented sample", () => {
  test("balanced: weighted least squares by lm", () => {
    const probabilities = Float64Array.from(x, (value) => value / 8);
    const columns = [
      gender,
      law.map((value) => (value === 1 ? 1 : 0)),
      law.map((value) => (value === 2 ? 1 : 0)),
    ];
    const said = runR(`z <- ${asR(y)} / ${asR(probabilities)}; h <- factor(${asR(stratumOf)})
      g <- ${asR(gender)}; l <- factor(${asR(law)}); c <- 1 - ${asR(probabilities)}
      m <- lm(z ~ h + g + l, weights = c); n <- length(z)
      say("variance", sum(c * resid(m)^2) * n / (n - m$rank))`);
    const sample = balancedDesign({ keys: strata.map(({ key }) => key), stratumOf, probabilities, columns });
    expectClose([Math.sqrt(sample.varianceOfTotal(y))], [Math.sqrt(said.get("variance")![0]!)]);
  });

  test("chi-square, Fisher and Kruskal–Wallis", () => {
    const table = [0, 1, 2].map((level) =>
      [0, 1].map((value) => rows.filter((row) => row.law === level && row.yes === value).length),
    );
    const groups = [0, 1, 2].map((level) => rows.filter((row) => row.law === level).map((row) => row.y));
    const said =
      runR(`t <- matrix(${asR(table.flat())}, 3, byrow = TRUE); x <- suppressWarnings(chisq.test(t))
      say("chi", c(x$statistic, x$p.value, t(x$stdres))); say("fisher", fisher.test(t)$p.value)
      k <- kruskal.test(list(${groups.map(asR).join(", ")})); say("kruskal", c(k$statistic, k$p.value))`);
    const chi = chiSquareTest(table);
    expectClose([chi.statistic, chi.pValue, ...chi.adjustedResiduals.flat()], said.get("chi")!);
    expectClose([fisherExactTest(table)], said.get("fisher")!);
    const kruskal = kruskalWallisTest(groups);
    expectClose([kruskal.statistic, kruskal.pValue], said.get("kruskal")!);
  });
});
