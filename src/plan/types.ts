/** The plan as YAML has it, checked and with its defaults filled in. Keys are the contract's own, in snake_case. */
export interface Plan {
  readonly casedraw: 1;
  readonly title: string;
  /** ISO date on which ages and delays are measured. */
  readonly reference_date: string;
  readonly unit: "child" | "case";
  readonly unit_id: readonly string[];
  readonly unit_id_prefix?: string;
  readonly data: readonly DataFile[];
  readonly prefer?: "last_file";
  readonly joins: readonly Join[];
  readonly lookups: readonly Lookup[];
  /** Standard field → header, or a list column, or flag columns. */
  readonly columns: Readonly<Record<string, ColumnSource>>;
  readonly fields: Readonly<Record<string, ExtraField>>;
  /** Field → raw value → standard code. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** A CSV of further values and their codes, which count as if they stood in `values`. */
  readonly value_map?: string;
  readonly bands: Bands;
  readonly delay: { readonly from: string; readonly to: string };
  readonly cohort: Cohort;
  /** The observation window: every case open at `from` or opened since is in the export, and every closure up to `to`. ISO dates. */
  readonly observed?: { readonly from: string; readonly to: string };
  readonly disclosure?: Disclosure;
  /** What the pre-inspection analysis takes beside the export. */
  readonly pia?: PiaPlan;
  /** What a comparison of areas takes beside the export. */
  readonly compare?: ComparePlan;
  /** Who reviews the cases, and what their worksheets hold. */
  readonly teams?: readonly TeamPlan[];
  readonly handover?: HandoverPlan;
  /** Absent in a plan that only describes the data. */
  readonly sample?: SamplePlan;
  /** Instead of `sample`: takes every unit whose value of `by` a drawn unit of another sample has. */
  readonly linked?: { readonly by: string };
  /**
   * Instead of `sample`: several frames from one plan, each a plan of its own with what it shares filled in. Only they
   * are drawn from: beside them `unit_id` and `data` are empty where the plan's top gives none.
   */
  readonly frames?: Readonly<Record<string, Plan>>;
}

export interface DataFile {
  readonly path: string;
  readonly sheet?: string;
  /** Headers where this file's differ from the plan's. */
  readonly columns: Readonly<Record<string, ColumnSource>>;
}

export type JoinMany = "error" | "list" | { readonly latest: string } | { readonly earliest: string };

export interface Join extends DataFile {
  readonly key: readonly string[];
  readonly many: JoinMany;
}

export interface Lookup {
  readonly path: string;
  readonly sheet?: string;
  /** The field whose value is looked up. */
  readonly from: string;
  /** The lookup file's header for it; where absent, the plan's header for the field or the field's own name. */
  readonly from_header?: string;
  /** New field → header in the lookup file. */
  readonly to: Readonly<Record<string, string>>;
}

export type ColumnSource =
  | string
  | { readonly list: string; readonly separator: string }
  | { readonly flags: Readonly<Record<string, string>> };

export type FieldType = "category" | "text" | "number" | "date" | "list";

export type ExtraField =
  | { readonly column: string; readonly type: Exclude<FieldType, "list"> }
  | { readonly column: string; readonly type: "list"; readonly separator: string }
  | { readonly weeks_between: readonly [from: string, to: string] };

export interface Bands {
  /** Lower bounds in whole years, ascending. */
  readonly age: { readonly from: readonly number[] };
  /** Upper bounds in weeks, ascending. */
  readonly delay: { readonly over: readonly number[] };
}

/** Values that match; or a blank test; or a closed range of dates or numbers; or over / up to a number. */
export type Condition =
  | readonly string[]
  | { readonly blank: boolean }
  | { readonly from?: string | number; readonly to?: string | number }
  | { readonly over?: number; readonly up_to?: number };

export interface Cohort {
  /** In plan order. */
  readonly include: Readonly<Record<string, Condition>>;
  readonly exclude: Readonly<Record<string, Condition>>;
  readonly closed_within_days?: number;
  readonly active_within_months?: number;
  readonly exclude_ids?: string;
}

/** What a publishable edition may show. */
export interface Disclosure {
  /** Counts from 1 to this are suppressed. */
  readonly threshold: number;
  /** Shown counts are rounded to a multiple of this. */
  readonly round_to: number;
}

/** Where neither the plan nor the command says. */
export const usualDisclosure: Disclosure = { threshold: 5, round_to: 5 };

/** Standard fields of places, in the order in which one of them is taken for the areas of tables. */
export const areaFields = ["service_area", "dfj_area", "region", "local_authority", "court", "team"] as const;

export type AreaField = (typeof areaFields)[number];

/** The parts of the pre-inspection analysis that no data can fill, in the order of the framework. */
export const reportSections = [
  "contextual_overview",
  "previous_findings",
  "regional_intelligence",
  "practice_reviews",
  "published_statistics",
  "complaints",
  "public_concern",
  "recent_publications",
  "self_evaluation",
] as const;

export type ReportSection = (typeof reportSections)[number];

export interface PiaPlan {
  /** Only units that may be sampled. */
  readonly cohort: boolean;
  readonly marking?: string;
  /** The field whose levels are the areas of tables. */
  readonly areas?: AreaField;
  /** The field that says how a case ended. */
  readonly outcome?: string;
  /** Categories of the plan's own that are counted too. */
  readonly fields?: readonly string[];
  readonly population?: string;
  readonly series?: readonly string[];
  readonly earlier?: readonly EarlierExport[];
  readonly sections?: Readonly<Partial<Record<ReportSection, string>>>;
  readonly template?: string;
}

/** An export of the same shape, made earlier. */
export interface EarlierExport {
  readonly path: string;
  readonly reference_date: string;
  readonly sheet?: string;
  readonly columns?: Readonly<Record<string, ColumnSource>>;
}

export interface ComparePlan {
  /** What all areas together are: `England`. */
  readonly whole?: string;
  /** Instead of the default set. */
  readonly indicators?: readonly CompareIndicator[];
  /** Fields; empty: none. Default those of age_band, law_type and factors that the export has. */
  readonly standardise?: readonly string[];
  /** Default those of `pia`. */
  readonly series?: readonly string[];
  readonly neighbours?: NeighboursFile;
  /** Fields of areas that lie in each other, the smallest first. */
  readonly nested?: readonly string[];
  readonly map?: string;
}

/** What is compared: the share of units that meet `where`, or of those still open after weeks, or weeks open within a time. */
export interface CompareIndicator {
  readonly name: string;
  readonly of?: Readonly<Record<string, Condition>>;
  readonly where?: Readonly<Record<string, Condition>>;
  readonly still_open_at?: number;
  readonly weeks_within?: number;
  readonly polarity?: "higher_is_better" | "lower_is_better";
}

/** A file that names each area's statistical neighbours; the other keys are headers. */
export interface NeighboursFile {
  readonly path: string;
  readonly area: string;
  readonly neighbours: string;
  /** Between neighbours. */
  readonly separator: string;
  /** Of what neighbours are named by; default `area`. */
  readonly key?: string;
}

/** Inspectors who share a worksheet. */
export interface TeamPlan {
  /** Also the name of its worksheet. */
  readonly name: string;
  /** Field → condition: it takes cases that meet all. Absent for a pool that may take any. */
  readonly where?: Readonly<Record<string, Condition>>;
  /** The most reviews that it can do, second ones too; absent: no limit. */
  readonly capacity?: number;
  readonly pairs: number;
}

export interface HandoverPlan {
  /** The field that says where a case is reviewed. */
  readonly site?: string;
  readonly findings: readonly FindingPlan[];
  /** Below 1 a share of each stratum, rounded up; from 1 a number over all strata. */
  readonly double_review?: number;
  /** Fields of the sample's list, and `month_of_birth`. */
  readonly show: readonly string[];
  /** ISO date by which the body gives access. */
  readonly needed_by?: string;
  readonly marking: string;
}

/** A question that inspectors answer of each case. */
export interface FindingPlan {
  /** The column's name, also in findings. */
  readonly name: string;
  readonly question?: string;
  readonly answers: readonly string[];
}

/** The design, as a plan has it under `sample`. */
export interface SamplePlan {
  readonly size: number;
  readonly method: "random" | "systematic" | "balanced";
  readonly strata: readonly string[];
  readonly allocation: Allocation;
  /** Under systematic the fields that units are sorted by, under balanced those whose levels the sample reproduces. */
  readonly balance?: readonly string[];
  readonly targets?: readonly Target[];
  /** A field whose values are families: cases are drawn, then one child of each. */
  readonly one_per?: string;
  /** Field → the most units of one value that the sample may hold. */
  readonly caps?: Readonly<Record<string, number>>;
  /** Below 1 a share of each stratum's draw, rounded up; from 1 a number a stratum. */
  readonly reserves: number;
  readonly avoid?: Avoid;
}

/**
 * Units reviewed before: from an earlier sample's folder, so that probabilities over both draws stay as planned; or a list of
 * ids, which get this share of the others' probability.
 */
export type Avoid = { readonly sample: string } | { readonly ids: string; readonly share: number };

/** A group that the sample must hold enough of: units that meet every condition. */
export interface Target {
  readonly where: Readonly<Record<string, Condition>>;
  readonly at_least: number;
}

/** For every stratum alike, or for the strata named. */
export type Bound = number | Readonly<Record<string, number>>;

/** What is known of each stratum's spread S_h: a number field's standard deviation, or expected proportions by stratum. */
export type Spread =
  | { readonly deviation_of: string }
  | { readonly proportions: Readonly<Record<string, number>> };

export interface Bounds {
  readonly min?: Bound;
  readonly max?: Bound;
}

export type Allocation =
  | ({ readonly method: "proportional" | "equal" } & Bounds)
  | ({ readonly method: "power"; readonly exponent: 0 | 0.25 | 0.5 | 0.75 | 1 } & Bounds)
  | ({ readonly method: "neyman" } & Spread & Bounds)
  /** Cost of a case by stratum, in any unit. */
  | ({ readonly method: "optimal"; readonly cost: Readonly<Record<string, number>> } & Spread & Bounds)
  | { readonly method: "fixed"; readonly sizes: Readonly<Record<string, number>> };

/** The standard fields that `columns` and lookups may name, in the order in which outputs list them. */
export const standardFields = [
  "case_id",
  "child_id",
  "case_name",
  "gender",
  "date_of_birth",
  "ethnicity",
  "disability",
  "law_type",
  "lead_application",
  "case_type",
  "practitioner",
  "team",
  "service_area",
  "local_authority",
  "court",
  "dfj_area",
  "region",
  "application_date",
  "allocation_date",
  "first_hearing_date",
  "closed_date",
  "last_activity_date",
  "factors",
  "audited",
  "audit_grade",
  "file_location",
  "previous_application",
  "age_recorded",
] as const;

export type StandardField = (typeof standardFields)[number];

/** Fields that casedraw works out, in the order in which outputs list them. */
export const derivedFields = [
  "child_ordinal",
  "age_years",
  "age_band",
  "delay_days",
  "delay_band",
  "delay_is_open",
  "ethnic_group",
  "case_children",
  "source",
] as const;

/** A field that the frame works out itself. */
export type DerivedField = (typeof derivedFields)[number];
