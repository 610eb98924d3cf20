import { CasedrawError } from "../errors.js";
import type { Frame } from "../frame/frame.js";
import type { LossReason } from "../sampling/after/outcome.js";
import type { Sample } from "../sampling/draw.js";
import type { SampleDesign } from "../statistics/survey/sample-design.js";
import { designOfResponses } from "./estimates-design.js";
import type { ResponseStratum } from "./estimates-stratum.js";

/** The units that findings speak of, and how they were chosen. */
export interface Responses {
  /** Units of the frame, reviewed or out of scope, in the sample's order. */
  readonly units: Int32Array;
  /** 1 for a unit that is out of scope: known, and nothing to count. */
  readonly outOfScope: Uint8Array;
  /** Index in {@link strata} of each. */
  readonly stratumOf: Int32Array;
  readonly strata: readonly ResponseStratum[];
  readonly design: SampleDesign;
  /** Strata that the plan gave no units: nothing is estimated of them. */
  readonly leftOut: readonly string[];
  /** Balancing columns for which there were too few units to leave them in the variance. */
  readonly columnsLeftOut: number;
}

/**
 * The responding units of a sample with the weights that nonresponse leaves them: those of a stratum that were not reviewed
 * are taken for a random part of it, and its other units stand for them.
 *
 * @param options.reviewed - units of the frame that the findings have, all in the sample
 * @param options.seed - of the draw
 * @throws CasedrawError `ESTIMATE_STRATUM_TOO_FEW` for a stratum with fewer than two responding units, unless all of it was
 *   reviewed; `ESTIMATE_DESIGN_UNSUPPORTED`
 */
export function responsesOf(
  frame: Frame,
  sample: Sample,
  options: { readonly reviewed: ReadonlySet<number>; readonly seed: string },
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
  refuseFew(strata);
  const responding = members.filter(
    ({ unit, reason, stratum }) => at.has(stratum) && responds(reason, options.reviewed.has(unit)),
  );
  const stratumOf = Int32Array.from(responding, ({ stratum }) => at.get(stratum) as number);
  const scales = strata.map(
    ({ members: all, lost, outOfScope, reviewed }) => (all - lost) / (outOfScope + reviewed),
  );
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
  });
  return {
    units,
    outOfScope: Uint8Array.from(responding, ({ reason }) => (reason === "out-of-scope" ? 1 : 0)),
    stratumOf,
    strata,
    design: made.design,
    leftOut: sample.design.strata.filter(({ sampleSize }) => sampleSize === 0).map(({ key }) => key),
    columnsLeftOut: made.columnsLeftOut,
  };
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

function refuseFew(strata: readonly ResponseStratum[]): void {
  const few = strata.find(({ outOfScope, reviewed, whole }) => !whole && outOfScope + reviewed < 2);
  if (few === undefined) return;
  const others = strata.filter(({ key }) => key !== few.key).map(({ key }) => `"${key}"`);
  throw new CasedrawError(
    "ESTIMATE_STRATUM_TOO_FEW",
    `Stratum "${few.key}": an estimate takes two reviewed cases or more, unless all of it was reviewed, got ` +
      `${few.outOfScope + few.reviewed} of ${few.population} eligible. Review more of it` +
      `${others.length === 0 ? "" : `; in the next plan, merge it with one like it (${others.slice(0, 3).join(", ")})`}.`,
    { stratum: few.key, reviewed: few.reviewed, population: few.population },
  );
}
