import type { Interval95, KeyMessage, Measure } from "../result.js";
import type { Count, Marked } from "../tally.js";

/** Which direction is good, where anything is. */
export type Polarity = "higher_is_better" | "lower_is_better";

/** What is measured in every area. */
export interface Indicator {
  /** Unique in a comparison, kebab-case: names of files are made of it. */
  readonly id: string;
  /** As headings have it. */
  readonly name: string;
  /**
   * `share` of units; `rate` of events to a denominator; `survival`, the share still open after a time; `restricted-mean`,
   * weeks open within a time; `measurement`, a published figure without counts, of which nothing is tested.
   */
  readonly kind: "share" | "rate" | "survival" | "restricted-mean" | "measurement";
  /** How values are written. */
  readonly measure: Measure;
  readonly polarity?: Polarity;
  /** What the denominator counts, as a sentence has it: `open children`. */
  readonly of: string;
  /** The date or span that it is about, for people. */
  readonly period: string;
  /** Where it was published; absent where it comes from the export. */
  readonly published?: { readonly source?: string; readonly releaseDate?: string; readonly status?: string };
}

/**
 * What the evidence says of an area beside its comparator. `few`: fewer than 10 units, never flagged. `untested`: nothing to test
 * with, as for a published figure without counts or a hidden one.
 */
export type Verdict = "higher" | "lower" | "similar" | "few" | "untested";

/** What an area is set against. */
export interface Comparator {
  /** `England` or `the rest of England`; with no name for the whole, `all areas` or `the other areas`. */
  readonly of: string;
  readonly value: number;
}

/** An indicator before and now. */
export interface Change {
  /** For people. */
  readonly since: string;
  /** Now less before, in the indicator's own unit. */
  readonly difference: Interval95;
  readonly verdict: "rose" | "fell" | "no clear change";
}

/** One area under one indicator. */
export interface AreaFigure {
  readonly area: string;
  /** Whether it says that the area is not known: shown last, never compared. */
  readonly unknown?: true;
  /** Events, and what they are out of; absent where the figure does not come of counts. */
  readonly numerator?: Count;
  readonly denominator?: Count;
  /** In the indicator's own unit: shares as fractions, durations in weeks. */
  readonly figure: Interval95 | number | Marked;
  readonly comparator?: Comparator;
  /** Of the test against the comparator, for children in families where they are; a fraction. */
  readonly pValue?: number;
  /** After Benjamini and Hochberg over the areas of this indicator, where that rules. */
  readonly adjustedP?: number;
  /** The word that pages use, by the rule of the whole comparison. */
  readonly verdict: Verdict;
  /** The same by other methods, where they could be used: pages say where they differ. */
  readonly otherwise: {
    /** With limits widened for differences that all areas have. */
    readonly overdispersed?: Verdict;
    /** Against what its mix of cases leads one to expect. */
    readonly standardised?: Verdict;
    /** By the p-value adjusted for the number of areas (Benjamini and Hochberg, 5 %), where that does not rule. */
    readonly adjusted?: Verdict;
  };
  /** Events at the comparator's rate, and at the whole's rates for the area's mix of cases. */
  readonly expected?: number;
  readonly expectedForMix?: number;
  /** Observed over expected, before and after standardising. */
  readonly ratio?: Interval95;
  readonly ratioForMix?: Interval95;
  /** Directly standardised, in the indicator's own unit: the only figures that are ranked. */
  readonly standardised?: Interval95;
  /** Why it is not standardised directly, and so has no rank: a sentence. */
  readonly unranked?: string;
  /** 1 is the highest value; bounds of the bootstrap's 95 %. */
  readonly rank?: Interval95;
  readonly change?: Change;
  /** Weight-free mean and pooled value of its statistical neighbours. */
  readonly neighbours?: {
    readonly names: readonly string[];
    readonly mean: number;
    readonly pooled: number;
    /** Named neighbours that the data do not have. */
    readonly lacking: readonly string[];
  };
  /** Earlier figures and this one, oldest first; `at` is a period's place among all: the next one is 1 more. */
  readonly history?: readonly {
    readonly period: string;
    readonly at: number;
    readonly value: number | Marked;
  }[];
}

/** How areas vary beyond chance. */
export interface Variation {
  /** Factor by which squared deviations exceed chance. */
  readonly phi: number;
  /** Variance between areas, on the scale. */
  readonly tauSquared: number;
  readonly scale: "log" | "square-root" | "arcsine";
  /** Share of the variation that is more than chance, a fraction. */
  readonly iSquared: number;
  /** 90th and 10th percentile over areas, type 7; their ratio where the lower is above 0. */
  readonly p90: number;
  readonly p10: number;
  /** Areas whose z was cut or left out, and areas with a count of 0 that the scale took as one half. */
  readonly trimmed: readonly string[];
  readonly zeros: readonly string[];
}

/** What a funnel is drawn from; its limits are functions of the size. */
export interface Funnel {
  /** Proportions by cases, or ratios by expected count. */
  readonly kind: "proportion" | "ratio";
  /** The line in the middle: a fraction, or 1. */
  readonly target: number;
}

/** All areas under one indicator. */
export interface IndicatorComparison {
  readonly indicator: Indicator;
  /** `England`, or `all areas`. */
  readonly whole: string;
  /** All areas together, those with an unknown area included. */
  readonly overall: Interval95 | number | Marked;
  /** By name, numbers within names as numbers; unknown areas last. */
  readonly areas: readonly AreaFigure[];
  /** What rules the words. */
  readonly rule: {
    /** Of the test: 0.95, or 0.998 with more than 20 areas. */
    readonly confidence: number;
    /** Whether a word also needs to pass Benjamini and Hochberg at 5 %. */
    readonly adjusted: boolean;
    /** Areas below this many units are not flagged. */
    readonly least: number;
  };
  /** Variance of a count over that of independent units, one for all areas; 1 where units are independent. */
  readonly designEffect: number;
  /** How many areas were tested, and how many chance alone would flag were none different. */
  readonly tested?: { readonly areas: number; readonly byChance: number };
  /** A funnel's sizes are cases over the design effect, for children in families: limits are functions of those. */
  readonly funnel?: Funnel;
  readonly variation?: Variation;
  /** What it was standardised for, as fields' labels, and how many units had to be left out of that. */
  readonly standardisedFor?: { readonly fields: readonly string[]; readonly leftOut: Count };
  /** Areas whose crude and standardised words differ in direction or in whether there is one, and the like: sentences. */
  readonly depends: readonly string[];
  readonly notes: readonly string[];
  readonly method: string;
  readonly uncertainty: string;
  readonly messages: readonly KeyMessage[];
}

/** An indicator that the data cannot carry, or by which no area can differ from another. */
export interface RefusedIndicator {
  readonly name: string;
  readonly reason: string;
  readonly instead: string;
  /** Whether it was counted, and all or none have it. */
  readonly alike?: true;
}
