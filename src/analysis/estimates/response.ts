import type { Frame } from "../../frame/frame.js";
import type { LossReason } from "../../sampling/after/outcome.js";
import type { Sample } from "../../sampling/draw.js";
import type { SampleDesign } from "../../statistics/survey/sample-design.js";
import type { Calibration } from "./calibrated.js";
import { type VarianceStratum, varianceStrata } from "./collapse.js";
import { designOfResponses } from "./design.js";
import type { ResponseStratum } from "./stratum.js";

/** The units that findings speak of, and how they were chosen. */
export interface Responses {
  /** Units of the frame, reviewed or out of scope, in the sample's order. */
  readonly units: Int32Array;
  /** 1 for a unit that is out of scope: known, and nothing to count. */
  readonly outOfScope: Uint8Array;
  /** Of one column: 1 for a unit that it does not apply to, which is then out of scope. */
  readonly notApplicable?: Uint8Array;
  /** Index in {@link strata} of each. */
  readonly stratumOf: Int32Array;
  readonly strata: readonly ResponseStratum[];
  readonly design: SampleDesign;
  /** Strata that the plan gave no units: nothing is estimated of them. */
  readonly leftOut: readonly string[];
  /** Balancing columns for which there were too few units to leave them in the variance. */
  readonly columnsLeftOut: number;
  /** Strata that show their spread together. */
  readonly collapsed: readonly VarianceStratum[];
  /** What the weights were brought to, and how far that moved them. */
  readonly calibration?: Calibration;
}

/**
 * The responding units of a sample with the weights that nonresponse leaves them: those of a stratum that were not reviewed
 * are taken for a random part of it, and its other units stand for them.
 *
 * @param options.reviewed - units of the frame that the findings have, all in the sample
 * @param options.seed - of the draw
 * @param options.collapse - keys of strata that are one for the variance, each in one group at the most. Weights stay by stratum,
 *   unless one of a group has no responding unit: then all of the group's units stand for all of its units
 * @throws CasedrawError `ESTIMATE_STRATUM_TOO_FEW` for a stratum with fewer than two responding units, unless all of it was
 *   reviewed; `ESTIMATE_DESIGN_UNSUPPORTED`
 */
export function responsesOf(
  frame: Frame,
  sample: Sample,
  options: {
    readonly reviewed: ReadonlySet<number>;
    readonly seed: string;
    readonly collapse?: readonly (readonly string[])[];
  },
): Responses {
  const drawnStrata = sample.design.strata.filter(({ sampleSize }) => sampleSize > 0);
  const at = new Map(drawnStrata.map(({ key }, index) => [key, index]));
  const members = membersOf(sample);
  const strata = drawnStrata.map(({ key, units, populationSize }): ResponseStratum => {
    const own = members.filter((member) => member.stratum === key);
    const outOfScope = own.filter(({ reason }) => reason === "out-of-scope").length;
    const lost = own.filter(({ reason }) => isSilent(reason)).length;
    const reviewed = own.filter(
      ({ unit, reason }) => reason === undefined && options.reviewed.has(unit),
    ).length;
    const known = own.filter(({ unit, reason }) => responds(reason, options.reviewed.has(unit)));
    return {
      key,
      population: units.length,
      sampled: populationSize,
      members: own.length,
      outOfScope,
      lost,
      notReviewed: own.length - outOfScope - lost - reviewed,
      reviewed,
      whole: outOfScope + reviewed === units.length,
      stopped: known.some(({ weight }) => Math.abs(weight - (known[0]?.weight ?? 0)) > 1e-9 * weight),
    };
  });
  const merged = varianceStrata(strata, options.collapse ?? []);
  const responding = members.filter(
    ({ unit, reason, stratum }) => at.has(stratum) && responds(reason, options.reviewed.has(unit)),
  );
  const stratumOf = Int32Array.from(responding, ({ stratum }) => at.get(stratum) as number);
  const scales = responseScales(strata, merged, { members, responding });
  const units = Int32Array.from(responding, ({ unit }) => unit);
  const weights = Float64Array.from(
    responding,
    ({ weight }, index) => weight * (scales[stratumOf[index] as number] as number),
  );
  const equal = sample.design.plan.method === "random" && sample.design.plan.caps === undefined;
  const made = designOfResponses({
    frame,
    sample,
    seed: options.seed,
    units,
    stratumOf,
    weights,
    strata: equal ? strata : strata.map((stratum) => ({ ...stratum, stopped: false })),
    merged,
  });
  return {
    units,
    outOfScope: Uint8Array.from(responding, ({ reason }) => (reason === "out-of-scope" ? 1 : 0)),
    stratumOf,
    strata,
    design: made.design,
    leftOut: sample.design.strata.filter(({ sampleSize }) => sampleSize === 0).map(({ key }) => key),
    columnsLeftOut: made.columnsLeftOut,
    collapsed: merged.filter((group) => group.strata.length > 1),
  };
}

/** How the variance was got: "stratified", "unequal-probability, collapsed-strata", "balanced, raked". */
export function varianceMethod({ design, collapsed, calibration }: Responses): string {
  return [
    design.method,
    ...(collapsed.length > 0 && design.method !== "collapsed-strata" ? ["collapsed-strata"] : []),
    ...(calibration === undefined ? [] : [calibration.method]),
  ].join(", ");
}

/** By which the weights of each stratum grow, so that its responding units stand for those that do not respond. */
function responseScales(
  strata: readonly ResponseStratum[],
  merged: readonly VarianceStratum[],
  { members, responding }: { readonly members: readonly Member[]; readonly responding: readonly Member[] },
): Float64Array {
  const scales = Float64Array.from(
    strata,
    ({ members: all, lost, outOfScope, reviewed }) => (all - lost) / (outOfScope + reviewed),
  );
  const weightIn = (units: readonly Member[], key: string): number =>
    units.reduce((sum, { stratum, weight }) => sum + (stratum === key ? weight : 0), 0);
  for (const group of merged.filter(({ pooled }) => pooled)) {
    const own = group.strata.map((at) => strata[at] as ResponseStratum);
    // A stratum that lost every unit has no weight left, and as many units as it holds.
    const wanted = own.reduce((sum, { key, population }) => sum + (weightIn(members, key) || population), 0);
    const known = own.reduce((sum, { key }) => sum + weightIn(responding, key), 0);
    for (const at of group.strata) scales[at] = wanted / known;
  }
  return scales;
}

/** A unit that was ever in the sample, with what it stands for before units that were not reviewed are allowed for. */
export interface Member {
  readonly unit: number;
  readonly stratum: string;
  readonly weight: number;
  /** Why it is lost. */
  readonly reason?: LossReason;
}

/** Every unit that was ever in a sample, in its order; a substitute that holds no place any more is left out. */
export function membersOf({ drawn, after }: Sample): Member[] {
  return drawn.map(({ unit, stratum, weight }, index): Member => {
    const outcome = after?.members[index];
    const status = outcome?.status;
    const lost = status === "out-of-scope" || status === "inaccessible" || status === "conflict";
    return {
      unit,
      stratum: stratum.key,
      weight: outcome?.finalWeight ?? weight,
      ...(lost ? { reason: status } : {}),
    };
  });
}

function isSilent(reason: LossReason | undefined): boolean {
  return reason === "inaccessible" || reason === "conflict";
}

function responds(reason: LossReason | undefined, reviewed: boolean): boolean {
  return reason === "out-of-scope" || (reason === undefined && reviewed);
}
