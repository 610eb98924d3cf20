import { CasedrawError } from "../../errors.js";
import { compareBytes } from "../../frame/text.js";
import type { HandoverPlan, Plan, TeamPlan } from "../../plan/types.js";
import { assign } from "../../sampling/handover/assign.js";
import type { Assignment, Bar, Reader, Unplaced } from "../../sampling/handover/family.js";
import { assignSecondReaders } from "../../sampling/handover/second-readers.js";
import { drawSecondReviews, type SecondReview } from "../../sampling/handover/second-reviews.js";
import { isLost, type ListedUnit, type SampleLists } from "./cases.js";
import { familiesOf, type Grouping, groupUnits } from "./families.js";
import { worksheetPath } from "./readers.js";
import type { AssignedRow, HandoverRecord, SheetRole } from "./record.js";

/** Who reads what, before anything is written. */
export interface Handover {
  readonly plan: Plan;
  readonly teams: readonly TeamPlan[];
  readonly settings: HandoverPlan;
  readonly units: ReadonlyMap<string, ListedUnit>;
  /** In the order of the worksheets. */
  readonly rows: readonly AssignedRow[];
  readonly secondReviews: readonly SecondReview[];
  readonly notes: readonly HandoverNote[];
}

/** What must be said of a handover. */
export interface HandoverNote {
  readonly code: string;
  readonly text: string;
  readonly count: number;
}

const reasons: Readonly<Record<Unplaced, string>> = {
  "no-room": "no room",
  "no-team": "no team",
  conflict: "conflict",
};

/**
 * Gives a sample's cases to the teams of a plan. It reads the sample's lists, and changes nothing of the sample.
 *
 * @param options.seed - of the sample, for the tickets of second reviews
 * @param options.bars - who may not have which unit
 * @param options.earlier - a handover before, whose readers keep what they have
 * @throws CasedrawError `HANDOVER_NOT_PLANNED`, `HANDOVER_FIELD_MISSING`, `ALLOCATION_INFEASIBLE`
 */
export function makeHandover(
  lists: SampleLists,
  plan: Plan,
  options: {
    readonly seed: string;
    readonly bars: ReadonlyMap<string, readonly Bar[]>;
    readonly earlier?: HandoverRecord;
  },
): Handover {
  const { teams, settings } = plannedParts(plan);
  const { seed, earlier } = options;
  const grouping = groupUnits(lists, plan);
  const bars = byFamily(options.bars, grouping);
  const due = lists.units.filter((unit) => unit.role !== "reserve" && !isLost(unit));
  const first = assignFirst(due, { grouping, teams, bars, earlier });
  const sampled = due.filter(({ role }) => role === "sampled");
  const read = sampled.filter(({ unitId }) => first.readers.has(grouping.familyOf.get(unitId) as string));
  const secondReviews =
    settings.double_review === undefined || sampled.length === 0
      ? []
      : drawSecondReviews(sampled, {
          seed,
          wanted: settings.double_review,
          ...(earlier?.secondReviews === undefined
            ? {}
            : { earlier: { offered: offeredBefore(earlier), drawn: earlier.secondReviews } }),
        });
  const again = new Set(secondReviews.map(({ unitId }) => unitId));
  const second = assignSecondReaders(
    familiesOf(
      read.filter(({ unitId }) => again.has(unitId)),
      grouping,
      { bars, heldBy: heldBefore(earlier, teams, true) },
    ),
    teams,
    { first: first.readers, loads: loadsOf(due, { grouping, readers: first.readers, teams }) },
  );
  const spare = lists.units.filter(({ role }) => role === "reserve");
  const placed = { grouping, teams };
  const rows = [
    ...rowsOf(due, first, placed),
    ...rowsOf(spare, reserveTeams(spare, { grouping, teams, bars, first }), placed),
    ...rowsOf(
      sampled.filter(({ unitId }) => again.has(unitId)),
      second,
      { ...placed, second: true },
    ),
  ];
  const units = new Map(lists.units.map((unit) => [unit.unitId, unit]));
  const inSheets = withPlaces(rows, units);
  return {
    plan,
    teams,
    settings,
    units,
    rows: inSheets,
    secondReviews,
    notes: [
      ...grouping.notes.map(({ code, text, count }) => ({ code, text, count })),
      ...notesOf(inSheets, lists),
    ],
  };
}

function plannedParts({ teams, handover }: Plan): {
  readonly teams: readonly TeamPlan[];
  readonly settings: HandoverPlan;
} {
  if (teams !== undefined && handover !== undefined) return { teams, settings: handover };
  const lacking = [
    ...(teams === undefined ? ["teams"] : []),
    ...(handover === undefined ? ["handover"] : []),
  ];
  throw new CasedrawError(
    "HANDOVER_NOT_PLANNED",
    `Plan says nothing of the handover: it needs teams and handover, got a plan without ${lacking.join(" and ")}. ` +
      "Add them; they are no part of the draw, which stays as it is.",
    { lacking },
  );
}

type Bars = ReadonlyMap<string, readonly Bar[]>;

function byFamily(bars: Bars, { familyOf }: Grouping): Bars {
  const found = new Map<string, Bar[]>();
  for (const [unitId, own] of bars) {
    const family = familyOf.get(unitId) as string;
    found.set(family, [...(found.get(family) ?? []), ...own]);
  }
  return found;
}

/** Whoever has a family's second reading gets the first only where nobody else can take it: they may have read it already. */
function assignFirst(
  due: readonly ListedUnit[],
  {
    grouping,
    teams,
    bars,
    earlier,
  }: {
    readonly grouping: Grouping;
    readonly teams: readonly TeamPlan[];
    readonly bars: Bars;
    readonly earlier: HandoverRecord | undefined;
  },
): Assignment {
  const heldBy = heldBefore(earlier, teams, false);
  const given = (barred: Bars): Assignment =>
    assign(familiesOf(due, grouping, { bars: barred, heldBy }), teams);
  const again = [...heldBefore(earlier, teams, true)].flatMap(([unitId, reader]): [string, Bar][] => {
    const family = grouping.familyOf.get(unitId);
    return family === undefined || !bars.has(family) ? [] : [[family, reader]];
  });
  if (again.length === 0) return given(bars);
  const barring = (others: readonly [string, Bar][]): Bars => {
    const wider = new Map(bars);
    for (const [family, reader] of others) wider.set(family, [...(wider.get(family) ?? []), reader]);
    return wider;
  };
  const apart = given(barring(again));
  const placed = again.filter(([family]) => apart.readers.has(family));
  return placed.length === again.length ? apart : given(barring(placed));
}

/** Sampled units of an earlier handover: from them its second reviews were drawn. */
function offeredBefore({ rows }: HandoverRecord): Set<string> {
  return new Set(rows.filter(({ role }) => role === "sampled").map(({ unitId }) => unitId));
}

/** Who had each unit, as far as the team and the pair are still there. */
function heldBefore(
  earlier: HandoverRecord | undefined,
  teams: readonly TeamPlan[],
  second: boolean,
): Map<string, Reader> {
  return new Map(
    (earlier?.rows ?? []).flatMap(({ unitId, role, team: name, pair }): [string, Reader][] => {
      const team = teams.findIndex((each) => each.name === name);
      const there = pair !== undefined && team !== -1 && pair <= (teams[team]?.pairs ?? 0);
      if (!there || role === "reserve" || (role === "second reading") !== second) return [];
      return [[unitId, { team, pair: pair - 1 }]];
    }),
  );
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

/** A reserve stands with the team that has its family, else with one that may take it; it is no work until it is released. */
function reserveTeams(
  spare: readonly ListedUnit[],
  {
    grouping,
    teams,
    bars,
    first,
  }: {
    readonly grouping: Grouping;
    readonly teams: readonly TeamPlan[];
    readonly bars: Bars;
    readonly first: Assignment;
  },
): Assignment {
  const heldBy = new Map(
    spare.flatMap(({ unitId }): [string, Reader][] => {
      const reader = first.readers.get(grouping.familyOf.get(unitId) as string);
      return reader === undefined ? [] : [[unitId, reader]];
    }),
  );
  return assign(
    familiesOf(spare, grouping, { bars, heldBy }),
    teams.map(({ pairs }) => ({ pairs })),
  );
}

function rowsOf(
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
function withPlaces(rows: readonly AssignedRow[], units: ReadonlyMap<string, ListedUnit>): AssignedRow[] {
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

function notesOf(rows: readonly AssignedRow[], { gone }: SampleLists): HandoverNote[] {
  const without = (why: string, what: (role: SheetRole) => boolean): number =>
    rows.filter(({ unplaced, role }) => unplaced === why && what(role)).length;
  const due = (role: SheetRole): boolean => role === "sampled" || role === "chosen";
  const note = (code: string, count: number, text: (cases: string) => string): HandoverNote[] =>
    count === 0 ? [] : [{ code, count, text: text(count === 1 ? "1 case" : `${count} cases`) }];
  return [
    ...note(
      "no-room",
      without("no room", due),
      (cases) =>
        `Nobody has ${cases}: every team that may take them is full. They are in assignment.csv; raise a capacity, or add a pool.`,
    ),
    ...note(
      "no-team",
      without("no team", due),
      (cases) =>
        `Nobody has ${cases}: no team's where covers them, and there is no pool. They are in assignment.csv.`,
    ),
    ...note(
      "conflict-lost",
      without("conflict", due),
      (cases) =>
        `Nobody can take ${cases} because of conflicts. Those that were sampled are in replacement-log.csv, for casedraw sample --replace.`,
    ),
    ...note(
      "second-not-assigned",
      rows.filter(({ unplaced, role }) => unplaced !== undefined && role === "second reading").length,
      (cases) =>
        `Nobody has the second reading of ${cases}. They stay in second-reviews.csv, as the probabilities demand: casedraw estimate counts them as not answered.`,
    ),
    ...note(
      "reserves-without-team",
      rows.filter(({ unplaced, role }) => unplaced !== undefined && role === "reserve").length,
      (cases) =>
        `No team's where covers ${cases} in reserve; if one is released, hand over again with a team for it.`,
    ),
    ...note(
      "chosen-gone",
      gone.length,
      (cases) => `Not handed over: ${cases}, chosen, that the corrected export no longer has.`,
    ),
  ];
}
