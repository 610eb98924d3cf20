import { pointsText, trimmedPercent, trimmedText } from "../../charts/number-text.js";
import { counted, thousands } from "../../frame/words.js";
import type { UnitWords } from "../summary/words.js";
import type { Needed } from "./needed.js";
import { fewestWith } from "./needed.js";
import { type Assumptions, type Goals, otherProportion } from "./question.js";
import type { Reached } from "./reached.js";

/** "374 of 19,563 children", "381 cases", "all 20 children". */
function reviewed(sampleSize: number, populationSize: number | undefined, units: UnitWords): string {
  if (populationSize === undefined) return counted(sampleSize, units.one);
  if (sampleSize >= populationSize && populationSize > 1) return `all ${counted(populationSize, units.one)}`;
  return `${thousands(sampleSize)} of ${counted(populationSize, units.one)}`;
}

/** What the whole population needs for each goal, a sentence each. */
export function neededSentences(
  { group, margin, difference, rare }: Needed,
  asked: { readonly goals: Goals; readonly assumptions: Assumptions; readonly units: UnitWords },
): string[] {
  const { goals, assumptions, units } = asked;
  const { proportion, confidence, power } = assumptions;
  const { populationSize } = group;
  const review = (size: number): string => reviewed(size, populationSize, units);
  const sentences: string[] = [];
  if (margin !== undefined && goals.margin !== undefined) {
    sentences.push(
      `For a margin of ${trimmedText(goals.margin * 100)} percentage points either side of ${trimmedPercent(proportion)}, ` +
        `at ${trimmedPercent(confidence)} confidence${effectText(group.designEffect)}, review ${review(margin.sampleSize)}.`,
    );
  }
  if (difference !== undefined && goals.difference !== undefined) {
    sentences.push(
      `To tell ${trimmedPercent(proportion)} in one half of the sample from ${trimmedPercent(otherProportion(proportion, goals.difference))} in the other, ` +
        `with ${trimmedPercent(power)} power at ${trimmedPercent(confidence)} confidence${effectText(group.designEffect)}, ` +
        `review ${review(difference.sampleSize)}, half of them in each.`,
    );
  }
  if (rare !== undefined && goals.rare !== undefined) {
    const held =
      populationSize === undefined
        ? ""
        : ` (${thousands(fewestWith(goals.rare, populationSize))} of ${thousands(populationSize)})`;
    sentences.push(
      `To find at least one with a practice that ${trimmedPercent(goals.rare)} have${held}, ` +
        `at ${trimmedPercent(confidence)} confidence, review ${review(rare.sampleSize)}.`,
    );
  }
  return sentences;
}

/** What the margin takes where every stratum is to have it by itself. */
export function everyStratumSentence(needed: readonly Needed[], units: UnitWords): string | undefined {
  const strata = needed.filter(({ group }) => group.characteristic === "stratum");
  const sizes = strata.flatMap(({ margin }) => margin?.sampleSize ?? []);
  if (sizes.length < 2) return undefined;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return `For that margin in each of the ${thousands(sizes.length)} strata by itself, review ${counted(total, units.one)} in all.`;
}

/** What a sample of the whole population says, a sentence each. */
export function reachedSentences(
  { group, margin, difference, rarest }: Reached,
  { assumptions, units }: { readonly assumptions: Assumptions; readonly units: UnitWords },
): string[] {
  const { proportion, confidence, power } = assumptions;
  const { sampleSize, populationSize } = group;
  const sentences: string[] = [];
  if (margin !== undefined) {
    const effect = effectText(group.designEffect);
    const given = `Reviewing ${reviewed(sampleSize, populationSize, units)}${effect === "" ? "" : `${effect},`}`;
    sentences.push(
      margin === 0
        ? `${given} leaves no margin of error.`
        : `${given} gives a share of ${trimmedPercent(proportion)} a margin of ${pointsText(margin)} percentage points, at ${trimmedPercent(confidence)} confidence.`,
    );
  }
  if (difference === undefined) {
    sentences.push(
      `No difference between two halves of the sample is found with ${trimmedPercent(power)} power.`,
    );
  } else if (difference > 0) {
    sentences.push(
      `Between two halves of the sample, a difference of ${pointsText(difference)} percentage points ` +
        `(${trimmedPercent(proportion)} against ${trimmedPercent(otherProportion(proportion, difference))}) is found with ${trimmedPercent(power)} power.`,
    );
  }
  if (rarest !== undefined) {
    const many =
      rarest.cases === undefined || populationSize === undefined
        ? `${trimmedPercent(rarest.share)}`
        : `${thousands(rarest.cases)} of ${thousands(populationSize)} (${trimmedPercent(rarest.share)})`;
    sentences.push(
      `A practice that ${many} have is found at least once with ${trimmedPercent(confidence)} confidence${rarest.cases === 1 ? "" : "; a rarer one may be missed"}.`,
    );
  }
  return sentences;
}

function effectText(designEffect: number): string {
  return Math.abs(designEffect - 1) < 5e-4 ? "" : `, with a design effect of ${trimmedText(designEffect)}`;
}
