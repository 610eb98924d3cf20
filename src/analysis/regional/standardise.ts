import { quantile } from "../../statistics/quantile.js";
import type { Interval95 } from "../result.js";
import { type CaseDraws, replicates } from "./case-draws.js";
import type { MixStrata } from "./mix-strata.js";
import { againstRest, leastUnits } from "./verdict.js";

/** Units of which it is known whether they have what is measured; place i of each column is one unit. */
export interface KnownUnits {
  /** 1 where it has. */
  readonly has: Uint8Array;
  /** Its case; below the draws' number of cases. */
  readonly cases: Int32Array;
  /** Its area; −1 where that is not known, and then it is part of the whole only. */
  readonly areas: Int32Array;
  readonly areaCount: number;
}

/** By area and kind of case: how many have it, and of how many. */
interface Table {
  readonly has: Float64Array;
  readonly n: Float64Array;
}

/** Of one area. */
export interface StandardisedArea {
  /** Events at the comparator's rates for the area's mix. */
  readonly expected: number;
  /** Directly standardised, with what ranks it; absent where a kind of case of the whole is lacking. */
  readonly direct?: { readonly share: Interval95; readonly rank: Interval95 };
}

/**
 * What each area would have at the comparator's rates for its own mix of cases (indirect), and with the whole's mix at its own
 * rates (direct), with bounds and ranks from a bootstrap of cases.
 *
 * @param strata.fine - for expected numbers, which need the rates of the whole alone
 * @param strata.coarse - for direct standardisation, which needs every kind of case in every area
 * @returns by area; undefined where it has fewer than 10 units
 * @see Breslow & Day (1987) Statistical Methods in Cancer Research II, §§2.2–2.3; Goldstein & Spiegelhalter (1996) JRSS A
 *   159:385–443, for ranks with intervals
 */
export function standardisedAreas(
  units: KnownUnits,
  { fine, coarse }: { readonly fine: MixStrata; readonly coarse: MixStrata },
  draws: () => CaseDraws,
): readonly (StandardisedArea | undefined)[] {
  const { areaCount } = units;
  const direct = coarse.count < 2 ? [] : directAreas(units, coarse, draws);
  const table = tableOf(units, fine);
  const whole = wholeOf(units, fine);
  const total = sum(whole.n);
  return Array.from({ length: areaCount }, (_, area): StandardisedArea | undefined => {
    const n = sumOf(table.n, area, fine.count);
    if (n < leastUnits) return undefined;
    const expected = expectedIn({ table, whole, strata: fine.count, rest: againstRest(n, total) }, area);
    const found = direct[area];
    return { expected, ...(found === undefined ? {} : { direct: found }) };
  });
}

/** Directly standardised shares of the areas that have every kind of case; undefined for the others. */
function directAreas(
  units: KnownUnits,
  strata: MixStrata,
  draws: () => CaseDraws,
): readonly StandardisedArea["direct"][] {
  const { areaCount } = units;
  const table = tableOf(units, strata);
  const whole = wholeOf(units, strata);
  const total = sum(whole.n);
  const large = Array.from(
    { length: areaCount },
    (_, area) => sumOf(table.n, area, strata.count) >= leastUnits,
  );
  const complete = large.map(
    (enough, area) =>
      enough &&
      Array.from(whole.n).every((n, s) => n === 0 || (table.n[area * strata.count + s] as number) > 0),
  );
  const weights = whole.n.map((n) => n / total);
  return complete.filter(Boolean).length < 2 ? [] : directOf({ units, strata, weights, complete }, draws());
}

function tableOf({ has, areas, areaCount }: KnownUnits, { codes, count }: MixStrata): Table {
  const table = { has: new Float64Array(areaCount * count), n: new Float64Array(areaCount * count) };
  for (let at = 0; at < has.length; at++) {
    if ((areas[at] as number) < 0) continue;
    const cell = (areas[at] as number) * count + (codes[at] as number);
    table.n[cell]!++;
    table.has[cell]! += has[at] as number;
  }
  return table;
}

function wholeOf({ has }: KnownUnits, { codes, count }: MixStrata): Table {
  const whole = { has: new Float64Array(count), n: new Float64Array(count) };
  for (let at = 0; at < has.length; at++) {
    whole.n[codes[at] as number]!++;
    whole.has[codes[at] as number]! += has[at] as number;
  }
  return whole;
}

/** At the rest's rates for a large area; of a kind that the rest does not have, at the whole's, which is the area's own. */
function expectedIn(
  {
    table,
    whole,
    strata,
    rest,
  }: { readonly table: Table; readonly whole: Table; readonly strata: number; readonly rest: boolean },
  area: number,
): number {
  let expected = 0;
  for (let s = 0; s < strata; s++) {
    const [n, own] = [table.n[area * strata + s] as number, table.has[area * strata + s] as number];
    if (n === 0) continue;
    const [allN, all] = [whole.n[s] as number, whole.has[s] as number];
    expected += n * (rest && allN > n ? (all - own) / (allN - n) : all / allN);
  }
  return expected;
}

/** Units of one case, area and kind, added up once for all replicates. */
interface Cells {
  readonly cases: Int32Array;
  readonly places: Int32Array;
  /** has·2²⁶ + n: both add up in one sum, which stays whole below 2⁵³. */
  readonly counts: Float64Array;
}

const packing = 67_108_864;

function directOf(
  given: {
    readonly units: KnownUnits;
    readonly strata: MixStrata;
    readonly weights: Float64Array;
    readonly complete: readonly boolean[];
  },
  draws: CaseDraws,
): readonly StandardisedArea["direct"][] {
  const { units, strata, weights, complete } = given;
  const cells = cellsOf(units, strata);
  const sums = new Float64Array(units.areaCount * strata.count);
  const shares = (): Float64Array =>
    Float64Array.from(complete, (is, area) => (is ? shareOf(sums, weights, area) : Number.NaN));
  addUp(sums, cells, new Uint8Array(draws.cases).fill(1));
  const now = shares();
  const nowRanks = ranksOf(now);
  const [drawnShares, drawnRanks] = [complete.map((): number[] => []), complete.map((): number[] => [])];
  for (let k = 0; k < replicates; k++) {
    addUp(sums, cells, draws.times.subarray(k * draws.cases, (k + 1) * draws.cases));
    const drawn = shares();
    const places = ranksOf(drawn);
    for (let area = 0; area < drawn.length; area++) {
      if (Number.isNaN(drawn[area])) continue;
      (drawnShares[area] as number[]).push(drawn[area] as number);
      (drawnRanks[area] as number[]).push(places[area] as number);
    }
  }
  return complete.map((is, area) => {
    const [ofShare, ofRank] = [drawnShares[area] as number[], drawnRanks[area] as number[]];
    if (!is || ofShare.length < replicates / 2) return undefined;
    return {
      share: { value: now[area] as number, ...bounded(ofShare) },
      rank: rankWithBounds(nowRanks[area] as number, ofRank),
    };
  });
}

/**
 * A rank with the percentile bounds of its replicates, outwards to whole ranks and as far as the rank itself. Replicates vary by
 * chance twice over, so that ranks at the ends of the list are drawn towards its middle, of small areas most, and the
 * percentiles alone may leave out the rank that the data gave.
 *
 * @see Hall & Miller (2009) Annals of Statistics 37:3929–3959
 */
export function rankWithBounds(rank: number, replicated: readonly number[]): Interval95 {
  const { lower, upper } = bounded(replicated);
  return {
    value: rank,
    lower: Math.min(rank, Math.floor(lower)),
    upper: Math.max(rank, Math.ceil(upper)),
  };
}

/** The cells of all cases by place, each as often as its case is drawn. */
function addUp(sums: Float64Array, { cases, places, counts }: Cells, times: Uint8Array): void {
  sums.fill(0);
  for (let cell = 0; cell < cases.length; cell++) {
    sums[places[cell] as number]! += (times[cases[cell] as number] as number) * (counts[cell] as number);
  }
}

function bounded(values: readonly number[]): { readonly lower: number; readonly upper: number } {
  return { lower: quantile(values, 0.025), upper: quantile(values, 0.975) };
}

function cellsOf({ has, cases, areas, areaCount }: KnownUnits, { codes, count }: MixStrata): Cells {
  const width = areaCount * count;
  const known = new Map<number, number>();
  const [ofCase, ofPlace, counts]: [number[], number[], number[]] = [[], [], []];
  for (let at = 0; at < has.length; at++) {
    if ((areas[at] as number) < 0) continue;
    const place = (areas[at] as number) * count + (codes[at] as number);
    const key = (cases[at] as number) * width + place;
    let cell = known.get(key);
    if (cell === undefined) {
      cell = ofCase.push(cases[at] as number) - 1;
      known.set(key, cell);
      ofPlace.push(place);
      counts.push(0);
    }
    counts[cell]! += (has[at] as number) * packing + 1;
  }
  return {
    cases: Int32Array.from(ofCase),
    places: Int32Array.from(ofPlace),
    counts: Float64Array.from(counts),
  };
}

/** Not a number where a replicate lacks a kind of case: nothing is weighted anew. */
function shareOf(sums: Float64Array, weights: Float64Array, area: number): number {
  let share = 0;
  for (let s = 0; s < weights.length; s++) {
    if (weights[s] === 0) continue;
    const sum = sums[area * weights.length + s] as number;
    const has = Math.floor(sum / packing);
    const n = sum - has * packing;
    if (n === 0) return Number.NaN;
    share += ((weights[s] as number) * has) / n;
  }
  return share;
}

/** 1 is the highest; equal ones share the better place. */
function ranksOf(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return values.map((value) => {
    if (Number.isNaN(value)) return value;
    // How many are above: those after the last place of this value.
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] as number) > value) high = middle;
      else low = middle + 1;
    }
    return sorted.length - low + 1;
  });
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function sumOf(values: Float64Array, area: number, width: number): number {
  return sum(values.subarray(area * width, (area + 1) * width));
}
