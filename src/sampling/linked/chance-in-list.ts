/**
 * The probability that a systematic sample from a list holds any of some places: the share of random starts that meet one.
 * Place p is drawn by the starts from p·n/N to (p+1)·n/N, whole numbers left aside, so that the starts which meet a group are
 * arcs of a circle, in N-ths exact.
 *
 * @param places - from 0, distinct
 * @param options.populationSize - N, the list's length
 * @param options.sampleSize - n ≤ N
 * @returns a fraction; exactly 1 where every start meets the group
 * @see Särndal, Swensson & Wretman (1992) Model Assisted Survey Sampling, §3.4.2, the fractional interval
 */
export function chanceInList(
  places: readonly number[],
  options: { readonly populationSize: number; readonly sampleSize: number },
): number {
  const { populationSize, sampleSize } = options;
  const from = places.map((place) => (place * sampleSize) % populationSize).sort((a, b) => a - b);
  const first = from[0];
  if (first === undefined) return 0;
  let met = 0;
  for (const [at, start] of from.entries()) {
    // An arc counts as far as the next one begins, the last as far as the first begins again.
    met += Math.min(sampleSize, (from[at + 1] ?? first + populationSize) - start);
  }
  return met / populationSize;
}
