import { CasedrawError } from "../../errors.js";
import { thousands } from "../../frame/words.js";
import type { DesignStratum } from "../design-stratum.js";
import type { CappedField } from "./cap-groups.js";

/** Every set of strata is looked at up to this many strata; beyond, each alone, each pair, and all together. */
const mostStrataForEverySet = 12;

/**
 * Refuses caps that no draw can meet: some strata ask for more units than their groups may give.
 *
 * @param strata - those that give units
 * @throws CasedrawError `CAPS_INFEASIBLE`, which names a smallest set of strata and the least cap that would do
 * @see Hall (1935) J. London Math. Soc. 10:26–30: such a set is there whenever one capped field cannot be met
 */
export function refuseInfeasibleCaps(strata: readonly DesignStratum[], fields: readonly CappedField[]): void {
  for (const field of fields) {
    const held = heldByGroup(strata, field);
    for (const set of setsOfStrata(strata.length)) {
      const asked = set.reduce((sum, h) => sum + (strata[h] as DesignStratum).sampleSize, 0);
      if (mostUnder(set, held, field.cap) >= asked) continue;
      let cap = field.cap;
      while (mostUnder(set, held, cap) < asked) cap++;
      refuse(field, strata, { set, asked, most: mostUnder(set, held, field.cap), cap });
    }
  }
}

interface Held {
  /** Units of each group in each stratum: [stratum][group]. */
  readonly inGroups: readonly Int32Array[];
  /** Units that no cap binds. */
  readonly free: Int32Array;
}

function heldByGroup(strata: readonly DesignStratum[], { groups, groupCount }: CappedField): Held {
  const free = new Int32Array(strata.length);
  const inGroups = strata.map(({ units }, h) => {
    const counts = new Int32Array(groupCount);
    for (const unit of units) {
      const group = groups[unit] as number;
      if (group === -1) free[h] = (free[h] as number) + 1;
      else counts[group] = (counts[group] as number) + 1;
    }
    return counts;
  });
  return { inGroups, free };
}

/** The most units that a set of strata can give together. */
function mostUnder(set: readonly number[], { inGroups, free }: Held, cap: number): number {
  let most = set.reduce((sum, h) => sum + (free[h] as number), 0);
  const groupCount = inGroups[0]?.length ?? 0;
  for (let group = 0; group < groupCount; group++) {
    let own = 0;
    for (const h of set) own += (inGroups[h] as Int32Array)[group] as number;
    most += Math.min(cap, own);
  }
  return most;
}

/** Sets of strata, smallest first. */
function* setsOfStrata(count: number): Generator<number[]> {
  const every = count <= mostStrataForEverySet;
  for (let size = 1; size <= (every ? count : Math.min(2, count)); size++) yield* setsOfSize(count, size, 0);
  if (!every) yield Array.from({ length: count }, (_, h) => h);
}

function* setsOfSize(count: number, size: number, from: number): Generator<number[]> {
  if (size === 0) yield [];
  for (let first = from; size > 0 && first <= count - size; first++) {
    for (const rest of setsOfSize(count, size - 1, first + 1)) yield [first, ...rest];
  }
}

function refuse(
  { name, cap }: CappedField,
  strata: readonly DesignStratum[],
  found: {
    readonly set: readonly number[];
    readonly asked: number;
    readonly most: number;
    readonly cap: number;
  },
): never {
  const keys = found.set.map((h) => (strata[h] as DesignStratum).key);
  const subject =
    keys.length === 1
      ? `stratum "${keys[0]}" asks`
      : `strata ${keys.map((key) => `"${key}"`).join(", ")} together ask`;
  throw new CasedrawError(
    "CAPS_INFEASIBLE",
    `Caps cannot be met: ${subject} for ${thousands(found.asked)} units, and with ${name} at most ${cap} ` +
      `${found.most === 1 ? "only 1 can" : `only ${thousands(found.most)} can`} be had. ` +
      `Set sample.caps.${name} to ${found.cap} or more, or ask for ${thousands(found.most)} there or fewer.`,
    { field: name, cap, strata: keys, asked: found.asked, most: found.most, nearest_cap: found.cap },
  );
}
