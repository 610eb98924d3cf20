import { matchHeaders } from "./match-headers.js";
import { headerKey } from "./table.js";

export interface HeaderRow {
  /** 0-based position among the records that were given; −1 where all of them are blank. */
  readonly index: number;
  /** How many of the wanted headers it holds. */
  readonly found: number;
}

/**
 * Which of a file's first records is the header: the first that holds every wanted header, else the first of those that hold most.
 * With none wanted, or none found anywhere, the first record that is not blank.
 *
 * @param records - the first records of a file or sheet, cell by cell
 * @param wanted - headers as the plan writes them
 */
export function findHeaderRow(records: readonly (readonly string[])[], wanted: readonly string[]): HeaderRow {
  let best: HeaderRow = { index: -1, found: 0 };
  records.forEach((record, index) => {
    if (record.every((cell) => headerKey(cell) === "")) return;
    const found = matchHeaders(record, wanted).filter((match) => match.positions.length > 0).length;
    if (best.index === -1 || found > best.found) best = { index, found };
  });
  return best;
}
