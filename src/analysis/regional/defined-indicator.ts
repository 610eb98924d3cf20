import type { Condition } from "../../plan/types.js";
import type { Indicator, Polarity } from "./comparison.js";

/** Fields and what must hold of each. */
export type Conditions = Readonly<Record<string, Condition>>;

/** An indicator of the export: what pages show of it, and how it is counted. */
export interface DefinedIndicator {
  readonly indicator: Indicator;
  readonly counting: Counting;
  /** What it is standardised for; absent where it is not. */
  readonly mix?: MixFields;
  /** What a reader must know of it. */
  readonly notes: readonly string[];
}

/** How an indicator is counted. */
export interface Counting {
  /** Units that it is of; open ones only, where that is so. */
  readonly of: Conditions;
  readonly open?: true;
  /** What is measured of them. */
  readonly what:
    | { readonly where: Conditions }
    | { readonly lacking: string }
    | { readonly stillOpenAt: number }
    | { readonly weeksWithin: number };
  /** The universe of its counts, and those that it is part of, the smallest first. */
  readonly universe: string;
  readonly within?: string;
}

/** An indicator before it is known whether the export carries it. */
export interface Wanted {
  readonly name: string;
  readonly counting: Counting;
  readonly polarity?: Polarity;
  /** What a reader must know of it. */
  readonly note?: string;
}

/** What figures are standardised for. */
export interface MixFields {
  readonly fields: readonly MixField[];
  /** For people: `Age band`, `Factors (neglect, domestic abuse, substance misuse)`. */
  readonly labels: readonly string[];
}

export interface MixField {
  readonly name: string;
  /** Of a field of lists: the items that each unit has or has not. */
  readonly items?: readonly string[];
}
