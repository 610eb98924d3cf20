import type { CurveSet } from "../../analysis/curves.js";
import type { Edition } from "../../analysis/item.js";
import type { IndicatorComparison, RefusedIndicator } from "../../analysis/regional/comparison.js";
import type { ResultTable } from "../../analysis/result.js";
import type { Tile } from "../../charts/tile-map-chart.js";
import type { DisclosureRecord } from "../../disclosure/protect-tallies.js";
import type { FrameDigests } from "../../frame/frame-digests.js";
import type { Plan } from "../../plan/types.js";
import type { ManifestInput } from "../../report/manifest.js";
import type { SuppliedFile } from "../analysis/supplied-table.js";
import type { BuiltFrame } from "../build-from-plan.js";

/** An indicator over areas, and how long cases last in each, where it is about that. */
export interface Compared {
  readonly comparison: IndicatorComparison;
  readonly curves?: CurveSet;
}

/** Indicators that are of the same areas: those of the export, or those that were published. */
export interface AreaGroup {
  /** What the areas are, for people: `Service area`. */
  readonly heading: string;
  /** By name; those that are not known last. */
  readonly areas: readonly string[];
  readonly compared: readonly Compared[];
  /** Whether all of it was published before. */
  readonly published: boolean;
}

/** Areas beside each other, by everything that a plan's export and files can say. */
export interface Comparison {
  readonly plan: Plan;
  readonly edition: Edition;
  /** The field of the areas, or what published ones are called; absent where nothing was named. */
  readonly by?: string;
  readonly groups: readonly AreaGroup[];
  readonly refused: readonly RefusedIndicator[];
  /** Which areas lie in which, where the plan names fields of them. */
  readonly nested?: ResultTable;
  readonly tiles: readonly Tile[];
  readonly built?: BuiltFrame;
  /** Waits for the digests of its frame, where another thread was asked for them. */
  readonly finishDigests?: () => Promise<FrameDigests>;
  readonly supplied: readonly SuppliedFile[];
  readonly earlier?: readonly ManifestInput[];
  /** What whoever named the files must know at once. */
  readonly notes: readonly string[];
  /** What was done to small counts, in a publishable edition. */
  readonly disclosure?: DisclosureRecord;
}

/** Every indicator's comparison, in the order of a page. */
export function comparisonsOf(groups: Comparison["groups"]): IndicatorComparison[] {
  return groups.flatMap(({ compared }) => compared.map(({ comparison }) => comparison));
}
