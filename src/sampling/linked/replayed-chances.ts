import type { Frame } from "../../frame/frame.js";
import { stream } from "../../random/streams.js";
import { takeBalanced } from "../balanced.js";
import { capReplays } from "../capped.js";
import { capGroups } from "../caps/cap-groups.js";
import { cappedStream, type EstimatedProbabilities, eachCappedReplay } from "../caps/replay.js";
import type { Sample } from "../draw.js";
import { stratumPlaces } from "../strata.js";
import type { LinkGroups } from "./link-groups.js";

/** K: replays from which probabilities of values under a balanced draw are estimated. Part of the algorithm's version. */
const balancedReplays = 1000;

interface Replayed {
  readonly frame: Frame;
  readonly sample: Sample;
  readonly seed: string;
}

/** Balanced draws, replay k from the stream `linked/<k>`: the units shuffled from byte order of their ids, then the cube. */
export function replayBalanced(
  { frame, sample, seed }: Replayed,
  groups: LinkGroups,
  onReplay: (done: number, all: number) => void,
) {
  const strata = sample.design.strata.filter(({ sampleSize }) => sampleSize > 0);
  const stratumOf = stratumPlaces(strata, frame.ids.length);
  const drawable = frame.eligible.filter((unit) => stratumOf[unit] !== -1);
  const tally = new ValueTally(groups);
  for (let k = 1; k <= balancedReplays; k++) {
    const next = stream(seed, `linked/${k}`);
    const units = shuffled(drawable, next);
    const taken = takeBalanced(frame, sample.design, { units, stratumOf, next });
    tally.add(units.filter((_, at) => taken[at] === 1));
    onReplay(k, balancedReplays);
  }
  return tally.chances(sample, { stream: "linked/<k>", replays: balancedReplays, discarded: 0 });
}

/** Capped draws: the very replays from which the sample's own probabilities were estimated. */
export function replayCapped({ frame, sample, seed }: Replayed, groups: LinkGroups) {
  const { design, estimated } = sample;
  const strata = design.strata.filter(({ sampleSize }) => sampleSize > 0);
  const caps = capGroups(frame, design.plan.caps ?? {}, strata, []);
  const tally = new ValueTally(groups);
  const discarded = eachCappedReplay(strata, caps, { seed, replays: capReplays }, (accepted) =>
    tally.add(accepted),
  );
  const replays = { stream: cappedStream, replays: capReplays - discarded, discarded };
  return tally.chances(sample, replays, estimated);
}

/** Fisher and Yates's shuffle. */
function shuffled(units: Int32Array, next: () => number): Int32Array {
  const order = units.slice();
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    const unit = order[i] as number;
    order[i] = order[j] as number;
    order[j] = unit;
  }
  return order;
}

/** Counts, over replays, how often each value is among the drawn units. */
class ValueTally {
  readonly #groups: LinkGroups;
  readonly #hits: Float64Array;
  readonly #seen: Int32Array;
  #replays = 0;

  constructor(groups: LinkGroups) {
    this.#groups = groups;
    this.#hits = new Float64Array(groups.values.length);
    this.#seen = new Int32Array(groups.values.length);
  }

  add(drawn: Int32Array): void {
    this.#replays++;
    for (const unit of drawn) {
      for (const value of this.#groups.valuesOf(unit)) {
        if (this.#seen[value] === this.#replays) continue;
        this.#seen[value] = this.#replays;
        this.#hits[value] = (this.#hits[value] as number) + 1;
      }
    }
  }

  /** A value lies between its likeliest unit's probability and the sum over its units; where these meet it is known. */
  chances(
    { probabilities: own }: Sample,
    estimation: { readonly stream: string; readonly replays: number; readonly discarded: number },
    units?: EstimatedProbabilities,
  ) {
    const { members } = this.#groups;
    const probabilities = new Float64Array(members.length);
    const standardErrors = new Float64Array(members.length);
    let held = 0;
    for (const [value, of] of members.entries()) {
      const least = of.reduce((most, unit) => Math.max(most, own[unit] as number), 0);
      const most = of.reduce((sum, unit) => sum + (own[unit] as number), 0);
      const share = (this.#hits[value] as number) / estimation.replays;
      const known = least === 1 || most === least;
      const within = Math.min(Math.max(share, least), most, 1);
      probabilities[value] = known ? least : within;
      standardErrors[value] = known
        ? errorOfOne(of, units)
        : Math.sqrt((within * (1 - within)) / estimation.replays);
      if (!known && within !== share) held++;
    }
    return { probabilities, standardErrors, estimation: { ...estimation, held } };
  }
}

/** The error of the unit's own probability, where that was estimated. */
function errorOfOne(units: readonly number[], estimated: EstimatedProbabilities | undefined): number {
  return units.reduce((most, unit) => Math.max(most, estimated?.standardErrors[unit] ?? 0), 0);
}
