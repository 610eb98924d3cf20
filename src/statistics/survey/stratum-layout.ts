import { CasedrawError } from "../../errors.js";
import { requireSameLength, requireThat } from "../refusals.js";
import type { Domain } from "./sample-design.js";

/** How sampling units, each a unit or a cluster of units, lie in strata. */
export interface StratumLayout {
  /** n_h: the sampling units of each stratum that could have been left out. */
  readonly sizes: Int32Array;
  degreesOfFreedom(domain?: Domain): number;
}

/** What a layout is made of. */
interface Placed {
  readonly keys: readonly string[];
  /** Stratum of each responding unit, a code from 0. */
  readonly stratumOf: ArrayLike<number>;
  /** The sampling unit that each responding unit is in, a code from 0; by default itself. */
  readonly clusterOf?: ArrayLike<number>;
  /** Whether a unit was taken for certain. */
  readonly isCertain: (unit: number) => boolean;
}

/**
 * @throws CasedrawError `ROWS_MISMATCHED`; `VALUE_OUT_OF_RANGE` for a code out of range; `STRATUM_TOO_FEW` for a stratum
 *   without responding unit, and for one with one that could have been left out
 */
export function layOut({ keys, stratumOf, clusterOf, isCertain }: Placed): StratumLayout {
  const units = stratumOf.length;
  if (clusterOf !== undefined) requireSameLength("Clusters", clusterOf.length, units);
  const sizes = new Int32Array(keys.length);
  const held = new Uint8Array(keys.length);
  const stratumOfCluster = new Map<number, number>();
  for (let unit = 0; unit < units; unit++) {
    const stratum = stratumOf[unit] as number;
    requireThat(Number.isInteger(stratum) && stratum >= 0 && stratum < keys.length, {
      what: "Stratum of a unit",
      rule: `it is a whole number from 0 to ${keys.length - 1}`,
      value: stratum,
      next: "Number the strata from 0.",
    });
    held[stratum] = 1;
    const cluster = clusterOf === undefined ? unit : (clusterOf[unit] as number);
    const known = stratumOfCluster.get(cluster);
    if (known === undefined) {
      stratumOfCluster.set(cluster, stratum);
      if (!isCertain(unit)) sizes[stratum] = (sizes[stratum] as number) + 1;
    } else {
      requireThat(known === stratum, {
        what: "Stratum of a cluster",
        rule: "all its units lie in one",
        value: stratum,
        next: "Number the clusters afresh in each stratum.",
      });
    }
  }
  keys.forEach((key, stratum) => {
    if (sizes[stratum] === 1 || held[stratum] === 0) throw tooFew(key, held[stratum] as number);
  });
  return {
    sizes,
    degreesOfFreedom(domain) {
      const holds = new Uint8Array(keys.length).fill(domain === undefined ? 1 : 0);
      if (domain !== undefined) {
        requireSameLength("Domain", domain.length, units);
        for (let unit = 0; unit < units; unit++) if (domain[unit] !== 0) holds[stratumOf[unit] as number] = 1;
      }
      return sizes.reduce((sum, size, stratum) => sum + (holds[stratum] === 1 && size > 0 ? size - 1 : 0), 0);
    },
  };
}

function tooFew(key: string, units: number): CasedrawError {
  return new CasedrawError(
    "STRATUM_TOO_FEW",
    `Stratum "${key}": its spread takes two responding units or more, unless all of it was reviewed, got ${units}. ` +
      "Merge it with a stratum like it, or review more of it.",
    { stratum: key, units },
  );
}
