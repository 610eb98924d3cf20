import type { Frame } from "../frame/frame.js";
import type { Plan } from "../plan/types.js";
import type { CurveSet } from "./curves.js";
import type { DefinedIndicator } from "./regional/defined-indicator.js";
import type { Result } from "./result.js";
import type { Marked, Statistic, Tally } from "./tally.js";

/** What an analysis is of: units of a frame, and what the plan says of them. */
export interface Subject {
  readonly frame: Frame;
  readonly plan: Plan;
  /** The units analysed, as places in the frame, ascending: all, or those eligible. */
  readonly units: Int32Array;
  /** Numbers from elsewhere to compare with, where the plan names a file of them. */
  readonly population?: readonly PopulationLevel[];
  /** Earlier exports of the same shape, each measured on its own reference date, oldest first. */
  readonly earlier?: readonly Subject[];
}

/** How many children of the whole population are of a level; the levels of a characteristic are apart. */
export interface PopulationLevel {
  /** Name of a field. */
  readonly characteristic: string;
  /** Its code, or its label for people. */
  readonly level: string;
  /** Above 0. */
  readonly population: number;
}

/** What an item may know when it turns counts into figures: no frame, so that nothing gets past disclosure control. */
export interface About {
  readonly plan: Plan;
  readonly edition: Edition;
  /** As in the subject: numbers that are public. */
  readonly population?: readonly PopulationLevel[];
}

/** For the inspection team, with every count; or for anyone, with small counts suppressed and the others rounded. */
export type Edition = "internal" | "publishable";

/** What an item has counted: everything that its figures are worked out of. */
export interface Counted {
  readonly tallies: readonly Tally[];
  /** By name. */
  readonly statistics?: Readonly<Record<string, Statistic | Marked>>;
  readonly curves?: readonly CurveSet[];
  /** What its tallies ask of areas, where it compares them: definitions, and nothing that was counted. */
  readonly indicators?: readonly DefinedIndicator[];
  /** Units of which a joined file says nothing; in an internal edition alone, for the numbers are exact. */
  readonly lacking?: readonly LackingUnits[];
}

/** Of how many units a joined file has no row. */
export interface LackingUnits {
  readonly file: string;
  /** That it gives. */
  readonly fields: readonly string[];
  readonly units: number;
  /** By the id of a tally, how many of those that it counts: a field may be of some units only. */
  readonly counted: Readonly<Record<string, number>>;
}

/** Why the data cannot carry an item. */
export interface Refusal {
  /** A sentence: what is missing. */
  readonly reason: string;
  /** A sentence: the nearest honest alternative, or what would have to be supplied. */
  readonly instead: string;
}

/** An item of the catalogue: one question that the analysis answers, or refuses to. */
export interface Item {
  /** As in the catalogue, kebab-case. */
  readonly id: string;
  readonly section: Section;
  /** As a person would ask it. */
  readonly question: string;
  /** What it needs of an export, in a few words, for the page that lists what an export can carry. */
  readonly needs: string;
  /** Whether it is refused in a publishable edition, because it says too much of few people. */
  readonly internalOnly?: (plan: Plan) => boolean;
  /** Undefined where the data can carry it. */
  refusal(subject: Subject): Refusal | undefined;
  /**
   * Only called where nothing is refused.
   *
   * @param edition - that the counts are for; by default the internal one
   */
  count(subject: Subject, edition?: Edition): Counted;
  /** Figures of what was counted, after disclosure control in a publishable edition. */
  result(counted: Counted, about: About): Result;
}

/** The parts of the report that data fill. */
export type Section =
  | "children"
  | "work"
  | "delay"
  | "workforce"
  | "demand"
  | "regional"
  | "published"
  | "quality";
