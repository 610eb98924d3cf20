import type { Family } from "./family.js";

/** A family that goes to a team, from where it is, if it is anywhere. */
export interface Move {
  readonly family: Family;
  readonly team: number;
}

/** Who has what while families are given out. */
export interface Given {
  readonly families: readonly Family[];
  /** Team by family. */
  readonly taken: ReadonlyMap<string, number>;
  readonly roomOf: (team: number) => number;
  /** Teams to which a family may go, the first choice first. */
  readonly allowed: (family: Family) => readonly number[];
}

/**
 * The moves after which a family has a team: along a chain of teams, each of which gives a family to the next. What is held stays.
 *
 * @returns in the order in which no team ever has more than its room; empty where no chain was found. With families of one size
 *   there is then none
 */
export function makeRoom(family: Family, given: Given): Move[] {
  return chain(family, given, new Set()) ?? [];
}

function chain(family: Family, given: Given, seen: Set<number>): Move[] | undefined {
  const { taken, roomOf, allowed, families } = given;
  const size = family.units.length;
  const teams = allowed(family).filter((team) => !seen.has(team));
  const open = teams.find((team) => roomOf(team) >= size);
  if (open !== undefined) return [{ family, team: open }];
  for (const team of teams) {
    if (seen.has(team)) continue;
    seen.add(team);
    const wanted = size - roomOf(team);
    const own = families
      .filter(
        ({ key, held, units }) => taken.get(key) === team && held === undefined && units.length >= wanted,
      )
      .sort((a, b) => a.units.length - b.units.length);
    for (const other of own) {
      const moves = chain(other, given, seen);
      if (moves !== undefined) return [...moves, { family, team }];
    }
  }
  return undefined;
}
