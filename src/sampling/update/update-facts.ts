/** What is known of each unit of a corrected frame from the version before. */
export interface BeforeUpdate {
  /** By unit of the frame, the key of its stratum then; undefined where it was not eligible. */
  readonly strata: readonly (string | undefined)[];
  /** By unit, π then; 0 where it was not eligible. Absent where tickets decide who is added. */
  readonly probabilities?: Float64Array;
}

/** A stratum of the version before. */
export interface EarlierStratum {
  readonly key: string;
  /** The plan's stratum that it was part of. */
  readonly home: string;
  /** The version whose own tickets order it; absent where they are the draw's. */
  readonly tickets?: number;
}

/** The units of one stratum of the plan that came from one stratum of the version before, or those of which none was in it. */
export interface UpdateClass {
  readonly key: string;
  /** The plan's stratum. */
  readonly home: string;
  /** Key of the stratum of the version before; absent for the class of which nobody was in the sample. */
  readonly from?: string;
  /** As in {@link EarlierStratum}. */
  readonly tickets?: number;
  /** In byte order of their ids. */
  readonly units: Int32Array;
  /** s: how many of its units were in the sample before. */
  readonly kept: number;
  /** How many of these do not respond. */
  readonly silent: number;
}

/** What a design owes to an update. */
export interface UpdateFacts {
  /** The sample's version that the update made. */
  readonly version: number;
  readonly before: BeforeUpdate;
  /** The plan's strata. */
  readonly homes: readonly { readonly key: string; readonly units: Int32Array }[];
  /** By key; none where units are added from the complement, by probability. */
  readonly classes: ReadonlyMap<string, UpdateClass>;
}
