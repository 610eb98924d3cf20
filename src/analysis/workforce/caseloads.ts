import { isBlankLevel, notRecorded } from "../../frame/field.js";
import { levelLabel } from "../../frame/labels.js";
import { compareBytes } from "../../frame/text.js";
import { isUnknown, noColumns } from "../axis.js";
import { openUnits } from "../day-standing.js";
import type { Subject } from "../item.js";
import { byName } from "../name-order.js";
import { completenessOf } from "../quality/completeness.js";
import { onlyFields } from "../subject-fields.js";
import { tabulate } from "../tabulate.js";
import type { Level, Tally } from "../tally.js";
import { unitNoun } from "../units.js";

/** A team and how many open units each of its practitioners holds. */
export interface TeamLoads {
  readonly level: Level;
  /** Ascending. */
  readonly loads: readonly number[];
}

export interface Caseloads {
  /** In byte order of their names, teams not known last. */
  readonly teams: readonly TeamLoads[];
  /** Practitioners with open units in more than one team, who count in the one where they have most. */
  readonly inSeveralTeams: number;
}

/** Counts open units by practitioner, and practitioners under the team where they have most (of equal ones the first by bytes). */
export function caseloadsOf(subject: Subject): Caseloads {
  const { fields } = subject.frame;
  const practitioner = fields.get("practitioner");
  const team = fields.get("team");
  if (practitioner === undefined) throw new Error("the frame has no field practitioner");
  const held = practitioner.levels.map(() => new Map<string, number>());
  for (const unit of openUnits(subject) ?? subject.units) {
    const code = practitioner.codes[unit] as number;
    if (isUnknown(practitioner, practitioner.levels[code] as string)) continue;
    const of = team === undefined ? "" : (team.levels[team.codes[unit] as number] as string);
    const teams = held[code] as Map<string, number>;
    teams.set(of, (teams.get(of) ?? 0) + 1);
  }
  const loads = new Map<string, number[]>();
  let inSeveralTeams = 0;
  for (const teams of held) {
    if (teams.size === 0) continue;
    if (teams.size > 1) inSeveralTeams++;
    const [home] = [...teams].sort(([a, m], [b, n]) => n - m || compareBytes(a, b))[0] as [string, number];
    const load = [...teams.values()].reduce((sum, count) => sum + count, 0);
    loads.set(home, [...(loads.get(home) ?? []), load]);
  }
  const unknown = (key: string): boolean => key === notRecorded || isBlankLevel("category", key);
  const teams = [...loads]
    .sort(([a], [b]) => Number(unknown(a)) - Number(unknown(b)) || byName(a, b))
    .map(([key, list]): TeamLoads => {
      const label = team === undefined ? "All" : levelLabel("team", key || notRecorded, subject.plan);
      return {
        level: { key, label, ...(team !== undefined && unknown(key) ? { unknown: true } : {}) },
        loads: list.sort((a, b) => a - b),
      };
    });
  return { teams, inSeveralTeams };
}

/** Open units by whether somebody holds them: the rows say that nobody is known, or that somebody is. */
export function holderTally(subject: Subject): Tally {
  const { frame, plan } = subject;
  const practitioner = frame.fields.get("practitioner");
  if (practitioner === undefined) throw new Error("the frame has no field practitioner");
  return tabulate(onlyFields(subject, [completenessOf(practitioner)]), {
    id: "caseload/holders",
    universe: `open ${unitNoun(plan)}`,
    within: unitNoun(plan),
    rows: "practitioner",
    units: openUnits(subject) ?? subject.units,
  });
}

/** Practitioners by whether their open units are of several teams. */
export function severalTeamsTally(teams: readonly TeamLoads[], several: number): Tally {
  const total = teams.reduce((sum, { loads }) => sum + loads.length, 0);
  const levels: Level[] = [
    { key: "several", label: "Several teams" },
    { key: "one", label: "One team" },
  ];
  return {
    id: "caseload/teams",
    universe: "practitioners",
    rows: { field: "number_of_teams", label: "Teams", levels },
    columns: noColumns,
    cells: levels.map(() => []),
    rowTotals: [several, total - several],
    columnTotals: [],
    total,
    disjoint: true,
  };
}

/** Lower bounds of the bands that a publishable edition counts practitioners by. */
const bandsFrom = [1, 10, 20, 30, 40] as const;

/** Practitioners by band of caseload and by team. */
export function bandTally(teams: readonly TeamLoads[]): Tally {
  const levels = bandsFrom.map((from, at): Level => {
    const next = bandsFrom[at + 1];
    const key = next === undefined ? `${from} and over` : `${from} to ${next - 1}`;
    return { key, label: key };
  });
  const bandOf = (load: number): number => bandsFrom.findLastIndex((from) => load >= from);
  const cells = levels.map((_, band) =>
    teams.map(({ loads }) => loads.filter((load) => bandOf(load) === band).length),
  );
  const columnTotals = teams.map(({ loads }) => loads.length);
  const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0);
  return {
    id: "caseload",
    universe: "practitioners",
    rows: { field: "caseload_band", label: "Caseload", levels },
    columns: { field: "team", label: "Team", levels: teams.map(({ level }) => level) },
    cells,
    rowTotals: cells.map(sum),
    columnTotals,
    total: sum(columnTotals),
    disjoint: true,
  };
}
