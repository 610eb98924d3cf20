/** A point of a line. */
export interface LinePoint {
  /** Milliseconds of UTC where the chart is over time, otherwise any number. */
  readonly x: number;
  readonly value: number;
  readonly lower?: number;
  readonly upper?: number;
  /** `sign`: a diamond, as something other than chance is at work; `hollow`: a figure that may still change; or both. */
  readonly look?: "sign" | "hollow" | "hollow-sign";
}

export interface Line {
  /** Stands at the line's right end. */
  readonly label: string;
  readonly colour: string;
  /** Parted where a point is missing. */
  readonly runs: readonly (readonly LinePoint[])[];
  /** Without points: one of several to compare with. */
  readonly plain?: boolean;
}

/** A stretch of points and what it is a sign of. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** One plot with its own vertical scale. */
export interface LinePanel {
  /** What is drawn and in which unit. */
  readonly heading: string;
  readonly lines: readonly Line[];
  /** From zero, in place of lines. */
  readonly bars?: readonly { readonly x: number; readonly value: number }[];
  /** Grey lines across, with their names: a mean, limits. */
  readonly levels?: readonly { readonly value: number; readonly label: string }[];
  readonly stretches?: readonly Stretch[];
  /** Where a figure is not shown, and its shorthand. */
  readonly missing?: readonly { readonly x: number; readonly text: string }[];
  /** d3-format of the numbers at the axis. */
  readonly format: string;
  readonly fromZero: boolean;
  /** The least step between two numbers at the axis. */
  readonly leastStep?: number;
}

export interface LineChart {
  readonly panels: readonly LinePanel[];
  /** Every place that may have a name below the plots; as many are written as fit. */
  readonly ticks: readonly { readonly x: number; readonly label: string }[];
  readonly scale: "utc" | "linear";
}
