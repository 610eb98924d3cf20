/** What is to be read, and from where. */
export interface ReadRequest {
  /** Path to open on disk, absolute or relative to the current folder; taken literally. */
  readonly path: string;
  /** Path as the plan writes it, for messages. */
  readonly label: string;
  /** Worksheet, where the file is a workbook. */
  readonly sheet?: string;
  /**
   * Headers wanted, as the plan writes them: by them delimiter, sheet and header row are found, and only their columns are read.
   * Where absent, every column is read and the header is the first record that is not blank.
   */
  readonly wanted?: readonly string[];
  /** Headers that another file may have instead: they help to find the header row and are read where they stand. */
  readonly optional?: readonly string[];
  /** The headers named only help to find the header row: every column is read. */
  readonly everyColumn?: boolean;
  /** Told how far the reading is, at every few megabytes. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Headers that a table is made of: those that must be there, and those that may. */
export interface SoughtHeaders {
  readonly wanted: readonly string[];
  readonly optional: readonly string[];
  /** Every column is read, whatever is named. */
  readonly everyColumn?: boolean;
}

/** The headers that a request names; undefined where it names none, and every column is read. */
export function soughtHeaders(
  request: Pick<ReadRequest, "wanted" | "optional" | "everyColumn">,
): SoughtHeaders | undefined {
  const { wanted, optional, everyColumn = false } = request;
  return wanted === undefined && optional === undefined
    ? undefined
    : { wanted: wanted ?? [], optional: optional ?? [], everyColumn };
}

/** All of them, for finding the header row. */
export function everyHeader(sought: SoughtHeaders | undefined): readonly string[] {
  return sought === undefined ? [] : [...sought.wanted, ...sought.optional];
}
