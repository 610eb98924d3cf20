import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The built command line, as `npm run build` leaves it. */
export const casedraw = fileURLToPath(new URL("../dist/bin/casedraw.js", import.meta.url));

// GNU time gives the peak resident memory of a whole process; without it memory is not measured.
const gnuTime = existsSync("/usr/bin/time") ? "/usr/bin/time" : undefined;

// Where this is set Node reads every root certificate of the machine before it does anything (over 30 ms): for a network, not for us.
const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;

export function requireBuild() {
  if (existsSync(casedraw)) return;
  console.error("bench: dist/bin/casedraw.js is not there. Run `npm run build` first.");
  process.exit(2);
}

/** The middle value; of an even number, the mean of the middle two. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs a whole process and waits for it.
 *
 * @returns wall time in seconds, and peak resident memory in MB (10⁶ bytes), undefined without GNU time
 */
export function timed(command, parameters, folder) {
  const note = join(folder, "peak-memory");
  const [program, ...rest] = gnuTime
    ? [gnuTime, "-o", note, "-f", "%M", command, ...parameters]
    : [command, ...parameters];
  const start = process.hrtime.bigint();
  const result = spawnSync(program, rest, {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: environment,
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (result.status !== 0) {
    console.error(
      `bench: ${[command, ...parameters].join(" ")} ended with ${result.status}\n${result.stderr}`,
    );
    process.exit(1);
  }
  const kibibytes = gnuTime ? Number(readFileSync(note, "utf8").trim().split("\n").at(-1)) : undefined;
  return { seconds, megabytes: kibibytes === undefined ? undefined : (kibibytes * 1024) / 1e6 };
}

/** Calls `work` with a new temporary folder, which goes when it is done or fails. */
export function inTemporaryFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), "casedraw-bench-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
  work(folder);
}

/** `--name value` from the command line, else the default. */
export function option(name, otherwise) {
  const at = process.argv.indexOf(`--${name}`);
  if (at < 0) return otherwise;
  const value = process.argv[at + 1];
  if (value === undefined) {
    console.error(`bench: --${name} needs a value.`);
    process.exit(2);
  }
  return value;
}

export function machine() {
  return `${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, Node ${process.versions.node}`;
}

/** Whole numbers from 1 given as `--name value` for each name of the defaults. */
export function wholeNumbers(defaults) {
  const found = Object.entries(defaults).map(([name, otherwise]) => [name, Number(option(name, otherwise))]);
  if (found.every(([, value]) => Number.isInteger(value) && value > 0)) return Object.fromEntries(found);
  console.error(`bench: ${found.map(([name]) => `--${name}`).join(" and ")} take a whole number each.`);
  process.exit(2);
}

/** Writes `export.csv` of so many rows into the folder. */
export function makeExport(rows, folder) {
  const made = ["synth", "--rows", `${rows}`, "--seed", "bench", "--out", join(folder, "export.csv")];
  timed(process.execPath, [casedraw, ...made], folder);
}

/**
 * Runs the command line once for each kind in every round, with its output folder removed before.
 *
 * @param kinds - each with `words(out)`, the command's words
 * @returns by kind, what each of its runs took
 */
export function inRounds(kinds, { runs, folder }) {
  const out = join(folder, "out");
  const taken = kinds.map(() => []);
  // Round 0 warms the file cache and is not counted. Every round runs each kind once.
  for (let round = 0; round <= runs; round++) {
    for (const [at, { words }] of kinds.entries()) {
      rmSync(out, { recursive: true, force: true });
      const run = timed(process.execPath, [casedraw, ...words(out)], folder);
      if (round > 0) taken[at].push(run);
    }
  }
  return taken;
}

/** A line for each kind: its median with the least and the most, what `beside` adds of its median, and its peak memory. */
export function printRounds(kinds, taken, { rows, runs, beside = () => [] }) {
  console.log(`\n${rows.toLocaleString("en-GB")} rows × 24 columns, ${runs} runs each`);
  const width = Math.max(...kinds.map(({ name }) => name.length)) + 2;
  for (const [at, { name }] of kinds.entries()) {
    const seconds = taken[at].map((run) => run.seconds);
    const memory = taken[at].flatMap(({ megabytes }) => megabytes ?? []);
    const cells = [
      name.padEnd(width),
      `median ${median(seconds).toFixed(2)} s`,
      `(${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)})`,
      ...beside(median(seconds)),
      memory.length > 0
        ? `peak ${Math.max(...memory).toFixed(0)} MB`
        : "memory not measured: no /usr/bin/time",
    ];
    console.log(cells.join("  "));
  }
}
