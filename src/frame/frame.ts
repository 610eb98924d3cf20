import type { Exclusion } from "./cohort.js";
import type { Field } from "./field.js";
import type { Note } from "./note.js";
import type { Places } from "./rows.js";

/**
 * Every unit with its fields and its exclusion reason or none. Unit `i` of `ids`, `exclusion.codes`, `places` and each
 * field's codes is the same one. Nothing is dropped: rowsRead = eligible + excluded + superseded + folded.
 */
export interface Frame {
  readonly ids: readonly string[];
  /** Standard, derived and the plan's own fields, by name. */
  readonly fields: ReadonlyMap<string, Field>;
  readonly exclusion: Exclusion;
  /** Eligible units in byte order of their ids: the order of every file and digest. */
  readonly eligible: Int32Array;
  readonly places: Places;
  readonly accounting: FrameAccounting;
  /** Rows of each joined and lookup file that were used, in plan order; of the lists, those that stand for something in the data. */
  readonly matched: {
    readonly joins: readonly number[];
    readonly lookups: readonly number[];
    readonly excludeIds: number;
    readonly valueMap: number;
  };
  /** What each joined file says nothing of; absent where every unit has a row in each. */
  readonly lacking?: readonly LackingRows[];
  readonly notes: readonly Note[];
}

/** The units of which a joined file has no row, so that nothing that it gives is known of them. */
export interface LackingRows {
  /** As the plan names it. */
  readonly file: string;
  /** That it gives, without the key. */
  readonly fields: readonly string[];
  /** Per unit, 1 where it has no row for any of the unit's rows. */
  readonly units: Uint8Array;
}

export interface FrameAccounting {
  readonly rowsRead: number;
  /** Rows that a later file's row replaced. */
  readonly superseded: number;
  /** Rows that went into another row's unit. */
  readonly folded: number;
}
