import type { Note } from "../../frame/note.js";
import type { EstimatedProbabilities } from "../caps/replay.js";
import type { Design } from "../design.js";
import type { Sample } from "../draw.js";
import type { PickedUnit } from "../picked.js";
import type { ChosenCase, Entry, LossReason, Place, Release } from "./outcome.js";

/** A unit that came into the sample, lost or not. */
export interface Member extends PickedUnit {
  readonly version: number;
  readonly entry: Entry;
}

/** A sample between two steps. */
export interface Standing {
  readonly version: number;
  /** As of the draw or the last top-up. */
  readonly design: Design;
  /** In draw order. */
  readonly members: readonly Member[];
  /** Not yet released, by stratum and in the order of their release. */
  readonly reserves: readonly PickedUnit[];
  readonly lost: ReadonlyMap<number, LossReason>;
  readonly places: readonly Place[];
  readonly releases: readonly Release[];
  /** By stratum: how many units in scope and at hand a release stops at. */
  readonly wanted: ReadonlyMap<string, number>;
  /** Strata that a top-up enlarged when a case of theirs was out of scope already: no number in scope stops their release. */
  readonly toppedUp: ReadonlySet<string>;
  /** By stratum, what each round of a capped draw gave. */
  readonly rounds: readonly ReadonlyMap<string, number>[];
  readonly chosen: readonly ChosenCase[];
  readonly estimated?: EstimatedProbabilities;
  readonly notes: readonly Note[];
}

/** Whether the reserves are the next units of the draw itself, so that a larger draw would have taken just them. */
export function continuesDraw({ plan, conditional }: Design): boolean {
  return plan.method === "random" && plan.caps === undefined && conditional === undefined;
}

/** A sample as it was drawn. */
export function asDrawn({ design, drawn, reserves, estimated, notes }: Sample): Standing {
  const sizes = new Map(design.strata.map(({ key, sampleSize }) => [key, sampleSize]));
  return {
    version: 1,
    design,
    members: drawn.map(
      ({ unit, ticket, stratum }): Member => ({ unit, ticket, stratum, version: 1, entry: "drawn" }),
    ),
    reserves,
    lost: new Map(),
    places: drawn.map(({ unit, stratum }) => ({ stratum: stratum.key, origin: unit, holder: unit })),
    releases: [],
    wanted: sizes,
    toppedUp: new Set(),
    rounds: [sizes],
    chosen: [],
    ...(estimated === undefined ? {} : { estimated }),
    notes,
  };
}

/** How many units of each stratum came by the draw and its continuation: m_h; substitutes do not count. */
export function presentByStratum({ design, members, places }: Standing): Map<string, number> {
  const keys = continuesDraw(design)
    ? members.map(({ stratum }) => stratum.key)
    : places.map(({ stratum }) => stratum);
  const counts = new Map(design.strata.map(({ key }) => [key, 0]));
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
