import { compareBytes } from "../../frame/text.js";
import type { Family } from "./family.js";

/** Whoever may get families: a team, or a pair. */
export interface Bin {
  /** Readings that it has already. */
  readonly load: number;
  /** The most that it can have; Infinity for no limit. */
  readonly most: number;
  /** How much of the work is its fair share, beside the others: its pairs. */
  readonly share: number;
}

/** Who gets which families, by the bins' order; `left` are those for whom there is no room. */
export interface Dealt {
  readonly given: readonly (readonly Family[])[];
  readonly left: readonly Family[];
}

/**
 * Deals families out so that loads are even and few sites are shared.
 *
 * First each bin gets a quota, so that loads come out as even for its share as what they have and can take allows. Then the sites,
 * the largest first, go whole to the bin with the most quota left (Graham's longest-processing-time rule); one that fits into
 * none is cut between bins, each of which is filled before the next begins (McNaughton's wrap-around rule). A cut fills a bin, so
 * sites and parts of sites together are at most the sites and one less than the bins. Loads differ from their quotas by less than
 * the largest family. Within a site families of each size are spread evenly, so that a part of it has its share of each.
 *
 * @param families - in any order: what is dealt does not depend on it
 * @see Graham (1969) SIAM J. Appl. Math. 17:416–429; McNaughton (1959) Management Science 6:1–12
 */
export function deal(families: readonly Family[], bins: readonly Bin[]): Dealt {
  const given = bins.map((): Family[] => []);
  const left: Family[] = [];
  const quotas = quotasOf(sizeOf(families), bins);
  const rest = [...quotas];
  const room = bins.map(({ load, most }) => most - load);
  const give = (family: Family, bin: number): void => {
    (given[bin] as Family[]).push(family);
    rest[bin] = (rest[bin] as number) - family.units.length;
    room[bin] = (room[bin] as number) - family.units.length;
  };
  for (const site of sitesOf(families)) {
    const whole = sizeOf(site);
    const widest = best(bins, (bin) => ((room[bin] as number) >= whole ? (rest[bin] as number) : -Infinity));
    if (widest !== -1 && (rest[widest] as number) >= whole) {
      for (const family of site) give(family, widest);
      continue;
    }
    let filling = -1;
    for (const family of site) {
      const size = family.units.length;
      const fits = (bin: number): boolean => (room[bin] as number) >= size;
      // A bin is full once less than half of the next family is wanted there.
      if (filling === -1 || !fits(filling) || (rest[filling] as number) * 2 < size)
        filling = best(bins, (bin) => (fits(bin) ? (rest[bin] as number) : -Infinity));
      if (filling === -1) left.push(family);
      else give(family, filling);
    }
  }
  return { given, left };
}

function sizeOf(families: readonly Family[]): number {
  return families.reduce((sum, { units }) => sum + units.length, 0);
}

/** The first bin of the highest worth; -1 where none is worth anything. */
function best(bins: readonly Bin[], worth: (bin: number) => number): number {
  let found = -1;
  for (let bin = 0; bin < bins.length; bin++) {
    if (worth(bin) > (found === -1 ? -Infinity : worth(found))) found = bin;
  }
  return found;
}

/** Whole numbers that sum to the size, or to the room that there is: each reading to whoever then has the least for its share. */
function quotasOf(size: number, bins: readonly Bin[]): number[] {
  const quotas = bins.map(() => 0);
  const after = (bin: number): number => {
    const { load, share } = bins[bin] as Bin;
    return (load + (quotas[bin] as number) + 1) / share;
  };
  for (let given = 0; given < size; given++) {
    const next = best(bins, (bin) => {
      const { load, most } = bins[bin] as Bin;
      return load + (quotas[bin] as number) < most ? -after(bin) : -Infinity;
    });
    if (next === -1) break;
    quotas[next] = (quotas[next] as number) + 1;
  }
  return quotas;
}

/** Families by site, the largest site first, and within one those of each size spread evenly. */
function sitesOf(families: readonly Family[]): Family[][] {
  const bySite = new Map<string, Family[]>();
  for (const family of families.toSorted((a, b) => compareBytes(a.key, b.key))) {
    const own = bySite.get(family.site);
    if (own === undefined) bySite.set(family.site, [family]);
    else own.push(family);
  }
  return [...bySite]
    .sort(([a, x], [b, y]) => sizeOf(y) - sizeOf(x) || compareBytes(a, b))
    .map(([, own]) => spread(own));
}

function spread(families: readonly Family[]): Family[] {
  const bySize = new Map<number, Family[]>();
  for (const family of families) {
    const size = family.units.length;
    bySize.set(size, [...(bySize.get(size) ?? []), family]);
  }
  return [...bySize]
    .flatMap(([size, own]) => own.map((family, at) => ({ family, size, place: (at + 0.5) / own.length })))
    .sort((a, b) => a.place - b.place || b.size - a.size || compareBytes(a.family.key, b.family.key))
    .map(({ family }) => family);
}
