// The whole `casedraw compare`, process start to last byte: the default indicators over 43 and about 150 areas.
// node bench/compare.mjs [--rows 54000] [--runs 2]
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { casedraw, inTemporaryFolder, machine, median, option, requireBuild, timed } from "./measure.mjs";
import { samplePlan } from "./plan.mjs";

const rows = Number(option("rows", "54000"));
const runs = Number(option("runs", "2"));
if (![rows, runs].every((n) => Number.isInteger(n) && n > 0)) {
  console.error("bench: --rows and --runs take a whole number each.");
  process.exit(2);
}
requireBuild();

const kinds = [
  { name: "by dfj_area, with PNG", by: "dfj_area", flags: [] },
  { name: "by dfj_area, without PNG", by: "dfj_area", flags: ["--no-png"] },
  { name: "by local_authority, with PNG", by: "local_authority", flags: [] },
];

console.log(machine());
inTemporaryFolder((folder) => {
  const made = ["synth", "--rows", `${rows}`, "--seed", "bench", "--out", join(folder, "export.csv")];
  timed(process.execPath, [casedraw, ...made], folder);
  const plan = join(folder, "plan.yaml");
  const window = "observed: { from: 2025-11-16, to: 2026-11-16 }\n";
  writeFileSync(plan, samplePlan({ path: "export.csv" }).replace("unit: child\n", `${window}$&`));
  const taken = kinds.map(() => []);
  // Round 0 warms the file cache and is not counted. Every round runs each kind once.
  for (let round = 0; round <= runs; round++) {
    for (const [at, { by, flags }] of kinds.entries()) {
      const out = join(folder, "out");
      rmSync(out, { recursive: true, force: true });
      const words = ["compare", "--plan", plan, "--by", by, "--out", out, ...flags];
      const run = timed(process.execPath, [casedraw, ...words], folder);
      if (round > 0) taken[at].push(run);
    }
  }
  console.log(`\n${rows.toLocaleString("en-GB")} rows × 24 columns, ${runs} runs each`);
  for (const [at, { name }] of kinds.entries()) {
    const seconds = taken[at].map((run) => run.seconds);
    const memory = taken[at].flatMap(({ megabytes }) => megabytes ?? []);
    const cells = [
      name.padEnd(30),
      `median ${median(seconds).toFixed(2)} s`,
      `(${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)})`,
      memory.length > 0
        ? `peak ${Math.max(...memory).toFixed(0)} MB`
        : "memory not measured: no /usr/bin/time",
    ];
    console.log(cells.join("  "));
  }
});
