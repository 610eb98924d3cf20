import { type Agreement, agreementBeyondChance, type PairedReviews } from "./agreement.js";

/**
 * Cohen's kappa: agreement of two reviews beyond what each reviewer's own shares of the categories would give by chance.
 *
 * @param options.confidence - coverage, a fraction in (0, 1); default 0.95
 * @throws CasedrawError `ROWS_MISMATCHED`, `VALUE_OUT_OF_RANGE`, `INCLUSION_PROBABILITY_OUT_OF_RANGE`,
 *   `CONFIDENCE_OUT_OF_RANGE`; `AGREEMENT_UNDEFINED` where all reviews say the same
 * @remarks Falls towards 0 where nearly all cases are of one category, however well reviewers agree: print it beside
 *   {@link gwetsAc1}. The interval is rough below about 30 cases. No fpc.
 * @see Cohen (1960) Educ Psychol Meas 20:37–46; Fleiss, Cohen & Everitt (1969) Psychol Bull 72:323–327
 * @example cohensKappa({ first: [0, 0, 1, 1], second: [0, 1, 1, 1], categories: 2 }).coefficient // → 0.5; (¾ − ½)/(1 − ½)
 */
export function cohensKappa(
  reviews: PairedReviews,
  options: { readonly confidence?: number } = {},
): Agreement {
  return agreementBeyondChance(
    reviews,
    {
      agreement: (first, second) =>
        first.reduce((sum, share, category) => sum + share * (second[category] as number), 0),
      ofCase: ([one, other], first, second) => ((second[one] as number) + (first[other] as number)) / 2,
    },
    options.confidence,
  );
}
