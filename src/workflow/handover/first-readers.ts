import type { TeamPlan } from "../../plan/types.js";
import { assign } from "../../sampling/handover/assign.js";
import type { Assignment, Bar } from "../../sampling/handover/family.js";
import type { ListedUnit } from "./cases.js";
import { type FamilyBars, familiesOf, type Grouping } from "./families.js";
import { heldBefore } from "./held-before.js";
import type { HandoverRecord } from "./record.js";

/**
 * Gives each family to whoever reads it first. Whoever has its second review gets the first only where nobody else can take it:
 * they may have read it already.
 */
export function assignFirstReaders(
  due: readonly ListedUnit[],
  {
    grouping,
    teams,
    bars,
    earlier,
  }: {
    readonly grouping: Grouping;
    readonly teams: readonly TeamPlan[];
    readonly bars: FamilyBars;
    readonly earlier: HandoverRecord | undefined;
  },
): Assignment {
  const heldBy = heldBefore(earlier, teams, "first");
  const given = (barred: FamilyBars): Assignment =>
    assign(familiesOf(due, grouping, { bars: barred, heldBy }), teams);
  const again = [...heldBefore(earlier, teams, "second")].flatMap(([unitId, reader]): [string, Bar][] => {
    const family = grouping.familyOf.get(unitId);
    return family === undefined || !bars.has(family) ? [] : [[family, reader]];
  });
  if (again.length === 0) return given(bars);
  const barring = (others: readonly [string, Bar][]): FamilyBars => {
    const wider = new Map(bars);
    for (const [family, reader] of others) wider.set(family, [...(wider.get(family) ?? []), reader]);
    return wider;
  };
  const apart = given(barring(again));
  const placed = again.filter(([family]) => apart.readers.has(family));
  return placed.length === again.length ? apart : given(barring(placed));
}
