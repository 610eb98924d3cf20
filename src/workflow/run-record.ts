import type { RunClock } from "../report/clock.js";
import { type RunRecord, runRecordText } from "../report/manifest.js";

/** A run: when it began, and where its plan and inputs lay. */
export interface Run {
  readonly clock: RunClock;
  /** In the manifest's order. */
  readonly files: RunRecord["inputs"];
  /** Absolute. */
  readonly planPath: string;
}

/** The text of a run's `run.json`, with what is beside a run's own. */
export function textOfRun(
  { clock, files, planPath }: Run,
  beside: Pick<RunRecord, "linked_to" | "from" | "register"> = {},
): string {
  return runRecordText({
    casedraw: 1,
    when: clock.when,
    seconds: clock.seconds(),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    plan: planPath,
    inputs: files,
    ...beside,
  });
}
