import { spawnSync } from "node:child_process";
import { expect } from "vitest";
import { requires } from "../requires.js";

/**
 * Which packages of R are installed, of some. Where R or one of them is not, the reason for the skip is printed; under
 * CASEDRAW_NO_SKIPS=1 its absence fails instead.
 */
export function packagesOfR<Name extends string>(...names: readonly Name[]): ReadonlySet<Name> {
  if (!requires("Rscript")) return new Set();
  const asked = spawnSync("Rscript", ["--vanilla", "-e", "cat(rownames(installed.packages()))"], {
    encoding: "utf8",
  });
  const installed = new Set(asked.stdout.split(/\s+/));
  const missing = names.filter((name) => !installed.has(name));
  if (missing.length > 0) {
    const reason = `R's ${missing.join(" and ")} not installed`;
    if (process.env.CASEDRAW_NO_SKIPS === "1")
      throw new Error(`${reason}, and CASEDRAW_NO_SKIPS=1 allows no skips`);
    console.warn(`skipped: ${reason}`);
  }
  return new Set(names.filter((name) => installed.has(name)));
}

/**
 * Runs an R script that tells numbers with `say("name", numbers)`.
 *
 * @returns the numbers by name; R's NA is NaN
 */
export function runR(script: string): ReadonlyMap<string, readonly number[]> {
  const say = 'say <- function(name, x) cat(name, format(as.numeric(x), digits = 17), "\\n")';
  const run = spawnSync("Rscript", ["--vanilla", "-"], { input: `${say}\n${script}\n`, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`R failed: ${run.stderr}`);
  const lines = run.stdout.split("\n").map((line) => line.trim().split(/\s+/));
  return new Map(
    lines
      .filter(([name]) => name !== "")
      .map(([name, ...numbers]) => [
        name as string,
        numbers.map((text) => (text === "NA" ? Number.NaN : text === "Inf" ? Infinity : Number(text))),
      ]),
  );
}

/** Numbers as R reads them. */
export function asR(numbers: ArrayLike<number>): string {
  return `c(${Array.from(numbers, (number) => String(number)).join(", ")})`;
}

/** Holds numbers to others within 1e-9, relative where they are above 1. */
export function expectClose(found: ArrayLike<number>, wanted: ArrayLike<number>): void {
  expect(found.length).toBe(wanted.length);
  for (let at = 0; at < found.length; at++) {
    const [one, other] = [found[at] as number, wanted[at] as number];
    expect(
      Math.abs(one - other) / Math.max(1, Math.abs(other)),
      `at ${at}: ${one} and ${other}`,
    ).toBeLessThan(1e-9);
  }
}
