import { bandOrder } from "../frame/bands.js";
import { type Field, isBlankLevel, listItems, notRecorded } from "../frame/field.js";
import type { Frame } from "../frame/frame.js";
import { compareBytes } from "../frame/text.js";
import type { Plan } from "../plan/types.js";
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

/** Characteristics that every sample is compared on after its strata, where the data has them. */
const characteristics = [
  "age_band",
  "gender",
  "disability",
  "ethnic_group",
  "law_type",
  "factors",
  "delay_band",
  "service_area",
];

/**
 * Sets the sample beside the population: the strata fields in plan order, then the usual characteristics; levels in
 * band order, else in byte order. Of a list field each item is a level, and its percentages may sum to more than 100.
 */
export function balanceTable(frame: Frame, plan: Plan, sample: Sample): BalanceRow[] {
  const names = new Set([...(plan.sample?.strata ?? []), ...characteristics]);
  return [...names].flatMap((name) => {
    const field = frame.fields.get(name);
    return field === undefined ? [] : characteristicRows(field, { frame, plan, sample });
  });
}

/** Of one level, over the strata in their order. */
interface Tally {
  population: number;
  drawn: number;
  expected: number;
  weight: number;
}

function characteristicRows(
  field: Field,
  context: { frame: Frame; plan: Plan; sample: Sample },
): BalanceRow[] {
  const { frame, plan, sample } = context;
  const { strata } = sample.design;
  const tallies = tallyLevels(field, sample);
  const represented = strata.reduce(
    (sum, { units, sampleSize }) => sum + (sampleSize > 0 ? units.length : 0),
    0,
  );
  return orderLevels(field.name, [...tallies.keys()], plan).map((level): BalanceRow => {
    const { population, drawn, expected, weight } = tallies.get(level) as Tally;
    const populationPercent = (population / frame.eligible.length) * 100;
    const weightedPercent = (weight / represented) * 100;
    return {
      characteristic: field.name,
      level,
      populationCount: population,
      populationPercent,
      sampleCount: drawn,
      expectedCount: expected,
      weightedPercent,
      difference: weightedPercent - populationPercent,
    };
  });
}

/**
 * Counts are taken by stratum and raw level and weighed once for each: count × N_h / n_h is whole for a whole stratum,
 * where a sum of weights would gather rounding errors.
 */
function tallyLevels(field: Field, sample: Sample): Map<string, Tally> {
  const { strata } = sample.design;
  const drawnOf = new Map(strata.map((stratum) => [stratum, [] as number[]]));
  for (const { unit, stratum } of sample.drawn) drawnOf.get(stratum)?.push(unit);
  const population = new Int32Array(field.levels.length);
  const drawn = new Int32Array(field.levels.length);
  const tallies = new Map<string, Tally>();
  for (const stratum of strata) {
    const present = new Set<number>();
    for (const unit of stratum.units) {
      const code = field.codes[unit] as number;
      population[code] = (population[code] as number) + 1;
      present.add(code);
    }
    for (const unit of drawnOf.get(stratum) as number[]) {
      const code = field.codes[unit] as number;
      drawn[code] = (drawn[code] as number) + 1;
    }
    const counts = new Map<string, { population: number; drawn: number }>();
    for (const code of present) {
      for (const item of itemsOf(field, field.levels[code] as string)) {
        const count = counts.get(item) ?? { population: 0, drawn: 0 };
        count.population += population[code] as number;
        count.drawn += drawn[code] as number;
        counts.set(item, count);
      }
      population[code] = 0;
      drawn[code] = 0;
    }
    addStratum(tallies, counts, stratum);
  }
  return tallies;
}

function addStratum(
  tallies: Map<string, Tally>,
  counts: ReadonlyMap<string, { population: number; drawn: number }>,
  { units, sampleSize }: { readonly units: Int32Array; readonly sampleSize: number },
): void {
  for (const [item, count] of counts) {
    const tally = tallies.get(item) ?? { population: 0, drawn: 0, expected: 0, weight: 0 };
    tally.population += count.population;
    tally.drawn += count.drawn;
    tally.expected += (count.population * sampleSize) / units.length;
    if (sampleSize > 0) tally.weight += (count.drawn * units.length) / sampleSize;
    tallies.set(item, tally);
  }
}

function itemsOf(field: Field, level: string): string[] {
  if (isBlankLevel(field.kind, level)) return [notRecorded];
  return field.kind === "list" ? listItems(level) : [level];
}

function orderLevels(name: string, levels: string[], plan: Plan): string[] {
  const bands = bandOrder(name, plan.bands);
  const rank = (level: string): number => (bands.includes(level) ? bands.indexOf(level) : bands.length);
  return levels.sort((a, b) => rank(a) - rank(b) || compareBytes(a, b));
}
