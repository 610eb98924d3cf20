import type { SampleLists } from "./cases.js";
import type { AssignedRow, SheetRole } from "./record.js";

/** What must be said of a handover. */
export interface HandoverNote {
  readonly code: string;
  readonly text: string;
  readonly count: number;
}

/** What must be said of cases that nobody has. */
export function notesOf(rows: readonly AssignedRow[], { gone }: SampleLists): HandoverNote[] {
  const without = (why: string, what: (role: SheetRole) => boolean): number =>
    rows.filter(({ unplaced, role }) => unplaced === why && what(role)).length;
  const due = (role: SheetRole): boolean => role === "sampled" || role === "chosen";
  const note = (code: string, count: number, text: (cases: string) => string): HandoverNote[] =>
    count === 0 ? [] : [{ code, count, text: text(count === 1 ? "1 case" : `${count} cases`) }];
  return [
    ...note(
      "no-room",
      without("no room", due),
      (cases) =>
        `Nobody has ${cases}: every team that may take them is full. They are in assignment.csv; raise a capacity, or add a pool.`,
    ),
    ...note(
      "no-team",
      without("no team", due),
      (cases) =>
        `Nobody has ${cases}: no team's where covers them, and there is no pool. They are in assignment.csv.`,
    ),
    ...note(
      "conflict-lost",
      without("conflict", due),
      (cases) =>
        `Nobody can take ${cases} because of conflicts. Those that were sampled are in replacement-log.csv, for casedraw sample --replace.`,
    ),
    ...note(
      "second-not-assigned",
      rows.filter(({ unplaced, role }) => unplaced !== undefined && role === "second reading").length,
      (cases) =>
        `Nobody has the second review of ${cases}. They stay in second-reviews.csv, as the probabilities demand: casedraw estimate counts them as not answered.`,
    ),
    ...note(
      "reserves-without-team",
      rows.filter(({ unplaced, role }) => unplaced !== undefined && role === "reserve").length,
      (cases) =>
        `No team's where covers ${cases} in reserve; if one is released, hand over again with a team for it.`,
    ),
    ...note(
      "chosen-gone",
      gone.length,
      (cases) => `Not handed over: ${cases}, chosen, that the corrected export no longer has.`,
    ),
  ];
}
