import { compareBytes } from "../../frame/text.js";
import type { TeamPlan } from "../../plan/types.js";
import type { Assignment, Unplaced } from "../../sampling/handover/family.js";
import type { ListedUnit } from "./cases.js";
import type { Grouping } from "./families.js";
import { worksheetPath } from "./readers.js";
import type { AssignedRow, SheetRole } from "./record.js";

const reasons: Readonly<Record<Unplaced, string>> = {
  "no-room": "no room",
  "no-team": "no team",
  "no-other-pair": "no other pair",
  conflict: "conflict",
};

/** Units with whoever reads them; their places in the worksheets follow with {@link withPlaces}. */
export function rowsOf(
  units: readonly ListedUnit[],
  { readers, unplaced }: Assignment,
  {
    grouping,
    teams,
    second = false,
  }: { readonly grouping: Grouping; readonly teams: readonly TeamPlan[]; readonly second?: boolean },
): AssignedRow[] {
  return units.map((unit): AssignedRow => {
    const family = grouping.familyOf.get(unit.unitId) as string;
    const reader = readers.get(family);
    const role: SheetRole = second ? "second reading" : unit.role;
    const base = { unitId: unit.unitId, role, site: grouping.siteOf(unit), stratum: unit.stratum };
    if (reader === undefined) {
      const why = reasons[unplaced.get(family) ?? "no-room"];
      return {
        ...base,
        team: "",
        worksheet: "",
        row: 0,
        unplaced: second && !unplaced.has(family) ? "no first reader" : why,
      };
    }
    const team = teams[reader.team] as TeamPlan;
    return {
      ...base,
      team: team.name,
      ...(unit.role === "reserve" ? {} : { pair: reader.pair + 1 }),
      worksheet: worksheetPath(team, second),
      row: 0,
    };
  });
}

/** The first row below a sheet's header: title, description and header come before it. */
const firstRow = 4;

const roles: readonly SheetRole[] = ["sampled", "chosen", "reserve", "second reading"];

/** In the order of the worksheets, each with its row: by pair, site and id; reserves by stratum, in the order of their release. */
export function withPlaces(
  rows: readonly AssignedRow[],
  units: ReadonlyMap<string, ListedUnit>,
): AssignedRow[] {
  const sorted = rows.toSorted(
    (a, b) =>
      compareBytes(a.worksheet, b.worksheet) ||
      roles.indexOf(a.role) - roles.indexOf(b.role) ||
      (a.pair ?? 0) - (b.pair ?? 0) ||
      (a.role === "reserve"
        ? compareBytes(a.stratum, b.stratum) || orderOf(a, units) - orderOf(b, units)
        : compareBytes(a.site, b.site)) ||
      compareBytes(a.unitId, b.unitId),
  );
  const next = new Map<string, number>();
  return sorted.map((row) => {
    if (row.worksheet === "") return row;
    const sheet = `${row.worksheet} ${row.role}`;
    const at = next.get(sheet) ?? firstRow;
    next.set(sheet, at + 1);
    return { ...row, row: at };
  });
}

function orderOf({ unitId }: AssignedRow, units: ReadonlyMap<string, ListedUnit>): number {
  return units.get(unitId)?.order ?? 0;
}
