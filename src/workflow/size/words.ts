import { thousands } from "../../frame/note.js";
import { counted, type UnitWords } from "../summary/words.js";
import type { Needed } from "./needed.js";
import { fewestWith } from "./needed.js";
import { type Assumptions, type Goals, otherProportion } from "./question.js";
import type { Reached } from "./reached.js";

/** A fraction as a percentage with no more digits than it has: "95%", "0.5%". */
export function shareText(fraction: number): string {
  return `${trimmed(fraction * 100)}%`;
}

/** A fraction in percentage points: to 1 decimal, 2 where it is below 1. */
export function pointsOf(fraction: number): string {
  const value = fraction * 100;
  return value > 0 && value < 0.995 ? value.toFixed(2) : value.toFixed(1);
}

/** A number with 4 digits that mean something, and none after them. */
export function trimmed(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** "374 of 19,563 children", "381 cases", "all 20 children". */
function reviewed(sampleSize: number, populationSize: number | undefined, units: UnitWords): string {
  if (populationSize === undefined) return counted(sampleSize, units);
  if (sampleSize >= populationSize && populationSize > 1) return `all ${counted(populationSize, units)}`;
  return `${thousands(sampleSize)} of ${counted(populationSize, units)}`;
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
      `For a margin of ${trimmed(goals.margin * 100)} percentage points either side of ${shareText(proportion)}, ` +
        `at ${shareText(confidence)} confidence${effectText(group.designEffect)}, review ${review(margin.sampleSize)}.`,
    );
  }
  if (difference !== undefined && goals.difference !== undefined) {
    sentences.push(
      `To tell ${shareText(proportion)} in one half of the sample from ${shareText(otherProportion(proportion, goals.difference))} in the other, ` +
        `with ${shareText(power)} power at ${shareText(confidence)} confidence${effectText(group.designEffect)}, ` +
        `review ${review(difference.sampleSize)}, half of them in each.`,
    );
  }
  if (rare !== undefined && goals.rare !== undefined) {
    const held =
      populationSize === undefined
        ? ""
        : ` (${thousands(fewestWith(goals.rare, populationSize))} of ${thousands(populationSize)})`;
    sentences.push(
      `To find at least one with a practice that ${shareText(goals.rare)} have${held}, ` +
        `at ${shareText(confidence)} confidence, review ${review(rare.sampleSize)}.`,
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
  return `For that margin in each of the ${thousands(sizes.length)} strata by itself, review ${counted(total, units)} in all.`;
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
        : `${given} gives a share of ${shareText(proportion)} a margin of ${pointsOf(margin)} percentage points, at ${shareText(confidence)} confidence.`,
    );
  }
  if (difference === undefined) {
    sentences.push(`No difference between two halves of the sample is found with ${shareText(power)} power.`);
  } else if (difference > 0) {
    sentences.push(
      `Between two halves of the sample, a difference of ${pointsOf(difference)} percentage points ` +
        `(${shareText(proportion)} against ${shareText(otherProportion(proportion, difference))}) is found with ${shareText(power)} power.`,
    );
  }
  if (rarest !== undefined) {
    const many =
      rarest.cases === undefined || populationSize === undefined
        ? `${shareText(rarest.share)}`
        : `${thousands(rarest.cases)} of ${thousands(populationSize)} (${shareText(rarest.share)})`;
    sentences.push(
      `A practice that ${many} have is found at least once with ${shareText(confidence)} confidence${rarest.cases === 1 ? "" : "; a rarer one may be missed"}.`,
    );
  }
  return sentences;
}

function effectText(designEffect: number): string {
  return Math.abs(designEffect - 1) < 5e-4 ? "" : `, with a design effect of ${trimmed(designEffect)}`;
}
