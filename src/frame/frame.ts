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
  readonly notes: readonly Note[];
}

export interface FrameAccounting {
  readonly rowsRead: number;
  /** Rows that a later file's row replaced. */
  readonly superseded: number;
  /** Rows that went into another row's unit. */
  readonly folded: number;
}
