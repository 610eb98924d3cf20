import { compareBytes } from "../../frame/text.js";
import { deal } from "./deal.js";
import {
  type Assignment,
  type Family,
  pairsFor,
  type Reader,
  type TeamRoom,
  type Unplaced,
} from "./family.js";
import { makeRoom } from "./make-room.js";

/**
 * Gives families to teams, and within a team to pairs. Nothing of it depends on the order of the families, and nothing of the
 * selection depends on it.
 *
 * Whoever has a family keeps it, unless they are barred. The others go to a team of their first choice, as evenly as {@link deal}
 * does it. Where those are full, what others have is moved along until there is room, if there can be (Kuhn's augmenting paths);
 * else the next choice is tried. A family that inspectors of a team of its choices may not have goes to any team with room before it is lost. No
 * capacity is ever exceeded.
 *
 * @see Kuhn (1955) Naval Research Logistics Quarterly 2:83–97
 */
export function assign(families: readonly Family[], teams: readonly TeamRoom[]): Assignment {
  const ordered = families.toSorted((a, b) => compareBytes(a.key, b.key));
  const taken = new Map<string, number>();
  const loads = teams.map(() => 0);
  const roomOf = (team: number): number => (teams[team]?.capacity ?? Infinity) - (loads[team] as number);
  const take = (family: Family, team: number): void => {
    const before = taken.get(family.key);
    if (before !== undefined) loads[before] = (loads[before] as number) - family.units.length;
    taken.set(family.key, team);
    loads[team] = (loads[team] as number) + family.units.length;
  };
  const open = (family: Family, team: number): boolean =>
    pairsFor(family, team, teams[team] as TeamRoom).length > 0;
  for (const family of ordered) {
    const team = family.held?.team;
    if (team !== undefined && open(family, team) && roomOf(team) >= family.units.length) take(family, team);
  }
  const everyTeam = [...teams.keys()];
  const choicesOf = ({ choices, barred = [] }: Family): readonly (readonly number[])[] =>
    barred.some(({ team }) => choices.some((level) => level.includes(team)))
      ? [...choices, everyTeam]
      : choices;
  const depth = Math.max(0, ...ordered.map((family) => choicesOf(family).length));
  for (let level = 0; level < depth; level++) {
    const waiting = ordered.filter(({ key }) => !taken.has(key));
    const openTeams = (family: Family): number[] =>
      (choicesOf(family)[level] ?? []).filter((team) => open(family, team));
    for (const { bins, group } of groupsOf(waiting, openTeams)) {
      const rooms = bins.map((team) => ({
        load: loads[team] as number,
        most: teams[team]?.capacity ?? Infinity,
        share: (teams[team] as TeamRoom).pairs,
      }));
      deal(group, rooms).given.forEach((own, at) => {
        for (const family of own) take(family, bins[at] as number);
      });
    }
    const allowed = (family: Family): number[] =>
      choicesOf(family)
        .slice(0, level + 1)
        .flat()
        .filter((team) => open(family, team));
    for (const family of waiting) {
      if (taken.has(family.key)) continue;
      for (const move of makeRoom(family, { families: ordered, taken, roomOf, allowed }))
        take(move.family, move.team);
    }
  }
  return {
    readers: pairsOf(ordered, teams, taken),
    unplaced: new Map(
      ordered
        .filter(({ key }) => !taken.has(key))
        .map((family): [string, Unplaced] => [
          family.key,
          choicesOf(family).flat().length === 0
            ? "no-team"
            : choicesOf(family)
                  .flat()
                  .some((team) => open(family, team))
              ? "no-room"
              : "conflict",
        ]),
    ),
  };
}

/** Families that may go to the same bins, those with the fewest bins first. */
function groupsOf(families: readonly Family[], binsOf: (family: Family) => readonly number[]) {
  const groups = new Map<string, { readonly bins: readonly number[]; readonly group: Family[] }>();
  for (const family of families) {
    const bins = binsOf(family);
    if (bins.length === 0) continue;
    const key = bins.join(" ");
    const own = groups.get(key);
    if (own === undefined) groups.set(key, { bins, group: [family] });
    else own.group.push(family);
  }
  return [...groups]
    .sort(([a, x], [b, y]) => x.bins.length - y.bins.length || compareBytes(a, b))
    .map(([, group]) => group);
}

/** The pair of each family within its team. */
function pairsOf(
  families: readonly Family[],
  teams: readonly TeamRoom[],
  taken: ReadonlyMap<string, number>,
): Map<string, Reader> {
  const readers = new Map<string, Reader>();
  teams.forEach((room, team) => {
    const own = families.filter(({ key }) => taken.get(key) === team);
    const loads = Array.from({ length: room.pairs }, () => 0);
    const read = (family: Family, pair: number): void => {
      readers.set(family.key, { team, pair });
      loads[pair] = (loads[pair] as number) + family.units.length;
    };
    for (const family of own) {
      const pair = family.held?.team === team ? family.held.pair : -1;
      if (pairsFor(family, team, room).includes(pair)) read(family, pair);
    }
    const waiting = own.filter(({ key }) => !readers.has(key));
    for (const { bins, group } of groupsOf(waiting, (family) => pairsFor(family, team, room))) {
      const rooms = bins.map((pair) => ({ load: loads[pair] as number, most: Infinity, share: 1 }));
      deal(group, rooms).given.forEach((given, at) => {
        for (const family of given) read(family, bins[at] as number);
      });
    }
  });
  return readers;
}
