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
  readonly bands: Bands;
  readonly delay: { readonly from: string; readonly to: string };
  readonly cohort: Cohort;
  /** Absent in a plan that only describes the data. */
  readonly sample?: SamplePlan;
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

export interface SamplePlan {
  readonly size: number;
  readonly method: "random";
  readonly strata: readonly string[];
  readonly allocation: Allocation;
  /** Below 1 a share of each stratum's draw, rounded up; from 1 a number a stratum. */
  readonly reserves: number;
}

export type Allocation =
  | { readonly method: "proportional" | "equal"; readonly min?: number; readonly max?: number }
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

export type DerivedField = (typeof derivedFields)[number];
