/**
 * Why a cell holds no figure, in the shorthand of the Government Analysis Function: `c` confidential, `x` not available,
 * `z` not applicable, `low` rounds to zero.
 */
export type Mark = "c" | "x" | "z" | "low";

export interface Marked {
  readonly mark: Mark;
}

/** A whole number of units, or why it is not shown. */
export type Count = number | Marked;

export function isMarked(value: unknown): value is Marked {
  return typeof value === "object" && value !== null && "mark" in value;
}

/** What share of the whole a part is, 1 at the most, since rounding can put a part above it; of nothing there is none. */
export function fractionOf(part: Count, whole: Count): Count {
  if (isMarked(part)) return part;
  if (isMarked(whole)) return whole;
  return whole === 0 ? { mark: "x" } : Math.min(1, part / whole);
}

/** A level of a side of a table. */
export interface Level {
  /** As the frame codes it. */
  readonly key: string;
  /** For people. */
  readonly label: string;
  /** Whether it says that nothing is known; such levels come last, and are in no share's base. */
  readonly unknown?: boolean;
  /** The level of a field whose units are exactly these: it links the table with those of that field. */
  readonly of?: { readonly field: string; readonly level: string };
}

/** A side of a table: the levels of a field, in the order in which they are shown. */
export interface Axis {
  /** Name of the field, or of what else the levels are of. */
  readonly field: string;
  readonly label: string;
  readonly levels: readonly Level[];
  /** Whether they are in the order of how many there are, most first: a publishable edition orders by what it shows. */
  readonly byCount?: true;
  /**
   * Where the levels are `yes` and `no`: to which level of which field they answer, as one factor of several. It links the
   * table with those of that field.
   */
  readonly of?: { readonly field: string; readonly level: string };
}

/**
 * Counts of units by the levels of one or two fields, with their margins. Shares are worked out of these, and disclosure
 * control protects them: two tallies that count the same universe by the same field and level hold the same number.
 */
export interface Tally {
  /** Unique in an analysis. */
  readonly id: string;
  /** What is counted, as `open children`: cells of tallies with the same universe are linked. */
  readonly universe: string;
  /** The universe that this one is part of, as `children`: what is in the one and not in the other can be worked out. */
  readonly within?: string;
  /** Which of those it is: the ones of this level of this field, so that its total is theirs in every table. */
  readonly where?: { readonly field: string; readonly level: string };
  readonly rows: Axis;
  /** No levels in a table of one field. */
  readonly columns: Axis;
  /** Row by column. */
  readonly cells: readonly (readonly Count[])[];
  /** Of each row over all columns. */
  readonly rowTotals: readonly Count[];
  /** Of each column: of all units, whether or not rows add up to it. */
  readonly columnTotals: readonly Count[];
  readonly total: Count;
  /** Whether each unit stands in exactly one row; not where it may have several, as factors. */
  readonly disjoint: boolean;
  /** By how much rounding may have moved each count but 0; default none. What is claimed of them has to hold before rounding too. */
  readonly slack?: number;
  /** Design effects, for children in families, of each row's share among the known of its column. */
  readonly effects?: {
    readonly cells: readonly (readonly number[])[];
    readonly rowTotals: readonly number[];
  };
}

/** A figure that is not a count, and what it rests on. */
export interface Statistic {
  readonly value: number;
  /** Bounds of its interval, where it has one. */
  readonly lower?: number;
  readonly upper?: number;
  /** The smallest count of units that it rests on: a publishable edition shows nothing that rests on few. */
  readonly base: number;
  /** A publishable edition rounds it to a multiple of this, in its own unit. */
  readonly step: number;
  /** Rounded to its step: sentences give it no digits beyond. */
  readonly coarse?: true;
}
