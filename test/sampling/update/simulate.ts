import type { Frame } from "../../../src/frame/frame.js";
import type { SamplePlan } from "../../../src/plan/types.js";
import { followSample } from "../../../src/sampling/after/follow.js";
import type { Step } from "../../../src/sampling/after/outcome.js";
import { drawSample, type Sample } from "../../../src/sampling/draw.js";
import { prepareUpdate } from "../../../src/sampling/update/prepare.js";
import { designOf } from "../inclusion.js";

/** A sample as an earlier version left it. */
export interface Earlier {
  readonly frame: Frame;
  readonly sample: Sample;
}

/** A sample brought to a corrected frame, and whatever is done after that. */
export function updateTo(
  earlier: Earlier,
  frame: Frame,
  { seed, since = [] }: { readonly seed: string; readonly since?: readonly Step[] },
): Earlier {
  const { step, before } = prepareUpdate(earlier, frame);
  const steps = [...(earlier.sample.after?.steps ?? []), step, ...since];
  const { plan } = earlier.sample.design;
  return { frame, sample: followSample(frame, { plan }, steps, { seed, inputs: { before } }) };
}

/** A draw and whatever is done before the correction. */
export function firstDraw(
  frame: Frame,
  plan: Partial<SamplePlan> & { readonly size: number },
): (seed: string, steps?: readonly Step[]) => Earlier {
  const design = designOf(frame, plan);
  return (seed, steps = []) => ({
    frame,
    sample: followSample(frame, drawSample(frame, design, seed), steps, { seed, inputs: {} }),
  });
}

/** For each unit of a frame the mean of 1{in the sample} times its weight over many draws that give one, and its distance from 1 in standard errors. */
export function weightPerUnit(
  frame: Frame,
  draws: number,
  draw: (k: number) => Sample | undefined,
): { readonly z: number[]; readonly total: (figureOf: (unit: number) => number) => number } {
  const sums = new Float64Array(frame.ids.length);
  const squares = new Float64Array(frame.ids.length);
  const samples: { units: Int32Array; weights: Float64Array }[] = [];
  for (let k = 0; k < draws; k++) {
    const sample = draw(k);
    if (sample === undefined) continue;
    const { drawn, after } = sample;
    const weightOf = (at: number, weight: number): number => after?.members[at]?.finalWeight ?? weight;
    samples.push({
      units: Int32Array.from(drawn, ({ unit }) => unit),
      weights: Float64Array.from(drawn, ({ weight }, at) => weightOf(at, weight)),
    });
    for (const [at, { unit, weight }] of drawn.entries()) {
      const final = weightOf(at, weight);
      sums[unit] = (sums[unit] as number) + final;
      squares[unit] = (squares[unit] as number) + final * final;
    }
  }
  const count = samples.length;
  const z = Array.from(frame.eligible, (unit) => {
    const mean = (sums[unit] as number) / count;
    const error = Math.sqrt(((squares[unit] as number) / count - mean * mean) / count);
    return Math.abs(mean - 1) < 1e-9 ? 0 : (mean - 1) / error;
  });
  return {
    z,
    total: (figureOf) => {
      const truth = frame.eligible.reduce((sum, unit) => sum + figureOf(unit), 0);
      const totals = samples.map(({ units, weights }) =>
        units.reduce((sum, unit, at) => sum + (weights[at] as number) * figureOf(unit), 0),
      );
      const mean = totals.reduce((sum, each) => sum + each, 0) / count;
      const error = Math.sqrt(
        totals.reduce((sum, each) => sum + (each - mean) * (each - mean), 0) / (count - 1) / count,
      );
      return Math.abs(mean - truth) < 1e-9 * truth ? 0 : (mean - truth) / error;
    },
  };
}
