import { type Count, isMarked, type Marked } from "./tally.js";

/** A figure with its interval; bounds are in the figure's own unit. */
export interface Interval95 {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

export type Cell = number | string | Interval95 | Marked;

/** Whether a cell holds a figure with its interval. */
export function isInterval(cell: Cell | undefined): cell is Interval95 {
  return typeof cell === "object" && !isMarked(cell);
}

/** How the figures of a column are written: shares are fractions 0 to 1 and shown in percent. */
export type MeasureKind = "count" | "share" | "weeks" | "days" | "ratio" | "number" | "probability" | "text";

/** A column of figures. */
export interface Measure {
  /** Name in files, snake_case, with the unit where that is not plain. */
  readonly key: string;
  /** Header for people, with the unit. */
  readonly label: string;
  readonly kind: MeasureKind;
  /** Digits after the point for people; default 1 for shares (of percent), weeks and numbers, 2 for ratios, 0 for others. */
  readonly decimals?: number;
  /** Whether its cells may hold intervals: files then have `_lower` and `_upper` columns. */
  readonly interval?: boolean;
}

export interface ResultRow {
  /** One for each dimension, for people. */
  readonly names: readonly string[];
  /** One for each measure. */
  readonly cells: readonly Cell[];
}

/** A table of figures: what every chart has beside it, and what goes into files. */
export interface ResultTable {
  /** Unique in the analysis, snake_case: a file's name. */
  readonly id: string;
  /** What is measured, of whom, when: it stands alone. */
  readonly caption: string;
  /** What the rows are of, for people: `Age`, `Law type`. */
  readonly dimensions: readonly string[];
  readonly measures: readonly Measure[];
  readonly rows: readonly ResultRow[];
  /** By how much rounding may have moved each of its counts; default none. */
  readonly slack?: number;
}

/** What a result rests on. */
export interface Base {
  /** How many units it is of. */
  readonly units: Count;
  /** `children`, `open children`, `cases` …, as a sentence has it. */
  readonly unit: string;
  /** The date or span that it is about, for people. */
  readonly period: string;
  /** Units that lack what it needs; undefined where nothing can be missing. */
  readonly missing?: Count;
  /** A sentence on who is beside those: "552 more have no date …". */
  readonly beside?: string;
}

/** A sentence that matters, with the figures that it rests on. Never worded more strongly than its interval allows. */
export interface KeyMessage {
  readonly text: string;
  /** The same as the headline of the item's chart, where that is to say it: ten words or fewer. */
  readonly headline?: string;
  /** How much it matters, 0 to 1, to put the few that lead in order. */
  readonly weight: number;
  /** Fields, as they are counted, that it says are not known, where it says nothing else: who says it of more fields says it for both. */
  readonly gaps?: readonly string[];
}

/** What an item of the catalogue found. */
export interface Result {
  readonly base: Base;
  /** How the figures were worked out. */
  readonly method: string;
  /** What the intervals are, or why there are none. */
  readonly uncertainty: string;
  /** The first is the one that the item's chart shows. */
  readonly tables: readonly ResultTable[];
  /** What a reader must know beside it. */
  readonly notes: readonly string[];
  readonly messages: readonly KeyMessage[];
  /** Candidates for a line of enquiry: an observation with its evidence and uncertainty, as a sentence each. */
  readonly enquiries: readonly KeyMessage[];
}
