/** The headers of the synthetic export, in order. */
export const synthHeaders = [
  "case ID",
  "child ID",
  "case name",
  "gender",
  "ethnicity",
  "disability (Y/N)",
  "date of birth",
  "lead application",
  "law type",
  "case type",
  "practitioner",
  "team",
  "service area",
  "local authority",
  "court",
  "DFJ area",
  "application date",
  "allocation date",
  "first hearing date",
  "closed date",
  "last activity date",
  "Proceedings factors",
  "audited",
  "file location",
] as const;

export type SynthHeader = (typeof synthHeaders)[number];

/** What the name of every synthetic case ends with. */
export const syntheticMark = "(synthetic)";
