import { resolve } from "node:path";
import type { Responses } from "../../analysis/estimates/response.js";
import { reviewAgreement } from "../../analysis/estimates/review-agreement.js";
import type { Frame } from "../../frame/frame.js";
import type { Sample } from "../../sampling/draw.js";
import type { ReviewAgreements } from "./context.js";
import type { Findings } from "./findings.js";
import { readSecondReviewChances, type SecondReviewChances } from "./second-review-file.js";

/**
 * The file that says how second reviews were chosen, where one is named.
 *
 * @throws CasedrawError `SECOND_REVIEWS_INVALID`, and those of the readers
 */
export async function readChances(
  file: string | undefined,
  options: {
    readonly cwd: string;
    readonly frame: Frame;
    readonly sample: Sample;
    readonly findings: Findings;
  },
): Promise<SecondReviewChances | undefined> {
  if (file === undefined) return undefined;
  const { cwd, frame, sample, findings } = options;
  const idOf = (unit: number): string => frame.ids[unit] as string;
  return readSecondReviewChances(resolve(cwd, file), file, {
    sample: new Map(sample.drawn.map(({ unit }) => [idOf(unit), unit])),
    paired: new Set(Array.from(findings.reviewedTwice, idOf)),
  });
}

/** Agreement of first and second reviews, column by column; nothing where there are no second reviews. */
export function agreementOf(
  responses: Responses,
  { pairs }: Pick<Findings, "pairs">,
  options: { readonly chances: SecondReviewChances | undefined; readonly threshold: number },
): ReviewAgreements | undefined {
  const { chances, threshold } = options;
  if (pairs.length === 0) return undefined;
  const weights =
    chances &&
    new Map(
      Array.from(responses.units, (unit, at): [number, number] => [
        unit,
        (responses.design.weights[at] as number) / (chances.probabilities.get(unit) ?? 1),
      ]),
    );
  return {
    rows: pairs.map((column) => reviewAgreement(column, { weights, threshold })),
    weighted: weights !== undefined,
  };
}
