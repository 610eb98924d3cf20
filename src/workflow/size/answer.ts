import type { Chart } from "../../charts/chart.js";
import type { Plan } from "../../plan/types.js";
import type { DesignedFrame } from "../sample/design-from-plan.js";
import { type UnitWords, unitWords } from "../summary/words.js";
import { sizeCurve } from "./curve.js";
import { type Needed, neededSizes } from "./needed.js";
import { plainSample } from "./plain-sample.js";
import { planGroups } from "./plan-groups.js";
import type { Assumptions, Goals, SampledGroup, SizeGroup, SizeNote } from "./question.js";
import { type Reached, reachedBy } from "./reached.js";
import { everyStratumSentence, neededSentences, reachedSentences } from "./words.js";

/** A question about sizes. */
export interface SizeQuestion {
  readonly assumptions: Assumptions;
  /** None, and a size or a plan: what does that sample give? */
  readonly goals: Goals;
  readonly designEffect: number;
  readonly populationSize?: number;
  readonly size?: number;
  /** Characteristics, with a plan. */
  readonly by: readonly string[];
}

/** Figures of the whole population first, then of its groups, with what is to be said of them. */
export interface SizeAnswer {
  readonly question: SizeQuestion;
  readonly units: UnitWords;
  /** Whose frame it is about. */
  readonly plan?: Plan;
  readonly needed?: readonly Needed[];
  readonly reached?: readonly Reached[];
  readonly sentences: readonly string[];
  readonly notes: readonly SizeNote[];
  /** The population as one, with what the curve marks. */
  readonly whole: SizeGroup;
  readonly marked: number;
}

/**
 * Answers a question about sizes.
 *
 * @param designed - a plan's frame and design, where the question is about a plan
 * @throws CasedrawError `VALUE_OUT_OF_RANGE`, `CONFIDENCE_OUT_OF_RANGE`, `SIZE_FIELD_UNKNOWN`
 */
export function answerSize(question: SizeQuestion, designed?: DesignedFrame): SizeAnswer {
  const units: UnitWords =
    designed === undefined ? { one: "case", many: "cases" } : unitWords(designed.planFile.plan);
  if (designed === undefined) return answerPlain(question, units);
  return { ...answerPlan(question, designed, units), plan: designed.planFile.plan };
}

function answerPlain(question: SizeQuestion, units: UnitWords): SizeAnswer {
  const { size, populationSize, designEffect } = question;
  const population = populationSize === undefined ? {} : { populationSize };
  if (size !== undefined)
    return givenAnswer(question, [plainSample(size, { ...population, designEffect })], units, []);
  const whole: SizeGroup = { characteristic: "all", level: "all", ...population, designEffect };
  return wantedAnswer(question, [whole], units, []);
}

function answerPlan(
  question: SizeQuestion,
  { frame, design, planFile }: DesignedFrame,
  units: UnitWords,
): SizeAnswer {
  const { groups, notes } = planGroups(frame, design, { ...question, plan: planFile.plan });
  return Object.keys(question.goals).length === 0
    ? givenAnswer(question, groups, units, notes)
    : wantedAnswer(question, groups, units, notes);
}

function givenAnswer(
  question: SizeQuestion,
  groups: readonly SampledGroup[],
  units: UnitWords,
  notes: readonly SizeNote[],
): SizeAnswer {
  const reached = groups.map((group) => reachedBy(group, question.assumptions));
  const whole = reached[0] as Reached;
  return {
    question,
    units,
    reached,
    sentences: reachedSentences(whole, { ...question, units }),
    notes,
    whole: whole.group,
    marked: Math.max(1, Math.round(whole.group.sampleSize)),
  };
}

function wantedAnswer(
  question: SizeQuestion,
  groups: readonly SizeGroup[],
  units: UnitWords,
  notes: readonly SizeNote[],
): SizeAnswer {
  const needed = groups.map((group) => neededSizes(group, question.goals, question.assumptions));
  const whole = needed[0] as Needed;
  const inEach = everyStratumSentence(needed, units);
  const sizes = [whole.margin, whole.difference, whole.rare].flatMap((each) => each?.sampleSize ?? []);
  return {
    question,
    units,
    needed,
    sentences: [...neededSentences(whole, { ...question, units }), ...(inEach === undefined ? [] : [inEach])],
    notes,
    whole: whole.group,
    marked: Math.max(...sizes),
  };
}

/** Size against margin, with the answer marked; a population of one has no curve. */
export function answerChart({ question, whole, marked, units }: SizeAnswer): Chart | undefined {
  if (whole.populationSize === 1) return undefined;
  return sizeCurve(whole, marked, { assumptions: question.assumptions, units: units.many });
}
