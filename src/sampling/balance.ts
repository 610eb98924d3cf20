import type { Field } from "../frame/field.js";
import type { Frame } from "../frame/frame.js";
import { comparedFields, comparedLevels, orderLevels } from "./compared-fields.js";
import type { Sample } from "./draw.js";

/** One level of one characteristic, in the population and in the sample. */
export interface BalanceRow {
  readonly characteristic: string;
  readonly level: string;
  /** Units of the population with the level. */
  readonly populationCount: number;
  /** Of the whole population, percent. */
  readonly populationPercent: number;
  readonly sampleCount: number;
  /** Σ π over the units of the population with the level. */
  readonly expectedCount: number;
  /** Σ of design weights of drawn units with the level, of all drawn units', percent. */
  readonly weightedPercent: number;
  /** Percentage points: weighted less population. */
  readonly difference: number;
}

/**
 * Sets the sample beside the population: the strata fields in plan order, the usual characteristics, then the other
 * balance fields; levels in band order, else in byte order. Of a list field each item is a level, and its percentages may sum
 * to more than 100.
 *
 * The population is that of inference: the eligible units of the strata that give some units, for of a stratum that the plan
 * leaves out (n_h = 0), or that a linked sample cannot reach, the sample says nothing. A level of such strata alone has no row.
 *
 * @param sample - of a later version `asReviewed`
 * @returns no row where none of the sample has a weight, so that it can be set beside nothing
 * @example
 * const { frame, design } = await readDesign("plan.yaml");
 * const rows = balanceTable(frame, drawSample(frame, design, "314159"));
 * rows[0].characteristic // → "law_type"
 */
export function balanceTable(frame: Frame, sample: Sample): BalanceRow[] {
  const represented = sample.drawn.reduce((sum, { weight }) => sum + weight, 0);
  if (!(represented > 0)) return [];
  const population = inferencePopulation(frame, sample);
  return comparedFields(frame, sample.design.plan).flatMap((field) =>
    characteristicRows(field, { population, represented, sample }),
  );
}

/** The eligible units of the strata that give some units, in byte order of their ids. */
export function inferencePopulation({ ids, eligible }: Frame, { design }: Sample): Int32Array {
  const empty = design.strata.filter(({ sampleSize }) => sampleSize === 0);
  if (empty.length === 0) return eligible;
  const out = new Uint8Array(ids.length);
  for (const { units } of empty) for (const unit of units) out[unit] = 1;
  return eligible.filter((unit) => out[unit] === 0);
}

interface Compared {
  readonly population: Int32Array;
  /** Σ of the weights. */
  readonly represented: number;
  readonly sample: Sample;
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

function characteristicRows(field: Field, { population: all, represented, sample }: Compared): BalanceRow[] {
  const tallies = tallyLevels(field, all, sample);
  return orderLevels(field, [...tallies.keys()]).map((level): BalanceRow => {
    const { population, drawn, expected, weight } = tallies.get(level) as Tally;
    const populationPercent = (population / all.length) * 100;
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
function tallyLevels(field: Field, all: Int32Array, { drawn, probabilities }: Sample): Map<string, Tally> {
  const { codes, levels } = field;
  const sums = (): Float64Array => new Float64Array(levels.length);
  const [population, expected, taken, weight] = [sums(), sums(), sums(), sums()] as const;
  sumByCode(codes, all, probabilities, { counts: population, sums: expected });
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

function sumByCode(
  codes: Int32Array,
  units: Int32Array,
  values: Float64Array,
  { counts, sums }: { readonly counts: Float64Array; readonly sums: Float64Array },
): void {
  for (let i = 0; i < units.length; i++) {
    const unit = units[i] as number;
    const code = codes[unit] as number;
    counts[code] = (counts[code] as number) + 1;
    sums[code] = (sums[code] as number) + (values[unit] as number);
  }
}
