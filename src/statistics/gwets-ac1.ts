import { type Agreement, agreementBeyondChance, type PairedReviews } from "./agreement.js";

/**
 * Gwet's AC1: agreement of two reviews beyond chance, where chance is the share of cases that are rated at random; it keeps
 * its value where nearly all cases are of one category.
 *
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @throws CasedrawError `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE`, `INCLUSION_PROBABILITY_OUT_OF_RANGE`,
 *   `CONFIDENCE_OUT_OF_RANGE`
 * @remarks Depends on how many categories there are, used or not. The interval is rough below about 30 cases. No fpc.
 * @see Gwet (2008) Br J Math Stat Psychol 61:29–48
 * @example gwetsAc1({ first: [0, 0, 1, 1], second: [0, 1, 1, 1], categories: 2 }).coefficient // → 0.5294 to 4 places; (¾ − 15/32)/(17/32)
 */
export function gwetsAc1(reviews: PairedReviews, options: { readonly confidence?: number } = {}): Agreement {
  const { categories } = reviews;
  const others = (category: number, first: Float64Array, second: Float64Array): number =>
    1 - ((first[category] as number) + (second[category] as number)) / 2;
  return agreementBeyondChance(
    reviews,
    {
      agreement: (first, second) =>
        first.reduce((sum, _, category) => {
          const other = others(category, first, second);
          return sum + (1 - other) * other;
        }, 0) /
        (categories - 1),
      ofCase: ([one, other], first, second) =>
        (others(one, first, second) + others(other, first, second)) / 2 / (categories - 1),
    },
    options.confidence,
  );
}
