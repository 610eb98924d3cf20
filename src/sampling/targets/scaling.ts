import { notSolved } from "./attainment.js";
import type { Cell, Region } from "./cells.js";
import { solveSymmetric } from "./solve-symmetric.js";

/** Relative error at which a target's sum counts as met. */
const precision = 1e-11;
/** A probability this near to 1 is 1. */
const certain = 1 - 1e-12;

/** Where the group factors t stand, and what they give. */
interface State {
  /** Of each group, at least 1. */
  readonly factors: Float64Array;
  /** π of each cell. */
  readonly probabilities: Float64Array;
  /** Σ π of each group. */
  readonly sums: Float64Array;
  /** ∂ sums / ∂ log factors, symmetric, positive semi-definite. */
  readonly slopes: readonly Float64Array[];
}

/**
 * The inclusion probabilities nearest to `base` in relative entropy, Σ π log(π/π⁰), among those with Σ π = n_h in every
 * stratum, Σ π ≥ m_g in every group and π ≤ 1.
 *
 * They are π = min(1, c_h · π⁰ · Π t_g over the unit's groups) with t_g ≥ 1, and t_g = 1 where the sum is above m_g. c_h is
 * solved exactly for given t, so that strata hold throughout; t rises and falls one group after the other to where its sum is
 * m_g (cyclic Bregman projection, which ascends the dual and converges), and Newton's step for all groups at once is taken in
 * between wherever it lessens the error. Only + − × ÷ √ and comparisons: the same on every engine.
 *
 * One evaluation costs O(C·G²) at the most for C cells and G groups; usually some tens of evaluations a group.
 *
 * @param problem.minima - m_g, attainable with every π above 0 (see `attainment`)
 * @param problem.base - π⁰ of each cell, Σ most · π⁰ = n_h
 * @param options.rounds - most rounds over all groups
 * @returns π of each cell: `base` itself where no target binds
 * @throws CasedrawError `TARGETS_NOT_SOLVED`
 * @see Csiszár (1975) Ann. Probab. 3:146–158; Bregman (1967); Deville & Särndal (1992) JASA 87:376–382, raking with bounds
 */
export function scaleToTargets(
  problem: { readonly region: Region; readonly minima: readonly number[]; readonly base: Float64Array },
  options: { readonly rounds: number } = { rounds: 200 },
): Float64Array {
  const { region, minima, base } = problem;
  const strata = region.totals.map((total) => ({ total, cells: [] as number[] }));
  for (const [at, cell] of region.cells.entries()) strata[cell.stratum]?.cells.push(at);
  const evaluate = (factors: Float64Array): State => evaluateFactors(factors, { ...problem, strata });

  let state = evaluate(new Float64Array(minima.length).fill(1));
  if (errorOf(state, minima) <= precision) return base;
  for (let round = 0; round < options.rounds; round++) {
    for (const group of minima.keys()) state = evaluate(meetGroup(group, state, minima, evaluate));
    for (let next = newtonState(state, minima, evaluate); next !== undefined; ) {
      state = next;
      next = newtonState(state, minima, evaluate);
    }
    if (errorOf(state, minima) <= precision) return state.probabilities;
  }
  throw notSolved();
}

/** The largest breach of Σ π ≥ m_g, or of equality where the factor is above 1; relative. */
function errorOf({ factors, sums }: State, minima: readonly number[]): number {
  let worst = 0;
  for (const [group, minimum] of minima.entries()) {
    const short = (minimum - (sums[group] as number)) / minimum;
    worst = Math.max(worst, (factors[group] as number) > 1 ? Math.abs(short) : short);
  }
  return worst;
}

/** The factors with one group's changed to the smallest, 1 or more, under which its sum is its minimum. */
function meetGroup(
  group: number,
  { factors }: State,
  minima: readonly number[],
  evaluate: (factors: Float64Array) => State,
): Float64Array {
  const minimum = minima[group] as number;
  const at = (factor: number): Float64Array => factors.with(group, factor);
  const short = (state: State): number => minimum - (state.sums[group] as number);
  const near = (precision / 10) * minimum;
  const first = evaluate(at(1));
  if (short(first) <= near) return at(1);
  let low = 1;
  let high = Number.POSITIVE_INFINITY;
  let guess = Math.max(2, factors[group] as number);
  for (let step = 0; step < 2000 && high - low > low * 4e-16; step++) {
    const state = evaluate(at(guess));
    const lacking = short(state);
    if (Math.abs(lacking) <= near) return at(guess);
    if (lacking > 0) low = guess;
    else high = guess;
    const slope = state.slopes[group]?.[group] as number;
    const newton = slope > 0 ? guess * risen(lacking / slope) : 0;
    const inside = newton > low && newton < high;
    guess = inside ? newton : high === Number.POSITIVE_INFINITY ? low * 4 : Math.sqrt(low) * Math.sqrt(high);
  }
  if (high === Number.POSITIVE_INFINITY) throw notSolved();
  return at(high);
}

/** Newton's step for all groups at once, or half, a quarter or an eighth of it: the first that lessens the error in earnest. */
function newtonState(
  state: State,
  minima: readonly number[],
  evaluate: (factors: Float64Array) => State,
): State | undefined {
  const error = errorOf(state, minima);
  if (error <= precision) return undefined;
  const step = newtonStep(state, minima);
  for (let share = 1; share >= 1 / 8; share /= 2) {
    const factors = state.factors.map((factor, at) =>
      Math.max(1, factor * risen(share * (step[at] as number))),
    );
    const next = evaluate(factors);
    if (errorOf(next, minima) <= (1 - share / 4) * error) return next;
  }
  return undefined;
}

/** The step of the factors' logarithms, of those that bind or must; cut so that none is above 1. */
function newtonStep({ factors, sums, slopes }: State, minima: readonly number[]): Float64Array {
  const active = [...minima.keys()].filter(
    (group) => (factors[group] as number) > 1 || (sums[group] as number) < (minima[group] as number),
  );
  const found = solveSymmetric(
    active.map((row) => active.map((column) => slopes[row]?.[column] as number)),
    active.map((group) => (minima[group] as number) - (sums[group] as number)),
  );
  const longest = found.reduce((most, each) => Math.max(most, Math.abs(each)), 1);
  const step = new Float64Array(factors.length);
  for (const [at, group] of active.entries()) step[group] = (found[at] as number) / longest;
  return step;
}

/** e^d to the second order (Padé), d cut to ±1: it makes a step and no result, so that the order is enough. */
function risen(d: number): number {
  const half = Math.min(Math.max(d, -1), 1) / 2;
  return (1 + half) / (1 - half);
}

function evaluateFactors(
  factors: Float64Array,
  problem: {
    readonly region: Region;
    readonly base: Float64Array;
    readonly strata: readonly { readonly total: number; readonly cells: readonly number[] }[];
  },
): State {
  const { base } = problem;
  const { cells } = problem.region;
  const probabilities = new Float64Array(cells.length);
  const sums = new Float64Array(factors.length);
  const slopes = Array.from(factors, () => new Float64Array(factors.length));
  for (const stratum of problem.strata) {
    const scores = stratum.cells.map((at) =>
      (cells[at] as Cell).groups.reduce((product, group) => product * (factors[group] as number), 1),
    );
    const free = scores.every((score) => score === scores[0])
      ? keepBase(stratum.cells, base, probabilities)
      : fillStratum(stratum, { scores, cells, base, probabilities });
    const inGroup = new Float64Array(factors.length);
    for (const at of stratum.cells) {
      const { groups, most } = cells[at] as Cell;
      for (const group of groups)
        sums[group] = (sums[group] as number) + most * (probabilities[at] as number);
    }
    let whole = 0;
    for (const at of free) {
      const { groups, most } = cells[at] as Cell;
      const expected = most * (probabilities[at] as number);
      whole += expected;
      for (const group of groups) {
        inGroup[group] = (inGroup[group] as number) + expected;
        const row = slopes[group] as Float64Array;
        for (const other of groups) row[other] = (row[other] as number) + expected;
      }
    }
    if (whole === 0) continue;
    for (const [group, row] of slopes.entries()) {
      const share = (inGroup[group] as number) / whole;
      if (share > 0)
        for (const other of row.keys())
          row[other] = (row[other] as number) - share * (inGroup[other] as number);
    }
  }
  return { factors, probabilities, sums, slopes };
}

/** A stratum whose cells all have one factor keeps its probabilities to the last bit. */
function keepBase(at: readonly number[], base: Float64Array, probabilities: Float64Array): readonly number[] {
  for (const cell of at) probabilities[cell] = base[cell] as number;
  return at.filter((cell) => (base[cell] as number) < 1);
}

/**
 * π = min(1, c · score · π⁰) with c such that they sum to the total. Cells that would pass 1 are taken whole and c is solved
 * again for the others; it only rises, so a cell taken whole stays so.
 *
 * @returns the cells below 1
 */
function fillStratum(
  { total, cells: own }: { readonly total: number; readonly cells: readonly number[] },
  given: {
    readonly scores: readonly number[];
    readonly cells: readonly Cell[];
    readonly base: Float64Array;
    readonly probabilities: Float64Array;
  },
): readonly number[] {
  const { cells, base, probabilities } = given;
  const weights = own.map((at, i) => (given.scores[i] as number) * (base[at] as number));
  let free = [...own.keys()];
  let left = total;
  for (;;) {
    let sum = 0;
    for (const i of free) sum += (cells[own[i] as number] as Cell).most * (weights[i] as number);
    const scale = left / sum;
    const below = free.filter((i) => scale * (weights[i] as number) < certain);
    for (const i of free) {
      const at = own[i] as number;
      const probability = scale * (weights[i] as number);
      probabilities[at] = probability < certain ? probability : 1;
      if (probability >= certain) left -= (cells[at] as Cell).most;
    }
    if (below.length === free.length) return free.map((i) => own[i] as number);
    free = below;
  }
}
