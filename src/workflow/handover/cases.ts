import { join } from "node:path";
import { CasedrawError } from "../../errors.js";
import { readOwnCsv } from "../../report/own-csv.js";
import { lossReasons } from "../../sampling/after/outcome.js";
import { readText } from "../read-text.js";
import type { SampleFolder } from "../sample/folder.js";

/** How a case comes to a team: by the draw; because somebody chose it; in case that a drawn one is lost. */
export type Role = "sampled" | "chosen" | "reserve";

/** A case as the sample's own lists have it. */
export interface ListedUnit {
  readonly unitId: string;
  readonly role: Role;
  /** "" of a chosen case. */
  readonly stratum: string;
  /** Of a reserve: from 1 in its stratum. */
  readonly order?: number;
  /** Why it was chosen, as `chosen.csv` has it. */
  readonly reason?: string;
  /** How it came into the sample, or why it is lost; "drawn" where nothing was done since. */
  readonly status: string;
  /** Fields as the files have them, by name. */
  readonly values: ReadonlyMap<string, string>;
}

/** A sample's lists. */
export interface SampleLists {
  /** Sampled, lost ones too, then chosen, then in reserve: each unit once. */
  readonly units: readonly ListedUnit[];
  /** All that are in reserve, chosen ones too, in the order of their release. */
  readonly reserves: readonly ListedUnit[];
  /** Fields that the lists have. */
  readonly fields: ReadonlySet<string>;
  /** Chosen cases that a corrected export no longer has: nothing is known of them. */
  readonly gone: readonly string[];
}

const drawColumns = new Set([
  "draw_order",
  "reserve_order",
  "unit_id",
  "stratum",
  "inclusion_probability",
  "standard_error",
  "nominal_probability",
  "design_weight",
  "final_weight",
  "status",
  "version",
  "ticket",
  "standing",
  "reason",
  "asked_by",
  "asked_on",
]);

/**
 * Reads `sample.csv`, `chosen.csv` and `reserves.csv` of a sample's folder.
 *
 * @throws CasedrawError `FILE_…`, `OWN_CSV_MALFORMED`
 */
export function readSampleLists(folder: SampleFolder, label: string): SampleLists {
  const read = (name: string) =>
    folder.manifest.outputs.some(({ path }) => path === name) ? rowsOf(folder, label, name) : undefined;
  const sampled = read("sample.csv");
  if (sampled === undefined) {
    throw new CasedrawError(
      "SAMPLE_FOLDER_INCOMPLETE",
      `Not a sample's folder: ${label} has no sample.csv. Name the folder that casedraw sample wrote.`,
      { file: label },
    );
  }
  const units: ListedUnit[] = [];
  const seen = new Set<string>();
  const add = (role: Role, row: Row): void => {
    const unit = unitOf(role, row);
    if (!seen.has(unit.unitId)) units.push(unit);
    seen.add(unit.unitId);
  };
  for (const row of sampled.rows) add("sampled", row);
  const chosen = read("chosen.csv")?.rows ?? [];
  const isGone = ({ cell }: Row): boolean => cell("standing") === "not in the export";
  for (const row of chosen) if (!isGone(row)) add("chosen", row);
  const spare = read("reserves.csv")?.rows ?? [];
  for (const row of spare) add("reserve", row);
  return {
    units,
    reserves: spare.map((row) => unitOf("reserve", row)),
    fields: sampled.fields,
    gone: chosen.filter(isGone).map(({ cell }) => cell("unit_id") as string),
  };
}

/** Whether nobody can review a unit any more. */
export function isLost({ status }: Pick<ListedUnit, "status">): boolean {
  return (lossReasons as readonly string[]).includes(status);
}

interface Row {
  readonly cell: (name: string) => string | undefined;
  readonly values: ReadonlyMap<string, string>;
}

function unitOf(role: Role, { cell, values }: Row): ListedUnit {
  const [order, reason] = [cell("reserve_order"), cell("reason")];
  return {
    unitId: cell("unit_id") as string,
    role,
    stratum: cell("stratum") ?? "",
    status: role === "sampled" ? (cell("status") ?? "drawn") : role,
    ...(order === undefined ? {} : { order: Number(order) }),
    ...(reason === undefined ? {} : { reason }),
    values,
  };
}

function rowsOf({ path }: SampleFolder, label: string, name: string) {
  const { header, rows } = readOwnCsv(
    readText(join(path, name), join(label, name), "List"),
    join(label, name),
  );
  // A field of the plan that is called like one of the sample's own columns comes after it.
  const fields = header.flatMap((column, index) =>
    drawColumns.has(column) && header.indexOf(column) === index ? [] : [[column, index] as const],
  );
  return {
    fields: new Set(fields.map(([column]) => column)),
    rows: rows.map(
      (row): Row => ({
        cell: (column) => row[header.indexOf(column)],
        values: new Map(fields.map(([column, index]) => [column, row[index] as string])),
      }),
    ),
  };
}
