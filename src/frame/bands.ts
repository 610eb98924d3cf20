import type { Bands } from "../plan/types.js";

/** A child expected but not yet born. */
const unborn = "unborn";

/**
 * The age band of a child.
 *
 * @param years - completed years; −1 for a child not yet born
 * @param from - lower bounds in whole years, ascending
 * @example ageBand(7, [0, 1, 5, 10, 16]) // → "5 to 9"
 */
export function ageBand(years: number, from: readonly number[]): string {
  if (years === -1) return unborn;
  const first = from[0] as number;
  if (years < first) return `below ${years < 0 ? 0 : first}`;
  let band = 0;
  while (band + 1 < from.length && years >= (from[band + 1] as number)) band++;
  return ageLabel(from, band);
}

function ageLabel(from: readonly number[], band: number): string {
  const lower = from[band] as number;
  const next = from[band + 1];
  if (next === undefined) return `${lower} and over`;
  return next === lower + 1 ? String(lower) : `${lower} to ${next - 1}`;
}

/**
 * The delay band of a number of days. Thresholds are weeks of seven days: within 26 weeks is 182 days or fewer.
 *
 * @param days - from the start of the delay to its end; negative where the end stands before the start
 * @param over - upper bounds in weeks, ascending
 * @example delayBand(183, [26, 52, 100]) // → "over 26 to 52"
 */
export function delayBand(days: number, over: readonly number[]): string {
  if (days < 0) return "below 0";
  let band = 0;
  while (band < over.length && days > (over[band] as number) * 7) band++;
  return delayLabel(over, band);
}

function delayLabel(over: readonly number[], band: number): string {
  if (band === 0) return `up to ${over[0]}`;
  return band === over.length ? `over ${over[band - 1]}` : `over ${over[band - 1]} to ${over[band]}`;
}

/** The levels of the banded fields in their order, for tables; levels that are not named here stand after them. */
export function bandOrder(name: string, bands: Bands): readonly string[] {
  if (name === "age_band") {
    const { from } = bands.age;
    const below = (from[0] as number) > 0 ? ["below 0", `below ${from[0]}`] : ["below 0"];
    return [unborn, ...below, ...from.map((_, band) => ageLabel(from, band))];
  }
  if (name === "delay_band") {
    const { over } = bands.delay;
    return ["below 0", ...Array.from({ length: over.length + 1 }, (_, band) => delayLabel(over, band))];
  }
  return [];
}
