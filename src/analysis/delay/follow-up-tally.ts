import type { Field } from "../../frame/field.js";
import type { Subject } from "../item.js";
import { perSubject } from "../per-subject.js";
import { type ColumnAt, countIn } from "../shares.js";
import { onlyFields } from "../subject-fields.js";
import { tabulate } from "../tabulate.js";
import { type Count, isMarked, type Tally } from "../tally.js";
import { unitNoun } from "../units.js";
import { thresholdWeeks } from "./curve-grid.js";
import { observe, standings, type UnitDates } from "./observation.js";

const [first, ...later] = thresholdWeeks;

/** Who ended in the window, by how long they took. */
const endedBands = [
  `Ended within ${first} weeks`,
  ...later.map((weeks, at) => `Ended after ${thresholdWeeks[at]} to ${weeks} weeks`),
  `Ended after more than ${later.at(-1)} weeks`,
];
/** Then who was still open at the window's end, and who is left out. */
const levels = [...endedBands, ...standings.slice(1)];
const followedLevels = endedBands.length + 2;

/** What becomes of every unit in the observation window, by law type; only where the export is a window. */
export function followUpTally(subject: Subject, id: string): Tally {
  return { id, ...countFollowUp(subject) };
}

const countFollowUp = perSubject((subject): Omit<Tally, "id"> => {
  const { dates, standing } = observe(subject);
  if (dates === undefined || standing === undefined) throw new Error("the export is no window");
  const codes = new Int32Array(subject.frame.ids.length);
  for (const [at, unit] of subject.units.entries()) {
    const place = standing[at] as number;
    codes[unit] = place === 0 ? bandOf(dates, at) : endedBands.length + place - 1;
  }
  const field: Field = { name: "follow_up", kind: "text", levels, codes };
  const law = subject.frame.fields.get("law_type");
  const tally = tabulate(onlyFields(subject, law === undefined ? [field] : [field, law]), {
    id: field.name,
    universe: unitNoun(subject.plan),
    rows: field.name,
    columns: "law_type",
  });
  const rows = levels.map((key) => tally.rows.levels.findIndex((level) => level.key === key));
  const at = <T>(values: readonly T[], none: () => T): T[] =>
    rows.map((row) => (row === -1 ? none() : (values[row] as T)));
  const { byCount: _, ...axis } = tally.rows; // rows are read by their place, in a publication too
  return {
    universe: tally.universe,
    rows: { ...axis, levels: levels.map((key) => ({ key, label: key })) },
    columns: tally.columns,
    cells: at(tally.cells, () => tally.columns.levels.map(() => 0)),
    rowTotals: at(tally.rowTotals, () => 0),
    columnTotals: tally.columnTotals,
    total: tally.total,
    disjoint: true,
  };
});

function bandOf({ begun, ended }: UnitDates, at: number): number {
  const days = (ended[at] as number) - (begun[at] as number);
  return thresholdWeeks.filter((weeks) => days > weeks * 7).length;
}

/** How many took longer than the threshold, of those that ended in the window; the first threshold is number 0. */
export function endedAfter(tally: Tally, threshold: number, column: ColumnAt): Count {
  return sumOf(tally, [threshold + 1, endedBands.length], column);
}

export function endedInWindow(tally: Tally, column: ColumnAt): Count {
  return sumOf(tally, [0, endedBands.length], column);
}

export function followedIn(tally: Tally, column: ColumnAt): Count {
  return sumOf(tally, [0, followedLevels], column);
}

/** Units that the window says nothing of, by why: as a sentence goes on, "12 children ended before it". */
export function leftOut(tally: Tally): readonly { readonly why: string; readonly count: Count }[] {
  return levels
    .map((why, row) => ({ why, count: countIn(tally, row, "all") }))
    .slice(followedLevels - 1)
    .filter(({ count }) => isMarked(count) || count > 0);
}

function sumOf(tally: Tally, [from, to]: readonly [number, number], column: ColumnAt): Count {
  const counts = Array.from({ length: to - from }, (_, k) => countIn(tally, from + k, column));
  return counts.find(isMarked) ?? (counts as number[]).reduce((sum, count) => sum + count, 0);
}
