import type { Rows } from "../frame/rows.js";
import { isKnown } from "./known.js";

/**
 * One row of each case that passes, the first: siblings share what belongs to the case, and tests that take rows for independent
 * would see a pattern in every large family. All rows where the export has no case id.
 */
export function caseRows(
  { rows }: { readonly rows: Pick<Rows, "count" | "fields"> },
  passes: (row: number) => boolean,
): number[] {
  const cases = rows.fields.get("case_id");
  const known = cases === undefined ? undefined : isKnown(cases);
  const seen = new Uint8Array(cases?.levels.length ?? 0);
  const found: number[] = [];
  for (let row = 0; row < rows.count; row++) {
    if (!passes(row)) continue;
    const code = cases?.codes[row] as number;
    if (known?.(row) === true) {
      if (seen[code] === 1) continue;
      seen[code] = 1;
    }
    found.push(row);
  }
  return found;
}

/**
 * Kish's design effect of counting members of cases as independent when all of a case are alike: the mean size of a case over
 * rows. The most that it can be.
 */
export function largestDesignEffect(
  { rows }: { readonly rows: Pick<Rows, "count" | "fields"> },
  passes: (row: number) => boolean,
): number {
  const cases = rows.fields.get("case_id");
  if (cases === undefined) return 1;
  const known = isKnown(cases);
  const sizes = new Int32Array(cases.levels.length);
  let count = 0;
  let squares = 0;
  for (let row = 0; row < rows.count; row++) {
    if (!passes(row)) continue;
    count++;
    if (!known(row)) squares++;
    else {
      const size = (sizes[cases.codes[row] as number] as number) + 1;
      sizes[cases.codes[row] as number] = size;
      // m² − (m − 1)²
      squares += 2 * size - 1;
    }
  }
  return count === 0 ? 1 : squares / count;
}
