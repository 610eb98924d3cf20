import type { Responses } from "../../analysis/estimates/response.js";
import { listText } from "../../analysis/words.js";
import { CasedrawError } from "../../errors.js";
import { thousands } from "../../frame/words.js";
import type { Plan } from "../../plan/types.js";
import type { Sample } from "../../sampling/draw.js";
import { stratumLabel } from "../summary/strata.js";
import { unitWords } from "../summary/words.js";
import { readMerges } from "./merges.js";

/**
 * Strata that are to be one for the variance, as the command names them.
 *
 * @param texts - `STRATUM=STRATUM`, by key or by label
 * @throws CasedrawError `ESTIMATE_MERGE_UNKNOWN`, also for a stratum of which the plan took no case; `USAGE`
 */
export function readCollapse(
  texts: readonly string[],
  { sample, plan }: { readonly sample: Sample; readonly plan: Plan },
): string[][] {
  const { strata } = sample.design;
  const groups = readMerges(texts, {
    what: "Strata to collapse",
    option: "--collapse",
    known: strata.map(({ key }) => key),
    labelOf: (key) => stratumLabel(key, sample.design.plan.strata, plan),
  });
  const never = strata.find(({ key, sampleSize }) => sampleSize === 0 && groups.flat().includes(key));
  if (never === undefined) return groups;
  throw new CasedrawError(
    "ESTIMATE_MERGE_UNKNOWN",
    `Strata to collapse: each is one that was sampled, got "${never.key}", of which the plan took no case. ` +
      "Leave it out: nothing can be said of it.",
    { option: "--collapse", name: never.key },
  );
}

/** What was collapsed, in sentences. */
export function collapseSentences({
  responses,
  sample,
  plan,
}: {
  readonly responses: Responses;
  readonly sample: Sample;
  readonly plan: Plan;
}): string[] {
  const label = (at: number): string =>
    stratumLabel(responses.strata[at]?.key as string, sample.design.plan.strata, plan);
  const { many } = unitWords(plan);
  return responses.collapsed.map(({ strata, pooled }) => {
    const unseen = strata.filter((at) => {
      const { outOfScope = 0, reviewed = 0 } = responses.strata[at] ?? {};
      return outOfScope + reviewed === 0;
    });
    const held = unseen.reduce((sum, at) => sum + (responses.strata[at]?.population ?? 0), 0);
    return (
      `The strata ${listText(strata.map((at) => `“${label(at)}”`))} are one for the variance. That is cautious: what lies between them counts as chance.` +
      (pooled
        ? ` Of ${listText(unseen.map((at) => `“${label(at)}”`))} nobody was reviewed: cases of the others stand for its ${thousands(held)} ${many}, which nothing here can show to be right.`
        : "")
    );
  });
}
