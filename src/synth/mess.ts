import { synthHeaders } from "./headers.js";
import { blankRecordRate, type Quirk, quirks } from "./quirks.js";

interface MessyColumn {
  readonly index: number;
  readonly quirks: readonly Quirk[];
}

const messyColumns: readonly MessyColumn[] = synthHeaders
  .map((header, index) => ({ index, quirks: quirks.filter((quirk) => quirk.columns.includes(header)) }))
  .filter((column) => column.quirks.length > 0);

const spoiltHeaders: Readonly<Record<string, string>> = {
  team: "team ",
  "first hearing date": "first\u00a0hearing date",
};

/** The headers of a messy export: one has a blank too many, one a non-breaking one, and a blank column trails behind. */
export const messyHeaders: readonly string[] = [
  ...synthHeaders.map((header) => spoiltHeaders[header] ?? header),
  "",
];

/** At most one quirk of a column, each at its own rate. */
function spoil(text: string, column: MessyColumn, u: number): string {
  let from = 0;
  for (const quirk of column.quirks) {
    if (u < from + quirk.rate) return quirk.apply(text, (u - from) / quirk.rate);
    from += quirk.rate;
  }
  return text;
}

/**
 * Puts the {@link quirks} into clean rows: some cells spoilt, a blank column behind, a blank record here and there.
 *
 * @param random - a stream of its own, so that the rows beneath stay those of the clean export
 */
export function* messyRows(
  rows: Iterable<readonly string[]>,
  random: () => number,
): Generator<readonly string[]> {
  const blankRecord = messyHeaders.map(() => "");
  for (const row of rows) {
    const messy = [...row, ""];
    for (const column of messyColumns) {
      const text = messy[column.index] as string;
      if (text !== "") messy[column.index] = spoil(text, column, random());
    }
    yield messy;
    if (random() < blankRecordRate) yield blankRecord;
  }
}
