/** One thing that verification found. */
export interface Remark {
  /** What it is about: "plan", "data", "frame", "strata", "selection", "manifest", or a file of the folder. */
  readonly subject: string;
  readonly text: string;
}
