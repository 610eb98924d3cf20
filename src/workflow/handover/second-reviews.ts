import type { TeamPlan } from "../../plan/types.js";
import type { Assignment, Reader } from "../../sampling/handover/family.js";
import { assignSecondReaders } from "../../sampling/handover/second-readers.js";
import { drawSecondReviews, type SecondReview } from "../../sampling/handover/second-reviews.js";
import type { ListedUnit } from "./cases.js";
import { type FamilyBars, familiesOf, type Grouping } from "./families.js";
import { heldBefore } from "./held-before.js";
import type { HandoverRecord } from "./record.js";

/** Which cases are reviewed twice, and by whom the second time. */
export interface SecondReviews {
  readonly drawn: readonly SecondReview[];
  /** Those of them in the order of the sample's list. */
  readonly units: readonly ListedUnit[];
  readonly assignment: Assignment;
}

/**
 * Draws the second reviews and gives each to somebody who does not read the case first.
 *
 * @param due - cases that are to be reviewed, sampled and chosen
 * @param options.first - who reads each family first
 * @throws CasedrawError `ALLOCATION_INFEASIBLE`
 */
export function secondReviews(
  due: readonly ListedUnit[],
  options: {
    readonly seed: string;
    /** As the plan's `double_review` has it. */
    readonly wanted: number | undefined;
    readonly grouping: Grouping;
    readonly teams: readonly TeamPlan[];
    readonly bars: FamilyBars;
    readonly first: Assignment["readers"];
    readonly earlier: HandoverRecord | undefined;
  },
): SecondReviews {
  const { seed, wanted, grouping, teams, bars, first, earlier } = options;
  const sampled = due.filter(({ role }) => role === "sampled");
  const drawn =
    wanted === undefined || sampled.length === 0
      ? []
      : drawSecondReviews(sampled, {
          seed,
          wanted,
          ...(earlier?.secondReviews === undefined
            ? {}
            : { earlier: { offered: offeredBefore(earlier), drawn: earlier.secondReviews } }),
        });
  const again = new Set(drawn.map(({ unitId }) => unitId));
  const units = sampled.filter(({ unitId }) => again.has(unitId));
  const read = units.filter(({ unitId }) => first.has(grouping.familyOf.get(unitId) as string));
  const heldBy = heldBefore(earlier, teams, "second");
  return {
    drawn,
    units,
    assignment: assignSecondReaders(familiesOf(read, grouping, { bars, heldBy }), teams, {
      first,
      loads: loadsOf(due, { grouping, readers: first, teams }),
    }),
  };
}

/** Sampled units of an earlier handover: from them its second reviews were drawn. */
function offeredBefore({ rows }: HandoverRecord): Set<string> {
  return new Set(rows.filter(({ role }) => role === "sampled").map(({ unitId }) => unitId));
}

function loadsOf(
  units: readonly ListedUnit[],
  {
    grouping,
    readers,
    teams,
  }: {
    readonly grouping: Grouping;
    readonly readers: Assignment["readers"];
    readonly teams: readonly TeamPlan[];
  },
): number[][] {
  const loads = teams.map(({ pairs }) => Array.from({ length: pairs }, () => 0));
  for (const { unitId } of units) {
    const reader = readers.get(grouping.familyOf.get(unitId) as string);
    const own = reader && loads[reader.team];
    if (own !== undefined) own[(reader as Reader).pair] = (own[(reader as Reader).pair] as number) + 1;
  }
  return loads;
}
