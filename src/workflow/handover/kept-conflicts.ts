import { compareBytes } from "../../frame/text.js";
import { thousands } from "../../frame/words.js";
import type { TeamPlan } from "../../plan/types.js";
import type { Bar } from "../../sampling/handover/family.js";
import type { OutputTable } from "../output-table.js";
import type { SampleLists } from "./cases.js";
import type { FamilyBars, Grouping } from "./families.js";
import type { HandoverNote } from "./notes.js";
import type { Conflict, HandoverRecord } from "./record.js";

/** Who may not have which unit by an earlier handover, as far as the unit and the team are still there. */
export function barsBefore(
  earlier: HandoverRecord | undefined,
  { units }: SampleLists,
  teams: readonly TeamPlan[],
): Map<string, Bar[]> {
  const known = new Set(units.map(({ unitId }) => unitId));
  const bars = new Map<string, Bar[]>();
  for (const { unitId, team: name, pair } of earlier?.conflicts ?? []) {
    const team = teams.findIndex((each) => each.name === name);
    if (team === -1 || !known.has(unitId)) continue;
    const bar: Bar = { team, ...(pair === undefined ? {} : { pair: pair - 1 }) };
    bars.set(unitId, [...(bars.get(unitId) ?? []), bar]);
  }
  return bars;
}

/**
 * All conflicts that hold, for the next handover: of every unit of a family, because the unit that somebody named may leave the
 * sample and its siblings stay; and those before that have no effect now, because unit or team may come back.
 */
export function conflictsNow(
  { units }: SampleLists,
  context: {
    readonly bars: FamilyBars;
    readonly grouping: Grouping;
    readonly teams: readonly TeamPlan[];
    readonly earlier: HandoverRecord | undefined;
  },
): Conflict[] {
  const { bars, grouping, teams, earlier } = context;
  const own = units.flatMap(({ unitId }) =>
    (bars.get(grouping.familyOf.get(unitId) as string) ?? []).map(
      ({ team, pair }): Conflict => ({
        unitId,
        team: (teams[team] as TeamPlan).name,
        ...(pair === undefined ? {} : { pair: pair + 1 }),
      }),
    ),
  );
  const all = new Map([...own, ...(earlier?.conflicts ?? [])].map((each) => [keyOf(each), each]));
  return [...all].sort(([a], [b]) => compareBytes(a, b)).map(([, conflict]) => conflict);
}

function keyOf({ unitId, team, pair }: Conflict): string {
  return [unitId, team, pair ?? ""].join("\u001f");
}

/** `conflicts.csv`, as `--conflicts` takes it too. */
export function conflictsTable(conflicts: readonly Conflict[]): OutputTable {
  return {
    header: ["unit_id", "team", "pair"],
    rows: conflicts.map(({ unitId, team, pair }) => [unitId, team, pair ?? ""]),
  };
}

/** What is said where conflicts hold that nobody named this time. */
export function keptNote(
  before: ReadonlyMap<string, readonly Bar[]>,
  listed: ReadonlyMap<string, readonly Bar[]>,
  { familyOf }: Grouping,
): HandoverNote[] {
  const barKey = (unitId: string, { team, pair }: Bar): string =>
    [familyOf.get(unitId), team, pair ?? ""].join("\u001f");
  const named = new Set([...listed].flatMap(([unitId, bars]) => bars.map((bar) => barKey(unitId, bar))));
  const kept = [...before].filter(([unitId, bars]) => bars.some((bar) => !named.has(barKey(unitId, bar))));
  const count = kept.length;
  if (count === 0) return [];
  const cases = count === 1 ? "1 case" : `${thousands(count)} cases`;
  return [
    {
      code: "conflicts-kept",
      count,
      text: `Conflicts of the handover before hold for ${cases} too: conflicts.csv has them.`,
    },
  ];
}
