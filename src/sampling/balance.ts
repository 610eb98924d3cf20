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

/** Of one level: eligible and drawn units in each stratum, strata in their order. */
interface Tally {
  readonly population: Float64Array;
  readonly drawn: Float64Array;
}

function characteristicRows(
  field: Field,
  context: { frame: Frame; plan: Plan; sample: Sample },
): BalanceRow[] {
  const { frame, plan, sample } = context;
  const { strata } = sample.design;
  const tallies = tallyLevels(field, sample);
  // A stratum's weights are summed as count × N_h / n_h: whole strata give whole numbers, free of rounding.
  const represented = strata.reduce(
    (sum, { units, sampleSize }) => sum + (sampleSize > 0 ? units.length : 0),
    0,
  );
  return orderLevels(field.name, [...tallies.keys()], plan).map((level): BalanceRow => {
    const { population, drawn } = tallies.get(level) as Tally;
    let weight = 0;
    let expected = 0;
    for (const [at, { units, sampleSize }] of strata.entries()) {
      expected += ((population[at] as number) * sampleSize) / units.length;
      if (sampleSize > 0) weight += ((drawn[at] as number) * units.length) / sampleSize;
    }
    const count = population.reduce((sum, each) => sum + each, 0);
    const populationPercent = (count / frame.eligible.length) * 100;
    const weightedPercent = (weight / represented) * 100;
    return {
      characteristic: field.name,
      level,
      populationCount: count,
      populationPercent,
      sampleCount: drawn.reduce((sum, each) => sum + each, 0),
      expectedCount: expected,
      weightedPercent,
      difference: weightedPercent - populationPercent,
    };
  });
}

function tallyLevels(field: Field, sample: Sample): Map<string, Tally> {
  const { strata } = sample.design;
  // Counted by raw level first: the rows only add one, and the few levels are taken apart afterwards.
  const population = new Float64Array(field.levels.length * strata.length);
  const drawn = new Float64Array(population.length);
  const cell = (unit: number, stratum: number): number =>
    (field.codes[unit] as number) * strata.length + stratum;
  for (const [at, { units }] of strata.entries()) {
    for (const unit of units) population[cell(unit, at)] = (population[cell(unit, at)] as number) + 1;
  }
  for (const { unit, stratum } of sample.drawn) {
    const at = cell(unit, strata.indexOf(stratum));
    drawn[at] = (drawn[at] as number) + 1;
  }
  const tallies = new Map<string, Tally>();
  for (const [code, level] of field.levels.entries()) {
    const [from, to] = [code * strata.length, (code + 1) * strata.length];
    if (population.subarray(from, to).every((count) => count === 0)) continue; // only excluded units have it
    for (const item of itemsOf(field, level)) {
      const tally = tallies.get(item) ?? {
        population: new Float64Array(strata.length),
        drawn: new Float64Array(strata.length),
      };
      tallies.set(item, tally);
      for (let at = 0; at < strata.length; at++) {
        tally.population[at] = (tally.population[at] as number) + (population[from + at] as number);
        tally.drawn[at] = (tally.drawn[at] as number) + (drawn[from + at] as number);
      }
    }
  }
  return tallies;
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
