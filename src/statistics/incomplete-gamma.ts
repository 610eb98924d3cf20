import gammainc from "@stdlib/math-base-special-gammainc";
import gammaln from "@stdlib/math-base-special-gammaln";

/**
 * Above this the library takes a series whose factors are one place off (0.3.1; up to 3 % too large), and what follows from
 * it is off too: its gamma, chi-square and Poisson distributions at counts of about 1,000 and more.
 */
const mostForLibrary = 1000;

/** Terms beside which another no longer counts. */
const precision = 1e-17;

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x), the lesser of them with all its digits.
 *
 * P is the distribution function of a gamma variable of shape a; Q(k, λ) is the chance of fewer than k Poisson events where
 * λ are expected; Q(k/2, x/2) is the chance of a chi-square statistic above x with k degrees of freedom.
 *
 * @param a - above 0
 * @param x - 0 or more
 * @remarks About 10·√a terms where x is large.
 * @see Abramowitz & Stegun (1964) Handbook of Mathematical Functions, eqs 6.5.29 and 6.5.31
 * @example incompleteGamma(1, 2).upper // → 0.1353 to 4 places; exp(−2)
 */
export function incompleteGamma(a: number, x: number): { readonly lower: number; readonly upper: number } {
  if (x <= mostForLibrary) {
    return { lower: gammainc(x, a, true, false), upper: gammainc(x, a, true, true) };
  }
  const front = Math.exp(a * Math.log(x) - x - gammaln(a)); // x^a·e^(−x)/Γ(a)
  if (x < a + 1) {
    const lower = (front / a) * series(a, x);
    return { lower, upper: 1 - lower };
  }
  const upper = front * fraction(a, x);
  return { lower: 1 - upper, upper };
}

/** 1 + x/(a + 1) + x²/((a + 1)(a + 2)) + … */
function series(a: number, x: number): number {
  let [term, sum] = [1, 1];
  for (let n = 1; term > precision * sum; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** 1/(x + 1 − a − 1·(1 − a)/(x + 3 − a − 2·(2 − a)/(x + 5 − a − …))), from the front (Lentz's method). */
function fraction(a: number, x: number): number {
  let under = x + 1 - a;
  let [over, inverse] = [Number.MAX_VALUE, 1 / under];
  let product = inverse;
  for (let n = 1; ; n++) {
    const factor = n * (a - n);
    under += 2;
    inverse = 1 / (under + factor * inverse);
    over = under + factor / over;
    const step = over * inverse;
    product *= step;
    if (Math.abs(step - 1) < 1e-15) return product;
  }
}
