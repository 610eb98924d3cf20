import { frameOfRows, gatherRows } from "../../frame/build-frame.js";
import type { Frame } from "../../frame/frame.js";
import type { Rows } from "../../frame/rows.js";
import type { ReadPart } from "../../readers/text-part.js";
import { frameInputsOf, inputFiles, plannedFiles, readPlanned } from "../build-from-plan.js";
import type { PlanFile } from "../open-plan.js";
import type { Progress } from "../progress.js";
import type { Rename } from "./copied-id.js";
import { Pseudonyms, pseudonym } from "./keyed-hash.js";
import { type Treatment, treatmentOf } from "./treatment.js";

/** An export as its plan reads it: its rows, its frame, and what a copy of it does to each field. */
export interface ReadExport {
  readonly rows: Rows;
  readonly frame: Frame;
  readonly treatment: Treatment;
  /** Files read, without their names. */
  readonly inputs: readonly { readonly bytes: number; readonly sha256: string; readonly rows_read: number }[];
  readonly files: readonly { readonly path: string; readonly file: string }[];
}

/** @throws CasedrawError of the readers, the frame and {@link treatmentOf} */
export async function readExport(
  planFile: PlanFile,
  options: { readonly progress: Progress; readonly readPart?: ReadPart },
): Promise<ReadExport> {
  const { plan } = planFile;
  const files = inputFiles(planFile);
  const read = [];
  for (const [at, planned] of plannedFiles(plan).entries()) {
    read.push(await readPlanned(planned, (files[at] as { file: string }).file, options));
  }
  options.progress("Building the frame");
  const inputs = frameInputsOf(
    plan,
    read.map(({ table }) => table),
    ["age_years"],
  );
  const gathered = gatherRows(inputs);
  return {
    rows: gathered.rows,
    frame: frameOfRows(gathered, inputs),
    treatment: treatmentOf(plan, gathered.rows.fields),
    inputs: read.map(({ table, fingerprint }) => ({ ...fingerprint, rows_read: table.rowCount })),
    files,
  };
}

/** Gives pseudonyms under a key. */
export function renameWith(key: Uint8Array): Rename {
  const given = new Pseudonyms((field, value) => pseudonym(key, field, value));
  return (field, value) => given.of(field, value);
}
