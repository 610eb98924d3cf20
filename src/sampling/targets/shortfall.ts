import type { Frame } from "../../frame/frame.js";
import type { Design } from "../design.js";
import { planDraw } from "../simulate/plan-draw.js";

/** Draws from which the chance of falling short of a target is told with a sample; `simulate` takes more. */
const replays = 50;

/** How often a balanced draw held fewer of a group than its target asks for. */
export interface Shortfall {
  readonly replays: number;
  readonly short: number;
}

/**
 * Repeats a balanced draw with other seeds, `<seed>|targets/<k>|v1`, to see how often each target is missed: its probabilities
 * meet the targets on average, and a draw only within its landing error.
 *
 * @param options.onReplay - told how far the replays are, a fraction
 * @returns one count a target, in plan order; undefined where the strata's sizes meet the targets in every draw
 */
export function targetShortfalls(
  frame: Frame,
  design: Design,
  { seed, onReplay = () => {} }: { readonly seed: string; readonly onReplay?: (fraction: number) => void },
): Shortfall[] | undefined {
  const { targets = [], plan } = design;
  if (targets.length === 0 || plan.method !== "balanced") return undefined;
  const draw = planDraw(frame, design);
  const short = targets.map(() => 0);
  for (let k = 1; k <= replays; k++) {
    onReplay((k - 1) / replays);
    const drawn = draw(`${seed}|targets/${k}|v1`) ?? [];
    for (const [at, { members, atLeast }] of targets.entries()) {
      const count = drawn.filter((unit) => members[unit] === 1).length;
      if (count < atLeast) short[at] = (short[at] as number) + 1;
    }
  }
  return short.map((count) => ({ replays, short: count }));
}
