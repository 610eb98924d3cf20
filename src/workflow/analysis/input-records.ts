import type { AnalysisInput } from "../../report/analysis-manifest.js";

/** A file of fewer rows can be tried out: whoever knows the ids hashes every short list of them. */
const fewestRows = 20;

/**
 * What a manifest says of the files that were read. A publishable edition counts no rows, and of a file with few of them, as a
 * list of cases that are left out, it has the path alone: the frame's digest stands for what was in it.
 */
export function inputRecords(inputs: readonly AnalysisInput[], isInternal: boolean): AnalysisInput[] {
  if (isInternal) return [...inputs];
  return inputs.map(({ path, bytes, sha256, rows_read: rows }) =>
    rows !== undefined && rows < fewestRows
      ? { path }
      : {
          path,
          ...(bytes === undefined ? {} : { bytes }),
          ...(sha256 === undefined ? {} : { sha256 }),
        },
  );
}
