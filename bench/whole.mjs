// The whole job, process start to last byte, beside an analyst's R and pandas scripts doing the same.
// node bench/whole.mjs [--rows 54000,150000] [--runs 5]
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { casedraw, inTemporaryFolder, machine, median, option, requireBuild, timed } from "./measure.mjs";
import { samplePlan } from "./plan.mjs";

const sizes = option("rows", "54000,150000").split(",").map(Number);
const runs = Number(option("runs", "5"));
if (![...sizes, runs].every((n) => Number.isInteger(n) && n > 0)) {
  console.error("bench: --rows takes whole numbers with commas between, --runs one whole number.");
  process.exit(2);
}
requireBuild();

// Debian's own interpreters come first: another Python on the path need not have pandas.
const peers = [
  peer("R, data.table", ["Rscript"], ["-e", "cat(as.character(packageVersion('data.table')))"], "draw.R"),
  peer(
    "pandas",
    ["/usr/bin/python3", "python3"],
    ["-c", "import pandas; print(pandas.__version__)"],
    "draw.py",
  ),
].filter((found) => found !== undefined);

console.log(machine());
for (const { name, version } of peers) console.log(`${name} ${version}`);
inTemporaryFolder((folder) => {
  for (const rows of sizes) measure(rows, folder);
});

function peer(name, programs, probe, script) {
  for (const program of programs) {
    const result = spawnSync(program, probe, { encoding: "utf8" });
    if (result.status !== 0) continue;
    const path = fileURLToPath(new URL(`peers/${script}`, import.meta.url));
    const command = (input, out) => [program, [path, input, out]];
    return { name, version: result.stdout.trim(), command };
  }
  console.log(`${name}: missing here, left out`);
  return undefined;
}

function measure(rows, folder) {
  const input = join(folder, "export.csv");
  const plan = join(folder, "plan.yaml");
  timed(
    process.execPath,
    [casedraw, "synth", "--rows", `${rows}`, "--seed", "bench", "--out", input],
    folder,
  );
  writeFileSync(plan, samplePlan({ path: "export.csv" }));
  const sample = (_, out) => [
    process.execPath,
    [casedraw, "sample", "--plan", plan, "--seed", "1", "--out", out],
  ];
  const contenders = [{ name: "casedraw", command: sample }, ...peers];

  const taken = contenders.map(() => []);
  let strata = [];
  // Round 0 warms the file cache and is not counted. Every round runs each contender once.
  for (let round = 0; round <= runs; round++) {
    for (const [i, { command }] of contenders.entries()) {
      const out = join(folder, `out-${i}`);
      rmSync(out, { recursive: true, force: true });
      const run = timed(...command(input, out), folder);
      if (round > 0) taken[i].push(run);
    }
    if (round === 0) strata = contenders.map((_, i) => allocation(join(folder, `out-${i}`, "strata.csv")));
  }
  report(rows, statSync(input).size, contenders, taken);
  const differing = contenders.filter((_, i) => strata[i] !== strata[0]).map(({ name }) => name);
  if (differing.length > 0) {
    console.error(
      `bench: ${differing.join(", ")} found other strata than casedraw, so this compares nothing.`,
    );
    process.exit(1);
  }
  console.log("every contender found the same strata and allocation");
  rmSync(input);
}

/** Stratum, population and allocation, to see that all do the same job. */
function allocation(path) {
  const lines = readFileSync(path, "utf8").trim().split("\n").slice(1);
  return lines
    .map((line) => line.toLowerCase().split(",").slice(0, 3).join())
    .sort()
    .join("\n");
}

function report(rows, bytes, contenders, taken) {
  console.log(
    `\n${rows.toLocaleString("en-GB")} rows × 24 columns, ${(bytes / 1e6).toFixed(1)} MB, ${runs} runs each`,
  );
  const medians = taken.map((all) => median(all.map(({ seconds }) => seconds)));
  for (const [i, { name }] of contenders.entries()) {
    const seconds = taken[i].map((run) => run.seconds);
    const memory = taken[i].map((run) => run.megabytes).filter((megabytes) => megabytes !== undefined);
    const cells = [
      name.padEnd(14),
      `median ${medians[i].toFixed(3)} s`,
      `(${Math.min(...seconds).toFixed(3)} to ${Math.max(...seconds).toFixed(3)})`,
      `${((medians[i] / rows) * 1e6).toFixed(2)} µs a row`,
      memory.length > 0
        ? `peak ${Math.max(...memory).toFixed(0)} MB`
        : "memory not measured: no /usr/bin/time",
    ];
    console.log(cells.join("  "));
  }
  if (medians.length < 2) return;
  const fastest = Math.min(...medians.slice(1));
  const name = contenders[medians.indexOf(fastest)].name;
  console.log(
    `casedraw takes ${(medians[0] / fastest).toFixed(2)} times as long as the faster peer, ${name}`,
  );
}
