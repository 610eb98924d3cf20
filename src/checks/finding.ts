import type { Places } from "../frame/rows.js";
import type { Plan } from "../plan/types.js";

/** `error`: a figure would be wrong; `query`: something to ask the data's owner. */
export type Severity = "error" | "query";

/** What a question list puts together, in this order. */
export const checkGroups = [
  "reading",
  "identity",
  "values",
  "dates",
  "ages",
  "law",
  "families",
  "places",
  "patterns",
] as const;

export type CheckGroup = (typeof checkGroups)[number];

/** Rows of one file or of the stacked data, as findings name them: nothing is made a row until it is asked for. */
export interface RowSource {
  /** "" where a row has no whole unit id, or is of a file that holds no units. */
  readonly idOf: (row: number) => string;
  readonly places: Places;
}

/** One row that a finding is about, as lists show it. */
export interface FoundRow {
  readonly unitId: string;
  readonly file: string;
  /** 1 is the first line of a text file or the first row of a sheet. */
  readonly row: number;
}

/** How often a finding falls on an area. */
export interface AreaCount {
  /** The area's level, `not_recorded` where blank. */
  readonly area: string;
  readonly count: number;
  /** Rows of the area that could have it. */
  readonly of: number;
}

/** What a rule found: never a value that could be personal (a name, a date of birth, free text). */
export interface CheckFinding {
  readonly code: CheckCode;
  readonly severity: Severity;
  /** Fields that it is about, the one at fault first. */
  readonly fields: readonly string[];
  /** One sentence for an officer, with counts. */
  readonly message: string;
  /** One polite question for the data's owner, with counts; absent where the officer is to settle it. */
  readonly question?: string;
  /** How many rows it is about; for a finding about a column as a whole, 0. */
  readonly count: number;
  /** Those rows in file order, indices into `source`: all of them, or none where only their number is known. */
  readonly rows: Int32Array;
  readonly source: RowSource;
  /** Whether `sample` refuses because of it. */
  readonly refuses: boolean;
  /** By area, those with the highest share first; absent where the rule is not about single rows or there is no area field. */
  readonly byArea?: { readonly field: string; readonly areas: readonly AreaCount[] };
}

/** What a rule's `find` gives: the code, the severity and whether `sample` refuses come from the rule. */
export type Draft = Pick<CheckFinding, "fields" | "message" | "question" | "rows"> & {
  /** By default as many as there are `rows`. */
  readonly count?: number;
  /** By default the subject's rows. */
  readonly source?: RowSource;
  /** Rows that could have it, for shares by area: by default all; `false` where areas say nothing. */
  readonly among?: false | ((row: number) => boolean);
};

export type CheckCode = `CHECK_${string}`;

/**
 * One rule, as data: adding one is one entry of the catalogue and its test.
 *
 * @typeParam S - what `find` looks at (`CheckSubject`; a parameter here so that types go one way)
 */
export interface Rule<S> {
  readonly code: CheckCode;
  readonly severity: Severity;
  readonly group: CheckGroup;
  /** A few words, sentence case, without a full stop. */
  readonly title: string;
  /** What it tells and why it matters, for `casedraw explain CODE`. */
  readonly meaning: string;
  /** What to do or ask. */
  readonly ask: string;
  /** Of each group at least one field must be there; else the rule is not run, which the report says. */
  readonly needs: (plan: Plan) => readonly (readonly string[])[];
  /** Whether the finding changes which units can be drawn, so that `sample` refuses; default no. */
  readonly refuses?: (plan: Plan, fields: readonly string[]) => boolean;
  /** Building the frame finds it too, and says so first. */
  readonly refusedByFrame?: true;
  /** It is about each file as it came, so that rows count which a later file's have replaced; so are those that the frame refuses. */
  readonly ofEveryRow?: true;
  readonly find: (subject: S) => readonly Draft[];
}

/** The cell of the heat map: a field in an area. */
export interface FieldQuality {
  readonly field: string;
  /** `undefined` for the whole export. */
  readonly area: string | undefined;
  /** Rows that should say something: a local authority only in public law. */
  readonly rows: number;
  readonly missing: number;
  readonly unmapped: number;
  /** Unreadable dates and numbers. */
  readonly invalid: number;
}

/** How one field was read from one file. */
export interface ReadColumn {
  readonly field: string;
  readonly file: string;
  /** Headers as the file has them; several for factors from flag columns, none where the plan says the file has none. */
  readonly headers: readonly string[];
  /** Headers as the plan has them. */
  readonly asked: readonly string[];
  readonly kind: "category" | "text" | "number" | "date" | "list";
  /** A coded field's values are matched to a code set; others keep their text. */
  readonly coded: boolean;
  readonly rows: number;
  readonly blank: number;
  readonly unmapped: number;
  readonly unreadable: number;
  /** Nothing of it is used, because dates of two orders stand in it, or in the same field of another file. */
  readonly setAside: boolean;
}

/** A value that no code set knows, exactly as cleaned: for the officer's own value map, never for a message or a question. */
export interface UnmappedValue {
  readonly field: string;
  readonly file: string;
  readonly header: string;
  readonly value: string;
  readonly count: number;
  readonly firstRow: number;
}

/** All that can be said of an export, also where it cannot be built into a frame. */
export interface CheckReport {
  readonly rowsRead: number;
  /** Errors first, then queries; within them by group, catalogue order, then count. */
  readonly findings: readonly CheckFinding[];
  /** Why `sample` would refuse, first as `buildFrame` says it. */
  readonly refusal?: { readonly code: string; readonly message: string };
  /** Fields of which nothing is said, because dates of two orders stand in their column. */
  readonly setAside: readonly string[];
  /** Rules that this export cannot be judged by. */
  readonly notRun: readonly {
    readonly code: CheckCode;
    readonly title: string;
    readonly lacks: readonly string[];
  }[];
  /** The field whose levels are areas. */
  readonly areaField?: string;
  /** Field by area, the whole export (`area: undefined`) first for each field; fields in standard order. */
  readonly quality: readonly FieldQuality[];
  readonly columns: readonly ReadColumn[];
  readonly unmappedValues: readonly UnmappedValue[];
}

/** Row `k` of a finding. */
export function foundRow(finding: Pick<CheckFinding, "rows" | "source">, k: number): FoundRow {
  const at = finding.rows[k] as number;
  const { places } = finding.source;
  return {
    unitId: finding.source.idOf(at),
    file: places.files[places.fileOf[at] as number] as string,
    row: places.rowOf[at] as number,
  };
}
