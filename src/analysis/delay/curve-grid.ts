/** The thresholds of weeks at which the share still open is read. */
export const thresholdWeeks = [26, 52, 100] as const;

const quarterDays = 91;
const hundredWeeks = 700;
/** Six years: hardly a case lasts longer. */
const lastQuarter = 24;

/** Days at which every curve has a point: multiples of 13 weeks, and 100 weeks. Only these are published. */
export const gridDays: readonly number[] = [
  ...Array.from({ length: lastQuarter }, (_, k) => (k + 1) * quarterDays),
  hundredWeeks,
].sort((a, b) => a - b);
