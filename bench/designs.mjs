// The whole `casedraw sample` for each method on the same export, and the replay of a capped draw on its whole frame.
// node bench/designs.mjs [--rows 54000] [--runs 3]
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  inRounds,
  inTemporaryFolder,
  machine,
  makeExport,
  median,
  requireBuild,
  wholeNumbers,
} from "./measure.mjs";
import { samplePlan } from "./plan.mjs";

const { rows, runs } = wholeNumbers({ rows: 54_000, runs: 3 });
requireBuild();

const balance = "[age_band, gender, disability, ethnic_group, factors, service_area]";
const open = "cohort:\n  include: { closed_date: { blank: true } }\n";
const designs = [
  ["random", "  method: random\n  strata: [law_type, delay_band]\n"],
  [
    "random, Neyman",
    "  strata: [law_type, delay_band]\n  allocation: { method: neyman, deviation_of: delay_days }\n",
  ],
  [
    "systematic",
    `  method: systematic\n  strata: [law_type, delay_band]\n  balance: [service_area, age_band, gender]\n`,
  ],
  ["balanced", `  method: balanced\n  strata: [law_type, delay_band]\n  balance: ${balance}\n`],
  [
    "balanced, with a target",
    `  method: balanced\n  strata: [law_type, delay_band]\n  balance: ${balance}\n  targets: [{ where: { disability: yes }, at_least: 90 }]\n`,
  ],
  ["one child a family", "  strata: [law_type, delay_band]\n  one_per: case_id\n"],
  ["capped", "  strata: [law_type, delay_band]\n  caps: { practitioner: 3 }\n"],
  ["capped, every row eligible", "  strata: [law_type, delay_band]\n  caps: { practitioner: 3 }\n", ""],
];

console.log(machine());
inTemporaryFolder((folder) => {
  makeExport(rows, folder);
  const base = samplePlan({ path: "export.csv" }).split("cohort:")[0];
  const plans = designs.map(([name, lines, cohort = open], at) => {
    const path = join(folder, `plan-${at}.yaml`);
    writeFileSync(path, `${base}${cohort}sample:\n  size: 600\n  reserves: 0.25\n${lines}`);
    const words = ["sample", "--plan", path, "--seed", "1", "--register", "none"];
    return { name, words: (out) => [...words, "--out", out] };
  });
  const all = inRounds(plans, { runs, folder });
  console.log(`\n${rows.toLocaleString("en-GB")} rows × 24 columns, 600 drawn, ${runs} runs each`);
  for (const [at, { name }] of plans.entries()) {
    const taken = all[at];
    const seconds = median(taken.map((run) => run.seconds)).toFixed(2);
    const peak =
      taken[0].megabytes === undefined
        ? ""
        : `  peak ${Math.round(median(taken.map((run) => run.megabytes)))} MB`;
    console.log(`${name.padEnd(28)} median ${seconds} s${peak}`);
  }
});
