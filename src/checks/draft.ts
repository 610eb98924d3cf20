import type { Draft } from "./finding.js";

/** One draft of these rows, or none where there are no rows. */
export function draftsOf(rows: Int32Array, draft: Omit<Draft, "rows">): Draft[] {
  return rows.length === 0 ? [] : [{ ...draft, rows }];
}
