/**
 * The chance that a simple random sample without replacement holds nobody of a group: C(N − g, n) / C(N, n).
 *
 * @param options.population - N; whole number ≥ 1
 * @param options.group - g, how many of them belong to the group; whole number ≤ N
 * @param options.sampleSize - n; whole number ≤ N
 * @returns a fraction; exactly 0 where no sample can miss the group
 * @see Johnson, Kemp & Kotz (2005) Univariate Discrete Distributions, 3rd ed., §6.2, the hypergeometric distribution at 0
 * @example chanceMissed({ population: 5, group: 2, sampleSize: 2 }) // → 0.3; C(3,2)/C(5,2)
 */
export function chanceMissed(options: {
  readonly population: number;
  readonly group: number;
  readonly sampleSize: number;
}): number {
  const { population, group, sampleSize } = options;
  let chance = 1;
  for (let i = 0; i < group && chance > 0; i++) {
    chance *= Math.max(0, population - sampleSize - i) / (population - i);
  }
  return chance;
}

/** The least simple random sample that holds nobody of a group with at most this chance, a fraction ≥ 0. */
export function sizeAgainstMissing(options: {
  readonly population: number;
  readonly group: number;
  readonly chance: number;
}): number {
  const { population, group, chance } = options;
  let [tooFew, enough] = [-1, population];
  while (enough - tooFew > 1) {
    const sampleSize = Math.floor((tooFew + enough) / 2);
    if (chanceMissed({ population, group, sampleSize }) <= chance) enough = sampleSize;
    else tooFew = sampleSize;
  }
  return enough;
}
