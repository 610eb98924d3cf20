import { compareBytes } from "../../frame/text.js";
import type { Stratum } from "../strata.js";
import type { BeforeUpdate, EarlierStratum, UpdateClass } from "./update-facts.js";

/**
 * Parts each stratum of a corrected frame by where its units were in the version before.
 *
 * The sample of an earlier stratum is its first m tickets. A random order of a stratum is a random order of each of its parts,
 * interleaved at random and independently of them. So, given how many of a part were among the first m, s, they are the part's
 * first s units in an order that is still random: a simple random sample of it, and so are its first m′ ≥ s.
 *
 * A part of which none was in the sample is held back by its tickets: they are known to lie beyond the cut of an earlier
 * stratum, each part's beyond its own. Such parts and the newly eligible units make one class, which is to be drawn by tickets
 * that nothing is known of.
 *
 * @param homes - the plan's strata
 * @param options.sampled - units of the frame that were in the sample before
 * @param options.version - that the update makes, from 2
 * @returns in byte order of their keys
 */
export function updateClasses(
  homes: readonly Stratum[],
  options: {
    readonly before: BeforeUpdate;
    readonly earlier: readonly EarlierStratum[];
    readonly sampled: ReadonlySet<number>;
    /** Of these, units that do not respond. */
    readonly silent: ReadonlySet<number>;
    readonly version: number;
  },
): UpdateClass[] {
  const { before, sampled, silent, version } = options;
  const earlier = new Map(options.earlier.map((stratum) => [stratum.key, stratum]));
  const classes = homes.flatMap((home): UpdateClass[] => {
    const parts = new Map<string, number[]>();
    const kept = new Map<string, number>();
    for (const unit of home.units) {
      const key = before.strata[unit];
      if (key === undefined || !earlier.has(key)) continue;
      const part = parts.get(key);
      if (part === undefined) parts.set(key, [unit]);
      else part.push(unit);
      if (sampled.has(unit)) kept.set(key, (kept.get(key) ?? 0) + 1);
    }
    const own = [...kept].map(([key, count]): UpdateClass => {
      const from = earlier.get(key) as EarlierStratum;
      return {
        key: classKey(home.key, from, version),
        home: home.key,
        from: key,
        ...(from.tickets === undefined ? {} : { tickets: from.tickets }),
        units: Int32Array.from(parts.get(key) as number[]),
        kept: count,
        silent: (parts.get(key) as number[]).filter((unit) => silent.has(unit)).length,
      };
    });
    const rest = home.units.filter((unit) => !kept.has(before.strata[unit] ?? ""));
    if (rest.length === 0) return own;
    const key = `${home.key} · new in version ${version}`;
    return [...own, { key, home: home.key, tickets: version, units: rest, kept: 0, silent: 0 }];
  });
  return classes.sort((a, b) => compareBytes(a.key, b.key));
}

/** Units that stay in their stratum keep its key. A later version names itself, so that two moves are told apart. */
function classKey(home: string, from: EarlierStratum, version: number): string {
  if (from.home === home) return from.key;
  return `${home} · from ${from.key}${version === 2 ? "" : ` (version ${version})`}`;
}

/** The plan's stratum in a key, and how its class is told from others of it. */
export function partsOfKey(key: string): { readonly home: string; readonly part?: string } {
  const at = key.search(/ · (?:from |new in version \d+$)/);
  return at === -1 ? { home: key } : { home: key.slice(0, at), part: key.slice(at + 3) };
}
