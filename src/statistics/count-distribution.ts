/** How often each count was seen: entry `c` is the number of times that it was `c`. At least one was seen. */
export type Frequencies = readonly number[];

/** How many counts were seen. */
export function totalOf(frequencies: Frequencies): number {
  return frequencies.reduce((sum, times) => sum + times, 0);
}

export function meanOf(frequencies: Frequencies): number {
  return frequencies.reduce((sum, times, count) => sum + times * count, 0) / totalOf(frequencies);
}

/** Sample variance, on one less than the number of counts; 0 of a single count. */
export function varianceOf(frequencies: Frequencies): number {
  const total = totalOf(frequencies);
  if (total < 2) return 0;
  const mean = meanOf(frequencies);
  return (
    frequencies.reduce((sum, times, count) => sum + times * (count - mean) * (count - mean), 0) / (total - 1)
  );
}

/** How many counts were below a bound. */
export function timesBelow(frequencies: Frequencies, bound: number): number {
  return totalOf(frequencies.slice(0, Math.max(0, Math.ceil(bound))));
}

/**
 * A quantile: between the two nearest counts in order of size, in proportion.
 *
 * @param fraction - from 0 to 1
 * @see Hyndman & Fan (1996) Am Stat 50:361–365, type 7
 */
export function quantileOf(frequencies: Frequencies, fraction: number): number {
  const place = (totalOf(frequencies) - 1) * fraction;
  const below = Math.floor(place);
  const lower = countAt(frequencies, below);
  return place === below ? lower : lower + (place - below) * (countAt(frequencies, below + 1) - lower);
}

/** The count at a place, from 0, in order of size. */
function countAt(frequencies: Frequencies, place: number): number {
  let passed = 0;
  return frequencies.findIndex((times) => {
    passed += times;
    return passed > place;
  });
}
