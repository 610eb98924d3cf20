// The whole `casedraw compare`, process start to last byte: the default indicators over 43 and about 150 areas.
// node bench/compare.mjs [--rows 54000] [--runs 2]
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

const { rows, runs } = wholeNumbers({ rows: 54_000, runs: 2 });
requireBuild();

const kinds = [
  { name: "by dfj_area, with PNG", flags: ["--by", "dfj_area"] },
  { name: "by dfj_area, without PNG", flags: ["--by", "dfj_area", "--no-png"] },
  { name: "by local_authority, with PNG", flags: ["--by", "local_authority"] },
];

console.log(machine());
inTemporaryFolder((folder) => {
  makeExport(rows, folder);
  const plan = writeWindowPlan(folder);
  const runnable = kinds.map(({ name, flags }) => ({
    name,
    words: (out) => ["compare", "--plan", plan, "--out", out, ...flags],
  }));
  printRounds(runnable, inRounds(runnable, { runs, folder }), { rows, runs });
});
