import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The studies that are commands of their own, with fewer replications than they take alone: what they print. */
export const intervals = {
  id: "intervals",
  title: "Estimates from a stratified sample: coverage of their intervals",
  run: () =>
    printed("coverage.mjs", {
      parameters: ["--replications", "2000"],
      from: "Proportional, 5 or more",
      about:
        "The end of what `node bench/coverage.mjs --replications 2000` prints. Settings with few outcomes are enumerated; in the others the standard error of a coverage of 95 % is 0.5 percentage points, so the least of " +
        "many is below the truth by about 1. With the 10,000 replications that the command takes by itself it is 0.2, and those are the figures in [bench](../bench/README.md#results).",
    }),
};

export const regions = {
  id: "regions",
  title: "Areas that do not differ: how often one is flagged",
  run: () =>
    printed("regional.mjs", {
      environment: { WORLDS: "100" },
      about:
        "`WORLDS=100 node bench/regional.mjs`: children are in families, and so not independent. The standard error of a share of worlds of 5 % is 2.2 percentage points; with the 1,000 worlds that the " +
        "command takes by itself it is 0.7. So a bound that is held there may be passed here by chance, and is then marked MISSED.",
    }),
};

/** @param from - how the first line that is of interest begins */
function printed(script, { parameters = [], environment = {}, from = "", about }) {
  const path = fileURLToPath(new URL(`../${script}`, import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...parameters], {
    env: { ...process.env, ...environment },
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  // 1 says that a criterion was missed, which the text shows.
  if (status !== 0 && status !== 1) throw new Error(`${script} ended with ${status}: ${stderr}`);
  const shown = stdout.slice(stdout.indexOf(from)).trimEnd();
  return `${about}\n\n\`\`\`\n${shown}\n\`\`\``;
}
