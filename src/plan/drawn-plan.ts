import type { Plan } from "./types.js";

/** What of a plan decides a sample: all but what only the analysis reads, which may change after the draw. */
export function drawnPlan({ observed, disclosure, pia, ...plan }: Plan): Plan {
  return plan;
}
