import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CasedrawError } from "../../src/errors.js";
import { readOwnCsv } from "../../src/report/own-csv.js";
import { estimateToFolder } from "../../src/workflow/estimate/to-folder.js";

type Asked = Partial<Parameters<typeof estimateToFolder>[0]>;

/** Estimates from `findings.csv` and the sample in `out` into `estimates`, nothing suppressed, unless asked otherwise. */
export function estimate(folder: string, asked: Asked = {}) {
  return estimateToFolder({
    sample: "out",
    findings: "findings.csv",
    by: [],
    columns: [],
    calibrate: [],
    collapse: [],
    interval: "korn-graubard",
    threshold: 0,
    out: "estimates",
    force: true,
    cwd: folder,
    progress: () => {},
    claim: () => {},
    ...asked,
  });
}

export async function refusal(work: Promise<unknown>): Promise<CasedrawError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CasedrawError) return error;
    throw error;
  }
  throw new Error("expected a CasedrawError");
}

/** Rows of a CSV of ours, as records. */
export function records(folder: string, name: string): Record<string, string>[] {
  const { header, rows } = readOwnCsv(readFileSync(join(folder, name), "utf8"), name);
  return rows.map((row) => Object.fromEntries(row.map((cell, at) => [header[at] as string, cell])));
}
