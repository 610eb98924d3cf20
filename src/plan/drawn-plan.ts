import type { Plan } from "./types.js";

/** What of a plan a sample's manifest records: all but what only the analysis and the handover read. */
export function recordedPlan({ observed, pia, compare, teams, handover, ...plan }: Plan): Plan {
  return plan;
}

/** What of a plan an analysis or a check may go by: all but what only the handover reads, which may come after it. */
export function analysedPlan({ teams, handover, ...plan }: Partial<Plan>): object {
  return plan;
}

/** What of a plan decides a sample: neither what the analysis and the handover read nor what is published of it, which may change after the draw. */
export function drawnPlan<Recorded extends Partial<Plan>>({
  observed,
  pia,
  compare,
  teams,
  handover,
  disclosure,
  ...plan
}: Recorded): Omit<Recorded, "observed" | "pia" | "compare" | "teams" | "handover" | "disclosure"> {
  return plan;
}
