import type { Frame } from "../../frame/frame.js";
import { ticketKey } from "../../random/tickets.js";
import { pickWithinCaps } from "../capped.js";
import { capGroups } from "../caps/cap-groups.js";
import { refuseInfeasibleCaps } from "../caps/feasible.js";
import type { Design } from "../design.js";
import { drawSample } from "../draw.js";

/** The units that a design draws with a seed; undefined where the draw falls short. */
export type PlanDraw = (seed: string) => readonly number[] | undefined;

/**
 * The plan's own design, drawn with the code that draws samples. Under caps the probabilities are not estimated anew for
 * each draw, for nothing of them decides what is drawn.
 *
 * @throws CasedrawError `CAPS_INFEASIBLE`, and those of {@link drawSample} with each draw
 */
export function planDraw(frame: Frame, design: Design): PlanDraw {
  const { caps } = design.plan;
  if (caps === undefined) return (seed) => drawSample(frame, design, seed).drawn.map(({ unit }) => unit);
  const strata = design.strata.filter(({ sampleSize }) => sampleSize > 0);
  const size = strata.reduce((sum, { sampleSize }) => sum + sampleSize, 0);
  const groups = capGroups(frame, caps, strata, []);
  refuseInfeasibleCaps(strata, groups);
  return (seed) => {
    const { drawn } = pickWithinCaps(frame, strata, groups, ticketKey(seed));
    return drawn.length < size ? undefined : drawn.map(({ unit }) => unit);
  };
}
