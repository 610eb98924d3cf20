import type { FindingColumn } from "../../analysis/estimates/estimate-findings.js";
import { type Member, membersOf } from "../../analysis/estimates/response.js";
import type { ReviewPairs } from "../../analysis/estimates/review-agreement.js";
import { CasedrawError } from "../../errors.js";
import type { Frame } from "../../frame/frame.js";
import { cleanText } from "../../frame/text.js";
import { thousands } from "../../frame/words.js";
import type { Plan } from "../../plan/types.js";
import type { Sample } from "../../sampling/draw.js";
import type { Column, InputFingerprint, Table } from "../../table/table.js";
import { type AuditLevel, auditAnswers, usualAuditColumn } from "./audit-answers.js";
import { chosenColumns, columnNamed } from "./chosen-columns.js";
import { type FindingsNote, findingColumn, noteWithCases, passedOver } from "./columns.js";
import { type FindingsTable, readFindingsTable } from "./findings-table.js";
import { type LaterVersion, refuseOutdated } from "./later-version.js";
import { counted, reviewRows } from "./reviews.js";
import { reviewPairs } from "./second-answers.js";

/** What inspectors returned of a sample. */
export interface Findings {
  readonly columns: readonly FindingColumn[];
  /** Units of the frame that have a first review, all in the sample and none of them lost. */
  readonly reviewed: ReadonlySet<number>;
  /** Units that have a second review beside it. */
  readonly reviewedTwice: ReadonlySet<number>;
  /** Of each column what both reviews said; none without second reviews. */
  readonly pairs: readonly ReviewPairs[];
  /** How inspectors' views stand to the body's own audits, by unit; absent where no column tells. */
  readonly audits?: ReadonlyMap<number, AuditLevel>;
  readonly rows: number;
  readonly fingerprint: InputFingerprint;
  readonly notes: readonly FindingsNote[];
}

/** What findings are read against. */
interface Against {
  readonly frame: Frame;
  readonly plan: Plan;
  readonly sample: Sample;
  /** The sample's folder, as the user wrote it. */
  readonly label: string;
  /** Versions that go on with the sample, the last first; asked for only where findings have cases that it has not drawn. */
  readonly later: () => readonly LaterVersion[];
  /** Columns of the sample's own list: findings often stand beside them. */
  readonly own: ReadonlySet<string>;
  /** The columns to estimate; by default all but those of the sample's own list. */
  readonly only: readonly string[];
  /** Sheet of a workbook; by default the one that has findings. */
  readonly sheet?: string | undefined;
  /** Column of agreement with audits; by default `audit_agreement` where there is one. */
  readonly auditColumn?: string | undefined;
}

/**
 * Reads findings: CSV or a workbook with the column `unit_id`, optionally `review` (1 or 2) and `reviewer`, and any number
 * of columns to estimate. A filled-in copy of `sample.xlsx` is one.
 *
 * @param path - absolute
 * @param label - as the user wrote it
 * @throws CasedrawError `FINDINGS_…`, `SHEET_NOT_CLEAR`, and those of the readers
 */
export async function readFindings(path: string, label: string, against: Against): Promise<Findings> {
  const { own, sheet } = against;
  const findings = await readFindingsTable(path, label, { own, sheet });
  const { table, fingerprint } = findings;
  const notes: FindingsNote[] = [
    ...findings.notes,
    ...table.notes.map(({ code, count, text }) => ({ code, count, text })),
  ];
  const rows = reviewRows(findings);
  notes.push(...rows.notes);
  const reviewed = ofSample(table, rows.first, against, notes);
  const second = besideFirst(rows.second, { frame: against.frame, reviewed }, notes);
  const audit = auditColumn(findings, against.auditColumn);
  const told = audit && auditAnswers(table, audit, reviewed);
  const audits = told?.size === 0 ? undefined : told;
  if (audit !== undefined) notes.push(auditNote(audit, told?.size ?? 0));
  const chosen = chosenColumns(findings, { only: against.only, audit });
  notes.push(...chosen.notes);
  const pairs: ReviewPairs[] = [];
  const columns = chosen.columns.flatMap((column) => {
    const found = findingColumn(table, column, { rows: reviewed, bands: against.plan.bands });
    notes.push(...found.notes);
    if (found.column === undefined) return [];
    if (second.size > 0) pairs.push(reviewPairs(table, { column, finding: found.column }, second));
    return found.column;
  });
  if (columns.length === 0 && (audits === undefined || audits.size === 0))
    throw withoutColumns(findings, label, passedOverTexts(notes));
  return {
    columns,
    reviewed: new Set(reviewed.values()),
    reviewedTwice: new Set(second.values()),
    pairs,
    ...(audits === undefined ? {} : { audits }),
    rows: table.rowCount,
    fingerprint,
    notes: notes.map((note) =>
      // How many pairs there are follows from the two counts.
      /^second-reviews(-alone)?$/.test(note.code) ? { ...note, answered: second.size } : note,
    ),
  };
}

function auditColumn(findings: FindingsTable, name: string | undefined): Column | undefined {
  const column = columnNamed(findings, name ?? usualAuditColumn) ?? columnNamed(findings, "audit agreement");
  if (name === undefined || column !== undefined) return column;
  throw new CasedrawError(
    "FINDINGS_COLUMN_MISSING",
    `Column of agreement with audits: it is one of the findings, got ${name} (${findings.table.file}). Correct --audit-column.`,
    { file: findings.table.file, column: name },
  );
}

function auditNote(column: Column, answers: number): FindingsNote {
  const name = cleanText(column.header);
  if (answers === 0) return passedOver(name, "it has no answer", 0);
  const text = `Column ${name} was read as agreement with the body's own audits; ${thousands(answers)} answered.`;
  return { code: "audit-column-read", count: answers, answered: answers, text };
}

/** Row → unit of the frame, of second reviews that stand beside a first one. */
function besideFirst(
  rows: ReadonlyMap<string, number>,
  { frame, reviewed }: { readonly frame: Frame; readonly reviewed: ReadonlyMap<number, number> },
  notes: FindingsNote[],
): Map<number, number> {
  const units = new Map(Array.from(reviewed.values(), (unit) => [frame.ids[unit] as string, unit]));
  const found = new Map<number, number>();
  const alone: string[] = [];
  for (const [id, row] of rows) {
    const unit = units.get(id);
    if (unit === undefined) alone.push(id);
    else found.set(row, unit);
  }
  notes.push(
    ...counted(
      "second-reviews-alone",
      alone.length,
      (count) => `${count} of second reviews left out: the case has no first review that counts.`,
      alone,
    ),
  );
  return found;
}

/** Row → unit of the frame, of the rows that are about the sample. */
function ofSample(
  table: Table,
  rows: ReadonlyMap<string, number>,
  { frame, sample, label, later }: Against,
  notes: FindingsNote[],
): Map<number, number> {
  const units = new Map(frame.ids.map((id, unit) => [id, unit]));
  const members = new Map(membersOf(sample).map((member): [number, Member] => [member.unit, member]));
  const chosen = new Set((sample.after?.chosen ?? []).map(({ unitId }) => unitId));
  const asked: string[] = [];
  const unknown: string[] = [];
  const spare = new Set(sample.reserves.map(({ unit }) => unit));
  const reserves: string[] = [];
  const beside: string[] = [];
  const lost: string[] = [];
  const found = new Map<number, number>();
  for (const [id, row] of rows) {
    const unit = units.get(id);
    const member = unit === undefined ? undefined : members.get(unit);
    if (chosen.has(id) && member === undefined) {
      asked.push(id);
      continue;
    }
    // What stands there may be a name: its row is told.
    if (unit === undefined) unknown.push(`row ${table.rowNumbers[row]}`);
    else if (member === undefined) (spare.has(unit) ? reserves : beside).push(id);
    else if (member.reason !== undefined) lost.push(id);
    else found.set(row, unit);
  }
  if (reserves.length + beside.length > 0)
    refuseOutdated([...reserves, ...beside], { label, file: table.file, later: later() });
  const leftOut: FindingsNote[] = [];
  const left = (code: string, ids: readonly string[], why: string): void => {
    leftOut.push(...counted(code, ids.length, (count) => `${count} left out: ${why}.`, ids));
  };
  left("units-unknown", unknown, "no eligible unit has the id, so look for a mistyped one");
  left("units-chosen", asked, "the case was chosen and not sampled, and stands for no others");
  left(
    "units-in-reserve",
    reserves,
    "the unit is a reserve that this version of the sample has not released. If a later version has, name its folder with --sample",
  );
  left("units-not-drawn", beside, "the unit was not drawn, and chosen cases stand for no others");
  left("units-lost", lost, "the replacement log says that the case was not reviewed or is out of scope");
  notes.push(...leftOut);
  if (found.size === 0) {
    const reasons = leftOut.map(noteWithCases);
    throw empty(table.file, "a unit of the sample is wanted, got none", reasons);
  }
  const there = new Set(found.values());
  const missing = [...members.values()].filter(
    ({ unit, reason }) => reason === undefined && !there.has(unit),
  );
  if (missing.length > 0) {
    notes.push({
      code: "units-not-reviewed",
      count: missing.length,
      text:
        `${thousands(missing.length)} of the sample ${missing.length === 1 ? "is" : "are"} not in the findings: ` +
        "taken for missing at random within the stratum, whose other cases stand for them.",
      cases: missing.map(({ unit }) => frame.ids[unit] as string),
    });
  }
  return found;
}

/** Why columns were passed over. */
function passedOverTexts(notes: readonly FindingsNote[]): string[] {
  return notes.filter(({ code }) => code === "column-passed-over").map(({ text }) => text);
}

function withoutColumns({ labelled }: FindingsTable, label: string, why: readonly string[]): CasedrawError {
  return empty(
    label,
    labelled
      ? "columns that inspectors added beside those of the sample's list are wanted, got none"
      : "a column with answers beside unit_id, review and reviewer is wanted, got none",
    why,
  );
}

/** Says no more reasons than these. */
const mostReasons = 3;

function empty(label: string, what: string, why: readonly string[]): CasedrawError {
  return new CasedrawError(
    "FINDINGS_EMPTY",
    `Findings: ${what} (${label}). ${why
      .slice(0, mostReasons)
      .map((text) => `${text} `)
      .join("")}Correct the file, or name the one that the inspectors filled in.`,
    { file: label },
  );
}
