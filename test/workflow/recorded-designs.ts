import { exportLines, plan } from "./scratch.js";

/** A sample section of each kind for the export of `scratch.ts`: every design, with every way of sharing the sample. */
export const designs = {
  random: "{ size: 12, strata: [law_type, delay_band], reserves: 0.25 }",
  "one stratum": "{ size: 12, reserves: 3 }",
  equal: "{ size: 12, strata: [law_type, delay_band], allocation: { method: equal, max: 3 }, reserves: 1 }",
  "without minima":
    "{ size: 12, strata: [law_type], allocation: { method: proportional, min: 0 }, reserves: 1 }",
  bounded:
    "{ size: 12, strata: [law_type], allocation: { method: proportional, min: { public: 7 }, max: { private: 5 } }, reserves: 0.3 }",
  power:
    "{ size: 13, strata: [law_type, delay_band], allocation: { method: power, exponent: 0.75 }, reserves: 1 }",
  neyman:
    "{ size: 30, strata: [law_type, delay_band], allocation: { method: neyman, deviation_of: delay_days, min: 1 }, reserves: 0.25 }",
  optimal:
    "{ size: 12, strata: [law_type], allocation: { method: optimal, proportions: { public: 0.5, private: 0.03 }, cost: { public: 2.5, private: 1 }, min: 1 }, reserves: 0.25 }",
  fixed:
    "{ size: 12, strata: [law_type], allocation: { method: fixed, sizes: { public: 12, private: 0 } }, reserves: 2 }",
  "one per family": "{ size: 12, strata: [law_type], one_per: case_id, reserves: 0.25 }",
  systematic:
    "{ size: 12, method: systematic, strata: [law_type], balance: [gender, delay_band], reserves: 0.25 }",
  balanced:
    "{ size: 12, method: balanced, strata: [law_type], balance: [gender, factors, team], reserves: 0.25 }",
  "balanced with targets":
    "{ size: 12, method: balanced, strata: [law_type], balance: [team], targets: [{ where: { gender: [female], law_type: [private] }, at_least: 6 }], reserves: 0.25 }",
  "random with targets":
    "{ size: 12, strata: [law_type, gender], targets: [{ where: { law_type: [public] }, at_least: 8 }], reserves: 0.25 }",
  capped: "{ size: 12, strata: [law_type], caps: { team: 5, case_id: 1 }, reserves: 0.25 }",
} as const;

/** The plan of `scratch.ts` with another design. */
export function planWith(design: string): string {
  return plan
    .replace(/^sample:.*$/m, `sample: ${design}`)
    .replace("  team: team\n", '  team: team\n  factors: { list: factors, separator: "|" }\n');
}

/** The export of `scratch.ts` with a column of factors: none, one or two. */
export function linesWithFactors(): string[] {
  const factors = ["", "neglect", "neglect|drugs", "drugs"];
  return exportLines().map((line, at) => `${line},${at === 0 ? "factors" : factors[at % 4]}`);
}
