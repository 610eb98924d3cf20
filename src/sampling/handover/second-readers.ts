import { compareBytes } from "../../frame/text.js";
import {
  type Assignment,
  type Family,
  pairsFor,
  type Reader,
  type TeamRoom,
  type Unplaced,
} from "./family.js";

/**
 * Gives second reviews to others than the first readers: another pair of the same team, else a team that may take the family,
 * else any; of those with room the pair that has the least to read (Graham's list scheduling). Families are of the units that are
 * read twice.
 *
 * @param options.first - who reads each family first
 * @param options.loads - readings that each team's pairs have already
 */
export function assignSecondReaders(
  families: readonly Family[],
  teams: readonly TeamRoom[],
  options: {
    readonly first: ReadonlyMap<string, Reader>;
    readonly loads: readonly (readonly number[])[];
  },
): Assignment {
  const loads = options.loads.map((pairs) => [...pairs]);
  const roomOf = (team: number): number =>
    (teams[team]?.capacity ?? Infinity) - (loads[team] as number[]).reduce((sum, load) => sum + load, 0);
  const readers = new Map<string, Reader>();
  const unplaced = new Map<string, Unplaced>();
  const inOrder = families.toSorted((a, b) => compareBytes(a.site, b.site) || compareBytes(a.key, b.key));
  const pairs = teams.reduce((sum, team) => sum + team.pairs, 0);
  for (const family of inOrder) {
    const first = options.first.get(family.key);
    const others = (team: number): Reader[] =>
      pairsFor(family, team, teams[team] as TeamRoom)
        .filter((pair) => first?.team !== team || first.pair !== pair)
        .map((pair) => ({ team, pair }));
    const load = ({ team, pair }: Reader): number => loads[team]?.[pair] as number;
    const own = first === undefined ? [] : [first.team];
    const candidates = [own, ...family.choices, [...teams.keys()]].map((level) => level.flatMap(others));
    const held = candidates
      .flat()
      .filter(({ team, pair }) => family.held?.team === team && family.held.pair === pair);
    const chosen = [held, ...candidates]
      .map((level) => level.filter(({ team }) => roomOf(team) >= family.units.length))
      .find((level) => level.length > 0)
      ?.reduce((least, each) => (load(each) < load(least) ? each : least));
    if (chosen === undefined) {
      unplaced.set(
        family.key,
        candidates.flat().length > 0 ? "no-room" : pairs > 1 ? "conflict" : "no-other-pair",
      );
      continue;
    }
    readers.set(family.key, chosen);
    (loads[chosen.team] as number[])[chosen.pair] = load(chosen) + family.units.length;
  }
  return { readers, unplaced };
}
