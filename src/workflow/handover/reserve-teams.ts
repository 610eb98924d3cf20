import type { TeamPlan } from "../../plan/types.js";
import { assign } from "../../sampling/handover/assign.js";
import type { Assignment, Reader } from "../../sampling/handover/family.js";
import type { ListedUnit } from "./cases.js";
import { type FamilyBars, familiesOf, type Grouping } from "./families.js";

/** A reserve stands with the team that has its family, else with one that may take it; it is no work until it is released. */
export function reserveTeams(
  spare: readonly ListedUnit[],
  {
    grouping,
    teams,
    bars,
    first,
  }: {
    readonly grouping: Grouping;
    readonly teams: readonly TeamPlan[];
    readonly bars: FamilyBars;
    readonly first: Assignment["readers"];
  },
): Assignment {
  const heldBy = new Map(
    spare.flatMap(({ unitId }): [string, Reader][] => {
      const reader = first.get(grouping.familyOf.get(unitId) as string);
      return reader === undefined ? [] : [[unitId, reader]];
    }),
  );
  return assign(
    familiesOf(spare, grouping, { bars, heldBy }),
    teams.map(({ pairs }) => ({ pairs })),
  );
}
