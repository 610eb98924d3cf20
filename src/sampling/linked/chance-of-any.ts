/**
 * The probability that a simple random sample of families, one child drawn from each, holds any child of a group. With
 * families of one child it is that of a simple random sample, 1 − C(N−m, n) / C(N, n).
 *
 * Families that hold children of the group are gone through one by one: the chance that the next is drawn, given how many
 * were, is (n − j) / (N − i). Every term is positive, so that small probabilities keep their digits.
 *
 * @param options.populationSize - N, families of the stratum
 * @param options.sampleSize - n ≤ N
 * @param options.shares - of each family that holds children of the group, which share of its children they are; 0 < share ≤ 1
 * @returns a fraction; exactly 1 where no sample can miss the group
 * @see Cochran (1977) Sampling Techniques, §2.1 and ch. 11: the hypergeometric chance, with a second stage
 * @example chanceOfAny({ populationSize: 5, sampleSize: 2, shares: [1, 1] }) // → 0.7; 1 − C(3,2)/C(5,2)
 */
export function chanceOfAny(options: {
  readonly populationSize: number;
  readonly sampleSize: number;
  readonly shares: readonly number[];
}): number {
  const { populationSize, sampleSize, shares } = options;
  const whole = shares.filter((share) => share === 1).length;
  if (whole > populationSize - sampleSize) return 1;
  if (whole === shares.length) return chanceOfWhole(populationSize, sampleSize, whole);
  let missed = [1]; // by the number of families drawn so far, the chance that none of them gave a child of the group
  let hit = 0;
  for (const [seen, share] of shares.entries()) {
    const next = new Array<number>(missed.length + 1).fill(0);
    for (const [drawn, chance] of missed.entries()) {
      const left = populationSize - seen;
      const taken = (chance * (sampleSize - drawn)) / left;
      hit += taken * share;
      next[drawn + 1] = (next[drawn + 1] as number) + taken * (1 - share);
      next[drawn] = (next[drawn] as number) + (chance * (left - sampleSize + drawn)) / left;
    }
    missed = next;
  }
  const none = missed.reduce((sum, chance) => sum + chance, 0);
  return hit / (hit + none);
}

/** 1 − Π (1 − n / (N − i)) over the m units of the group, or the same with m and n exchanged where that is shorter. */
function chanceOfWhole(populationSize: number, sampleSize: number, members: number): number {
  const [steps, taken] = members < sampleSize ? [members, sampleSize] : [sampleSize, members];
  let chance = 0;
  for (let i = 0; i < steps; i++) chance = either(chance, taken / (populationSize - i));
  return chance;
}

/** The chance of one or the other of two independent events. */
export function either(one: number, other: number): number {
  return one + (1 - one) * other;
}
