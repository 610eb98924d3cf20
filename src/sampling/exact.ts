/** A rational with a positive denominator, exact. */
export interface Ratio {
  readonly over: bigint;
  readonly under: bigint;
}

/** Sign of a − b. */
export function compareRatios(a: Ratio, b: Ratio): number {
  const difference = a.over * b.under - b.over * a.under;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * A decimal as it is written: 0.07 is 7/100, not the binary fraction next to it.
 *
 * @param value - finite
 */
export function decimalRatio(value: number): Ratio {
  const [mantissa = "0", exponent = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const places = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return places > 0
    ? { over: digits, under: BigInt(`1${"0".repeat(places)}`) }
    : { over: digits * BigInt(`1${"0".repeat(-places)}`), under: 1n };
}

/** `ratio` × `count`, rounded up to a whole number. */
export function shareRoundedUp(ratio: Ratio, count: number): number {
  const product = ratio.over * BigInt(count);
  return Number((product + ratio.under - 1n) / ratio.under);
}
