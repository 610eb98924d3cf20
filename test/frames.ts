import { CasedrawError } from "../src/errors.js";
import type { FrameInputs } from "../src/frame/build-frame.js";
import { buildFrame } from "../src/frame/build-frame.js";
import { levelAt } from "../src/frame/field.js";
import type { Frame } from "../src/frame/frame.js";
import { parsePlan } from "../src/plan/load.js";
import type { Table, TableNote } from "../src/table/table.js";

/** A table from lines: the first holds the headers, cells are parted by `|`. */
export function tableOf(file: string, lines: readonly string[], notes: readonly TableNote[] = []): Table {
  const [headers = [], ...records] = lines.map((line) => line.split("|"));
  const columns = headers.map((header, at) => {
    const cells = records.map((record) => record[at] ?? "");
    const values = [...new Set(cells)];
    return { header, values, codes: Int32Array.from(cells, (cell) => values.indexOf(cell)) };
  });
  const rowNumbers = Int32Array.from(records, (_, at) => at + 2);
  return { file, rowCount: records.length, headers, columns, rowNumbers, notes };
}

/** A frame from a plan's YAML and its tables. */
export function frameOf(yaml: string, tables: Partial<Omit<FrameInputs, "plan">>): Frame {
  const plan = parsePlan(yaml, { file: "plan.yaml" });
  return buildFrame({ plan, data: [], joins: [], lookups: [], ...tables });
}

/** What a field says of every unit, by unit id. */
export function valuesOf(frame: Frame, name: string): Record<string, string> {
  const field = frame.fields.get(name);
  if (field === undefined) throw new Error(`no field ${name}`);
  return Object.fromEntries(frame.ids.map((id, unit) => [id, levelAt(field, unit)]));
}

/** The reason of every excluded unit, by unit id. */
export function exclusionsOf(frame: Frame): Record<string, string> {
  return Object.fromEntries(
    frame.ids.flatMap((id, unit) => {
      const reason = frame.exclusion.reasons[(frame.exclusion.codes[unit] as number) - 1]?.reason;
      return reason === undefined ? [] : [[id, reason]];
    }),
  );
}

/** The coded error that some work ends in. */
export function refusalOf(work: () => unknown): CasedrawError {
  try {
    work();
  } catch (error) {
    if (error instanceof CasedrawError) return error;
    throw error;
  }
  throw new Error("expected a CasedrawError");
}
