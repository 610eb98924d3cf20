/** Binary places that an irrational root is cut after. */
const places = 128n;

/**
 * Size measure of power allocation, a_h = N_h^q, as a whole number: all measures of one exponent share a scale.
 *
 * N^q is the fourth root of N^4q = s⁴·d, d free of fourth powers, and so s·⁴√d. Fourth roots of different d are linearly
 * independent over the rationals (Besicovitch), so that two shares of one sample have equal remainders only where their
 * measures are equal or all have the same d. ⁴√d is cut after 128 binary places, s is exact: what is equal stays equal, and
 * what is not keeps its order unless it differs by less than about 2⁻¹²⁰. All of it is in integers, alike on every machine.
 *
 * @param populationSize - N_h, whole number ≥ 1
 * @param exponent - q; 0 makes shares equal, 1 proportional
 * @see Bankier (1988) The American Statistician 42:174–177, for the allocation
 * @example powerMeasure(16, 0.5) === 2n * powerMeasure(4, 0.5) // → true
 */
export function powerMeasure(populationSize: number, exponent: 0 | 0.25 | 0.5 | 0.75 | 1): bigint {
  const fourths = exponent * 4;
  let outside = 1n;
  let inside = 1n;
  let rest = populationSize;
  for (let factor = 2; factor * factor <= rest; factor++) {
    let times = 0;
    for (; rest % factor === 0; rest /= factor) times += fourths;
    outside *= product(factor, Math.floor(times / 4));
    inside *= product(factor, times % 4);
  }
  outside *= product(rest, Math.floor(fourths / 4));
  inside *= product(rest, fourths % 4);
  return inside === 1n ? outside << places : outside * squareRoot(squareRoot(inside << (4n * places)));
}

/** The factor so many times. */
function product(factor: number, times: number): bigint {
  let result = 1n;
  for (let i = 0; i < times; i++) result *= BigInt(factor);
  return result;
}

/** ⌊√value⌋ by Newton's method from above. */
function squareRoot(value: bigint): bigint {
  let root = 1n << BigInt((value.toString(2).length >> 1) + 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
