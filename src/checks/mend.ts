import { CasedrawError } from "../errors.js";
import { type FrameInputs, type GatheredRows, gatherRows } from "../frame/build-frame.js";
import { mendCells } from "./mend-cells.js";
import { mendJoins, mendLookups } from "./mend-keys.js";
import type { Problem } from "./problem.js";
import { dropFile, type MissingColumn, pruneColumns } from "./prune-plan.js";

export interface MendedRows {
  readonly gathered: GatheredRows;
  /** What was gathered from in the end: problems blanked, dropped or left out. */
  readonly inputs: FrameInputs;
  /** In the order in which `buildFrame` comes upon them; empty where it has nothing to refuse up to here. */
  readonly problems: readonly Problem[];
}

/**
 * Gathers the rows of an export whatever is wrong with its cells, headers and keys: what `gatherRows` refuses becomes a
 * problem with all its rows, is taken out, and the rest is gathered again.
 *
 * @throws CasedrawError for what is wrong with the plan itself
 */
export function gatherMended(inputs: FrameInputs): MendedRows {
  const problems: Problem[] = [];
  let mended = inputs;
  for (;;) {
    try {
      return { gathered: gatherRows(mended, { traced: true }), inputs: mended, problems };
    } catch (error) {
      if (!(error instanceof CasedrawError)) throw error;
      const next = mend(mended, error);
      if (next.problems.length === 0) throw error;
      problems.push(...next.problems);
      mended = next.inputs;
    }
  }
}

function mend(inputs: FrameInputs, error: CasedrawError): { inputs: FrameInputs; problems: Problem[] } {
  switch (error.code) {
    case "DATE_UNREADABLE":
    case "DATE_YEAR_SHORT":
    case "DATE_ORDER_MIXED":
    case "NUMBER_UNREADABLE":
      return mendCells(inputs);
    case "JOIN_KEY_DUPLICATE":
    case "JOIN_TIE":
      return mendJoins(inputs, error);
    case "LOOKUP_KEY_DUPLICATE":
      return mendLookups(inputs, error);
    case "FIELD_NOT_FOUND":
      return mendColumns(inputs, error);
    default:
      return { inputs, problems: [] };
  }
}

function mendColumns(
  inputs: FrameInputs,
  error: CasedrawError,
): { inputs: FrameInputs; problems: Problem[] } {
  const { missing, file, field } = error.details;
  if (Array.isArray(missing) && typeof missing[0] === "object") {
    const columns = missing as readonly MissingColumn[];
    const problems = columns.map(
      (column): Problem => ({
        code: error.code,
        error,
        fields: [column.field],
        file: column.file,
        header: column.header,
        rows: new Int32Array(0),
      }),
    );
    return { inputs: pruneColumns(inputs, columns), problems };
  }
  // A join or a lookup that lacks what it is made by.
  if (typeof file !== "string") return { inputs, problems: [] };
  const dropped = dropFile(inputs, file);
  if (dropped.joins.length === inputs.joins.length && dropped.lookups.length === inputs.lookups.length) {
    return { inputs, problems: [] };
  }
  const headers = Array.isArray(missing) ? missing.map(String) : [];
  const isOwn = dropped.lookups.length < inputs.lookups.length;
  return {
    inputs: dropped,
    problems: (headers.length === 0 ? [undefined] : headers).map(
      (header): Problem => ({
        code: error.code,
        error,
        fields: typeof field === "string" ? [field] : [],
        file,
        ...(isOwn ? { isOwn } : {}),
        ...(header === undefined ? {} : { header }),
        rows: new Int32Array(0),
      }),
    ),
  };
}
