import { CasedrawError } from "../../errors.js";
import { thousands } from "../../frame/words.js";
import { readTable } from "../../readers/read-table.js";
import type { Column, InputFingerprint } from "../../table/table.js";
import type { FindingsNote } from "./columns.js";
import { textAt } from "./reviews.js";

/** With which probability units of the sample were chosen for a second review. */
export interface SecondReviewChances {
  /** By unit of the frame, a fraction in (0, 1]. */
  readonly probabilities: ReadonlyMap<number, number>;
  readonly fingerprint: InputFingerprint;
  readonly notes: readonly FindingsNote[];
}

/**
 * Reads the file that says how second reviews were chosen: `unit_id,probability`, a row for each case that was.
 *
 * @param path - absolute
 * @param label - as the user wrote it
 * @param options.sample - units of the sample by id
 * @param options.paired - units that have both reviews, by id
 * @throws CasedrawError `SECOND_REVIEWS_INVALID`, and those of the readers
 */
export async function readSecondReviewChances(
  path: string,
  label: string,
  options: { readonly sample: ReadonlyMap<string, number>; readonly paired: ReadonlySet<string> },
): Promise<SecondReviewChances> {
  const { table, fingerprint } = await readTable({ path, label, wanted: ["unit_id", "probability"] });
  const [units, chances] = ["unit_id", "probability"].map((name) =>
    table.columns.find(({ header }) => header.trim().toLowerCase() === name),
  ) as [Column, Column];
  const lines = new Map<string, number>();
  const probabilities = new Map<number, number>();
  const refused = (what: string, next: string, row: number, column: string): CasedrawError => {
    const line = table.rowNumbers[row] as number;
    return new CasedrawError(
      "SECOND_REVIEWS_INVALID",
      `${what} (${label}, row ${line}, column ${column}). ${next}`,
      { file: label, row: line, column },
    );
  };
  for (let row = 0; row < table.rowCount; row++) {
    const id = textAt(units, row);
    const unit = options.sample.get(id);
    if (unit === undefined) {
      const got = id === "" ? "a blank" : id;
      const what = `Unit chosen for a second review: it is one of the sample, got ${got}`;
      throw refused(what, "Correct the id, or take the row out.", row, "unit_id");
    }
    const earlier = lines.get(id);
    if (earlier !== undefined) {
      const what = `Unit chosen for a second review: it stands in the file once, got ${id} in rows ${earlier} and ${table.rowNumbers[row]}`;
      throw refused(what, "Keep one of the rows.", row, "unit_id");
    }
    lines.set(id, table.rowNumbers[row] as number);
    const text = textAt(chances, row);
    const chance = /^\d*\.?\d+(?:e-?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
    if (!(chance > 0 && chance <= 1)) {
      const what = `Probability of a second review: it is a number above 0 and at most 1, got ${Number.isNaN(chance) ? "another value" : text}`;
      throw refused(what, "Correct it, such as 0.25 for one case in four.", row, "probability");
    }
    probabilities.set(unit, chance);
  }
  const absent = [...options.paired].find((id) => !lines.has(id));
  if (absent !== undefined) {
    throw new CasedrawError(
      "SECOND_REVIEWS_INVALID",
      `Case with two reviews: the file has the probability of each, got none for ${absent} (${label}, column unit_id). Add its row, or leave the option out.`,
      { file: label, column: "unit_id", unit_id: absent },
    );
  }
  const without = lines.size - options.paired.size;
  return { probabilities, fingerprint, notes: without === 0 ? [] : [notReviewed(without, label)] };
}

function notReviewed(count: number, label: string): FindingsNote {
  return {
    code: "second-reviews-missing",
    count,
    text: `${thousands(count)} of the cases in ${label} ${count === 1 ? "does" : "do"} not have both reviews: taken for missing at random.`,
  };
}
