import type { EarlierStratum } from "../update/update-facts.js";

/** Why a case of the sample cannot be reviewed. */
export const lossReasons = ["out-of-scope", "inaccessible", "conflict"] as const;
export type LossReason = (typeof lossReasons)[number];

/** A case of the sample that cannot be reviewed. */
export interface Loss {
  readonly unitId: string;
  readonly reason: LossReason;
}

/** A unit of the version before an update that is still eligible. */
export interface KeptUnit {
  readonly unitId: string;
  /** As it came into the sample, and with which version. */
  readonly entry: Entry;
  readonly version: number;
  readonly lost?: {
    readonly reason: LossReason;
    readonly version: number;
    /** The reserve that came for it, if that stays. */
    readonly released?: string;
  };
  /** Under designs whose reserves do not continue the draw: the drawn units whose places it holds; by default its own. */
  readonly holds?: readonly string[];
}

/** What an update on a corrected export goes by, beside the corrected frame. */
export interface UpdateStep {
  readonly kind: "update";
  /** Of the whole sample, as the plan or the last top-up had it. */
  readonly size: number;
  /** Strata of the version before that gave units of the sample. */
  readonly earlier: readonly EarlierStratum[];
  /** In the order of the sample. */
  readonly kept: readonly KeptUnit[];
}

/** A case that somebody chose: it was not sampled and stands for no others. */
export interface ChosenCase {
  readonly unitId: string;
  readonly reason: ChosenReason;
  /** A role or initials. */
  readonly askedBy: string;
  /** ISO date. */
  readonly askedOn: string;
  /** The sample's version in which it came. */
  readonly version: number;
}

/** Why a case is chosen. */
export const chosenReasons = [
  "line-of-enquiry",
  "delay",
  "nominated-good-practice",
  "audit",
  "complaint",
] as const;
export type ChosenReason = (typeof chosenReasons)[number];

/** What was done with a sample after its draw: from each step comes the sample's next version. */
export type Step =
  | { readonly kind: "replace"; readonly losses: readonly Loss[] }
  | UpdateStep
  | { readonly kind: "add"; readonly cases: readonly Omit<ChosenCase, "version">[] }
  | {
      readonly kind: "extend";
      /** Of the whole sample, with what is in it already. */
      readonly size: number;
      /** Whether findings had a part in the decision: then probabilities hold only given what was found. */
      readonly afterFindings: boolean;
    };

/**
 * How a unit came into the sample: by the draw; as the draw's next unit, released for a lost one; as a substitute for a lost
 * one, under designs whose reserves do not continue the draw; by a top-up.
 */
export type Entry = "drawn" | "released" | "substitute" | "added";

/** One unit of the sample, as it stands. */
export interface MemberOutcome {
  /** The sample's version in which the unit came. */
  readonly version: number;
  readonly entry: Entry;
  /** How it came, or why it is lost. */
  readonly status: Entry | LossReason;
  /** How many eligible units it stands for; one that is out of scope stands for as many with nothing to count; 0 where it does not respond. */
  readonly finalWeight: number;
}

/** One unit that was lost, and what was done about it. */
export interface Release {
  readonly version: number;
  /** Unit of the frame. */
  readonly unit: number;
  readonly stratum: string;
  readonly reason: LossReason;
  /** The unit that came for it; absent where none was due, or none was left. */
  readonly released?: number;
}

/** Under designs whose reserves do not continue the draw: what one drawn unit stands for, and the unit that holds it now. */
export interface Place {
  readonly stratum: string;
  readonly origin: number;
  /** Absent where the last holder was lost and no reserve was left. */
  readonly holder?: number;
}

/** One stratum of the sample, as it stands. */
export interface StratumOutcome {
  readonly key: string;
  /** n_h: what the draw, or the last top-up, was to give. */
  readonly allocated: number;
  /** m_h: every unit that was ever in the sample, lost ones too. */
  readonly members: number;
  readonly released: number;
  readonly added: number;
  readonly outOfScope: number;
  readonly inaccessible: number;
  readonly conflict: number;
  /** (members − inaccessible − conflict) / members, a fraction; 1 where there are none. */
  readonly responseRate: number;
  /** Σ of the final weights of units in scope: how many eligible units are, as far as the sample tells. */
  readonly inScope: number;
}

/** What became of a sample since its draw. */
export interface AfterDraw {
  /** From 2. */
  readonly version: number;
  readonly steps: readonly Step[];
  /** In the sample's order. */
  readonly members: readonly MemberOutcome[];
  /** In the design's order. */
  readonly strata: readonly StratumOutcome[];
  readonly releases: readonly Release[];
  /** Of every unit that the draw or a top-up gave; without meaning where reserves continue the draw. */
  readonly places: readonly Place[];
  /** Cases that stand beside the sample, in the order in which they came. */
  readonly chosen: readonly ChosenCase[];
}
