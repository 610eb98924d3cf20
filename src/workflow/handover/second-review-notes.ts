import { pairsNeeded } from "../../analysis/estimates/review-agreement.js";
import { listText } from "../../analysis/words.js";
import { matchKey } from "../../frame/text.js";
import { thousands } from "../../frame/words.js";
import { type FindingPlan, type HandoverPlan, type Plan, usualDisclosure } from "../../plan/types.js";
import { usualAuditColumn } from "../estimate/audit-answers.js";
import { unansweredWords, yesOrNoOf } from "../estimate/columns.js";
import type { HandoverNote } from "./notes.js";
import type { HandoverRecord } from "./record.js";

const mostNamed = 4;

/**
 * What must be said of second reviews before anybody reads: that they are too few for what `casedraw estimate` says of agreement, and
 * that a changed wish has no effect on those of the handover before.
 *
 * @param counts.drawn - cases that are read twice
 * @param counts.sampled - cases of which they are
 */
export function secondReviewNotes(
  { plan, settings, earlier }: SecondReviewsAsked,
  counts: { readonly drawn: number; readonly sampled: number },
): HandoverNote[] {
  return [
    ...changedNote(settings.double_review, earlier),
    ...fewNote({ plan, settings, kept: earlier?.secondReviews !== undefined }, counts),
  ];
}

interface SecondReviewsAsked {
  readonly plan: Pick<Plan, "disclosure">;
  readonly settings: Pick<HandoverPlan, "double_review" | "findings">;
  readonly earlier: HandoverRecord | undefined;
}

function changedNote(wanted: number | undefined, earlier: HandoverRecord | undefined): HandoverNote[] {
  const before = earlier?.manifest.second_reviews?.wanted;
  if (earlier?.secondReviews === undefined || before === undefined || before === wanted) return [];
  const count = earlier.secondReviews.size;
  const code = "double-review-changed";
  if (wanted === undefined)
    return [
      {
        code,
        count,
        text: `The plan asks for no second reviews any more: the ${thousands(count)} of the handover before are not handed on. To keep them, put double_review: ${before} back.`,
      },
    ];
  return [
    {
      code,
      count,
      text: `double_review is ${wanted} now and was ${before} in the handover before, whose second reviews stay: the new number has no effect on them, because their probabilities are fixed. To draw them anew, hand over without --after, before anybody has begun to read.`,
    },
  ];
}

function fewNote(
  {
    plan,
    settings,
    kept,
  }: Pick<SecondReviewsAsked, "plan" | "settings"> & {
    /** Whether those of a handover before stay, whatever the plan says now. */
    readonly kept: boolean;
  },
  { drawn, sampled }: { readonly drawn: number; readonly sampled: number },
): HandoverNote[] {
  if (settings.double_review === undefined || sampled === 0) return [];
  const needs = settings.findings.flatMap(({ name, answers }) => {
    if (name === usualAuditColumn) return []; // its agreement is with an audit, and told apart
    const pairs = pairsFor(answers);
    return pairs !== undefined && drawn < pairs ? [{ name, pairs }] : [];
  });
  if (needs.length === 0) return [];
  const threshold = plan.disclosure?.threshold ?? usualDisclosure.threshold;
  const most = Math.max(...needs.map(({ pairs }) => pairs));
  const named = needs.slice(0, mostNamed).map(({ name, pairs }) => `${thousands(pairs)} for ${name}`);
  const more = needs.length - named.length;
  const hidden =
    threshold > 0 && drawn <= threshold
      ? ` and shows nothing at all of ${thousands(threshold)} or fewer`
      : "";
  return [
    {
      code: "second-reviews-few",
      count: drawn,
      text:
        `${drawn === 1 ? "1 case is" : `${thousands(drawn)} cases are`} read twice, which is few: casedraw estimate gives kappa and AC1 an interval only from so many pairs on: ` +
        `${listText([...named, ...(more > 0 ? [`${thousands(more)} more`] : [])])}${hidden}. ${remedy({ most, sampled, kept })}`,
    },
  ];
}

function remedy({
  most,
  sampled,
  kept,
}: {
  readonly most: number;
  readonly sampled: number;
  readonly kept: boolean;
}): string {
  if (kept) return "Those of the handover before stay, and more come with new cases alone.";
  if (sampled < most)
    return `The sample has ${thousands(sampled)} cases, so no number will do: read the share of pairs that agree.`;
  return `handover: { double_review: ${most} } in the plan would do, if every pair has an answer in both readings; take a few more for those that have none.`;
}

/** How many pairs a finding needs; undefined of numbers, of which no agreement is worked out. */
function pairsFor(answers: FindingPlan["answers"]): number | undefined {
  const keys = answers.map(matchKey);
  const told = keys.filter((key) => !unansweredWords.has(key));
  if (told.length > 0 && told.every((key) => yesOrNoOf(key) !== undefined)) return pairsNeeded(2);
  if (told.length > 0 && told.every((key) => /^[-+]?[\d.,]+$/.test(key))) return undefined;
  return pairsNeeded(Math.max(2, answers.length));
}
