// The whole `casedraw pia`, process start to last byte: every item of the report, with and without pictures as PNG.
// node bench/pia.mjs [--rows 54000] [--runs 3]
import {
  inRounds,
  inTemporaryFolder,
  machine,
  makeExport,
  printRounds,
  requireBuild,
  wholeNumbers,
} from "./measure.mjs";
import { writeWindowPlan } from "./plan.mjs";

const { rows, runs } = wholeNumbers({ rows: 54_000, runs: 3 });
requireBuild();

const kinds = [
  { name: "without PNG", flags: ["--no-png"] },
  { name: "with PNG", flags: [] },
  { name: "publishable, without PNG", flags: ["--no-png", "--edition", "publishable"] },
];

console.log(machine());
inTemporaryFolder((folder) => {
  makeExport(rows, folder);
  const plan = writeWindowPlan(folder);
  const runnable = kinds.map(({ name, flags }) => ({
    name,
    words: (out) => ["pia", "--plan", plan, "--out", out, ...flags],
  }));
  printRounds(runnable, inRounds(runnable, { runs, folder }), { rows, runs });
});
