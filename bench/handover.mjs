// `handover` of 600 cases to 10 teams, and `track` of their 10 worksheets, process start to last byte.
// node bench/handover.mjs [--rows 54000] [--runs 5] [--bin dist/bin/casedraw.js]
import { appendFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { casedraw, inTemporaryFolder, machine, median, option, requireBuild, timed } from "./measure.mjs";
import { samplePlan } from "./plan.mjs";

const rows = Number(option("rows", "54000"));
const runs = Number(option("runs", "5"));
const bin = option("bin", "");
if (bin === "") requireBuild();
const program = bin === "" ? casedraw : resolve(bin);

const teams = Array.from({ length: 10 }, (_, i) => `  - { name: Team ${i + 1}, capacity: 80, pairs: 2 }`);
const handover = `
teams:
${teams.join("\n")}
handover:
  findings:
    - { name: plan_timely, question: Was the plan made in time? }
    - { name: child_seen }
    - { name: voice, answers: [in person, in writing, not heard] }
  double_review: 0.1
`;

console.log(machine());
inTemporaryFolder((folder) => {
  const run = (...words) => timed(process.execPath, [program, ...words], folder).seconds;
  const [plan, sample, given, progress] = ["plan.yaml", "sample", "given", "progress"].map((name) =>
    join(folder, name),
  );
  run("synth", "--rows", `${rows}`, "--seed", "bench", "--out", join(folder, "export.csv"));
  writeFileSync(plan, samplePlan({ path: "export.csv" }));
  appendFileSync(plan, handover);
  run("sample", "--plan", plan, "--seed", "1", "--out", sample);
  const times = { handover: [], track: [] };
  for (let i = 0; i < runs; i++) {
    times.handover.push(run("handover", "--sample", sample, "--out", given));
    const sheets = readdirSync(join(given, "worksheets"))
      .filter((name) => !name.includes("second"))
      .map((name) => join(given, "worksheets", name));
    times.track.push(
      run("track", "--sample", sample, "--handover", given, "--merge", ...sheets, "--out", progress),
    );
    for (const out of [given, progress]) rmSync(out, { recursive: true });
  }
  console.log(
    `600 cases of ${rows} rows, median of ${runs}: handover to 10 teams ${median(times.handover).toFixed(2)} s, track of 10 worksheets ${median(times.track).toFixed(2)} s`,
  );
  console.log("the figure to hold is 3 s for each");
});
