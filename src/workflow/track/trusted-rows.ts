import type { ListedUnit } from "../handover/cases.js";
import { readerOf } from "../handover/readers.js";
import type { AssignedRow, HandoverRecord } from "../handover/record.js";
import { rowCheck } from "../handover/row-check.js";
import { copiesAmong, isFilledIn } from "./copies.js";
import type { Issue } from "./issues.js";
import type { ReturnedSheet, SheetRow } from "./worksheet-rows.js";

/**
 * Rows whose id is that of the case that they were made for, by the check that each row carries. Others are listed and not
 * taken, and so is what nobody sent back.
 */
export function trustedRows(
  sheets: readonly ReturnedSheet[],
  handover: HandoverRecord,
  units: ReadonlyMap<string, ListedUnit>,
): { readonly rows: readonly SheetRow[]; readonly issues: readonly Issue[] } {
  const tags = handover.manifest.tags;
  const latest = tags.at(-1) as string;
  const teams = new Set(handover.manifest.teams.map(({ name }) => name));
  const copies = copiesAmong(sheets);
  const issues: Issue[] = [...copies.issues];
  const trusted: SheetRow[] = [];
  const assigned = new Map(handover.rows.map((row) => [keyOf(row), row]));
  const back = new Set<string>();
  const blamed = new Set<string>();
  const sent = new Set<string>();
  const older = new Map<string, string>();
  for (const sheet of sheets) {
    const own = worksheetOf(sheet, { assigned, latest });
    if (own?.latest === true) sent.add(own.worksheet);
    else if (own !== undefined) older.set(own.worksheet, sheet.file);
    const team = handover.rows.find(({ worksheet }) => worksheet === own?.worksheet)?.team ?? "";
    if (sheet.strangers.length > 0) issues.push(strangerIssue(sheet, team));
    const tell = (row: SheetRow, kind: Issue["kind"], unitId: string, text: string): unknown =>
      issues.push({
        kind,
        team,
        file: row.file,
        role: row.role,
        row: row.row,
        unitId,
        column: "Unit ID",
        text,
      });
    for (const row of sheet.rows) {
      if (copies.rows.has(row)) continue;
      if (row.unitId === "" && row.check === "" && !isFilledIn(row)) continue;
      const genuine = tags.some((each) => rowCheck(each, row.role, row.unitId) === row.check);
      if (genuine && !units.has(row.unitId)) {
        if (isFilledIn(row))
          tell(
            row,
            "not in the sample",
            row.unitId,
            "The case is not in this version of the sample any more. Its answers were not taken.",
          );
        continue;
      }
      if (!genuine) {
        const made = madeFor(row, { tags, units });
        if (made !== undefined) blamed.add(keyOf({ role: row.role, unitId: made }));
        if (made === undefined)
          tell(
            row,
            "unknown id",
            "",
            "No case of the handover has this id and its check. The row's answers were not taken; restore its locked cells.",
          );
        else
          tell(
            row,
            "changed id",
            made,
            "The row was made for this case, and has another id now. Its answers were not taken; put the id back.",
          );
        continue;
      }
      if (row.role === "second reading" && !assigned.has(keyOf(row))) {
        if (isFilledIn(row))
          tell(
            row,
            "second reading not asked for",
            row.unitId,
            "The case is not one of the second reviews any more. Its answers were not taken.",
          );
        continue;
      }
      back.add(keyOf(row));
      // A team that this handover does not have: of an earlier one, or written over.
      trusted.push(teams.has(readerOf(row.reader).team) ? row : { ...row, reader: "" });
    }
  }
  return {
    rows: trusted,
    issues: [...issues, ...missingIssues(handover, { units, sent, older, back, blamed })],
  };
}

function keyOf({ role, unitId }: Pick<AssignedRow, "role" | "unitId">): string {
  return `${role}\u001f${unitId}`;
}

/** The case whose check a row carries. */
function madeFor(
  { role, check }: SheetRow,
  { tags, units }: { readonly tags: readonly string[]; readonly units: ReadonlyMap<string, ListedUnit> },
): string | undefined {
  if (check === "") return undefined;
  for (const tag of tags.toReversed())
    for (const id of units.keys()) if (rowCheck(tag, role, id) === check) return id;
  return undefined;
}

/** The handover's worksheet that a file is, whatever it is called now: that of most of its rows. */
function worksheetOf(
  { rows }: ReturnedSheet,
  { assigned, latest }: { readonly assigned: ReadonlyMap<string, AssignedRow>; readonly latest: string },
): { readonly worksheet: string; readonly latest: boolean } | undefined {
  const votes = new Map<string, number>();
  let now = 0;
  for (const row of rows) {
    const worksheet = assigned.get(keyOf(row))?.worksheet;
    if (worksheet === undefined || worksheet === "") continue;
    votes.set(worksheet, (votes.get(worksheet) ?? 0) + 1);
    if (rowCheck(latest, row.role, row.unitId) === row.check) now++;
  }
  const [worksheet] = [...votes].reduce<[string?, number?]>(
    (most, each) => (each[1] > (most[1] ?? 0) ? each : most),
    [],
  );
  return worksheet === undefined ? undefined : { worksheet, latest: now > 0 };
}

function strangerIssue({ strangers, file }: ReturnedSheet, team: string): Issue {
  const one = strangers.length === 1;
  return {
    kind: "sheet not known",
    team,
    file,
    unitId: "",
    column: "",
    text: `${one ? "A sheet" : `${strangers.length} sheets`} with unit ids that casedraw did not make ${one ? "was" : "were"} not read. Put the answers into its own sheets.`,
  };
}

/** What worksheets had and have no more, and cases that stand on no worksheet that was read; of a case that left nothing is missing. */
function missingIssues(
  { rows }: HandoverRecord,
  {
    units,
    sent,
    older,
    back,
    blamed,
  }: {
    readonly units: ReadonlyMap<string, ListedUnit>;
    readonly sent: ReadonlySet<string>;
    /** Of worksheets that came back as an earlier handover made them only, the files. */
    readonly older: ReadonlyMap<string, string>;
    readonly back: ReadonlySet<string>;
    readonly blamed: ReadonlySet<string>;
  },
): Issue[] {
  const absent = rows.filter(
    (row) =>
      row.worksheet !== "" && units.has(row.unitId) && !back.has(keyOf(row)) && !blamed.has(keyOf(row)),
  );
  const places = [...new Set(absent.map(({ worksheet }) => worksheet))].filter((place) => !sent.has(place));
  const unread = places.map((place): Issue => {
    const own = absent.filter(({ worksheet }) => worksheet === place);
    const rowsStand = `${own.length === 1 ? "1 of its rows stands" : `${own.length} of its rows stand`} on no worksheet that was read`;
    const earlier = older.get(place);
    return {
      kind: "worksheet missing",
      team: own[0]?.team ?? "",
      file: fileName(place),
      unitId: "",
      column: "",
      text:
        earlier === undefined
          ? `${rowsStand}.`
          : `${rowsStand}: ${earlier} is of an earlier handover. Its answers were taken; ask the team for the worksheet of this one.`,
    };
  });
  const gone = absent
    .filter(({ worksheet }) => sent.has(worksheet))
    .map(
      ({ team, worksheet, role, row, unitId }): Issue => ({
        kind: "row missing",
        team,
        file: fileName(worksheet),
        role,
        row,
        unitId,
        column: "",
        text: "The worksheet had this case in this row, and does not have it any more.",
      }),
    );
  return [...unread, ...gone];
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
