import { CasedrawError } from "../errors.js";
import type { Frame } from "../frame/frame.js";
import type { Note } from "../frame/note.js";
import { someOf, thousands } from "../frame/words.js";
import type { Allocation, SamplePlan } from "../plan/types.js";
import { allocate } from "./allocation/allocate.js";
import { withPresent } from "./allocation/bounds.js";
import { stratumVariances } from "./allocation/spread.js";
import { conditionalProbabilities, type EarlierSample } from "./avoid/earlier-sample.js";
import { presentInWholes, splitReviewed } from "./avoid/reviewed-before.js";
import { capGroups } from "./caps/cap-groups.js";
import { refuseInfeasibleCaps } from "./caps/feasible.js";
import type { DesignStratum } from "./design-stratum.js";
import { decimalRatio, shareRoundedUp } from "./exact.js";
import { type Families, groupFamilies } from "./families.js";
import type { LinkFacts } from "./linked/link-facts.js";
import type { PickedUnit } from "./picked.js";
import { type Stratum, stratify } from "./strata.js";
import { type AllocatedStratum, allocateToTargets } from "./targets/allocate-to-targets.js";
import { type TargetGroup, targetGroups } from "./targets/target-groups.js";
import { targetProbabilities } from "./targets/target-probabilities.js";
import type { BeforeUpdate, UpdateFacts } from "./update/update-facts.js";

/** A method as manifests name it. Another draw from the same frame and seed needs another version. */
export interface Algorithm {
  readonly name: string;
  readonly version: number;
}

/** Strata in byte order of their keys, the probability of each unit, and what must be said of them. */
export interface Design {
  readonly algorithm: Algorithm;
  readonly plan: SamplePlan;
  readonly strata: readonly DesignStratum[];
  /** π of each unit of the frame as the design means it; 0 where a unit cannot be drawn. */
  readonly probabilities: Float64Array;
  /** Under `one_per`. */
  readonly families?: Families;
  /** In plan order. */
  readonly targets?: readonly TargetGroup[];
  /** Where an earlier sample is avoided: the probability of each unit, given whether it was taken then. */
  readonly conditional?: Float64Array;
  /** In a linked sample, where `plan` stands for none and `sampleSize` is how many units the earlier draw happened to give. */
  readonly linked?: LinkFacts;
  /** Where the sample was brought to a corrected frame: `strata` are then classes of the plan's strata, or those strata. */
  readonly updated?: UpdateFacts;
  readonly notes: readonly Note[];
}

/** What a design goes by beside the frame and the plan. */
export interface DesignInputs {
  /** Of the eligible units, where they are known already; by default from the plan's fields. */
  readonly strata?: readonly Stratum[];
  /** How much of each stratum is in the sample already, by key: no stratum is given less. */
  readonly present?: ReadonlyMap<string, number>;
  /** The sample that `avoid: { sample }` names. */
  readonly earlier?: EarlierSample;
  /** The ids that `avoid: { ids }` names. */
  readonly reviewed?: ReadonlySet<string>;
  /** Where the sample was updated: what is known of each unit from the version before. */
  readonly before?: BeforeUpdate;
}

const methods = {
  random: { name: "stratified-random", version: 1 },
  systematic: { name: "stratified-systematic", version: 1 },
  balanced: { name: "stratified-balanced", version: 1 },
  one_per: { name: "stratified-one-per-family", version: 1 },
  caps: { name: "stratified-random-capped", version: 1 },
  avoid_sample: { name: "stratified-coordinated", version: 1 },
  avoid_ids: { name: "stratified-random-reviewed-apart", version: 1 },
} satisfies Record<string, Algorithm>;

/** Takes what is linked to an earlier sample, by `drawLinked`. */
export const linkedAlgorithm: Algorithm = { name: "linked", version: 1 };

/** Every algorithm of this release. */
export const algorithms: readonly Algorithm[] = [...Object.values(methods), linkedAlgorithm];

/** The algorithm that a plan's sample is drawn with. */
function algorithmOf(plan: SamplePlan): Algorithm {
  if (plan.one_per !== undefined) return methods.one_per;
  if (plan.avoid !== undefined) return "ids" in plan.avoid ? methods.avoid_ids : methods.avoid_sample;
  return plan.caps === undefined ? methods[plan.method] : methods.caps;
}

/**
 * The strata of a plan with their allocation, reserves and probabilities, before anything is drawn.
 *
 * @param inputs - `earlier` or `reviewed` is needed where the plan avoids units
 * @throws CasedrawError of `stratify`, `groupFamilies`, `stratumVariances`, `allocate`, `targetGroups`, `allocateToTargets`,
 *   `targetProbabilities` and `splitReviewed`
 * @example
 * const { plan } = await loadPlan("plan.yaml");
 * const { frame } = await readFrame("plan.yaml");
 * const { strata } = designSample(frame, { ...plan.sample, size: 100 });
 * strata.reduce((sum, { sampleSize }) => sum + sampleSize, 0) // → 100
 */
export function designSample(frame: Frame, plan: SamplePlan, inputs: DesignInputs = {}): Design {
  const notes: Note[] = [];
  const strata = inputs.strata ?? stratify(frame.fields, plan.strata, frame.eligible);
  const families = plan.one_per === undefined ? undefined : groupFamilies(frame, plan.one_per, strata, notes);
  const units = families?.strata ?? strata.map((each) => ({ ...each, populationSize: each.units.length }));
  const held = withSpread(frame, units, plan.allocation, notes);
  const targets = plan.targets === undefined ? undefined : targetGroups(frame, plan.targets);
  notes.push(...(targets?.notes ?? []));
  const sizesFor = (sampleSize: number): number[] => {
    const allocation = withPresent(plan.allocation, held, {
      sampleSize,
      present: presentInWholes(inputs.present),
    });
    return targets === undefined || plan.method === "balanced"
      ? allocate(held, { sampleSize, allocation, counted: families === undefined ? "units" : "families" })
      : allocateToTargets(held, { sampleSize, allocation, targets: targets.groups });
  };
  const parts = splitReviewed(
    frame,
    held,
    { sizes: sizesFor(plan.size), avoid: plan.avoid, ...inputs },
    notes,
  );
  const designed = withReserves(parts.strata, parts.sizes, plan, notes);
  if (plan.caps !== undefined) refuseInfeasibleCaps(designed, capGroups(frame, plan.caps, designed, []));
  const conditional = conditionalProbabilities(frame, designed, { avoid: plan.avoid, ...inputs }, notes);
  return {
    algorithm: algorithmOf(plan),
    plan,
    strata: designed,
    probabilities:
      targets === undefined || plan.method !== "balanced"
        ? shares(designed, frame.ids.length, families)
        : targetProbabilities({
            strata: designed,
            targets: targets.groups,
            unitCount: frame.ids.length,
            sizesFor: (size) => attempt(() => sizesFor(size)),
          }),
    ...(families === undefined ? {} : { families }),
    ...(targets === undefined ? {} : { targets: targets.groups }),
    ...(conditional === undefined ? {} : { conditional }),
    notes,
  };
}

/** n_h / N_h, of a family shared among its m children. */
export function shares(
  strata: readonly DesignStratum[],
  unitCount: number,
  families?: Families,
): Float64Array {
  const probabilities = new Float64Array(unitCount);
  for (const { units, sampleSize, populationSize } of strata) {
    for (const unit of units) {
      probabilities[unit] = sampleSize / (populationSize * (families?.sizeOf[unit] ?? 1));
    }
  }
  return probabilities;
}

/** What some work gives, or nothing where casedraw refuses it. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof CasedrawError) return undefined;
    throw error;
  }
}

/** Strata with what the allocation goes by beside their sizes. */
function withSpread(
  frame: Frame,
  strata: readonly AllocatedStratum[],
  allocation: Allocation,
  notes: Note[],
): readonly AllocatedStratum[] {
  if (allocation.method !== "neyman" && allocation.method !== "optimal") return strata;
  const spread = stratumVariances(frame, strata, allocation);
  notes.push(...spread.notes);
  return strata.map((stratum, at) => {
    const variance = spread.variances[at];
    return { ...stratum, ...(variance === undefined ? {} : { variance }) };
  });
}

/** Strata with their sizes, reserves and probabilities; what must be said of them is added to the notes. */
export function withReserves(
  strata: readonly AllocatedStratum[],
  sizes: readonly number[],
  { method, reserves, avoid }: SamplePlan,
  notes: Note[],
): DesignStratum[] {
  const short: string[] = [];
  const share = reserves < 1 ? decimalRatio(reserves) : undefined;
  const designed = strata.map(({ key, units, populationSize }, at): DesignStratum => {
    const sampleSize = sizes[at] as number;
    const wanted = share === undefined ? reserves : shareRoundedUp(share, sampleSize);
    const held = sampleSize === 0 ? 0 : Math.min(wanted, populationSize - sampleSize);
    if (sampleSize > 0 && held < wanted) short.push(`${key} (${held} of ${wanted})`);
    const inclusionProbability = sampleSize / populationSize;
    return { key, units, populationSize, sampleSize, reserves: held, inclusionProbability };
  });
  const keysWhere = (meets: (stratum: DesignStratum) => boolean): string[] =>
    designed.filter(meets).map((stratum) => stratum.key);
  sayStrata(
    notes,
    "stratum-taken-whole",
    keysWhere(({ sampleSize, populationSize }) => sampleSize === populationSize),
    ["is", "are", "taken whole, so every unit is in the sample"],
  );
  sayStrata(
    notes,
    "stratum-left-out",
    keysWhere(({ sampleSize }) => sampleSize === 0),
    ["is", "are", "left out by the plan, and the sample says nothing about such units"],
  );
  sayStrata(notes, "reserves-short", short, [
    "has",
    "have",
    "fewer reserves than asked for, because no more units are left",
  ]);
  const spare = designed.reduce((sum, stratum) => sum + stratum.reserves, 0);
  const coordinated = avoid !== undefined && "sample" in avoid;
  if ((method !== "random" || coordinated) && spare > 0) {
    const kind = coordinated ? "coordinated" : method;
    notes.push({
      code: "reserves-are-substitutes",
      text:
        `The ${thousands(spare)} reserves are the next tickets of each stratum and no continuation of a ${kind} draw: one that ` +
        "stands in for a case is a matched substitute, and counts as imputed nonresponse.",
      count: spare,
      details: {},
    });
  }
  return designed;
}

/** Says which strata have fewer reserves than the design could give them. */
export function sayShortReserves(
  notes: Note[],
  strata: readonly DesignStratum[],
  found: readonly PickedUnit[],
  because: string,
): void {
  const short = strata.flatMap(({ key, reserves }) => {
    const got = found.filter(({ stratum }) => stratum.key === key).length;
    return got < reserves ? [`${key} (${got} of ${reserves})`] : [];
  });
  sayStrata(notes, "reserves-short", short, [
    "has",
    "have",
    `fewer reserves than asked for, because ${because}`,
  ]);
}

/** Adds a note about some strata, where there are any. */
export function sayStrata(
  notes: Note[],
  code: Note["code"],
  keys: readonly string[],
  [one, several, what]: readonly [string, string, string],
): void {
  if (keys.length === 0) return;
  const subject = keys.length === 1 ? `1 stratum ${one}` : `${keys.length} strata ${several}`;
  notes.push({
    code,
    text: `${subject} ${what}: ${someOf(keys, 8)}.`,
    count: keys.length,
    details: { strata: keys },
  });
}
