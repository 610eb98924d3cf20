import { attainment } from "./attainment.js";
import { type Region, targetCells } from "./cells.js";
import { type Conflict, findConflict } from "./conflict.js";
import { nearestSize, targetsInfeasible } from "./refusal.js";
import { scaleToTargets } from "./scaling.js";

/** A stratum and how many of its units are drawn. */
interface SizedStratum {
  readonly key: string;
  /** n_h */
  readonly sampleSize: number;
  /** Units of the frame. */
  readonly units: Int32Array;
}

/** A group of which the sample is to hold enough. */
interface SampledGroup {
  readonly label: string;
  /** Whole number ≥ 1. */
  readonly atLeast: number;
  /** By unit of the frame: 1 for a unit of the group. */
  readonly members: Uint8Array;
}

/** The strata, the targets, and how many units the frame has. */
export interface TargetedDesign {
  /** A stratum with sampleSize 0 is left out of the sample, and its units count for no target. */
  readonly strata: readonly SizedStratum[];
  readonly targets: readonly SampledGroup[];
  readonly unitCount: number;
  /** The strata's sizes under another sample size, undefined where there are none: lets a refusal name the size that would do. */
  readonly sizesFor?: (sampleSize: number) => readonly number[] | undefined;
}

/**
 * Inclusion probabilities that meet targets: nearest to n_h / N_h in relative entropy among those with Σ π = n_h in every
 * stratum, Σ π ≥ at_least in every group and 0 < π ≤ 1. Where no target binds they are n_h / N_h to the last bit.
 *
 * @returns π by unit of the frame, 0 for units of no stratum; Σ π = n_h to 1e-12 and the groups' sums to 1e-10, relative
 * @throws CasedrawError `TARGETS_INFEASIBLE`, which names a smallest set of targets that cannot be met together, the strata
 *   whose sizes stand in the way, and the nearest settings that would do; `TARGETS_NOT_SOLVED`
 * @remarks The targets hold on average over samples. Groups that are nested or apart also have whole samples that meet them
 *   all (strata and groups are then totally unimodular); groups that cross may have none, and even where there is one a
 *   balanced draw meets a target only within its landing error: the chance of falling short is found by replay.
 *   O(N·G) to find the cells of N units and G groups, then as `scaleToTargets`.
 */
export function targetProbabilities(design: TargetedDesign): Float64Array {
  const { region, cellOf, base } = designCells(design);
  const minima = design.targets.map((target) => target.atLeast);
  const conflict = findConflict(region, minima);
  if (conflict !== undefined) throw refusal(design, { region, base, minima }, conflict);
  const found = scaleToTargets({ region, minima, base });
  const probabilities = new Float64Array(design.unitCount);
  for (const [unit, cell] of cellOf.entries()) if (cell !== -1) probabilities[unit] = found[cell] as number;
  return probabilities;
}

interface Problem {
  readonly region: Region;
  /** n_h / N_h, by cell. */
  readonly base: Float64Array;
  readonly minima: readonly number[];
}

function designCells({ strata, targets, unitCount }: TargetedDesign): {
  readonly region: Region;
  readonly cellOf: Int32Array;
  readonly base: Float64Array;
} {
  const drawn = strata.filter((stratum) => stratum.sampleSize > 0);
  const { region, cellOf } = targetCells(
    drawn,
    targets.map((target) => target.members),
    unitCount,
  );
  const base = Float64Array.from(region.cells, ({ stratum }) => {
    const { sampleSize, units } = drawn[stratum] as SizedStratum;
    return sampleSize / units.length;
  });
  return { region, cellOf, base };
}

function refusal(design: TargetedDesign, problem: Problem, conflict: Conflict): Error {
  const drawn = design.strata.filter((stratum) => stratum.sampleSize > 0);
  const binding = conflict.strata.map((at) => drawn[at] as SizedStratum);
  const sized = binding.slice(0, 8).map(({ key, sampleSize }) => `"${key}" gives ${sampleSize}`);
  const more = binding.length > 8 ? ` and ${binding.length - 8} more` : "";
  const sizes = otherSizes(problem);
  const grown = drawn.flatMap(({ key, sampleSize }, at) => {
    const wanted = sizes?.[at] ?? 0;
    return wanted > sampleSize ? [`${wanted} from "${key}"`] : [];
  });
  return targetsInfeasible(conflict, design.targets, {
    against: `while every unit keeps a chance of selection and strata keep their sizes: ${sized.join(", ")}${more}`,
    size: largerSize(design),
    ...(sizes === undefined
      ? {}
      : {
          otherwise: `another sample.allocation, such as ${grown.slice(0, 8).join(", ")}${grown.length > 8 ? ` and more from ${grown.length - 8} others` : ""} and less from the rest`,
        }),
    details: {
      strata: binding.map(({ key, sampleSize }) => ({ key, sampleSize })),
      ...(sizes === undefined
        ? {}
        : { nearestSizes: Object.fromEntries(drawn.map(({ key }, at) => [key, sizes[at] as number])) }),
    },
  });
}

function largerSize(design: TargetedDesign): number | undefined {
  const { strata, targets, sizesFor } = design;
  if (sizesFor === undefined) return undefined;
  const minima = new Map(targets.map((target, group) => [group, target.atLeast]));
  const most = strata.reduce((sum, stratum) => sum + stratum.units.length, 0);
  const size = strata.reduce((sum, stratum) => sum + stratum.sampleSize, 0);
  return nearestSize(size, most, (larger) => {
    const sizes = sizesFor(larger);
    if (sizes === undefined) return false;
    const { region } = designCells({
      ...design,
      strata: strata.map((stratum, at) => ({ ...stratum, sampleSize: sizes[at] as number })),
    });
    return attainment(region)(minima) === undefined;
  });
}

/**
 * Sizes of the strata, of the same sum, under which the targets can be met: the sums of the probabilities that meet them with
 * no stratum's size kept, rounded by largest remainder; none if a stratum would give nothing or the rounding spoils it.
 */
function otherSizes({ region, base, minima }: Problem): readonly number[] | undefined {
  const asked = new Map(minima.entries());
  const size = region.totals.reduce((sum, total) => sum + total, 0);
  const whole: Region = { cells: region.cells.map((cell) => ({ ...cell, stratum: 0 })), totals: [size] };
  if (attainment(whole)(asked) !== undefined) return undefined;
  const found = scaleToTargets({ region: whole, minima, base });
  const sums = region.totals.map(() => 0);
  for (const [at, { stratum, most }] of region.cells.entries()) {
    sums[stratum] = (sums[stratum] as number) + most * (found[at] as number);
  }
  const sizes = sums.map(Math.floor);
  const left = size - sizes.reduce((sum, each) => sum + each, 0);
  const byRemainder = [...sums.keys()].sort(
    (a, b) => ((sums[b] as number) % 1) - ((sums[a] as number) % 1) || a - b,
  );
  for (const stratum of byRemainder.slice(0, left)) sizes[stratum] = (sizes[stratum] as number) + 1;
  const sound =
    sizes.every((each) => each > 0) && attainment({ ...region, totals: sizes })(asked) === undefined;
  return sound ? sizes : undefined;
}
