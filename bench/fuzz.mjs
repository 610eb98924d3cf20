// Mutation fuzzing of readers, plan and frame, for as long as asked:
// node bench/fuzz.mjs [--seconds 600] [--from 1] [--huge-mb 10] [--code dist]
// Ends with 1 where a case was met by something else than a coded refusal or a sound frame, took more than 5 s of
// processor time or more than 1 GB of memory. A case is made again from its seed: --from SEED --seconds 0.
import { fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import officeCrypto from "officecrypto-tool";
import { makeCase, writeCase } from "../test/fuzz/cases.mjs";
import { annexWorkbook, corpus, password } from "../test/fuzz/corpus.mjs";
import { judgeCase } from "../test/fuzz/judge.mjs";

const mostCpuSeconds = 5;
const mostBytes = 1e9;
/** Wall time after which a case counts as a hang: processors may be busy with other work. */
const patience = 300_000;

if (process.argv[2] === "--worker") await work(process.argv[3], Number(process.argv[4]));
else await lead();

async function lead() {
  const option = (name, usual) => {
    const at = process.argv.indexOf(`--${name}`);
    return at === -1 ? usual : process.argv[at + 1];
  };
  const code = resolve(option("code", fileURLToPath(new URL("../dist", import.meta.url))));
  const until = Date.now() + Number(option("seconds", "600")) * 1000;
  const huge = Number(option("huge-mb", "10")) * 1e6;
  let seed = Number(option("from", "1"));
  const first = seed;
  const faults = [];
  let [slowest, largest] = [0, 0];
  let worker;
  do {
    worker ??= fork(fileURLToPath(import.meta.url), ["--worker", code, String(huge)], {
      execArgv: ["--max-old-space-size=900"],
    });
    const told = await ask(worker, seed);
    if (told.over !== undefined) {
      faults.push(`seed ${seed}: ${told.over}`);
      worker.kill("SIGKILL");
      worker = undefined;
    } else {
      slowest = Math.max(slowest, told.seconds);
      largest = Math.max(largest, told.bytes);
      if (told.fault !== undefined) faults.push(`${told.label}: ${told.fault}`);
      if (told.seconds > mostCpuSeconds) faults.push(`${told.label}: took ${told.seconds.toFixed(1)} s`);
      if (told.bytes > mostBytes) {
        faults.push(`${told.label}: ${Math.round(told.bytes / 1e6)} MB`);
        worker.kill("SIGKILL");
        worker = undefined;
      }
    }
    if (faults.length > 0) process.exitCode = 1;
    if (faults.length > 0) console.log(faults.splice(0).join("\n"));
    seed++;
  } while (Date.now() < until);
  worker?.kill();
  console.log(
    `${seed - first} cases from seed ${first}; slowest ${slowest.toFixed(2)} s, most memory ${Math.round(largest / 1e6)} MB`,
  );
}

function ask(worker, seed) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ over: `no answer within ${patience / 1000} s` }), patience);
    const answer = (told) => {
      clearTimeout(timer);
      worker.removeAllListeners();
      resolve(told);
    };
    worker
      .once("message", answer)
      .once("exit", (status, signal) => answer({ over: `the process ended with ${status ?? signal}` }));
    worker.send(seed);
  });
}

async function work(root, hugeBytes) {
  const load = (path) => import(pathToFileURL(join(root, path)).href);
  const code = {
    ...(await load("workflow/open-plan.js")),
    ...(await load("workflow/build-from-plan.js")),
    ...(await load("errors.js")),
    ...(await load("readers/passwords.js")),
  };
  code.askPasswordsOf(async () => ({ password }));
  const starts = corpus([...encrypted(), ...(await parquet())]);
  process.on("message", async (seed) => {
    const folder = mkdtempSync(join(tmpdir(), "casedraw-fuzz-"));
    const made = makeCase(seed, starts, { hugeBytes });
    writeCase(folder, made);
    const before = process.cpuUsage();
    const fault = await judgeCase(folder, code);
    const { user, system } = process.cpuUsage(before);
    rmSync(folder, { recursive: true });
    process.send({
      label: made.label,
      fault,
      seconds: (user + system) / 1e6,
      bytes: process.memoryUsage().rss,
    });
  });
}

function encrypted() {
  return ["agile", "standard"].map((type) => ({
    name: `${type}.xlsx`,
    bytes: officeCrypto.encrypt(annexWorkbook(), type === "standard" ? { password, type } : { password }),
  }));
}

/** A Parquet file of the workbook's columns, where DuckDB is installed. */
async function parquet() {
  const folder = mkdtempSync(join(tmpdir(), "casedraw-fuzz-"));
  try {
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const columns = [
      "case ID",
      "gender",
      "ethnicity",
      "disability (Y/N)",
      "date of birth",
      "lead application",
      "law type",
      "case type",
    ];
    const more = ["practitioner", "team", "service area", "local authority", "court", "file location"];
    const selected = [...columns, ...more]
      .map((name, at) => `(i % ${at + 3})::VARCHAR AS "${name}"`)
      .join(", ");
    await connection.run(
      `COPY (SELECT ${selected} FROM range(200) t(i)) TO '${join(folder, "a.parquet")}' (FORMAT PARQUET)`,
    );
    return [{ name: "a.parquet", bytes: readFileSync(join(folder, "a.parquet")) }];
  } catch {
    return [];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
