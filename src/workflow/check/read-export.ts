import { type CheckReport, foundRow } from "../../checks/finding.js";
import { type MissingColumn, pruneColumns } from "../../checks/prune-plan.js";
import { runChecks } from "../../checks/run-checks.js";
import { CasedrawError, type ErrorCode } from "../../errors.js";
import type { FrameInputs } from "../../frame/build-frame.js";
import { place } from "../../frame/read-field.js";
import { headersOf, sharedSources } from "../../frame/sources.js";
import { type MappedValue, readValueMap } from "../../frame/value-map.js";
import type { Plan } from "../../plan/types.js";
import type { ReadPart } from "../../readers/text-part.js";
import type { AnalysisInput } from "../../report/analysis-manifest.js";
import { headerKey } from "../../table/table.js";
import {
  frameInputsOf,
  inputFiles,
  type Locate,
  type PlannedFile,
  plannedFiles,
  type ReadFile,
  readPlanned,
} from "../build-from-plan.js";
import type { PlanFile } from "../open-plan.js";
import type { Progress } from "../progress.js";

/** Why `sample` refuses an export, as it would say it. */
export type RefusalSaid = Required<CheckReport>["refusal"];

/** A file that cannot be read. */
export interface UnreadFile {
  readonly path: string;
  /** Whether the data's owner made it: lookups, the exclusion list and the value map are the officer's. */
  readonly isOwners: boolean;
  readonly refusal: RefusalSaid;
}

/** An export and all that can be said of its quality. */
export interface CheckedExport {
  readonly plan: Plan;
  readonly report: CheckReport;
  readonly refusal?: RefusalSaid;
  /** Files that cannot be read: nothing else is said of them. */
  readonly unread: readonly UnreadFile[];
  /** Files that were read. */
  readonly inputs: readonly AnalysisInput[];
  /** What the plan's value map has codes for. */
  readonly mapped: readonly MappedValue[];
  /** Rows of the value map whose value is not in the data. */
  readonly strayRows: readonly number[];
  /** Where every file of the plan lies. */
  readonly files: readonly { readonly path: string; readonly file: string }[];
}

/** Not about what stands in a file: there is nothing to report on until the plan or the place is put right. */
const notOfContent: readonly ErrorCode[] = [
  "FILE_NOT_FOUND",
  "NOT_A_FILE",
  "FILE_NOT_READABLE",
  "FILE_CHANGED",
  "OUT_OF_MEMORY",
  "PARQUET_NEEDS_DUCKDB",
  "PARQUET_OUT_OF_MEMORY",
  "PARQUET_PATH_UNSAFE",
  "VALUE_MAP_INVALID",
];

/**
 * Reads a plan's files and judges them by every rule. What `sample` refuses is reported and does not stop the check.
 *
 * @throws CasedrawError for what is wrong with the plan or the place of a file
 */
export async function checkFromPlan(
  planFile: PlanFile,
  options: { readonly progress: Progress; readonly locate?: Locate; readonly readPart?: ReadPart },
): Promise<CheckedExport> {
  const { plan } = planFile;
  refuseOthers(plan, planFile.path);
  const files = inputFiles(planFile, options.locate);
  const read: (ReadFile | undefined)[] = [];
  const refusals: RefusalSaid[] = [];
  const unread: UnreadFile[] = [];
  for (const [at, planned] of plannedFiles(plan).entries()) {
    const { found, refusal } = await readOrRefusal(planned, (files[at] as { file: string }).file, options);
    read.push(found);
    if (refusal === undefined) continue;
    refusals.push(refusal);
    const isOwners = planned.role === "data" || planned.role === "join";
    if (found === undefined) unread.push({ path: planned.path, isOwners, refusal });
  }
  options.progress("Checking");
  const inputs = inputsRead(plan, read);
  const report = inputs === undefined ? nothingRead : runChecks(inputs);
  const refusal = refusals[0] ?? report.refusal;
  return {
    plan,
    report,
    ...(refusal === undefined ? {} : { refusal }),
    unread,
    inputs: read.flatMap((found) =>
      found === undefined
        ? []
        : [{ path: found.table.file, ...found.fingerprint, rows_read: found.table.rowCount }],
    ),
    mapped: inputs?.valueMap === undefined ? [] : readValueMap(inputs.valueMap),
    strayRows: strayRows(report),
    files,
  };
}

/** One plan of one frame, with an export. */
function refuseOthers({ frames, data }: Plan, planPath: string): void {
  if (frames !== undefined) {
    throw new CasedrawError(
      "PLAN_WITH_FRAMES",
      `Plan has several frames (${Object.keys(frames).join(", ")}): a check is of one (${planPath}). Make a plan of the one that you want.`,
      { frames: Object.keys(frames), file: planPath },
    );
  }
  if (data.length > 0) return;
  throw new CasedrawError(
    "PLAN_WITHOUT_DATA",
    `Plan names no export: a check is of one (${planPath}). Name its files under data.`,
    { file: planPath },
  );
}

/** A file's table; without one, or beside one that lacks wanted columns, why a draw would refuse it. */
async function readOrRefusal(
  planned: PlannedFile,
  file: string,
  options: { readonly progress: Progress; readonly readPart?: ReadPart },
): Promise<{ readonly found?: ReadFile; readonly refusal?: RefusalSaid }> {
  try {
    return { found: await readPlanned(planned, file, options) };
  } catch (error) {
    const refusal = contentRefusal(error);
    // A list of ids without its column holds nothing.
    if (refusal.code !== "COLUMN_NOT_FOUND" || planned.role === "exclude_ids") return { refusal };
    const optional = [...planned.wanted, ...planned.optional];
    const { found } = await readOrRefusal({ ...planned, wanted: [], optional }, file, options);
    return { refusal, ...(found === undefined ? {} : { found }) };
  }
}

/** Rows of the value map whose value is not in the data, as the rule has found them. */
function strayRows({ findings }: CheckReport): number[] {
  return findings.flatMap((finding) =>
    finding.code === "CHECK_VALUE_MAP_UNMATCHED"
      ? Array.from(finding.rows, (_, k) => foundRow(finding, k).row)
      : [],
  );
}

function contentRefusal(error: unknown): RefusalSaid {
  if (!(error instanceof CasedrawError) || notOfContent.includes(error.code)) throw error;
  return { code: error.code, message: error.message };
}

/** What the readable files give, as if the plan named no others; undefined where no rows can be read. */
function inputsRead(plan: Plan, read: readonly (ReadFile | undefined)[]): FrameInputs | undefined {
  const tables = read.map((found) => found?.table);
  if (tables.every((table) => table !== undefined)) return frameInputsOf(plan, tables, undefined);
  const isRead =
    <T>(from: number) =>
    (_: T, at: number): boolean =>
      tables[from + at] !== undefined;
  const [data, joins, lookups] = [plan.data.length, plan.joins.length, plan.lookups.length];
  const { exclude_ids: list, ...cohort } = plan.cohort;
  const { value_map: map, ...others } = plan;
  const hasList = list !== undefined && tables[data + joins + lookups] !== undefined;
  const hasMap = map !== undefined && tables.at(-1) !== undefined;
  const kept: Plan = {
    ...(hasMap ? plan : others),
    data: plan.data.filter(isRead(0)),
    joins: plan.joins.filter(isRead(data)),
    lookups: plan.lookups.filter(isRead(data + joins)),
    cohort: hasList ? plan.cohort : cohort,
  };
  if (kept.data.length === 0) return undefined;
  const inputs = frameInputsOf(
    kept,
    tables.filter((table) => table !== undefined),
    undefined,
  );
  return pruneColumns(inputs, ofUnread(inputs));
}

/** Columns that no readable file has: they may stand in the one that cannot be read. */
function ofUnread({ plan, data, joins }: FrameInputs): MissingColumn[] {
  const headers = new Set([...data, ...joins].flatMap((table) => table.headers.map(headerKey)));
  return [...sharedSources(plan)].flatMap(([field, source]) => {
    const lacking = headersOf(source).find((header) => !headers.has(headerKey(header)));
    return lacking === undefined ? [] : data.map((table) => ({ field, header: lacking, file: place(table) }));
  });
}

const nothingRead: CheckReport = {
  rowsRead: 0,
  findings: [],
  setAside: [],
  notRun: [],
  quality: [],
  columns: [],
  unmappedValues: [],
};
