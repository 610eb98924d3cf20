import type { Field } from "../frame/field.js";
import type { Frame } from "../frame/frame.js";
import { comparedFields, comparedLevels, orderLevels } from "./compared-fields.js";
import type { Sample } from "./draw.js";

/** One level of one characteristic, in the population and in the sample. */
export interface BalanceRow {
  readonly characteristic: string;
  readonly level: string;
  /** Eligible units with the level. */
  readonly populationCount: number;
  /** Of all eligible units, percent. */
  readonly populationPercent: number;
  readonly sampleCount: number;
  /** Σ π over the eligible units with the level. */
  readonly expectedCount: number;
  /** Σ of design weights of drawn units with the level, of all drawn units', percent. */
  readonly weightedPercent: number;
  /** Percentage points: weighted less population. */
  readonly difference: number;
}

/**
 * Sets the sample beside the population: the strata fields in plan order, the usual characteristics, then the other
 * balance fields; levels in band order, else in byte order. Of a list field each item is a level, and its percentages may sum to more than 100.
 */
export function balanceTable(frame: Frame, sample: Sample): BalanceRow[] {
  return comparedFields(frame, sample.design.plan).flatMap((field) =>
    characteristicRows(field, { frame, sample }),
  );
}

/** Of one level. */
interface Tally {
  population: number;
  drawn: number;
  expected: number;
  weight: number;
}

/** Differences below this are rounding errors of sums that agree. */
const rounding = 1e-9;

function characteristicRows(field: Field, { frame, sample }: { frame: Frame; sample: Sample }): BalanceRow[] {
  const tallies = tallyLevels(field, frame, sample);
  const represented = sample.drawn.reduce((sum, { weight }) => sum + weight, 0);
  return orderLevels(field, [...tallies.keys()]).map((level): BalanceRow => {
    const { population, drawn, expected, weight } = tallies.get(level) as Tally;
    const populationPercent = (population / frame.eligible.length) * 100;
    const weightedPercent = (weight / represented) * 100;
    const difference = weightedPercent - populationPercent;
    return {
      characteristic: field.name,
      level,
      populationCount: population,
      populationPercent,
      sampleCount: drawn,
      expectedCount: expected,
      weightedPercent,
      difference: Math.abs(difference) < rounding ? 0 : difference,
    };
  });
}

/** Sums are taken by raw level, of which there are few, before lists are taken apart. */
function tallyLevels(
  field: Field,
  { eligible }: Frame,
  { drawn, probabilities }: Sample,
): Map<string, Tally> {
  const { codes, levels } = field;
  const sums = (): Float64Array => new Float64Array(levels.length);
  const [population, expected, taken, weight] = [sums(), sums(), sums(), sums()];
  for (const unit of eligible) {
    const code = codes[unit] as number;
    population[code] = (population[code] as number) + 1;
    expected[code] = (expected[code] as number) + (probabilities[unit] as number);
  }
  for (const found of drawn) {
    const code = codes[found.unit] as number;
    taken[code] = (taken[code] as number) + 1;
    weight[code] = (weight[code] as number) + found.weight;
  }
  const tallies = new Map<string, Tally>();
  for (const [code, level] of levels.entries()) {
    if (population[code] === 0) continue;
    for (const item of comparedLevels(field, level)) {
      const tally = tallies.get(item) ?? { population: 0, drawn: 0, expected: 0, weight: 0 };
      tally.population += population[code] as number;
      tally.drawn += taken[code] as number;
      tally.expected += expected[code] as number;
      tally.weight += weight[code] as number;
      tallies.set(item, tally);
    }
  }
  return tallies;
}
