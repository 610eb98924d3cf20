import type { Frame } from "../../frame/frame.js";
import type { SamplePlan } from "../../plan/types.js";
import { type DesignInputs, shares } from "../design.js";
import type { DesignStratum } from "../design-stratum.js";
import { type DrawnUnit, type Sample, weightOf } from "../draw.js";
import type { PickedUnit } from "../picked.js";
import { updateStanding } from "../update/update.js";
import { afterNotes } from "./after-notes.js";
import { continuedWeights, heldWeights, type StratumWeights, tallyStratum } from "./final-weights.js";
import type { ChosenCase, MemberOutcome, Step, StratumOutcome } from "./outcome.js";
import { releaseReserves } from "./release.js";
import { asDrawn, continuesDraw, type Member, presentByStratum, type Standing } from "./standing.js";
import { topUp } from "./top-up.js";

/** What steps follow: the sample as drawn, of which an update takes the plan alone. */
export type Beginning = Sample | { readonly plan: SamplePlan };

/**
 * A sample after the steps that followed its draw: replacements, top-ups, updates and chosen cases, in their order.
 *
 * @param beginning - as drawn; where the steps have an update its plan will do, as the last update begins anew
 * @param steps - losses checked by `checkedLosses`
 * @param options.inputs - those of the sample's own design
 * @returns the sample itself where there are no steps
 * @throws CasedrawError of {@link topUp}
 */
export function followSample(
  frame: Frame,
  beginning: Beginning,
  steps: readonly Step[],
  options: { readonly seed: string; readonly inputs: DesignInputs },
): Sample {
  if (steps.length === 0) return beginning as Sample;
  const { standing: start, taken } = startOf(frame, beginning, steps, options);
  let standing = start;
  for (const step of steps.slice(taken)) standing = stepTaken(frame, standing, step, options);
  return asSample(frame, standing, steps);
}

/** The sample after its last update, or as drawn, and how many of the steps led there. */
function startOf(
  frame: Frame,
  beginning: Beginning,
  steps: readonly Step[],
  options: { readonly seed: string; readonly inputs: DesignInputs },
): { readonly standing: Standing; readonly taken: number } {
  const at = steps.findLastIndex(({ kind }) => kind === "update");
  const update = steps[at];
  if (update?.kind !== "update") return { standing: asDrawn(beginning as Sample), taken: 0 };
  const plan = "plan" in beginning ? beginning.plan : beginning.design.plan;
  const chosen = steps.slice(0, at).flatMap(chosenBy);
  return {
    standing: updateStanding(frame, update, { plan, ...options, version: at + 2, chosen }),
    taken: at + 1,
  };
}

/** The cases that a step chose. */
function chosenBy(step: Step, at: number): ChosenCase[] {
  return step.kind === "add" ? step.cases.map((each) => ({ ...each, version: at + 2 })) : [];
}

function stepTaken(
  frame: Frame,
  standing: Standing,
  step: Step,
  options: { readonly seed: string; readonly inputs: DesignInputs },
): Standing {
  if (step.kind === "replace") return releaseReserves(frame, standing, step.losses);
  if (step.kind === "extend") return topUp(frame, standing, { size: step.size, ...options });
  const version = standing.version + 1;
  const chosen = chosenBy(step, standing.version - 1);
  return { ...standing, version, chosen: [...standing.chosen, ...chosen] };
}

function asSample(frame: Frame, standing: Standing, steps: readonly Step[]): Sample {
  const { members, reserves, estimated, version, releases } = standing;
  const continuing = continuesDraw(standing.design);
  const present = presentByStratum(standing);
  const strata = standing.design.strata.map((stratum): DesignStratum => {
    const left = reserves.filter((found) => found.stratum.key === stratum.key).length;
    if (!continuing) return { ...stratum, reserves: left };
    const sampleSize = present.get(stratum.key) ?? 0;
    return {
      ...stratum,
      sampleSize,
      reserves: left,
      inclusionProbability: sampleSize / stratum.populationSize,
    };
  });
  const byKey = new Map(strata.map((stratum) => [stratum.key, stratum]));
  const design = {
    ...standing.design,
    strata,
    probabilities: continuing
      ? shares(strata, frame.ids.length, standing.design.families)
      : standing.design.probabilities,
  };
  const probabilities = estimated?.probabilities ?? design.probabilities;
  const origins = new Set(standing.places.map(({ origin }) => origin));
  const placed = ({ unit, ticket, stratum }: PickedUnit): PickedUnit => ({
    unit,
    ticket,
    stratum: byKey.get(stratum.key) as DesignStratum,
  });
  const drawn = members.map((member): DrawnUnit => {
    const picked = placed(member);
    const probability = probabilities[member.unit] as number;
    // A substitute has no weight of its own: it was not drawn.
    const weight = continuing || origins.has(member.unit) ? weightOf(picked, design, probability) : 0;
    return { ...picked, probability, weight };
  });
  const weighed = weigh(standing, { strata, drawn, continuing });
  return {
    design,
    drawn,
    reserves: reserves.map(placed),
    probabilities,
    ...(estimated === undefined ? {} : { estimated }),
    after: {
      version,
      steps,
      members: weighed.members,
      strata: weighed.strata,
      releases,
      places: standing.places,
      chosen: standing.chosen,
    },
    notes: [
      ...standing.notes,
      ...afterNotes(standing, { steps, strata: weighed.strata, stops: weighed.stops }),
    ],
  };
}

/** What every unit stands for, and what became of every stratum. */
function weigh(
  standing: Standing,
  {
    strata,
    drawn,
    continuing,
  }: {
    readonly strata: readonly DesignStratum[];
    readonly drawn: readonly DrawnUnit[];
    readonly continuing: boolean;
  },
) {
  const { members, lost, wanted, toppedUp, design } = standing;
  const stops = new Map<string, StratumWeights>();
  if (continuing) {
    for (const { key, populationSize } of strata) {
      const own = members.filter(({ stratum }) => stratum.key === key);
      const options = { populationSize, wanted: wanted.get(key) ?? 0, toppedUp: toppedUp.has(key) };
      stops.set(key, continuedWeights(tallyStratum(own, lost), options));
    }
  }
  const weightOfOrigin = new Map(drawn.map(({ unit, weight }) => [unit, weight]));
  const held = continuing
    ? undefined
    : heldWeights(standing, strata, (origin) => weightOfOrigin.get(origin) as number);
  const finalWeight = ({ unit, stratum }: Member): number => {
    const reason = lost.get(unit);
    if (reason === "inaccessible" || reason === "conflict") return 0;
    if (held !== undefined) return held.get(unit) ?? 0;
    const { inScope, outOfScope } = stops.get(stratum.key) as StratumWeights;
    return (reason === undefined ? inScope : outOfScope) * (design.families?.sizeOf[unit] ?? 1);
  };
  const outcomes = members.map(
    (member): MemberOutcome => ({
      version: member.version,
      entry: member.entry,
      status: lost.get(member.unit) ?? member.entry,
      finalWeight: finalWeight(member),
    }),
  );
  return { members: outcomes, strata: strataOutcomes(standing, outcomes), stops };
}

function strataOutcomes({ design, members, lost }: Standing, outcomes: readonly MemberOutcome[]) {
  return design.strata.map(({ key, sampleSize }): StratumOutcome => {
    const at = [...members.keys()].filter((i) => members[i]?.stratum.key === key);
    const own = at.map((i) => members[i] as Member);
    const tally = tallyStratum(own, lost);
    const came = (...entries: Member["entry"][]): number =>
      own.filter(({ entry }) => entries.includes(entry)).length;
    return {
      key,
      allocated: sampleSize,
      members: own.length,
      released: came("released", "substitute"),
      added: came("added"),
      outOfScope: tally.outOfScope,
      inaccessible: tally.silent - tally.conflict,
      conflict: tally.conflict,
      responseRate: own.length === 0 ? 1 : (own.length - tally.silent) / own.length,
      inScope: at
        .filter((i) => lost.get((members[i] as Member).unit) === undefined)
        .reduce((sum, i) => sum + (outcomes[i] as MemberOutcome).finalWeight, 0),
    };
  });
}
