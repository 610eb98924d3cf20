import { CasedrawError } from "../../errors.js";
import { partsOfKey } from "../../sampling/update/classes.js";
import type { ResponseStratum } from "./stratum.js";

/** Strata that show their spread together: one that was left alone, or several that were collapsed. */
export interface VarianceStratum {
  readonly key: string;
  /** Indices of its strata. */
  readonly strata: readonly number[];
  readonly whole: boolean;
  /** Whether one of several strata has no responding unit, so that those of the others stand for its units too. */
  readonly pooled: boolean;
}

/**
 * Puts strata together for the variance.
 *
 * @param collapse - keys of strata that are to be one; each stratum in one group at the most
 * @returns in the order of their first stratum
 * @throws CasedrawError `ESTIMATE_STRATUM_TOO_FEW` for one with fewer than two responding units, unless all of it was reviewed
 */
export function varianceStrata(
  strata: readonly ResponseStratum[],
  collapse: readonly (readonly string[])[],
): VarianceStratum[] {
  const taken = new Set<number>();
  const made = strata.flatMap(({ key }, at): VarianceStratum[] => {
    if (taken.has(at)) return [];
    const group = collapse.find((keys) => keys.includes(key));
    const own =
      group === undefined ? [at] : [...strata.keys()].filter((i) => group.includes(keyOf(strata, i)));
    for (const each of own) taken.add(each);
    return [
      {
        key: own.map((i) => keyOf(strata, i)).join(" + "),
        strata: own,
        whole: own.every((i) => strata[i]?.whole === true),
        pooled: own.length > 1 && own.some((i) => responding(strata[i] as ResponseStratum) === 0),
      },
    ];
  });
  refuseFew(strata, made);
  return made;
}

function keyOf(strata: readonly ResponseStratum[], at: number): string {
  return (strata[at] as ResponseStratum).key;
}

function responding({ outOfScope, reviewed }: ResponseStratum): number {
  return outOfScope + reviewed;
}

/** How many levels two strata have in common: those with more are likelier to be alike. Classes of one stratum have them all. */
function levelsShared(a: string, b: string): number {
  const levels = partsOfKey(b).home.split(" / ");
  return partsOfKey(a)
    .home.split(" / ")
    .filter((level, at) => levels[at] === level).length;
}

/** Names no more strata than these as ones to merge with. */
const mostNamed = 3;

function refuseFew(strata: readonly ResponseStratum[], made: readonly VarianceStratum[]): void {
  for (const { key, strata: own, whole, pooled } of made) {
    const all = own.map((at) => strata[at] as ResponseStratum);
    // A stratum that was reviewed whole tells nothing of the spread of others, unless it is to stand for them.
    const counted = pooled ? all : all.filter((stratum) => !stratum.whole);
    const known = counted.reduce((sum, stratum) => sum + responding(stratum), 0);
    if (whole || known >= 2) continue;
    const population = counted.reduce((sum, stratum) => sum + stratum.population, 0);
    const others = made
      .filter((other) => other.key !== key && (pooled || !other.whole))
      .sort((a, b) => levelsShared(b.key, key) - levelsShared(a.key, key));
    const [first] = others;
    const named = others.slice(0, mostNamed).map((other) => `"${other.key}"`);
    const merged = [...own, ...(first?.strata ?? [])].map((at) => keyOf(strata, at)).join("=");
    throw new CasedrawError(
      "ESTIMATE_STRATUM_TOO_FEW",
      `Stratum "${key}": an estimate takes two reviewed cases or more, unless all of it was reviewed, got ` +
        `${known} of ${population} eligible. Review more of it` +
        (first === undefined
          ? "."
          : `, or merge it for the variance with one like it (${named.join(", ")}): --collapse "${merged}".`),
      { stratum: key, reviewed: known, population },
    );
  }
}
