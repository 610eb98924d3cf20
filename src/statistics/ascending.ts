/** Numbers in ascending order, each with what it carries. */
export interface Ascending {
  readonly values: Float64Array;
  readonly carried: Int32Array;
}

const digitBits = 11;
const digits = 2048;
/** The digits of a number from its least: bits 0, 11 and 22 of its low half, then of its high half. */
const digitsOfHalf = 3;

/** Where the low half of a number lies, by the order of bytes of this machine: that of 1 is 0. */
const lowHalf = new Uint32Array(Float64Array.of(1).buffer)[0] === 0 ? 0 : 1;

/**
 * Sorts numbers of 0 or more with what each carries; equal ones keep their order.
 *
 * @param numbers - finite; −0 counts as 0
 * @param carried - as many
 * @remarks Such numbers are in the order of their bits, so that they can be counted into place digit by digit: O(n) whatever
 *   they are. A digit that all have in common costs no move.
 * @see radix sort from the least digit: Knuth (1998) The Art of Computer Programming, vol. 3, 2nd ed., §5.2.5
 */
export function ascending(numbers: Float64Array, carried: Int32Array): Ascending {
  const count = numbers.length;
  let values = new Float64Array(count);
  for (let at = 0; at < count; at++) values[at] = (numbers[at] as number) + 0; // of −0 this makes 0, whose bits are the least
  let codes = carried.slice();
  let nextValues = new Float64Array(count);
  let nextCodes = new Int32Array(count);
  for (let digit = 0; digit < 2 * digitsOfHalf; digit++) {
    const halves = new Uint32Array(values.buffer);
    const half = digit < digitsOfHalf ? lowHalf : 1 - lowHalf;
    const shift = (digit % digitsOfHalf) * digitBits;
    const starts = startsOf(halves, half, shift);
    if (starts === undefined) continue;
    for (let at = 0; at < count; at++) {
      const value = ((halves[2 * at + half] as number) >>> shift) & (digits - 1);
      const to = starts[value] as number;
      starts[value] = to + 1;
      nextValues[to] = values[at] as number;
      nextCodes[to] = codes[at] as number;
    }
    [values, nextValues] = [nextValues, values];
    [codes, nextCodes] = [nextCodes, codes];
  }
  return { values, carried: codes };
}

/** How many numbers have a lower digit, for each; undefined where all have the same. */
function startsOf(halves: Uint32Array, half: number, shift: number): Int32Array | undefined {
  const starts = new Int32Array(digits);
  for (let at = half; at < halves.length; at += 2) {
    const value = ((halves[at] as number) >>> shift) & (digits - 1);
    starts[value] = (starts[value] as number) + 1;
  }
  let before = 0;
  for (let value = 0; value < digits; value++) {
    const own = starts[value] as number;
    if (own === halves.length / 2) return undefined;
    starts[value] = before;
    before += own;
  }
  return starts;
}
