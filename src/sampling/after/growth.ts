import type { Frame } from "../../frame/frame.js";
import type { Note } from "../../frame/note.js";
import type { EstimatedProbabilities } from "../caps/replay.js";
import type { Design } from "../design.js";
import type { PickedUnit } from "../picked.js";
import type { Standing } from "./standing.js";

/** A top-up that is to be drawn. */
export interface Round {
  /** Of the larger sample. */
  readonly design: Design;
  readonly seed: string;
  /** Of the larger sample; part of the labels of its streams. */
  readonly version: number;
}

/** What a top-up draws. */
export interface Growth {
  readonly added: readonly PickedUnit[];
  /** By default the next tickets of each stratum. */
  readonly reserves?: readonly PickedUnit[];
  /** Under caps: how many units each stratum gave, by key. */
  readonly round?: ReadonlyMap<string, number>;
  readonly estimated?: EstimatedProbabilities;
  readonly notes?: readonly Note[];
}

/** Draws a top-up; the strata of the units it gives are those of the larger design. */
export type Grow = (frame: Frame, standing: Standing, round: Round) => Growth;
