/** What a unit says of how its figures are worked out, and of what a figure without denominator is. */
export interface SeriesUnit {
  readonly kind: "percent" | "rate" | "measurement" | "other";
  /** 10,000 in `per 10,000`. */
  readonly multiplier: number;
}

const percent = /^(?:%|per ?cent|percentage)$/i;
const rate = /\bper (\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+|\d+)\b/i;
/** Sums of time or money: they have the multiplier of a rate, and are no events that a Poisson count could be of. */
const sums = /\b(?:hours?|days?|weeks?|months?|years?|pounds?|costs?|spend)\b|[£€$]/i;

/** However it is written: `%` and `Per cent` are `percent`, `cases per 10,000` is a rate. */
export function unitOf(text: string): SeriesUnit {
  if (percent.test(text.trim())) return { kind: "percent", multiplier: 1 };
  const per = rate.exec(text);
  if (per === null) return { kind: "other", multiplier: 1 };
  const isSum = sums.test(text.slice(0, per.index));
  return { kind: isSum ? "measurement" : "rate", multiplier: Number((per[1] as string).replace(/\D/g, "")) };
}
