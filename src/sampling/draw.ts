import type { Frame } from "../frame/frame.js";
import type { Note } from "../frame/note.js";
import type { AfterDraw } from "./after/outcome.js";
import { drawCoordinated } from "./avoid/coordinated.js";
import { drawBalanced } from "./balanced.js";
import { drawCapped } from "./capped.js";
import type { EstimatedProbabilities } from "./caps/replay.js";
import type { Design } from "./design.js";
import { refuseOtherCall } from "./draw-call.js";
import { drawOnePerFamily } from "./one-per-family.js";
import { inDrawOrder, type Picked, type PickedUnit } from "./picked.js";
import { drawRandom } from "./random.js";
import { drawSystematic } from "./systematic.js";

/** One drawn unit. */
export interface DrawnUnit extends PickedUnit {
  /** π of the unit, a fraction. */
  readonly probability: number;
  /** 1/π: how many units it stands for. */
  readonly weight: number;
}

/** A drawn sample: units, reserves, and the probability of every unit of the frame. */
export interface Sample {
  readonly design: Design;
  /** In draw order: by ticket over the whole sample. */
  readonly drawn: readonly DrawnUnit[];
  /** By stratum, and within one in the order in which they are to be released. */
  readonly reserves: readonly PickedUnit[];
  /** π of each unit of the frame: the design's, or estimated where it caps. */
  readonly probabilities: Float64Array;
  readonly estimated?: EstimatedProbabilities;
  /** Where units were replaced or added since the draw. */
  readonly after?: AfterDraw;
  /** The design's, and what the draw adds. */
  readonly notes: readonly Note[];
}

/**
 * Draws a sample. What is drawn depends on the seed, the eligible ids and the fields of the design, and on nothing
 * else.
 *
 * @param seed - any text, used exactly as given
 * @throws CasedrawError `CALL_INVALID`, and those of the design's method
 * @example
 * const { frame, design } = await readDesign("plan.yaml");
 * const { drawn } = drawSample(frame, design, "314159");
 * design.strata.map(({ key, populationSize: N, sampleSize: n }) => `${key}: ${n} of ${N}`)[0] // → "private / over 100: 3 of 28"
 * drawn.map(({ unit, stratum }) => `${frame.ids[unit]}, ${stratum.key}`)[0] // → "649779_697480, private / up to 26"
 * const total = drawn.reduce((sum, { weight }) => sum + weight, 0);
 * [drawn.length, Math.round(total) === frame.eligible.length] // → [60, true]; the weights stand for all
 */
export function drawSample(frame: Frame, design: Design, seed: string): Sample {
  refuseOtherCall({ frame, design, seed });
  const { drawn, reserves, estimated, notes = [] } = methodOf(design)(frame, design, seed);
  const probabilities = estimated?.probabilities ?? design.probabilities;
  return {
    design,
    drawn: inDrawOrder(frame, drawn).map((picked): DrawnUnit => {
      const probability = probabilities[picked.unit] as number;
      return { ...picked, probability, weight: weightOf(picked, design, probability) };
    }),
    reserves,
    probabilities,
    ...(estimated === undefined ? {} : { estimated }),
    notes: [...design.notes, ...notes],
  };
}

function methodOf({ plan, conditional }: Design): (frame: Frame, design: Design, seed: string) => Picked {
  if (conditional !== undefined) return drawCoordinated;
  if (plan.one_per !== undefined) return drawOnePerFamily;
  if (plan.caps !== undefined) return drawCapped;
  if (plan.method === "systematic") return drawSystematic;
  return plan.method === "balanced" ? drawBalanced : drawRandom;
}

/** N_h·m / n_h is nearer to the truth than the inverse of a rounded probability, where the design has nothing else in it. */
export function weightOf(
  { unit, stratum }: PickedUnit,
  { families, probabilities }: Design,
  probability: number,
): number {
  const size = families?.sizeOf[unit] ?? 1;
  const plain = stratum.sampleSize / (stratum.populationSize * size);
  return probability === plain && probability === probabilities[unit]
    ? (stratum.populationSize * size) / stratum.sampleSize
    : 1 / probability;
}
