import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { CasedrawError } from "../errors.js";
import { parsePlan } from "../plan/load.js";
import type { Plan, SamplePlan } from "../plan/types.js";

/** A plan and where it lies: the paths in it are relative to its folder. */
export interface PlanFile {
  readonly plan: Plan;
  /** Absolute. */
  readonly path: string;
  /** Absolute. */
  readonly folder: string;
}

/**
 * Reads and checks a plan file.
 *
 * @param path - as the user wrote it
 * @throws CasedrawError `FILE_NOT_FOUND`, `FILE_NOT_READABLE`, `NOT_A_FILE`, `PLAN_…`
 */
export function openPlan(path: string, cwd: string): PlanFile {
  const absolute = resolve(cwd, path);
  const text = readText(absolute, path, "Plan");
  return { plan: parsePlan(text, { file: path }), path: absolute, folder: dirname(absolute) };
}

/** The plan's design; a plan may do without one until a sample is wanted. */
export function samplePlan(plan: Plan): SamplePlan {
  if (plan.sample !== undefined) return plan.sample;
  throw new CasedrawError(
    "PLAN_WITHOUT_SAMPLE",
    "Plan has no design: a draw needs sample.size, and usually sample.strata. Add a sample section to the plan.",
  );
}

/**
 * A whole UTF-8 text file.
 *
 * @param label - the path for messages
 * @param what - what it should be, for messages
 */
export function readText(path: string, label: string, what: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new CasedrawError(
        "FILE_NOT_FOUND",
        `${what} not found: there is no file ${label}. Check the path.`,
        {
          file: label,
        },
      );
    }
    if (code === "EISDIR") {
      throw new CasedrawError(
        "NOT_A_FILE",
        `${what} is a folder: a file is wanted, got ${label}. Check the path.`,
        {
          file: label,
        },
      );
    }
    if (error instanceof TypeError) {
      throw new CasedrawError(
        "FILE_NOT_READABLE",
        `${what} is not UTF-8 text (${label}). Save it as UTF-8.`,
        {
          file: label,
        },
      );
    }
    throw new CasedrawError(
      "FILE_NOT_READABLE",
      `${what} cannot be read (${label}): ${code ?? "unknown cause"}. Check who may read it.`,
      { file: label },
    );
  }
}
