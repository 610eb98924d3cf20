import type { Frame } from "../../../src/frame/frame.js";
import { checkedLosses } from "../../../src/sampling/after/check-losses.js";
import { followSample } from "../../../src/sampling/after/follow.js";
import type { Loss, LossReason, Step } from "../../../src/sampling/after/outcome.js";
import type { Design } from "../../../src/sampling/design.js";
import { drawSample, type Sample } from "../../../src/sampling/draw.js";

/** Replaces until no unit of the sample is lost that is not in a log; each log is checked as a user's is. */
export function replaceAll(
  frame: Frame,
  design: Design,
  { seed, fate }: { seed: string; fate: (unit: number) => LossReason | undefined },
  first: readonly Step[] = [],
): Sample {
  const base = drawSample(frame, design, seed);
  const steps: Step[] = [...first];
  let sample = followSample(frame, base, steps, { seed, inputs: {} });
  for (;;) {
    const known = new Set(
      steps.flatMap((step) => (step.kind === "replace" ? step.losses : [])).map(({ unitId }) => unitId),
    );
    const losses = sample.drawn.flatMap(({ unit }): Loss[] => {
      const reason = fate(unit);
      const unitId = frame.ids[unit] as string;
      return reason === undefined || known.has(unitId) ? [] : [{ unitId, reason }];
    });
    if (losses.length === 0) return sample;
    const logged = losses.map((loss) => ({ ...loss, place: "(log.csv, row 2", details: {} }));
    steps.push({ kind: "replace", losses: checkedLosses(frame, sample, logged) });
    sample = followSample(frame, base, steps, { seed, inputs: {} });
  }
}

/** Mean of some figures and its Monte Carlo standard error. */
export function meanOf(figures: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = figures.reduce((sum, each) => sum + each, 0) / figures.length;
  const squares = figures.reduce((sum, each) => sum + (each - mean) * (each - mean), 0);
  return { mean, error: Math.sqrt(squares / (figures.length - 1) / figures.length) };
}

/** How far the mean of some figures lies from the truth, in standard errors; 0 where all are the truth. */
export function distance(figures: readonly number[], truth: number): number {
  const { mean, error } = meanOf(figures);
  return Math.abs(mean - truth) < 1e-9 ? 0 : Math.abs(mean - truth) / error;
}

/** Σ of final weights times a value over the units in scope. */
export function weightedTotal(sample: Sample, figureOf: (unit: number) => number): number {
  return sample.drawn.reduce((sum, { unit }, at) => {
    const member = sample.after?.members[at];
    if (member === undefined) throw new Error("nothing was done since the draw");
    return member.status === "out-of-scope" ? sum : sum + member.finalWeight * figureOf(unit);
  }, 0);
}

/** A number from 0 to 1 for each unit and draw, so that who responds is random and the same on every run. */
export function chance(unit: number, draw: number): number {
  let state = Math.imul(unit + 1, 0x9e3779b1) ^ Math.imul(draw + 1, 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d);
  state = Math.imul(state ^ (state >>> 12), 0x297a2d39);
  return ((state ^ (state >>> 15)) >>> 0) / 4294967296;
}
