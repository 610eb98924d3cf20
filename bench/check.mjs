// `casedraw check` beside `casedraw sample` on the same export, process start to last byte.
// node bench/check.mjs [--rows 54000] [--runs 3]
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  inRounds,
  inTemporaryFolder,
  machine,
  makeExport,
  median,
  printRounds,
  requireBuild,
  wholeNumbers,
} from "./measure.mjs";
import { samplePlan } from "./plan.mjs";

const { rows, runs } = wholeNumbers({ rows: 54_000, runs: 3 });
requireBuild();

console.log(machine());
inTemporaryFolder((folder) => {
  makeExport(rows, folder);
  const plan = join(folder, "plan.yaml");
  writeFileSync(plan, samplePlan({ path: "export.csv" }));
  const check = ["check", "--plan", plan];
  const sample = ["sample", "--seed", "1", "--register", "none", "--plan", plan];
  const kinds = [
    { name: "sample", words: (out) => [...sample, "--out", out] },
    { name: "check, summary only", words: () => check },
    { name: "check, with its files", words: (out) => [...check, "--out", out] },
  ];
  const taken = inRounds(kinds, { runs, folder });
  const base = median(taken[0].map((run) => run.seconds));
  const beside = (seconds) => [`${(seconds / base).toFixed(2)} × sample`];
  printRounds(kinds, taken, { rows, runs, beside });
});
