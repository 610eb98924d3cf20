import type { ByDesign } from "../../charts/designs.js";
import type { Frame } from "../../frame/frame.js";
import type { SimulatedGroup } from "../../sampling/simulate/groups.js";
import type { SimulatedDesign, Simulation } from "../../sampling/simulate/simulate-design.js";
import { meanOf, quantileOf, timesBelow, varianceOf } from "../../statistics/count-distribution.js";
import { largestDeviation } from "../../statistics/largest-deviation.js";
import { meanCountInterval } from "../../statistics/mean-count-interval.js";
import { type Interval, wilsonInterval } from "../../statistics/wilson.js";

/** Share of the draws in which something happened, with Wilson's 95 % interval of the chance behind it. */
export interface SeenChance extends Interval {
  readonly share: number;
}

/** What one design gives one group; counts are cases. */
export interface DesignFigures {
  /** Σ π. */
  readonly expected: number;
  readonly mean: number;
  /** 95 % Monte Carlo interval of the mean; a point where the plan's design fixes the count. */
  readonly meanInterval: Interval;
  readonly standardDeviation: number;
  readonly p05: number;
  readonly p95: number;
  /** Of holding nobody of the group. */
  readonly missed: SeenChance;
  /** Of a target: of holding fewer than it asks for. */
  readonly short?: SeenChance;
}

export interface GroupFigures {
  readonly group: SimulatedGroup;
  /** Whether the plan gives the same count in every draw. */
  readonly fixed: boolean;
  readonly designs: ByDesign<DesignFigures>;
}

/** Single units under the plan: the largest |z| over those whose draw is left to chance. */
export interface SingleUnits {
  readonly units: number;
  readonly largest: number;
  /** What the largest would be at or below in half, and in 95 of 100, such simulations if every unit had exactly its π. */
  readonly usual: number;
  readonly limit: number;
}

/** What a design gave over many draws, by group, beside two plain designs. */
export interface SimulationResults {
  readonly draws: number;
  readonly short: number;
  readonly sampleSize: number;
  readonly groups: readonly GroupFigures[];
  /** Absent where no unit's draw is left to chance. */
  readonly single?: SingleUnits;
}

/** Means, ranges and chances of a simulation. */
export function simulationResults(frame: Frame, simulation: Simulation): SimulationResults {
  const { draws, short, groups, fixed } = simulation;
  const single = singleUnits(frame, simulation);
  return {
    draws,
    short,
    sampleSize: simulation.sampleSize,
    groups: groups.map((group, at) => ({
      group,
      fixed: fixed[at] as boolean,
      designs: {
        plan: figures(simulation.plan, at, { draws, group, fixed: fixed[at] as boolean }),
        simple_random: figures(simulation.simpleRandom, at, { draws, group, fixed: false }),
        proportional: figures(simulation.proportional, at, { draws, group, fixed: false }),
      },
    })),
    ...(single === undefined ? {} : { single }),
  };
}

function figures(
  { expected, frequencies }: SimulatedDesign,
  at: number,
  {
    draws,
    group,
    fixed,
  }: { readonly draws: number; readonly group: SimulatedGroup; readonly fixed: boolean },
): DesignFigures {
  const counts = frequencies[at] as readonly number[];
  const mean = meanOf(counts);
  const seen = (times: number): SeenChance => ({ share: times / draws, ...wilsonInterval(times, draws) });
  return {
    expected: expected[at] as number,
    mean,
    meanInterval: fixed ? { lower: mean, upper: mean } : within(meanCountInterval(counts), group.population),
    standardDeviation: Math.sqrt(varianceOf(counts)),
    p05: quantileOf(counts, 0.05),
    p95: quantileOf(counts, 0.95),
    missed: seen(timesBelow(counts, 1)),
    ...(group.target === undefined ? {} : { short: seen(timesBelow(counts, group.target.at_least)) }),
  };
}

/** No count is below 0 or above the group's size, so neither is its mean. */
function within({ lower, upper }: Interval, population: number): Interval {
  return { lower: Math.max(0, lower), upper: Math.min(population, upper) };
}

function singleUnits(frame: Frame, { nominal, hits, draws }: Simulation): SingleUnits | undefined {
  const alike = new Map<number, number>();
  let largest = 0;
  for (const unit of frame.eligible) {
    const probability = nominal[unit] as number;
    if (!(probability > 0 && probability < 1)) continue;
    alike.set(probability, (alike.get(probability) ?? 0) + 1);
    const error = Math.sqrt(draws * probability * (1 - probability));
    largest = Math.max(largest, Math.abs((hits[unit] as number) - draws * probability) / error);
  }
  if (alike.size === 0) return undefined;
  const groups = [...alike].map(([probability, units]) => ({ probability, units }));
  const { quantile } = largestDeviation(groups, draws);
  const units = groups.reduce((sum, group) => sum + group.units, 0);
  return { units, largest, usual: quantile(0.5), limit: quantile(0.95) };
}
