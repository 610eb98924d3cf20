import type { Frame } from "../../frame/frame.js";
import type { Note } from "../../frame/note.js";
import { thousands } from "../../frame/words.js";
import type { Avoid } from "../../plan/types.js";

/** What is known of an earlier sample, by unit id. */
export interface EarlierSample {
  /** π₁ of every unit of its frame, a fraction. */
  readonly probabilities: ReadonlyMap<string, number>;
  /** The units that it drew. */
  readonly taken: ReadonlySet<string>;
}

/** A stratum as far as a draw given another one goes by it. */
interface GivenStratum {
  readonly units: Int32Array;
  readonly populationSize: number;
  readonly sampleSize: number;
}

/**
 * The probability of each unit given whether an earlier sample took it, so that as few as can be are taken twice and the
 * probability over both draws stays n_h/N_h: max(0, π₁ + π₂ − 1)/π₁ for a unit taken then, min(1, π₂/(1 − π₁)) for another.
 * A unit that was not in the earlier frame has π₁ = 0.
 *
 * @returns by unit of the frame; undefined where the plan avoids no sample
 * @see Sunter (1977) Applied Statistics 26:261–268 on negative coordination
 */
export function conditionalProbabilities(
  { ids }: Frame,
  strata: readonly GivenStratum[],
  options: { readonly avoid: Avoid | undefined; readonly earlier?: EarlierSample },
  notes: Note[],
): Float64Array | undefined {
  const { avoid, earlier } = options;
  if (avoid === undefined || !("sample" in avoid)) return undefined;
  if (earlier === undefined) throw new RangeError("A design that avoids a sample needs that sample");
  const conditional = new Float64Array(ids.length);
  let [known, taken, certain, varying] = [0, 0, 0, 0];
  for (const { units, sampleSize, populationSize } of strata) {
    const wanted = sampleSize / populationSize;
    let sum = 0;
    for (const unit of units) {
      const id = ids[unit] as string;
      const first = earlier.probabilities.get(id) ?? 0;
      const was = earlier.taken.has(id);
      if (earlier.probabilities.has(id)) known++;
      if (was) taken++;
      if (was && first + wanted > 1) certain++;
      conditional[unit] = was ? Math.max(0, first + wanted - 1) / first : Math.min(1, wanted / (1 - first));
      sum += conditional[unit] as number;
    }
    if (Math.abs(sum - sampleSize) > 1e-6) varying++;
  }
  sayWhatIsKnown(notes, { known, taken, certain, varying });
  return conditional;
}

function sayWhatIsKnown(
  notes: Note[],
  counts: {
    readonly known: number;
    readonly taken: number;
    readonly certain: number;
    readonly varying: number;
  },
): void {
  const { known, taken, certain, varying } = counts;
  notes.push({
    code: "avoid-sample",
    text:
      `${thousands(known)} eligible units were in the earlier frame, and ${thousands(taken)} of them in its sample; ` +
      `${certain === 0 ? "none of those is" : `${thousands(certain)} of those may be`} taken again. ` +
      "Probabilities over both draws are the design's.",
    count: taken,
    details: { known, taken, certain },
  });
  if (varying === 0) return;
  notes.push({
    code: "avoid-sizes-vary",
    text:
      `In ${varying === 1 ? "1 stratum" : `${thousands(varying)} strata`} the number drawn depends on how many units the ` +
      "earlier sample took there: on average over both draws it is the allocation's.",
    count: varying,
    details: {},
  });
}
