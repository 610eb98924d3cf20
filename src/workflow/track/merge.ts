import { compareBytes, matchKey } from "../../frame/text.js";
import type { FindingPlan } from "../../plan/types.js";
import { type LossReason, lossReasons } from "../../sampling/after/outcome.js";
import { isLost, type ListedUnit } from "../handover/cases.js";
import { readerOf } from "../handover/readers.js";
import type { AssignedRow, Conflict, HandoverRecord } from "../handover/record.js";
import { longestReviewer, sheetNames, worksheetLabels } from "../handover/worksheet.js";
import type { Issue } from "./issues.js";
import { type StandingConflict, withStanding } from "./standing.js";
import { trustedRows } from "./trusted-rows.js";
import type { ReturnedSheet, SheetRow } from "./worksheet-rows.js";

/** What was found in a case by one reader. */
export interface Finding {
  readonly unitId: string;
  readonly review: 1 | 2;
  readonly reviewer: string;
  /** In the handover's order; "" where there is none, or two. */
  readonly answers: readonly string[];
}

/** A sampled case that cannot be reviewed. */
export interface ReportedLoss {
  readonly unitId: string;
  readonly reason: LossReason;
}

/** What all worksheets say together. */
export interface Merged {
  /** In byte order of ids, the first review before the second. */
  readonly findings: readonly Finding[];
  readonly losses: readonly ReportedLoss[];
  readonly conflicts: readonly StandingConflict[];
  readonly issues: readonly Issue[];
}

/**
 * Brings worksheets together. What two rows say differently of one case is listed, and neither is taken; nothing is decided
 * here that a person has to decide.
 *
 * @param units - of the sample as it stands, by id
 */
export function mergeWorksheets(
  sheets: readonly ReturnedSheet[],
  handover: HandoverRecord,
  units: ReadonlyMap<string, ListedUnit>,
): Merged {
  const { rows, issues } = trustedRows(sheets, handover, units);
  const assigned = new Map(
    handover.rows.map((row) => [keyOf(row.unitId, row.role === "second reading" ? 2 : 1), row]),
  );
  const byCase = new Map<string, SheetRow[]>();
  for (const row of rows) {
    const key = keyOf(row.unitId, row.role === "second reading" ? 2 : 1);
    byCase.set(key, [...(byCase.get(key) ?? []), row]);
  }
  const answeredAgain = (unitId: string): boolean =>
    byCase.get(keyOf(unitId, 2))?.some(({ answers }) => answers.some((answer) => answer !== "")) === true;
  const merged = [...byCase.entries()]
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([key, own]) =>
      mergeCase(own, {
        findings: handover.manifest.findings,
        row: assigned.get(key),
        unit: units.get((own[0] as SheetRow).unitId),
        readAgain: own[0]?.role !== "second reading" && answeredAgain(own[0]?.unitId ?? ""),
      }),
    );
  const lost = new Set(merged.flatMap(({ loss }) => loss?.unitId ?? []));
  return {
    findings: merged.flatMap(({ finding }) => finding ?? []),
    losses: merged.flatMap(({ loss }) => loss ?? []),
    conflicts: withStanding(
      // Of a worksheet that came back half filled in and whole, the conflict is one.
      [
        ...new Map(
          merged
            .flatMap(({ conflicts }) => conflicts)
            .map((each) => [JSON.stringify([each.unitId, each.team, each.pair]), each]),
        ).values(),
      ].filter(({ unitId }) => !isLost(units.get(unitId) as ListedUnit)),
      handover.rows,
    ),
    // What a second reader says of a case that is in the log is there already.
    issues: [
      ...issues,
      ...merged
        .flatMap((each) => each.issues)
        .filter(({ kind, unitId }) => kind !== "not in the log" || !lost.has(unitId)),
    ],
  };
}

/** Cases sort by id, and each first review before the second. */
function keyOf(unitId: string, review: 1 | 2): string {
  return `${unitId}\u001f${review}`;
}

interface MergedCase {
  readonly finding?: Finding;
  readonly loss?: ReportedLoss;
  readonly conflicts: readonly Conflict[];
  readonly issues: readonly Issue[];
}

function mergeCase(
  rows: readonly SheetRow[],
  context: {
    readonly findings: readonly Pick<FindingPlan, "name" | "answers">[];
    readonly row: AssignedRow | undefined;
    readonly unit: ListedUnit | undefined;
    /** Of a first review: whether the second has answers. */
    readonly readAgain: boolean;
  },
): MergedCase {
  const { findings, unit, readAgain } = context;
  const [first] = rows as [SheetRow];
  const review = first.role === "second reading" ? 2 : 1;
  const issues: Issue[] = [];
  const tell = (row: SheetRow, kind: Issue["kind"], column: string, text: string): unknown =>
    issues.push({
      kind,
      team: readerOf(row.reader).team,
      file: row.file,
      role: row.role,
      row: row.row,
      unitId: row.unitId,
      column,
      text,
    });
  const onList = (row: SheetRow, text: string, column: string, list: readonly string[]): string => {
    const found = list.find((each) => matchKey(each) === matchKey(text));
    if (text !== "" && found === undefined)
      tell(
        row,
        "answer not on the list",
        column,
        `It is none of: ${list.join("; ")}. It was not taken; choose one of the list.`,
      );
    return found ?? "";
  };
  const read = rows.map((row) => ({
    row,
    answers: findings.map(({ name, answers }, at) => onList(row, row.answers[at] as string, name, answers)),
    loss: onList(row, row.loss, worksheetLabels.loss, lossReasons),
  }));
  const answers = findings.map(({ name }, at) => {
    const given = read.filter((each) => each.answers[at] !== "");
    if (new Set(given.map((each) => each.answers[at])).size < 2) return given[0]?.answers[at] ?? "";
    for (const { row } of given) {
      const others = given.filter((each) => each.row !== row).map((each) => placeOf(each.row));
      tell(
        row,
        "two answers",
        name,
        `Another answer stands in ${others.join(" and ")}. Neither was taken; clear one of them.`,
      );
    }
    return "";
  });
  const answered = read.filter((each) => each.answers.some((answer) => answer !== ""));
  const inConflict = read.filter(({ loss }) => loss === "conflict");
  for (const { row } of inConflict.filter((each) => each.row.reader === ""))
    tell(
      row,
      "conflict without a team",
      worksheetLabels.reader,
      "The row does not say which team of the latest handover it is. Add the conflict to conflicts.csv yourself.",
    );
  const conflicts = inConflict
    .filter((each) => each.row.reader !== "" && !answered.includes(each))
    .map(({ row }): Conflict => ({ unitId: row.unitId, ...readerOf(row.reader) }));
  const both = read.filter(
    (each) =>
      each.loss !== "" &&
      (each.loss !== "conflict" ? answered.length > 0 || readAgain : answered.includes(each)),
  );
  const why =
    answered.length > 0
      ? "The case is said not to be reviewable, and has answers. Neither was taken; clear one of the two."
      : "The case is said not to be reviewable, and a second reader has answers, which were taken. The loss was not: ask both, and clear one of the two.";
  for (const { row } of both) tell(row, "answered and lost", worksheetLabels.loss, why);
  if (both.length > 0) return { conflicts, issues };
  const reasons = [
    ...new Set(read.map(({ loss }) => loss).filter((loss) => loss !== "" && loss !== "conflict")),
  ];
  if (reasons.length > 1) {
    for (const { row } of read.filter(({ loss }) => loss !== ""))
      tell(
        row,
        "two answers",
        worksheetLabels.loss,
        "Another row says otherwise why the case cannot be reviewed. Neither was taken; clear one of them.",
      );
  }
  const lossOf = (): ReportedLoss | undefined => {
    if (unit === undefined || review === 2 || unit.role !== "sampled" || isLost(unit)) return undefined;
    if (reasons.length === 1) return { unitId: unit.unitId, reason: reasons[0] as LossReason };
    // Somebody else is asked first: only where the handover found nobody is it a loss.
    return inConflict.length > 0 && answered.length === 0 && context.row?.unplaced === "conflict"
      ? { unitId: unit.unitId, reason: "conflict" }
      : undefined;
  };
  const loss = lossOf();
  const said = read.find(({ loss: each }) => each !== "" && each !== "conflict");
  if (said !== undefined && (review === 2 || unit?.role === "chosen"))
    tell(
      said.row,
      "not in the log",
      worksheetLabels.loss,
      review === 2
        ? "Only a second reader says that the case cannot be reviewed. It was not taken; ask the first."
        : "The case was chosen, not sampled, so no reserve comes for it. Tell whoever asked for it.",
    );
  if (unit?.role === "reserve" && (answered.length > 0 || reasons.length > 0))
    tell(
      first,
      "reserve not released",
      "",
      "It is in reserve. Its answers count once casedraw sample --replace releases it.",
    );
  if (answered.length === 0) return { ...(loss === undefined ? {} : { loss }), conflicts, issues };
  const missing = findings.filter((_, at) => read.every((each) => each.answers[at] === ""));
  const place = (answered[0] as (typeof read)[number]).row;
  for (const { name } of missing)
    tell(place, "answer missing", name, "Other questions of the case are answered, and this one is not.");
  const reviewers = answered.map(({ row }) => row).filter(({ reviewer }) => reviewer !== "");
  const reviewer = reviewers.find(
    (row) => row.reviewer.length <= longestReviewer && !/\p{Cc}/u.test(row.reviewer),
  );
  if (reviewer === undefined && reviewers.length > 0)
    tell(
      reviewers[0] as SheetRow,
      "reviewer not taken",
      worksheetLabels.reviewer,
      `It is longer than ${longestReviewer} characters, or not on one line: initials or a role are wanted.`,
    );
  return {
    finding: { unitId: first.unitId, review, reviewer: reviewer?.reviewer ?? "", answers },
    conflicts,
    issues,
  };
}

function placeOf({ file, role, row }: SheetRow): string {
  return `${file}, sheet ${sheetNames[role]}, row ${row}`;
}
