import type { TeamPlan } from "../../plan/types.js";
import type { Reader } from "../../sampling/handover/family.js";
import type { HandoverRecord } from "./record.js";

/**
 * Who had each unit in an earlier handover, as far as the team and the pair are still there.
 *
 * @param reading - to read it first, or again
 */
export function heldBefore(
  earlier: HandoverRecord | undefined,
  teams: readonly TeamPlan[],
  reading: "first" | "second",
): Map<string, Reader> {
  return new Map(
    (earlier?.rows ?? []).flatMap(({ unitId, role, team: name, pair }): [string, Reader][] => {
      const team = teams.findIndex((each) => each.name === name);
      const there = pair !== undefined && team !== -1 && pair <= (teams[team]?.pairs ?? 0);
      if (!there || role === "reserve" || (role === "second reading") !== (reading === "second")) return [];
      return [[unitId, { team, pair: pair - 1 }]];
    }),
  );
}
