import { CasedrawError } from "../../errors.js";
import type { Frame } from "../../frame/frame.js";
import { someOf } from "../../frame/words.js";
import type { Plan } from "../../plan/types.js";
import type { Design } from "../../sampling/design.js";
import { type GroupIndex, groupIndex, sumByGroup } from "../../sampling/simulate/groups.js";
import { hasUnequalChances, planNotes } from "./plan-notes.js";
import type { Place, SampledGroup, SizeNote } from "./question.js";

/** Units that are counted together: N, Σ π and the variance that their probabilities give. */
interface Sums {
  readonly population: number;
  readonly expected: number;
  /** Σ c_h(1/π − 1), by which N² is divided to give the effective size. */
  readonly excess: number;
}

/**
 * What a plan's design gives of all units, of each stratum, and of each level of the characteristics named.
 *
 * For a proportion p that is the same everywhere, an estimate's variance is p(1 − p)·Σ c_h(1/π_k − 1)/N² with
 * c_h = N_h/(N_h − 1): exactly that of a stratified random sample, and for a level of a characteristic that of the domain.
 *
 * @param options.by - characteristics, as `balance.csv` has them
 * @param options.designEffect - multiplies what the design gives
 * @param options.plan - whose design it is, for the names of groups
 * @throws CasedrawError `SIZE_FIELD_UNKNOWN`
 * @see Cochran (1977) Sampling Techniques, 3rd ed., eq. 5.9 (stratified proportions)
 */
export function planGroups(
  frame: Frame,
  design: Design,
  options: { readonly by: readonly string[]; readonly designEffect: number; readonly plan: Plan },
): { readonly groups: SampledGroup[]; readonly notes: SizeNote[] } {
  const { strata, plan } = design;
  const index = groupIndex(frame, design);
  const chosen = chosenGroups(index, options.by);
  const unequal = hasUnequalChances(design);
  const perUnit = unitSums(design);
  const whole = total(design, perUnit);
  const taken = strata.filter(({ sampleSize }) => sampleSize > 0);
  const place = (stratum: Design["strata"][number], held: number): Place => ({
    populationSize: stratum.units.length,
    sampleSize: stratum.sampleSize,
    held,
  });
  const sampled = (
    name: Pick<SampledGroup, "characteristic" | "level">,
    sums: Sums,
    places: readonly Place[],
  ): SampledGroup =>
    groupOf(name, { sums, whole, ...(unequal ? {} : { places }), designEffect: options.designEffect });
  const groups = [
    sampled(
      { characteristic: "all", level: "all" },
      whole,
      taken.map((stratum) => place(stratum, stratum.units.length)),
    ),
  ];
  if (plan.strata.length > 0) {
    for (const stratum of taken) {
      const sums = sumOf(stratum.units, perUnit);
      groups.push(
        sampled({ characteristic: "stratum", level: stratum.key }, sums, [
          place(stratum, stratum.units.length),
        ]),
      );
    }
  }
  const inGroups = {
    population: sumByGroup(index, perUnit.reached),
    expected: sumByGroup(index, design.probabilities),
    excess: sumByGroup(index, perUnit.excess),
  };
  const held = heldByStratum(index, taken);
  for (const at of chosen) {
    const { characteristic, level } = index.list[at] as GroupIndex["list"][number];
    const sums: Sums = {
      population: inGroups.population[at] as number,
      expected: inGroups.expected[at] as number,
      excess: inGroups.excess[at] as number,
    };
    if (sums.population === 0) continue;
    const places = taken.flatMap((stratum, h) => {
      const count = held[at * taken.length + h] as number;
      return count === 0 ? [] : [place(stratum, count)];
    });
    groups.push(sampled({ characteristic, level }, sums, places));
  }
  return { groups, notes: planNotes(design, { unequal, groups, wholePlan: options.plan }) };
}

/** Places in the index of the levels of these characteristics. */
function chosenGroups({ list }: GroupIndex, by: readonly string[]): number[] {
  const known = [...new Set(list.map(({ characteristic }) => characteristic))].filter(
    (name) => name !== "target",
  );
  for (const name of by) {
    if (known.includes(name)) continue;
    throw new CasedrawError(
      "SIZE_FIELD_UNKNOWN",
      `Characteristic for --by: it is one of ${someOf(known, 20)}, got "${name}". ` +
        "Correct it, or name the field in the plan under sample.strata or sample.balance.",
      { field: name, known },
    );
  }
  return list.flatMap(({ characteristic }, at) => (by.includes(characteristic) ? [at] : []));
}

/** Of each unit whether it can be drawn, and c_h(1/π − 1). */
function unitSums({ strata, probabilities }: Design): {
  readonly probabilities: Float64Array;
  readonly reached: Float64Array;
  readonly excess: Float64Array;
} {
  const reached = new Float64Array(probabilities.length);
  const excess = new Float64Array(probabilities.length);
  for (const { units } of strata) {
    const factor = units.length > 1 ? units.length / (units.length - 1) : 1;
    for (const unit of units) {
      const probability = probabilities[unit] as number;
      if (probability <= 0) continue;
      reached[unit] = 1;
      excess[unit] = factor * Math.max(0, 1 / probability - 1);
    }
  }
  return { probabilities, reached, excess };
}

function sumOf(units: Int32Array, perUnit: ReturnType<typeof unitSums>): Sums {
  let [population, expected, excess] = [0, 0, 0];
  for (const unit of units) {
    population += perUnit.reached[unit] as number;
    expected += perUnit.probabilities[unit] as number;
    excess += perUnit.excess[unit] as number;
  }
  return { population, expected, excess };
}

function total({ strata }: Design, perUnit: ReturnType<typeof unitSums>): Sums {
  const each = strata.map(({ units }) => sumOf(units, perUnit));
  const sum = (of: keyof Sums): number => each.reduce((so, sums) => so + sums[of], 0);
  return { population: sum("population"), expected: sum("expected"), excess: sum("excess") };
}

function groupOf(
  name: Pick<SampledGroup, "characteristic" | "level">,
  from: {
    readonly sums: Sums;
    readonly whole: Sums;
    readonly places?: readonly Place[];
    readonly designEffect: number;
  },
): SampledGroup {
  const { sums, whole, places } = from;
  const own = effective(sums) / from.designEffect;
  const sampleSize = Number(sums.expected.toFixed(6)); // a sum of shares is whole but for rounding
  const rest: Sums = {
    population: whole.population - sums.population,
    expected: whole.expected - sums.expected,
    excess: Math.max(0, whole.excess - sums.excess),
  };
  const plain = (sampleSize * (sums.population - 1)) / (sums.population - sampleSize);
  const compares = name.characteristic === "all" ? own / 2 : effective(rest) / from.designEffect;
  return {
    ...name,
    populationSize: sums.population,
    sampleSize,
    effectiveSize: own,
    designEffect: Number.isFinite(own) && Number.isFinite(plain) && own > 0 && plain > 0 ? plain / own : 1,
    compared: name.characteristic === "all" ? [own / 2, own / 2] : [own, compares],
    ...(places === undefined ? {} : { places }),
  };
}

/** n*, +∞ for a census and 0 for nobody. */
function effective({ population, excess }: Sums): number {
  if (population === 0) return 0;
  return excess <= 1e-9 ? Number.POSITIVE_INFINITY : (population * population) / excess;
}

/** Units of each group in each stratum: counts[group · strata + stratum]. */
function heldByStratum({ starts, groups, list }: GroupIndex, strata: Design["strata"]): Int32Array {
  const counts = new Int32Array(list.length * strata.length);
  for (const [h, { units }] of strata.entries()) {
    for (const unit of units) {
      for (let at = starts[unit] as number; at < (starts[unit + 1] as number); at++) {
        const cell = (groups[at] as number) * strata.length + h;
        counts[cell] = (counts[cell] as number) + 1;
      }
    }
  }
  return counts;
}
