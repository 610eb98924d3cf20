import { percent, table } from "./common.mjs";

export const id = "wilson";
export const title = "A share and its interval: Wilson beside the textbook's";
export const quick = true;

/** Those above one half have the coverage of those below. */
const shares = Array.from({ length: 50 }, (_, i) => (i + 1) / 100);

/** @returns Markdown */
export async function run(load) {
  const { wilsonInterval } = await load("statistics/wilson.js");
  const wald = (count, n) => {
    const p = count / n;
    const half = 1.959964 * Math.sqrt((p * (1 - p)) / n);
    return { lower: p - half, upper: p + half };
  };
  const lines = [10, 20, 50, 100, 200].map((n) => [
    n,
    ...[wilsonInterval, wald].flatMap((interval) => {
      const intervals = Array.from({ length: n + 1 }, (_, count) => interval(count, n));
      const coverage = shares.map((share) => held(intervals, n, share));
      const mean = coverage.reduce((sum, each) => sum + each, 0) / coverage.length;
      return [percent(mean), percent(Math.min(...coverage))];
    }),
  ]);
  return [
    "Coverage of 95 % intervals, enumerated over all counts of a binomial distribution for the shares 1 % to 50 % (those above are their mirror): no Monte Carlo error.",
    table(["n", "Wilson, mean", "least", "p ± 1.96 se, mean", "least"], lines),
  ].join("\n\n");
}

/** The chance that the interval of the count holds the share. */
function held(intervals, n, share) {
  let chance = (1 - share) ** n;
  let sum = 0;
  for (let count = 0; count <= n; count++) {
    const { lower, upper } = intervals[count];
    if (lower <= share && share <= upper) sum += chance;
    chance *= ((n - count) / (count + 1)) * (share / (1 - share));
  }
  return sum;
}
