import type { Measured } from "./row.js";

/** Above this, weights differ so much that a stratum of large weights may seem to vary less than it does. */
const unevenWeights = 1.25;
/** Fewer cases with or without an attribute make it rare in the sample. */
const few = 6;

/** Whether a share's effective size is above the number of cases that answered: strata helped, or so it seems. */
export function isEffectiveAbove({ n, figures }: Measured): boolean {
  return (figures?.effectiveSize ?? 0) > n;
}

/**
 * Whether a share's interval may well be too narrow: its effective size is above the number of cases, and their weights are
 * uneven or few have the attribute or lack it. By itself an effective size above the number is what strata are for: with even
 * weights and 6 cases or more on each side the interval covered at least 93 % in simulations; with a weight effect of 1.6,
 * where the effective size came out above the number, 0 to 89 %.
 *
 * @see Korn & Graubard (1998) Survey Methodology 24:193–201, who cut the effective size off at the number of cases
 */
export function mayBeTooNarrow(measured: Measured): boolean {
  const { n, count = 0, figures } = measured;
  if (!isEffectiveAbove(measured)) return false;
  return (figures?.weightEffect ?? 1) > unevenWeights || Math.min(count, n - count) < few;
}
