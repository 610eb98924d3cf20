/** Children of one case, who are read by the same people; or a case, where cases are the units. */
export interface Family {
  /** Unlike that of every other family. */
  readonly key: string;
  /** At least one. */
  readonly units: readonly string[];
  /** Where it is reviewed; "" where nobody knows. */
  readonly site: string;
  /** Teams that may take it, the first choice first; each by its number. */
  readonly choices: readonly (readonly number[])[];
  /** Teams and pairs whose inspectors know the family. */
  readonly barred?: readonly Bar[];
  /** Who has it already. */
  readonly held?: Reader;
}

/** A pair of inspectors, both numbers from 0. */
export interface Reader {
  readonly team: number;
  readonly pair: number;
}

/** A whole team where there is no pair. */
export interface Bar {
  readonly team: number;
  readonly pair?: number;
}

/** A team to which families are given. */
export interface TeamRoom {
  /** Readings; absent: no limit. */
  readonly capacity?: number;
  readonly pairs: number;
}

/**
 * Why nobody has a family: no room in any team that may take it; its own teams know it; no team is for it; of a second review,
 * nobody but the first readers is there.
 */
export type Unplaced = "no-room" | "conflict" | "no-team" | "no-other-pair";

/** Who reads each family, by its key. */
export interface Assignment {
  readonly readers: ReadonlyMap<string, Reader>;
  readonly unplaced: ReadonlyMap<string, Unplaced>;
}

/** Pairs of a team that may read a family. */
export function pairsFor(family: Family, team: number, { pairs }: TeamRoom): number[] {
  const bars = (family.barred ?? []).filter((bar) => bar.team === team);
  if (bars.some(({ pair }) => pair === undefined)) return [];
  return Array.from({ length: pairs }, (_, pair) => pair).filter(
    (pair) => !bars.some((bar) => bar.pair === pair),
  );
}
