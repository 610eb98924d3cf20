// `update` on a corrected export beside `sample`, process start to last byte.
// node bench/update.mjs [--rows 54000] [--runs 5] [--bin dist/bin/casedraw.js]
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { casedraw, inTemporaryFolder, machine, median, option, requireBuild, timed } from "./measure.mjs";
import { samplePlan } from "./plan.mjs";

const rows = Number(option("rows", "54000"));
const runs = Number(option("runs", "5"));
const bin = option("bin", "");
if (bin === "") requireBuild();
const program = bin === "" ? casedraw : resolve(bin);

console.log(machine());
inTemporaryFolder((folder) => {
  const run = (...words) => timed(process.execPath, [program, ...words], folder).seconds;
  const [input, later] = [join(folder, "export.csv"), join(folder, "corrected.csv")];
  run("synth", "--rows", `${rows}`, "--seed", "bench", "--out", input);
  const [header, ...lines] = readFileSync(input, "utf8").trimEnd().split("\n");
  // One row in a hundred is gone, and one in fifty has the other law type.
  const corrected = lines.flatMap((line, i) => {
    if (i % 100 === 7) return [];
    if (i % 50 !== 3) return [line];
    return [line.replace(/\b(public|private)\b/i, (law) => (/public/i.test(law) ? "private" : "public"))];
  });
  writeFileSync(later, `${[header, ...corrected].join("\n")}\n`);
  const [first, second] = [join(folder, "plan.yaml"), join(folder, "corrected.yaml")];
  writeFileSync(first, samplePlan({ path: "export.csv" }));
  writeFileSync(second, samplePlan({ path: "corrected.csv" }));
  const base = join(folder, "base");
  run("sample", "--plan", first, "--seed", "1", "--out", base);
  const times = { sample: [], update: [] };
  for (let i = 0; i < runs; i++) {
    const out = join(folder, "out");
    times.sample.push(run("sample", "--plan", second, "--seed", "1", "--out", out));
    rmSync(out, { recursive: true });
    times.update.push(run("update", "--sample", base, "--plan", second, "--out", out));
    rmSync(out, { recursive: true });
  }
  const [sample, update] = [median(times.sample), median(times.update)];
  console.log(
    `${rows} rows, median of ${runs}: sample ${sample.toFixed(2)} s, update ${update.toFixed(2)} s`,
  );
  console.log(`update takes ${(update / sample).toFixed(2)} times as long; the figure to hold is 1.5`);
});
