import type { AssignedRow, Conflict } from "../handover/record.js";

/** A conflict, and whether the latest handover took the case away from those who know the family. */
export interface StandingConflict extends Conflict {
  readonly settled: boolean;
}

/**
 * Tells conflicts that the latest handover has settled from those that still stand. The settled stay in the list: whoever knows
 * a family must not get its case back from a later handover.
 *
 * @param rows - who has which case in the latest handover, to read first or again
 */
export function withStanding(
  conflicts: readonly Conflict[],
  rows: readonly AssignedRow[],
): StandingConflict[] {
  const byUnit = new Map<string, AssignedRow[]>();
  for (const row of rows) byUnit.set(row.unitId, [...(byUnit.get(row.unitId) ?? []), row]);
  return conflicts.map((conflict) => {
    const { unitId, team, pair } = conflict;
    const own = byUnit.get(unitId);
    const stands =
      own === undefined || own.some((row) => row.team === team && (pair === undefined || row.pair === pair));
    return { ...conflict, settled: !stands };
  });
}
