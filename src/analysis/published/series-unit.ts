/** What a unit says of how its figures are worked out, and of what a figure without denominator is. */
export interface SeriesUnit {
  readonly kind: "percent" | "rate" | "other";
  /** Of a rate: 10,000 in `per 10,000`. */
  readonly multiplier: number;
}

const percent = /^(?:%|per ?cent|percentage)$/i;
const rate = /\bper ([\d,]+)\b/i;

/** However it is written: `%` and `Per cent` are `percent`, `cases per 10,000` is a rate. */
export function unitOf(text: string): SeriesUnit {
  if (percent.test(text.trim())) return { kind: "percent", multiplier: 1 };
  const per = rate.exec(text);
  return per === null
    ? { kind: "other", multiplier: 1 }
    : { kind: "rate", multiplier: Number((per[1] as string).replaceAll(",", "")) };
}
