import type { FindingColumn } from "../../analysis/estimates.js";
import { membersOf } from "../../analysis/estimates-response.js";
import { CasedrawError } from "../../errors.js";
import type { Frame } from "../../frame/frame.js";
import { someOf, thousands } from "../../frame/note.js";
import { cleanText } from "../../frame/text.js";
import { readTable } from "../../readers/read-table.js";
import type { Sample } from "../../sampling/draw.js";
import type { Column, InputFingerprint, Table } from "../../table/table.js";
import { type FindingsNote, findingColumn, namesCases, namesPeople, passedOver } from "./columns.js";
import { ofTheDraw } from "./groups.js";

/** What inspectors returned of a sample. */
export interface Findings {
  readonly columns: readonly FindingColumn[];
  /** Units of the frame that have a first review, all in the sample and none of them lost. */
  readonly reviewed: ReadonlySet<number>;
  readonly rows: number;
  readonly fingerprint: InputFingerprint;
  readonly notes: readonly FindingsNote[];
}

/** What findings are read against. */
interface Against {
  readonly frame: Frame;
  readonly sample: Sample;
  /** Columns of the sample's own list: findings often stand beside them. */
  readonly own: ReadonlySet<string>;
  /** The columns to estimate; by default all but those of the sample's own list. */
  readonly only: readonly string[];
}

/**
 * Reads findings: CSV or a workbook with the column `unit_id`, optionally `review` (1 or 2) and `reviewer`, and any number
 * of columns to estimate.
 *
 * @param path - absolute
 * @param label - as the user wrote it
 * @throws CasedrawError `FINDINGS_…`, `ESTIMATE_FIELD_REFUSED`, and those of the readers
 */
export async function readFindings(path: string, label: string, against: Against): Promise<Findings> {
  const { table, fingerprint } = await readWhole(path, label);
  const notes: FindingsNote[] = table.notes.map(({ code, count, text }) => ({ code, count, text }));
  const rows = firstReviews(table, notes);
  const reviewed = ofSample(table, rows, against, notes);
  const columns = chosenColumns(table, against, notes).flatMap((column) => {
    const found = findingColumn(table, column, reviewed);
    notes.push(...found.notes);
    return found.column ?? [];
  });
  if (columns.length === 0) {
    throw empty(label, "a column with answers beside unit_id, review and reviewer is wanted, got none");
  }
  return { columns, reviewed: new Set(reviewed.values()), rows: table.rowCount, fingerprint, notes };
}

/** By `unit_id` the sheet and its header row are found; then every column is read. */
async function readWhole(path: string, label: string) {
  const { table } = await readTable({ path, label, wanted: ["unit_id"] });
  const wanted = table.headers.filter((header) => header !== "");
  return readTable({ path, label, wanted, ...(table.sheet === undefined ? {} : { sheet: table.sheet }) });
}

function nameOf({ header }: Column): string {
  return cleanText(header).toLowerCase();
}

function textAt({ values, codes }: Column, row: number): string {
  return cleanText(values[codes[row] as number] as string);
}

/** Row of each unit's first review. */
function firstReviews(table: Table, notes: FindingsNote[]): Map<string, number> {
  const units = table.columns.find((column) => nameOf(column) === "unit_id") as Column;
  const reviews = table.columns.find((column) => nameOf(column) === "review");
  const seen = new Map<string, number>();
  const first = new Map<string, number>();
  let [blank, second] = [0, 0];
  for (let row = 0; row < table.rowCount; row++) {
    const id = textAt(units, row);
    if (id === "") {
      blank++;
      continue;
    }
    const review = reviews === undefined ? "1" : textAt(reviews, row) || "1";
    const line = table.rowNumbers[row] as number;
    if (review !== "1" && review !== "2") {
      throw new CasedrawError(
        "FINDINGS_VALUE_INVALID",
        `Review: it is 1 or 2, or blank for 1, got another value (${table.file}, row ${line}, column review). Correct it.`,
        { file: table.file, row: line, column: "review" },
      );
    }
    const earlier = seen.get(`${review} ${id}`);
    if (earlier !== undefined) {
      throw new CasedrawError(
        "FINDINGS_DUPLICATE",
        `Unit in the findings: it stands there once for each review, got ${id} in rows ${earlier} and ${line} for review ${review} ` +
          `(${table.file}, row ${line}, column unit_id). Keep one of the rows, or mark the other as review 2.`,
        { file: table.file, row: line, column: "unit_id", unit_id: id },
      );
    }
    seen.set(`${review} ${id}`, line);
    if (review === "1") first.set(id, row);
    else second++;
  }
  say(notes, "rows-without-unit", blank, (count) => `${count} without a unit_id left out.`);
  say(
    notes,
    "second-reviews",
    second,
    (count) => `${count} of second reviews left out: estimates come from the first.`,
  );
  return first;
}

function say(notes: FindingsNote[], code: string, count: number, text: (rows: string) => string): void {
  if (count === 0) return;
  notes.push({ code, count, text: text(`${thousands(count)} ${count === 1 ? "row" : "rows"}`) });
}

/** Row → unit of the frame, of the rows that are about the sample. */
function ofSample(
  table: Table,
  rows: ReadonlyMap<string, number>,
  { frame, sample }: Against,
  notes: FindingsNote[],
): Map<number, number> {
  const units = new Map(frame.ids.map((id, unit) => [id, unit]));
  const members = new Map(membersOf(sample).map((member) => [member.unit, member]));
  const unknown: string[] = [];
  const beside: string[] = [];
  const lost: string[] = [];
  const found = new Map<number, number>();
  for (const [id, row] of rows) {
    const unit = units.get(id);
    const member = unit === undefined ? undefined : members.get(unit);
    if (unit === undefined) unknown.push(id);
    else if (member === undefined) beside.push(id);
    else if (member.reason !== undefined) lost.push(id);
    else found.set(row, unit);
  }
  const left = (code: string, ids: readonly string[], why: string): void => {
    say(notes, code, ids.length, (count) => `${count} left out: ${why} (${someOf(ids)}).`);
  };
  left("units-unknown", unknown, "no eligible unit has the id, so look for a mistyped one");
  left("units-not-drawn", beside, "the unit was not drawn, and chosen cases stand for no others");
  left("units-lost", lost, "the replacement log says that the case was not reviewed or is out of scope");
  const there = new Set(found.values());
  const missing = [...members.values()].filter(
    ({ unit, reason }) => reason === undefined && !there.has(unit),
  );
  if (missing.length > 0) {
    notes.push({
      code: "units-not-reviewed",
      count: missing.length,
      text:
        `${thousands(missing.length)} of the sample ${missing.length === 1 ? "is" : "are"} not in the findings ` +
        `(${someOf(missing.map(({ unit }) => frame.ids[unit] as string))}): taken for missing at random within the stratum, whose other cases stand for them.`,
    });
  }
  if (found.size === 0) throw empty(table.file, "a unit of the sample is wanted, got none");
  return found;
}

function chosenColumns(table: Table, { own, only }: Against, notes: FindingsNote[]): Column[] {
  const fixed = new Set(["unit_id", "review", "reviewer"]);
  const free = table.columns.filter((column) => !fixed.has(nameOf(column)));
  const beside = free.filter((column) => !own.has(nameOf(column)));
  const named = namedColumns(table, free, only);
  const wanted =
    named ?? (beside.length > 0 ? beside : free.filter((column) => !ofTheDraw.has(nameOf(column))));
  const pass = (column: Column, why: string): unknown =>
    notes.push(passedOver(cleanText(column.header), why, 0));
  const ownOnes = free.filter((column) => own.has(nameOf(column)) && !ofTheDraw.has(nameOf(column)));
  if (wanted === beside)
    for (const column of ownOnes) pass(column, "it is a column of the sample’s own list");
  return wanted.filter((column) => {
    const people = namesPeople(cleanText(column.header));
    const cases = !people && namesCases(cleanText(column.header));
    if (people) pass(column, "nothing is estimated of people who do the work");
    if (cases) pass(column, "it tells single cases apart, or holds dates");
    return !people && !cases;
  });
}

function namedColumns(
  table: Table,
  columns: readonly Column[],
  only: readonly string[],
): readonly Column[] | undefined {
  if (only.length === 0) return undefined;
  const names = only.map((name) => cleanText(name).toLowerCase());
  const absent = names.find((name) => !columns.some((column) => nameOf(column) === name));
  if (absent === undefined) return columns.filter((column) => names.includes(nameOf(column)));
  throw new CasedrawError(
    "FINDINGS_COLUMN_MISSING",
    `Column to estimate: it is one of the findings, and not unit_id, review or reviewer, got ${absent} (${table.file}). ` +
      "Correct --columns.",
    { file: table.file, column: absent },
  );
}

function empty(label: string, what: string): CasedrawError {
  return new CasedrawError(
    "FINDINGS_EMPTY",
    `Findings: ${what} (${label}). Name the file that the inspectors filled in.`,
    { file: label },
  );
}
