import { compareBytes } from "../../frame/text.js";
import type { Plan } from "../../plan/types.js";
import type { ListedUnit } from "../handover/cases.js";
import type { ReportedLoss } from "./merge.js";

/** A loss, and the reserve that comes for it; none where none is due or left. */
export interface DueReserve extends ReportedLoss {
  readonly stratum: string;
  readonly reserve?: ListedUnit;
}

/**
 * Puts losses in the order in which the replacement log should have them. Which reserves come is fixed: in each stratum the next
 * ones, whoever was lost, so that the sample stays the stratum's first tickets and every weight is what it was. Only which of
 * them comes for which loss is free, and that is settled so that a place's reserve comes for a case of that place where one of
 * those released is there.
 *
 * @param options.reserves - in the order of their release
 * @param options.siteOf - where a unit is reviewed
 * @returns by stratum in byte order; in one the losses in the order in which reserves are released, then those without a reserve
 */
export function dueReserves(
  losses: readonly ReportedLoss[],
  options: {
    readonly plan: Plan;
    readonly units: ReadonlyMap<string, ListedUnit>;
    readonly reserves: readonly ListedUnit[];
    readonly siteOf: (unit: ListedUnit) => string;
  },
): DueReserve[] {
  const { plan, units, reserves, siteOf } = options;
  const { sample } = plan;
  // Elsewhere a reserve is a substitute, and a case out of scope has none.
  const continues =
    sample !== undefined &&
    sample.method === "random" &&
    sample.caps === undefined &&
    !(sample.avoid !== undefined && "sample" in sample.avoid);
  const strata = new Map<string, ListedUnit[]>();
  const reasonOf = new Map(losses.map(({ unitId, reason }) => [unitId, reason]));
  for (const { unitId } of losses) {
    const unit = units.get(unitId) as ListedUnit;
    strata.set(unit.stratum, [...(strata.get(unit.stratum) ?? []), unit]);
  }
  return [...strata]
    .sort(([a], [b]) => compareBytes(a, b))
    .flatMap(([stratum, lost]) => {
      const waiting = lost
        .toSorted((a, b) => compareBytes(a.unitId, b.unitId))
        .filter(({ unitId }) => continues || reasonOf.get(unitId) !== "out-of-scope");
      const others = lost.filter((unit) => !waiting.includes(unit));
      const due = reserves.filter((unit) => unit.stratum === stratum).slice(0, waiting.length);
      // First by place, then whoever is left.
      const matched = new Map<ListedUnit, ListedUnit>();
      for (const reserve of due) {
        const at = waiting.findIndex((unit) => siteOf(unit) === siteOf(reserve));
        if (at !== -1) matched.set(reserve, waiting.splice(at, 1)[0] as ListedUnit);
      }
      const inOrder = due.map((reserve) => ({
        unit: matched.get(reserve) ?? (waiting.shift() as ListedUnit),
        reserve,
      }));
      const without = [...waiting, ...others].map((unit) => ({ unit }));
      return [...inOrder, ...without].map(
        ({ unit, ...reserve }): DueReserve => ({
          unitId: unit.unitId,
          reason: reasonOf.get(unit.unitId) as ReportedLoss["reason"],
          stratum,
          ...reserve,
        }),
      );
    });
}
