import { groupText } from "../../analysis/condition-words.js";
import type { Plan } from "../../plan/types.js";
import { designSample } from "../../sampling/design.js";
import type { UnitOfSample } from "./unit-of-sample.js";

/** What the plan's targets did to a unit's probability. */
export interface TargetStory {
  /** π without targets: from the strata and their allocation alone. */
  readonly withoutTargets: number;
  readonly targets: readonly {
    /** The group in words: "children whose disability is Yes". */
    readonly group: string;
    readonly atLeast: number;
    readonly eligible: number;
    /** How many of the group a sample without targets has on average. */
    readonly expectedWithout: number;
    /** Whether this unit is of the group. */
    readonly member: boolean;
  }[];
}

export function targetStory(
  plan: Plan,
  { frame, sample, designInputs, unit }: UnitOfSample,
): TargetStory | undefined {
  const groups = sample.design.targets;
  if (groups === undefined) return undefined;
  const { targets = [], ...untargeted } = sample.design.plan;
  const { probabilities } = designSample(frame, untargeted, designInputs);
  return {
    withoutTargets: probabilities[unit] as number,
    targets: groups.map(({ members, atLeast, eligible }, at) => ({
      group: groupText(targets[at]?.where ?? {}, plan),
      atLeast,
      eligible,
      expectedWithout: probabilities.reduce(
        (sum, probability, each) => (members[each] === 1 ? sum + probability : sum),
        0,
      ),
      member: members[unit] === 1,
    })),
  };
}
