/** Something that does not stop the work but must be said: data in the result, never only a line on the screen. */
export interface Note {
  readonly code: NoteCode;
  /** A sentence for people; ids, row numbers, headers and coded values only. */
  readonly text: string;
  /** Rows, units or values that it is about. */
  readonly count: number;
  readonly details: Readonly<Record<string, unknown>>;
}

export type NoteCode =
  | "unmapped-values"
  | "serial-dates"
  | "factors-alike"
  | "join-rows-unmatched"
  | "join-keys-unmatched"
  | "lookup-values-unmatched"
  | "exclude-ids-unmatched"
  | "value-map-unmatched"
  | "identical-children"
  | "differs-within-case"
  | "cohort-value-absent"
  | "target-value-absent"
  | "indicator-value-absent"
  | "team-value-absent"
  | "stratum-taken-whole"
  | "stratum-left-out"
  | "reserves-short"
  | "reserves-are-substitutes"
  | "families-across-strata"
  | "cap-value-blank"
  | "cap-distortion"
  | "cap-replays-short"
  | "spread-unknown"
  | "spread-zero"
  | "proportion-moved"
  | "end-before-start"
  | "link-value-blank"
  | "link-values-only-here"
  | "link-values-only-earlier"
  | "link-values-left-out"
  | "link-chances-estimated"
  | "cohort-of-places"
  | "cohort-blank-unmatched"
  | "cohort-earlier-row-open"
  | "avoid-ids-unmatched"
  | "avoid-sample"
  | "avoid-sizes-vary"
  | "losses-replaced"
  | "losses-unreplaced"
  | "substitutes-impute"
  | "response-assumed"
  | "in-scope-stop"
  | "in-scope-of-one"
  | "in-scope-after-top-up"
  | "stratum-without-response"
  | "topped-up"
  | "top-up-sizes-vary"
  | "avoid-share-not-met"
  | "top-up-held"
  | "after-findings"
  | "updated"
  | "update-classes"
  | "update-over-allocation"
  | "update-lost-gone"
  | "update-numbered-children"
  | TableNoteCode;

type TableNoteCode = import("../table/table.js").TableNote["code"];
