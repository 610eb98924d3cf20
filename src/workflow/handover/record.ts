import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { CasedrawError } from "../../errors.js";
import { parseRecord, recordParts } from "../../report/manifest.js";
import { readOwnCsv } from "../../report/own-csv.js";
import type { OutputTable } from "../output-table.js";
import { readText } from "../read-text.js";
import type { Role } from "./cases.js";

/** What a row of a worksheet is for. */
export type SheetRole = Role | "second reading";

/** A case with who reads it and where it stands. */
export interface AssignedRow {
  readonly unitId: string;
  readonly role: SheetRole;
  readonly team: string;
  /** From 1; absent where nobody has the case, and of a reserve, which a team has. */
  readonly pair?: number;
  readonly site: string;
  readonly stratum: string;
  /** "" where nobody has the case. */
  readonly worksheet: string;
  /** The row of its sheet; 0 where nobody has it. */
  readonly row: number;
  /** Why nobody has it. */
  readonly unplaced?: string;
}

/** A reader who knows a family. */
export interface Conflict {
  readonly unitId: string;
  readonly team: string;
  /** From 1; absent where it is the whole team. */
  readonly pair?: number;
}

const header = [
  "unit_id",
  "role",
  "team",
  "pair",
  "site",
  "stratum",
  "worksheet",
  "row",
  "not_assigned",
] as const;

/** `assignment.csv`: who has which case, for the lead, and for `track`. */
export function assignmentTable(rows: readonly AssignedRow[]): OutputTable {
  return {
    header,
    rows: rows.map(({ unitId, role, team, pair, site, stratum, worksheet, row, unplaced }) => [
      unitId,
      role,
      team,
      pair ?? "",
      site,
      stratum,
      worksheet,
      row === 0 ? "" : row,
      unplaced ?? "",
    ]),
  };
}

const teamSchema = z.looseObject({ name: z.string().min(1), pairs: z.number().int().min(1) });
const manifestSchema = z.looseObject({
  casedraw: z.literal(1),
  algorithm: z.strictObject({ name: z.literal("handover"), version: z.literal(1) }),
  sample: z.looseObject({
    manifest_sha256: recordParts.sha256,
    version: z.number().int().min(1).exactOptional(),
  }),
  marking: z.string().min(1),
  tags: z.array(z.string().min(1)).min(1),
  teams: z.array(teamSchema),
  findings: z.array(
    z.strictObject({
      name: z.string().min(1),
      question: z.string().exactOptional(),
      answers: z.array(z.string().min(1)),
    }),
  ),
  second_reviews: z.looseObject({ wanted: z.number() }).nullable().exactOptional(),
  outputs: recordParts.outputs,
});

/** A handover as it lies on the disk. */
export interface HandoverRecord {
  /** Absolute. */
  readonly path: string;
  readonly manifest: z.output<typeof manifestSchema>;
  readonly rows: readonly AssignedRow[];
  /** Units that are read twice, with their probability; absent where none are. */
  readonly secondReviews?: ReadonlyMap<string, number>;
  /** Who may not have which case: those that it was told, and those of the handovers before it. */
  readonly conflicts: readonly Conflict[];
}

/**
 * Reads what a handover's folder records.
 *
 * @param label - the folder as the user wrote it
 * @throws CasedrawError `HANDOVER_FOLDER_INVALID`, `MANIFEST_…`, `OWN_CSV_MALFORMED`
 */
export function readHandover(cwd: string, label: string): HandoverRecord {
  const path = resolve(cwd, label);
  const place = join(path, "manifest.json");
  const invalid = (why: string): CasedrawError =>
    new CasedrawError(
      "HANDOVER_FOLDER_INVALID",
      `Not the folder of a handover: ${why} (${label}). Name the folder that casedraw handover wrote.`,
      { file: label },
    );
  if (!existsSync(place)) throw invalid("it has no manifest.json");
  const text = readText(place, join(label, "manifest.json"), "Manifest");
  if (!/"name": "handover"/.test(text)) throw invalid("its manifest is of something else");
  const manifest = parseRecord(manifestSchema, text, join(label, "manifest.json"));
  const file = join(label, "assignment.csv");
  const csv = readOwnCsv(readText(join(path, "assignment.csv"), file, "List of who has which case"), file);
  if (header.some((name, at) => csv.header[at] !== name)) throw invalid("assignment.csv has other columns");
  const has = (name: string): boolean => manifest.outputs.some((output) => output.path === name);
  return {
    path,
    manifest,
    ...(has("second-reviews.csv") ? { secondReviews: readSecondReviews(path, label) } : {}),
    conflicts: has("conflicts.csv") ? readOwnConflicts(path, label) : [],
    rows: csv.rows.map((cells): AssignedRow => {
      const [unitId, role, team, pair, site, stratum, worksheet, row, unplaced] = cells as [
        string,
        SheetRole,
        ...string[],
      ];
      return {
        unitId,
        role,
        team: team as string,
        ...(pair === "" ? {} : { pair: Number(pair) }),
        site: site as string,
        stratum: stratum as string,
        worksheet: worksheet as string,
        row: Number(row),
        ...(unplaced === "" ? {} : { unplaced: unplaced as string }),
      };
    }),
  };
}

function readSecondReviews(path: string, label: string): Map<string, number> {
  const file = join(label, "second-reviews.csv");
  const { rows } = readOwnCsv(
    readText(join(path, "second-reviews.csv"), file, "List of second reviews"),
    file,
  );
  return new Map(rows.map(([unitId, probability]) => [unitId as string, Number(probability)]));
}

function readOwnConflicts(path: string, label: string): Conflict[] {
  const file = join(label, "conflicts.csv");
  const { rows } = readOwnCsv(readText(join(path, "conflicts.csv"), file, "List of conflicts"), file);
  return rows.map(([unitId, team, pair]) => ({
    unitId: unitId as string,
    team: team as string,
    ...(pair === "" ? {} : { pair: Number(pair) }),
  }));
}
