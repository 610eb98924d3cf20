import type { Plan } from "./types.js";

/** Stands on whatever is not for publication, where a plan says nothing else. */
export const usualMarking = "OFFICIAL-SENSITIVE";

/** What the pages of a plan's internal editions are marked with. */
export function markingOfPlan({ pia }: Pick<Plan, "pia">): string {
  return pia?.marking ?? usualMarking;
}
