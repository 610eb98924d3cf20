// `casedraw check` beside `casedraw sample` on the same export, process start to last byte.
// node bench/check.mjs [--rows 54000] [--runs 3]
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { casedraw, inTemporaryFolder, machine, median, option, requireBuild, timed } from "./measure.mjs";
import { samplePlan } from "./plan.mjs";

const rows = Number(option("rows", "54000"));
const runs = Number(option("runs", "3"));
if (![rows, runs].every((n) => Number.isInteger(n) && n > 0)) {
  console.error("bench: --rows and --runs take a whole number each.");
  process.exit(2);
}
requireBuild();

const kinds = [
  { name: "sample", words: ["sample", "--seed", "1", "--register", "none"], out: true },
  { name: "check, summary only", words: ["check"], out: false },
  { name: "check, with its files", words: ["check"], out: true },
];

console.log(machine());
inTemporaryFolder((folder) => {
  timed(
    process.execPath,
    [casedraw, "synth", "--rows", `${rows}`, "--seed", "bench", "--out", join(folder, "export.csv")],
    folder,
  );
  const plan = join(folder, "plan.yaml");
  writeFileSync(plan, samplePlan({ path: "export.csv" }));
  const taken = kinds.map(() => []);
  // Round 0 warms the file cache and is not counted. Every round runs each kind once.
  for (let round = 0; round <= runs; round++) {
    for (const [at, { words, out }] of kinds.entries()) {
      const target = join(folder, "out");
      rmSync(target, { recursive: true, force: true });
      const where = out ? ["--out", target] : [];
      const run = timed(process.execPath, [casedraw, ...words, "--plan", plan, ...where], folder);
      if (round > 0) taken[at].push(run);
    }
  }
  console.log(`\n${rows.toLocaleString("en-GB")} rows × 24 columns, ${runs} runs each`);
  const base = median(taken[0].map((run) => run.seconds));
  for (const [at, { name }] of kinds.entries()) {
    const seconds = taken[at].map((run) => run.seconds);
    const memory = taken[at].flatMap(({ megabytes }) => megabytes ?? []);
    const cells = [
      name.padEnd(22),
      `median ${median(seconds).toFixed(2)} s`,
      `(${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)})`,
      `${(median(seconds) / base).toFixed(2)} × sample`,
      memory.length > 0
        ? `peak ${Math.max(...memory).toFixed(0)} MB`
        : "memory not measured: no /usr/bin/time",
    ];
    console.log(cells.join("  "));
  }
});
