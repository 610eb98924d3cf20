import { resolve } from "node:path";
import { refuseFrameErrors } from "../checks/frame-altering.js";
import { CasedrawError } from "../errors.js";
import { buildFrame, type FrameInputs } from "../frame/build-frame.js";
import type { Frame } from "../frame/frame.js";
import { headersOf, sharedSources } from "../frame/sources.js";
import { mapLacksColumns, remarkRows, valueMapHeaders } from "../frame/value-map.js";
import type { ColumnSource, DerivedField, Plan } from "../plan/types.js";
import type { ReadRequest } from "../readers/read-request.js";
import { readTable } from "../readers/read-table.js";
import type { ReadPart } from "../readers/text-part.js";
import type { ManifestInput } from "../report/manifest.js";
import type { DesignInputs } from "../sampling/design.js";
import type { InputFingerprint, Table } from "../table/table.js";
import { type DigestsBegun, type StartDigests, startFrameDigests } from "./make-digests.js";
import type { PlanFile } from "./open-plan.js";
import type { Progress } from "./progress.js";
import { avoidedPath } from "./sample/avoided-path.js";

/** A plan's frame, and the files that it was built from. */
export interface BuiltFrame {
  readonly frame: Frame;
  readonly inputs: readonly ManifestInput[];
  /** The inputs' paths as the plan writes them, and where each lay. */
  readonly files: readonly { readonly path: string; readonly file: string }[];
  /** Rows of the value map that are remarks: read, as the manifest counts them, and no rows of anybody's. */
  readonly remarks: number;
  /** What the plan's `avoid` names. */
  readonly designInputs?: DesignInputs;
}

/** Where one of the plan's files lies; by default beside the plan. */
export type Locate = (path: string, at: number) => string;

/** What a file of the plan is, to people: some are the officer's own, and no part of the export. */
export function inputKind(path: string, plan: Plan): string {
  const role = plannedFiles(plan).find((planned) => planned.path === path)?.role;
  if (role === "exclude_ids") return "The list of units left out";
  if (role === "lookup") return "A lookup";
  return role === "value_map" ? "The value map" : "Part of the export";
}

/** How many rows of a file are told to people: those of a value map without its remarks. */
export function rowsTold(
  { path, rows_read: read }: Pick<ManifestInput, "path" | "rows_read">,
  { plan, built }: { readonly plan: Plan; readonly built: Pick<BuiltFrame, "remarks"> | undefined },
): number {
  return path === plan.value_map ? read - (built?.remarks ?? 0) : read;
}

/** The files that people are told of: not a value map that maps nothing. */
export function inputsTold<Input extends Pick<ManifestInput, "path" | "rows_read">>(
  inputs: readonly Input[],
  of: Parameters<typeof rowsTold>[1],
): Input[] {
  return inputs.filter((input) => input.path !== of.plan.value_map || rowsTold(input, of) > 0);
}

/** One of a plan's files, and what is wanted of it. */
export interface PlannedFile {
  /** `data` and `join` come from the data's owner; the others are the officer's own. */
  readonly role: "data" | "join" | "lookup" | "exclude_ids" | "value_map";
  readonly path: string;
  readonly sheet?: string;
  /** Headers that must be there. */
  readonly wanted: readonly string[];
  /** Headers that another file may have instead. */
  readonly optional: readonly string[];
}

/** The plan's key that names files of a role. */
const keyOfRole: Readonly<Record<PlannedFile["role"], string>> = {
  data: "data",
  join: "joins",
  lookup: "lookups",
  exclude_ids: "cohort.exclude_ids",
  value_map: "value_map",
};

/** Every file that a plan names, in the order of the manifest's inputs: data, joins, lookups, exclusion list, value map. */
export function plannedFiles(plan: Plan): PlannedFile[] {
  const shared = [...sharedSources(plan)];
  // With one file there is no other that could have a header instead: it must have them all.
  const alone = plan.data.length === 1 && plan.joins.length === 0;
  const headers = (sources: Iterable<ColumnSource>): string[] =>
    [...sources].flatMap(headersOf).filter((header) => header !== "");
  const rows = [...plan.data, ...plan.joins].map((file, at): PlannedFile => {
    const own = Object.entries(file.columns).flatMap(([name, source]) =>
      name === "case_name" ? [] : [source],
    );
    const others = shared.flatMap(([name, source]) => (Object.hasOwn(file.columns, name) ? [] : [source]));
    return {
      ...file,
      role: at < plan.data.length ? "data" : "join",
      wanted: headers(alone ? [...own, ...others] : own),
      optional: alone ? [] : headers(others),
    };
  });
  const lookups = plan.lookups.map((lookup): PlannedFile => {
    const header = plan.columns[lookup.from];
    const named = lookup.from_header;
    const candidates = [...(typeof header === "string" ? [header] : []), lookup.from];
    return {
      ...lookup,
      role: "lookup",
      wanted: [...Object.values(lookup.to), ...(named === undefined ? [] : [named])],
      optional: named === undefined ? candidates : [],
    };
  });
  const list = plan.cohort.exclude_ids;
  const lists: PlannedFile[] =
    list === undefined ? [] : [{ role: "exclude_ids", path: list, wanted: ["unit_id"], optional: [] }];
  const map: PlannedFile[] =
    plan.value_map === undefined
      ? []
      : [{ role: "value_map", path: plan.value_map, wanted: valueMapHeaders, optional: [] }];
  return [...rows, ...lookups, ...lists, ...map];
}

/** The absolute paths of every file that a plan names, in the manifest's order. */
export function inputFiles(planFile: PlanFile, locate?: Locate): { path: string; file: string }[] {
  const { plan } = planFile;
  const avoided = plan.sample?.avoid === undefined ? [] : [{ path: avoidedPath(plan.sample.avoid) }];
  return [...plannedFiles(plan), ...avoided].map(({ path }, at) => ({
    path,
    file: locate?.(path, at) ?? resolve(planFile.folder, path),
  }));
}

/** A file as it was read. */
export interface ReadFile {
  readonly table: Table;
  readonly fingerprint: InputFingerprint;
}

/**
 * Reads one of a plan's files.
 *
 * @param file - where it lies
 * @throws CasedrawError of the readers; `VALUE_MAP_INVALID` for a value map without its columns
 */
export async function readPlanned(
  { role, path, sheet, wanted, optional }: PlannedFile,
  file: string,
  { progress, readPart }: { readonly progress: Progress; readonly readPart?: ReadPart },
): Promise<ReadFile> {
  const request: ReadRequest = {
    path: file,
    label: path,
    wanted,
    optional,
    ...(sheet === undefined ? {} : { sheet }),
    onProgress: (done, total) => progress(`Reading ${path}`, total === 0 ? 1 : done / total),
  };
  progress(`Reading ${path}`, 0);
  try {
    return await readTable(request, readPart === undefined ? {} : { readPart });
  } catch (error) {
    const code = error instanceof CasedrawError ? error.code : undefined;
    const { details } = error as CasedrawError;
    if (code === "FILE_NOT_FOUND") throw new CasedrawError(code, notThere({ role, path }), details);
    if (role !== "value_map" || code !== "COLUMN_NOT_FOUND") throw error;
    throw mapLacksColumns(path, details.missing as readonly string[]);
  }
}

function notThere({ role, path }: Pick<PlannedFile, "role" | "path">): string {
  return (
    `No such file: nothing stands where the plan's ${keyOfRole[role]} says (${path}). Check the spelling; ` +
    "if the file was moved or renamed, write its path in the plan, relative to the plan."
  );
}

/** What a frame is built from: the tables of {@link plannedFiles}, in their order. */
export function frameInputsOf(
  plan: Plan,
  tables: readonly Table[],
  derived: readonly DerivedField[] | undefined,
): FrameInputs {
  const [data, joins, lookups] = [plan.data.length, plan.joins.length, plan.lookups.length];
  return {
    plan,
    data: tables.slice(0, data),
    joins: tables.slice(data, data + joins),
    lookups: tables.slice(data + joins, data + joins + lookups),
    ...(plan.cohort.exclude_ids === undefined ? {} : { excludeIds: tables[data + joins + lookups] as Table }),
    ...(plan.value_map === undefined ? {} : { valueMap: tables.at(-1) as Table }),
    ...(derived === undefined ? {} : { derived }),
  };
}

/**
 * Reads every file of a plan and builds its frame.
 *
 * @throws CasedrawError of the readers and of `buildFrame`; `FRAME_ERRORS` for a draw
 */
export async function buildFromPlan(
  planFile: PlanFile,
  options: {
    readonly progress: Progress;
    readonly locate?: Locate;
    readonly readPart?: ReadPart;
    /** Derived fields that are wanted beside those that the plan uses. */
    readonly derived?: readonly DerivedField[];
    /** For an analysis, which draws nothing: the sample to keep away from is not read. */
    readonly forAnalysis?: true;
    /** For a draw: what changes which units can be drawn is refused. */
    readonly forDraw?: true;
    /** Where the frame's digests are made while the work on it goes on. */
    readonly startDigests?: StartDigests;
  },
): Promise<BuiltFrame & DigestsBegun> {
  const { plan } = planFile;
  const files = inputFiles(planFile, options.locate);
  const read: ReadFile[] = [];
  for (const [at, planned] of plannedFiles(plan).entries()) {
    read.push(await readPlanned(planned, (files[at] as { file: string }).file, options));
  }
  options.progress("Building the frame");
  const tables = read.map(({ table }) => table);
  const frameInputs = frameInputsOf(plan, tables, options.derived);
  const frame = buildFrame(frameInputs);
  const finishDigests = options.startDigests && startFrameDigests(frame, plan, options.startDigests);
  if (options.forDraw === true) refuseFrameErrors(frameInputs, frame);
  const { matched } = frame;
  const rowsMatched = [
    ...tables.slice(0, plan.data.length).map((table) => table.rowCount),
    ...matched.joins,
    ...matched.lookups,
    ...(plan.cohort.exclude_ids === undefined ? [] : [matched.excludeIds]),
    matched.valueMap,
  ];
  const inputs = read.map(
    ({ table, fingerprint }, at): ManifestInput => ({
      path: table.file,
      ...fingerprint,
      rows_read: table.rowCount,
      rows_matched: rowsMatched[at] as number,
    }),
  );
  const [map] = plan.value_map === undefined ? [] : tables.slice(-1);
  const remarks = map === undefined ? 0 : remarkRows(map);
  const built = { frame, remarks, ...(finishDigests && { finishDigests }) };
  if (plan.sample?.avoid === undefined || options.forAnalysis === true)
    return { ...built, inputs, files: files.slice(0, inputs.length) };
  const { readAvoided } = await import("./sample/read-avoided.js");
  const avoided = await readAvoided(plan.sample.avoid, (files.at(-1) as { file: string }).file, frame);
  return { ...built, inputs: [...inputs, avoided.input], files, designInputs: avoided.designInputs };
}
