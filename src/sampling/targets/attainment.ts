import { solve } from "yalps";
import { CasedrawError } from "../../errors.js";
import type { Cell, Region } from "./cells.js";

/** What is asked of some groups: group → Σ π at least. */
export type Minima = ReadonlyMap<number, number>;

/** Why minima cannot be met: no sample of the region reaches Σ_g weight_g × minimum_g. */
export interface Refutation {
  /** Non-negative, sum 1; by group. */
  readonly weights: ReadonlyMap<number, number>;
}

/** Of the sample's size: what counts as met. */
const tolerance = 1e-9;

/**
 * Judges whether the samples of a region can meet minima: gives the refutation where they cannot.
 *
 * By linear-programming duality minima m can be met exactly if no weights λ ≥ 0 have Σ λ_g m_g above the most that the region
 * gives of Σ λ_g y_g, y being the groups' counts. For given weights that most is found stratum by stratum by filling the
 * cells of largest weight first; the weights come from a small linear programme over the counts found so far (Kelley's
 * cutting planes), so its size depends on the number of groups and not of cells. Every refutation is checked by its own
 * arithmetic, whatever the programme's rounding.
 *
 * One round costs O(C log C) for C cells; in practice a few rounds a group. Counts are kept from one question to the next.
 *
 * @see Kelley (1960) J. SIAM 8:703–712; Farkas' lemma
 * @throws CasedrawError `TARGETS_NOT_SOLVED` from the returned function, if the linear programme is not solved
 */
export function attainment(region: Region): (minima: Minima) => Refutation | undefined {
  const groupCount = region.cells.reduce((most, cell) => Math.max(most, ...cell.groups.map((g) => g + 1)), 0);
  const size = region.totals.reduce((sum, total) => sum + total, 0);
  const known: Float64Array[] = [];
  return (minima) => {
    const groups = [...minima.keys()];
    if (groups.length === 0) return undefined;
    const scale = Math.max(size, ...minima.values());
    for (;;) {
      const weights = hardestWeights(minima, known, scale);
      const counts = largestCounts(region, weights, groupCount);
      const short = shortfall(minima, weights, counts);
      if (short > tolerance * scale) return { weights };
      const expected = known.reduce(
        (least, each) => Math.min(least, shortfall(minima, weights, each)),
        Number.POSITIVE_INFINITY,
      );
      // The known counts bound every shortfall from above; a round that finds none lower has found the largest.
      if (expected <= tolerance * scale || short >= expected - (tolerance / 10) * scale) return undefined;
      known.push(counts);
    }
  };
}

function shortfall(minima: Minima, weights: ReadonlyMap<number, number>, counts: Float64Array): number {
  let sum = 0;
  for (const [group, weight] of weights)
    sum += weight * ((minima.get(group) as number) - (counts[group] ?? 0));
  return sum;
}

/**
 * The weights under which the known counts fall short the most: the value of a matrix game, all entries made positive, as the
 * linear programme min Σ u, A u ≥ 1, u ≥ 0 (Dantzig 1951).
 */
function hardestWeights(
  minima: Minima,
  known: readonly Float64Array[],
  scale: number,
): ReadonlyMap<number, number> {
  const groups = [...minima.keys()];
  if (known.length === 0) return new Map(groups.map((group) => [group, 1 / groups.length]));
  const { status, variables } = solve(
    {
      direction: "minimize",
      objective: -1,
      constraints: known.map((_, row) => [row, { min: 1 }] as const),
      variables: [...minima].map(
        ([group, minimum]) =>
          [
            group,
            [
              [-1, 1] as const,
              ...known.map((counts, row) => [row, 2 + (minimum - (counts[group] ?? 0)) / scale] as const),
            ],
          ] as const,
      ),
    },
    { precision: 1e-11, checkCycles: true },
  );
  if (status !== "optimal") throw notSolved();
  const sum = variables.reduce((all, [, value]) => all + value, 0);
  return new Map(variables.map(([group, value]) => [group, value / sum]));
}

/** The groups' counts in the sample of the region that has the largest weighted count. */
function largestCounts(
  region: Region,
  weights: ReadonlyMap<number, number>,
  groupCount: number,
): Float64Array {
  const counts = new Float64Array(groupCount);
  const left = Float64Array.from(region.totals);
  const add = ({ groups }: Cell, amount: number): void => {
    for (const group of groups) counts[group] = (counts[group] as number) + amount;
  };
  const weighed = region.cells.map((cell, at) => {
    left[cell.stratum] = (left[cell.stratum] as number) - cell.least;
    add(cell, cell.least);
    return { cell, at, weight: cell.groups.reduce((sum, group) => sum + (weights.get(group) ?? 0), 0) };
  });
  weighed.sort((a, b) => b.weight - a.weight || a.at - b.at);
  for (const { cell } of weighed) {
    const amount = Math.min(left[cell.stratum] as number, cell.most - cell.least);
    left[cell.stratum] = (left[cell.stratum] as number) - amount;
    add(cell, amount);
  }
  return counts;
}

/** The error for numerics that found no end. */
export function notSolved(): CasedrawError {
  return new CasedrawError(
    "TARGETS_NOT_SOLVED",
    "Targets could not be worked out: the inclusion probabilities have to settle, and did not within the limit of steps. " +
      "Lower an at_least a little, or leave a target out that nearly repeats another.",
  );
}
