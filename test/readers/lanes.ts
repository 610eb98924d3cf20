import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CasedrawError } from "../../src/errors.js";
import { findDialect } from "../../src/readers/dialect.js";
import { closeInput, type InputFile, openInput } from "../../src/readers/input-file.js";
import { readText, refuseUnlessWhole, type TextOptions } from "../../src/readers/read-text.js";
import { readByReference } from "../../src/readers/reference-lane.js";
import { resolveColumns } from "../../src/readers/resolve-columns.js";
import { readTextPart } from "../../src/readers/text-part.js";
import { openText } from "../../src/readers/text-source.js";
import { surveyText } from "../../src/readers/text-survey.js";
import type { Table } from "../../src/table/table.js";

/** The plain lane, the same in two halves, the reference behind the scan, and csv-parse without any of our scanning. */
export const lanes = ["plain", "halves", "reference", "csv-parse alone"] as const;
export type Lane = (typeof lanes)[number];

/** A folder for one test file's files. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "casedraw-readers-"));

  write(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    writeFileSync(path, content);
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export interface LaneOptions {
  readonly chunkBytes?: number;
  readonly wanted?: readonly string[];
}

/** What every lane has to agree on: the rows as texts, where each begins, and the columns as they are encoded. */
export interface Rows {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly rowNumbers: readonly number[];
  readonly values: readonly (readonly string[])[];
}

export async function readLane(path: string, lane: Lane, options: LaneOptions = {}): Promise<Rows> {
  const file = openInput(path, "list.csv");
  const chunkBytes = options.chunkBytes ?? 1 << 20;
  try {
    if (lane === "csv-parse alone") return await readAlone(file, chunkBytes, options.wanted);
    const request = { path, label: "list.csv", ...(options.wanted ? { wanted: options.wanted } : {}) };
    const halves: TextOptions = {
      lane: "plain",
      chunkBytes,
      halveFromBytes: 0,
      // As the other thread gets and gives it.
      readPart: async (part) => structuredClone(readTextPart(structuredClone(part))),
    };
    const { table } = await readText(file, request, lane === "halves" ? halves : { lane, chunkBytes });
    return rowsOf(table);
  } finally {
    closeInput(file);
  }
}

/** As {@link readLane}; a refusal is given as its code, or "refused" where the lane has none. */
export async function tryLane(path: string, lane: Lane, options: LaneOptions = {}): Promise<Rows | string> {
  try {
    return await readLane(path, lane, options);
  } catch (error) {
    return error instanceof CasedrawError ? error.code : "refused";
  }
}

export function rowsOf(table: Pick<Table, "headers" | "columns" | "rowNumbers">): Rows {
  return {
    headers: table.headers,
    rows: Array.from(table.rowNumbers, (_, row) =>
      table.columns.map((column) => column.values[column.codes[row] ?? -1] ?? "no such code"),
    ),
    rowNumbers: [...table.rowNumbers],
    values: table.columns.map((column) => column.values),
  };
}

async function readAlone(file: InputFile, chunkBytes: number, wanted?: readonly string[]): Promise<Rows> {
  const survey = surveyText(file, chunkBytes, () => {});
  const open = () => openText(file, survey.encoding, survey.bomBytes, chunkBytes, () => {});
  const dialect = findDialect(open, file.path, wanted ?? []);
  if (dialect === undefined) throw new Error("blank");
  const { headers, positions } = resolveColumns(dialect.headers, wanted && { wanted, optional: [] }, {
    file: file.label,
  });
  const { columns, counts } = await readByReference(open(), dialect, positions, chunkBytes);
  refuseUnlessWhole(counts, survey);
  return rowsOf({ headers, columns, rowNumbers: counts.rowNumbers });
}
