import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readOwnCsv } from "../../src/report/own-csv.js";
import { type Continuation, continueSample } from "../../src/workflow/next-version/continue-sample.js";
import { updateToFolder } from "../../src/workflow/update/update-sample.js";
import { verifySample } from "../../src/workflow/verify/verify-sample.js";
import { exportLines } from "./scratch.js";

const quiet = { progress: () => {} };

/** The export of `exportLines` as it is corrected: every eleventh child is gone, every fifth of the others moved to the other law type, and three are new. */
export function correctedLines(): string[] {
  const [header = "", ...rows] = exportLines();
  const kept = rows.flatMap((row, i) => {
    if (i % 11 === 3) return [];
    if (i % 5 !== 2) return row;
    return row.replace(/public|private/, (law) => (law === "public" ? "private" : "public"));
  });
  const fresh = [1, 2, 3].map((i) => `90${i},9,Secret,F,01/02/2015,private,01/0${i}/2026,,Team 1`);
  return [header, ...kept, ...fresh];
}

export function correct(folder: string, lines: readonly string[] = correctedLines()): void {
  writeFileSync(join(folder, "children.csv"), `${lines.join("\n")}\n`);
}

export function update(
  folder: string,
  from: string,
  out: string,
  extra: {
    readonly plan?: string;
    readonly data?: readonly string[];
    readonly register?: string | null;
  } = {},
) {
  const { plan = "plan.yaml", ...rest } = extra;
  const options = { out, force: false, cwd: folder, claim: () => {}, data: [], ...quiet, ...rest };
  return updateToFolder(from, plan, options);
}

export function go(folder: string, from: string, out: string, wanted: Continuation) {
  const options = { out, force: false, cwd: folder, claim: () => {}, data: [], ...quiet };
  return continueSample(from, wanted, options);
}

export const verified = (folder: string, out: string, data: readonly string[] = []) =>
  verifySample(out, { cwd: folder, data, ...quiet });

/** Rows of a CSV of ours as records. */
export function records(folder: string, path: string): Record<string, string>[] {
  const { header, rows } = readOwnCsv(readFileSync(join(folder, path), "utf8"), path);
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] as string])));
}

export const ids = (folder: string, out: string): string[] =>
  records(folder, `${out}/sample.csv`).map(({ unit_id }) => unit_id as string);

/** A log of sampled units by their place. */
export function logOf(
  folder: string,
  from: string,
  lost: readonly (readonly [number, string])[],
): Continuation {
  const sampled = ids(folder, from);
  const lines = lost.map(([at, reason]) => `${sampled[at]},${reason}`);
  writeFileSync(join(folder, "log.csv"), `unit_id,reason\n${lines.join("\n")}\n`);
  return { kind: "replace", log: "log.csv" };
}
