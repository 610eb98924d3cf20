import { CasedrawError } from "../../errors.js";
import { someOf } from "../../frame/words.js";
import type { Allocation } from "../../plan/types.js";
import { allocate, type StratumSize } from "../allocation/allocate.js";
import { allocationBounds, type StratumBounds } from "../allocation/bounds.js";
import { attainment } from "./attainment.js";
import type { Region } from "./cells.js";
import { findConflict } from "./conflict.js";
import { nearestSize, targetsInfeasible } from "./refusal.js";

/** A stratum's size and units, as `allocate` and `stratify` have them. */
export interface AllocatedStratum extends StratumSize {
  /** Units of the frame. */
  readonly units: Int32Array;
}

/** A target whose units are those of whole strata. */
export interface StrataTarget {
  readonly label: string;
  /** The fields of its conditions. */
  readonly fields: readonly string[];
  /** Whole number ≥ 1. */
  readonly atLeast: number;
  /** By unit of the frame: 1 for a unit of the group. */
  readonly members: Uint8Array;
}

type Bounded = Exclude<Allocation, { readonly method: "fixed" }>;

/**
 * The allocation of a plan, raised where a target needs it: each target's strata give together at least its number.
 *
 * A target that the plan's allocation falls short of gets exactly its number, shared among its strata by the plan's own method
 * and bounds; the other strata share what is left in the same way. Narrow targets go first, so that one inside another counts
 * for it. Where every target is met already, the allocation is the plan's.
 *
 * @param options.sampleSize - n; whole number ≥ 1
 * @returns one whole number a stratum, in the order given
 * @throws CasedrawError of `allocate`; `TARGET_NOT_STRATA` where a stratum is partly in a target; `TARGETS_INFEASIBLE`;
 *   `TARGETS_CROSS` where targets share some strata and not others, and raising one after the other takes too many cases
 * @remarks Targets that are nested or apart are met whenever any whole numbers within the bounds meet them. O(G) allocations.
 */
export function allocateToTargets(
  strata: readonly AllocatedStratum[],
  options: {
    readonly sampleSize: number;
    readonly allocation: Allocation;
    readonly targets: readonly StrataTarget[];
  },
): number[] {
  const { sampleSize, allocation, targets } = options;
  const groups = targets.map((target) => strataOf(target, strata));
  const sizes = allocate(strata, { sampleSize, allocation });
  const unmet = (given: readonly number[]): number[] =>
    [...targets.keys()].filter(
      (at) => sumOver(groups[at] as number[], given) < (targets[at] as StrataTarget).atLeast,
    );
  if (unmet(sizes).length === 0) return sizes;
  if (allocation.method === "fixed") throw fixedShort(unmet(sizes), { strata, targets, groups, sizes });
  const bounds = allocationBounds(strata, { sampleSize, bounds: allocation });
  refuseConflict(bounds, { sampleSize, targets, groups });

  const held = groups.map((group) =>
    sumOver(
      group,
      strata.map((stratum) => stratum.populationSize),
    ),
  );
  const raised = [...bounds];
  let given = sizes;
  for (let short = unmet(given); short.length > 0; short = unmet(given)) {
    const narrowest = short.reduce((best, at) => ((held[at] as number) < (held[best] as number) ? at : best));
    const group = groups[narrowest] as number[];
    const shares = allocate(
      group.map((at) => strata[at] as AllocatedStratum),
      {
        sampleSize: (targets[narrowest] as StrataTarget).atLeast,
        allocation: restricted(
          allocation,
          group.map((at) => ({ ...(bounds[at] as StratumBounds), min: (raised[at] as StratumBounds).min })),
        ),
      },
    );
    for (const [i, at] of group.entries()) {
      const share = shares[i] as number;
      raised[at] = { ...(bounds[at] as StratumBounds), min: share, max: share };
    }
    if (raised.reduce((sum, { min }) => sum + min, 0) > sampleSize) throw crossing(targets, groups);
    given = allocate(strata, { sampleSize, allocation: restricted(allocation, raised) });
  }
  return given;
}

function sumOver(places: readonly number[], numbers: readonly number[]): number {
  return places.reduce((sum, at) => sum + (numbers[at] as number), 0);
}

/** The strata whose units are the target's. */
function strataOf(target: StrataTarget, strata: readonly AllocatedStratum[]): number[] {
  const inside = strata.map(({ units }) =>
    units.reduce((sum, unit) => sum + (target.members[unit] as number), 0),
  );
  const mixed = strata.filter(({ units }, at) => inside[at] !== 0 && inside[at] !== units.length);
  if (mixed.length > 0) {
    const keys = mixed.map(({ key }) => key);
    throw new CasedrawError(
      "TARGET_NOT_STRATA",
      `Target "${target.label}" is no union of strata: under method: random a target is met by drawing more from whole strata, ` +
        `got ${keys.length} ${keys.length === 1 ? "stratum that is" : "strata that are"} partly in it ` +
        `(${someOf(
          keys.map((key) => `"${key}"`),
          8,
        )}). Set sample.method to balanced, or add ${target.fields.join(" and ")} to ` +
        "sample.strata so that the target falls on whole strata.",
      { target: target.label, fields: target.fields, strata: keys },
    );
  }
  return [...strata.keys()].filter((at) => inside[at] !== 0);
}

/** The plan's allocation for some strata, with bounds of their own. */
function restricted(
  allocation: Bounded,
  strata: readonly { readonly key: string; readonly min: number; readonly max: number }[],
): Allocation {
  const pick = (given: Readonly<Record<string, number>>): Record<string, number> =>
    Object.fromEntries(
      strata.flatMap(({ key }) => (Object.hasOwn(given, key) ? [[key, given[key] as number]] : [])),
    );
  const bounds = {
    min: Object.fromEntries(strata.map(({ key, min }) => [key, min])),
    max: Object.fromEntries(strata.map(({ key, max }) => [key, max])),
  };
  if (allocation.method === "optimal") return { ...allocation, ...bounds, cost: pick(allocation.cost) };
  return { ...allocation, ...bounds };
}

interface Asked {
  readonly sampleSize: number;
  readonly targets: readonly StrataTarget[];
  readonly groups: readonly (readonly number[])[];
}

function refuseConflict(bounds: readonly StratumBounds[], { sampleSize, targets, groups }: Asked): void {
  const minima = targets.map((target) => target.atLeast);
  const regionOf = (size: number, side: { min?: 0; max?: "population" } = {}): Region => ({
    cells: bounds.map((bound, at) => ({
      stratum: 0,
      groups: groups.flatMap((group, number) => (group.includes(at) ? [number] : [])),
      least: side.min ?? bound.min,
      most: side.max === undefined ? bound.max : bound.populationSize,
    })),
    totals: [size],
  });
  const conflict = findConflict(regionOf(sampleSize), minima);
  if (conflict === undefined) return;
  const asked = new Map(conflict.groups.map((group) => [group, minima[group] as number]));
  const all = new Map(minima.entries());
  const meets = (region: Region, wanted = asked): boolean => attainment(region)(wanted) === undefined;
  const minimaMatter = meets(regionOf(sampleSize, { min: 0 }));
  const maximaMatter = meets(regionOf(sampleSize, { max: "population" }));
  const also = [
    ...(minimaMatter ? ["a lower sample.allocation.min for the other strata"] : []),
    ...(maximaMatter ? ["a higher sample.allocation.max for the target's strata"] : []),
  ];
  const most = bounds.reduce((sum, bound) => sum + bound.max, 0);
  throw targetsInfeasible(conflict, targets, {
    against: `with sample.size ${sampleSize} and the strata's minima and maxima`,
    size: nearestSize(sampleSize, most, (size) => meets(regionOf(size), all)),
    ...(also.length === 0 ? {} : { otherwise: also.join("; ") }),
    details: { sampleSize, minimaMatter, maximaMatter },
  });
}

function fixedShort(
  unmet: readonly number[],
  given: {
    readonly strata: readonly AllocatedStratum[];
    readonly targets: readonly StrataTarget[];
    readonly groups: readonly (readonly number[])[];
    readonly sizes: readonly number[];
  },
): CasedrawError {
  const targets = unmet.map((at) => {
    const { label, atLeast } = given.targets[at] as StrataTarget;
    const group = given.groups[at] as readonly number[];
    const strata = group.map((stratum) => (given.strata[stratum] as AllocatedStratum).key);
    return { label, asked: atLeast, nearest: sumOver(group, given.sizes), strata };
  });
  const said = targets.map(
    ({ label, asked, nearest, strata }) =>
      `"${label}" asks for at least ${asked}, got ${nearest} from ${someOf(
        strata.map((key) => `"${key}"`),
        8,
      )}`,
  );
  return new CasedrawError(
    "TARGETS_INFEASIBLE",
    `Fixed allocation falls short of ${targets.length === 1 ? "a target" : "targets"}: ${said.join("; ")}. ` +
      "Raise those numbers in sample.allocation.sizes, lower at_least, or choose a method that targets can raise.",
    { targets },
  );
}

function crossing(targets: readonly StrataTarget[], groups: readonly (readonly number[])[]): CasedrawError {
  const crosses = (a: readonly number[], b: readonly number[]): boolean =>
    a.some((at) => b.includes(at)) && a.some((at) => !b.includes(at)) && b.some((at) => !a.includes(at));
  const labels = targets.flatMap(({ label }, at) =>
    groups.some((other) => crosses(groups[at] as readonly number[], other)) ? [label] : [],
  );
  return new CasedrawError(
    "TARGETS_CROSS",
    `Targets cross: ${labels.map((label) => `"${label}"`).join(" and ")} share some strata and not others, and raising one after ` +
      "the other takes more than sample.size. Give the strata's numbers in sample.allocation as method: fixed, with more for the " +
      "shared strata; or raise sample.size, or set sample.method to balanced.",
    { targets: labels },
  );
}
