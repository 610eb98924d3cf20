import type { Sample } from "../draw.js";
import type { MemberOutcome } from "./outcome.js";

/**
 * A sample as it can be set beside the population: the units of which something was found, each with its final weight. Those
 * out of scope are among them: they were drawn as fairly as the others and are of the population, so that the weights still
 * add up to it. Those that do not respond are not, and since they count as missing at random within their stratum, each
 * probability is of being drawn and responding: π times the responding share of what the draw gave there. A sample to which
 * nothing was done since the draw is itself.
 */
export function asReviewed(sample: Sample): Sample {
  const { after, design } = sample;
  if (after === undefined) return sample;
  const [came, kept] = [new Map<string, number>(), new Map<string, number>()];
  const count = (counts: Map<string, number>, key: string): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  const drawn = sample.drawn.flatMap((found, at) => {
    const { finalWeight } = after.members[at] as MemberOutcome;
    // A substitute has no weight of its own: it holds the place of a unit that the draw gave.
    if (found.weight > 0) count(came, found.stratum.key);
    if (finalWeight === 0) return [];
    count(kept, found.stratum.key);
    return [{ ...found, weight: finalWeight }];
  });
  const probabilities = new Float64Array(sample.probabilities);
  for (const { key, units } of design.strata) {
    const [all, left] = [came.get(key) ?? 0, kept.get(key) ?? 0];
    if (all === left) continue;
    for (const unit of units) probabilities[unit] = ((probabilities[unit] as number) * left) / all;
  }
  return { ...sample, drawn, probabilities };
}

/** How many units of a sample can be reviewed: those that are not lost. */
export function reviewable({ drawn, after }: Pick<Sample, "drawn" | "after">): number {
  return after === undefined
    ? drawn.length
    : after.members.filter(({ status, entry }) => status === entry).length;
}
