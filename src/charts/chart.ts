import type { TopLevelSpec } from "vega-lite";

/** A Vega-Lite specification with its data in it: plain JSON, to be rendered here or changed in a notebook. */
export type Spec = TopLevelSpec;

/** What stands beside the picture for those who cannot see it, or want the numbers. */
export interface ChartTable {
  readonly header: readonly string[];
  /** As a reader is to see them: characteristic and level as text, then figures with their unit. */
  readonly rows: readonly (readonly string[])[];
}

/** A picture and everything that a page has to say with it. Title and subtitle stand in the page, not in the picture. */
export interface Chart {
  readonly spec: Spec;
  /** The same picture in pieces, each of which fits on a sheet of paper, on one scale; absent where there is one piece. */
  readonly parts?: readonly Spec[];
  /** Headline: a statement of ten words or fewer, from the numbers and no stronger than they are. */
  readonly title: string;
  /** What is measured, in which unit, over what. */
  readonly subtitle: string;
  /** Text alternative: what the picture shows, with the numbers that matter. */
  readonly description: string;
  readonly table: ChartTable;
  /** How to read it and what it does not say. */
  readonly notes: readonly string[];
}
