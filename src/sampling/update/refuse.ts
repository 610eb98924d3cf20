import { CasedrawError } from "../../errors.js";
import type { SamplePlan } from "../../plan/types.js";

/**
 * Makes sure that a sample of this design can be brought to a corrected export with known probabilities.
 *
 * @throws CasedrawError `UPDATE_NOT_POSSIBLE`, with what to do instead
 */
export function refuseNotUpdatable({ caps, avoid, one_per }: SamplePlan): void {
  const why =
    caps !== undefined
      ? "whom its caps passed over depends on the whole of the earlier data, and its probabilities cannot be estimated for a sample that is half of one export and half of another"
      : avoid !== undefined
        ? "it keeps away from children reviewed before, and its probabilities hold only for the data that it was drawn from"
        : one_per !== undefined
          ? "it holds one child a family, and a family that gained or lost a child since the draw would have to be drawn from again"
          : undefined;
  if (why === undefined) return;
  throw new CasedrawError(
    "UPDATE_NOT_POSSIBLE",
    `Sample cannot be updated: ${why}. Draw a new sample from the corrected export, and put cases that were opened or sent ` +
      "beside it with casedraw add; or keep this sample and log cases that do not belong with casedraw sample --replace.",
  );
}
