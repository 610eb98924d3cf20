import { CasedrawError } from "../../errors.js";
import { boundedShares } from "../allocation/bounded-shares.js";
import type { UpdateClass } from "./update-facts.js";

/** Fewer tell nothing of the spread within a class, and none would leave its units without a chance. */
const least = 2;

/** How many units a class must give: what is kept, and two that may respond, or all that it holds. */
export function classMinimum({
  kept,
  silent,
  units,
}: Pick<UpdateClass, "kept" | "silent" | "units">): number {
  return Math.max(kept, Math.min(silent + least, units.length));
}

/**
 * How many units each class of a plan's stratum gives: in proportion to their sizes, with at least {@link classMinimum} each,
 * whole numbers that sum to what the plan allocates to the stratum, or to the minima where these need more.
 *
 * @param classes - of one stratum
 * @param allocated - n_h; 0 leaves the stratum out
 * @returns in the order given
 * @throws CasedrawError `UPDATE_NOT_POSSIBLE` where a stratum that the plan leaves out holds sampled units
 */
export function classSizes(classes: readonly UpdateClass[], allocated: number): number[] {
  const kept = classes.reduce((sum, each) => sum + each.kept, 0);
  if (allocated === 0 && kept > 0) {
    const { home } = classes[0] as UpdateClass;
    throw new CasedrawError(
      "UPDATE_NOT_POSSIBLE",
      `Sample cannot be updated: ${kept} of its units are now in stratum "${home}", of which the plan takes nobody, so that nothing can ` +
        "be said of the others there. Draw a new sample with a plan that gives the stratum a size, and carry on the cases at hand with casedraw add.",
      { stratum: home, kept },
    );
  }
  if (allocated === 0) return classes.map(() => 0);
  const minima = classes.map(classMinimum);
  const needed = minima.reduce((sum, min) => sum + min, 0);
  return boundedShares(
    classes.map(({ key, units }, at) => ({
      key,
      measure: BigInt(units.length),
      min: minima[at] as number,
      max: units.length,
    })),
    Math.max(allocated, needed),
  );
}
