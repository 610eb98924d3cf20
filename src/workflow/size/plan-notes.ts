import { someOf } from "../../frame/words.js";
import type { Plan } from "../../plan/types.js";
import type { Design } from "../../sampling/design.js";
import { groupName } from "./group-name.js";
import type { SampledGroup, SizeNote } from "./question.js";

/** Fewer expected cases than this of a level say little, and their number varies. */
const few = 10;

/** Whether some units of one stratum are likelier to be drawn than others. */
export function hasUnequalChances({ strata, probabilities }: Design): boolean {
  return strata.some(({ units }) => {
    const first = probabilities[units[0] as number] as number;
    return units.some((unit) => Math.abs((probabilities[unit] as number) - first) > 1e-12);
  });
}

/** What the figures of a plan's design leave out, and where they are rough. */
export function planNotes(
  { plan, strata }: Design,
  {
    unequal,
    groups,
    wholePlan,
  }: { readonly unequal: boolean; readonly groups: readonly SampledGroup[]; readonly wholePlan: Plan },
): SizeNote[] {
  const notes: SizeNote[] = [];
  const left = strata.filter(({ sampleSize }) => sampleSize === 0);
  if (left.length > 0) {
    notes.push({
      code: "size-left-out",
      text: `The plan leaves out ${someOf(left.map(({ key }) => `“${groupName({ characteristic: "stratum", level: key }, wholePlan)}”`))}: nothing here is about them.`,
    });
  }
  if (plan.method !== "random" || plan.caps !== undefined || plan.avoid !== undefined || unequal) {
    notes.push({
      code: "size-approximate",
      text: "Figures are worked out as for a random draw within strata with this plan's probabilities, which is an approximation for its design.",
    });
  }
  if (unequal) {
    notes.push({
      code: "size-unequal-chances",
      text: "Units of one stratum have unequal chances, so the rarest practice found is not worked out.",
    });
  }
  const scarce = groups.filter(
    ({ characteristic, sampleSize }) =>
      characteristic !== "all" && characteristic !== "stratum" && sampleSize < few,
  );
  if (scarce.length > 0) {
    const names = someOf(scarce.map((group) => groupName(group, wholePlan)));
    notes.push({
      code: "size-few-expected",
      text: `Fewer than ${few} cases are expected of ${names}: how many are drawn varies, and their margins are rough.`,
    });
  }
  return notes;
}
