import type { FrameInputs } from "../frame/build-frame.js";
import { place } from "../frame/read-field.js";
import type { ColumnSource, Plan } from "../plan/types.js";
import type { Table } from "../table/table.js";

/** A header that a plan maps and a file lacks. */
export interface MissingColumn {
  readonly field: string;
  readonly header: string;
  /** With its sheet. */
  readonly file: string;
}

type Columns = Readonly<Record<string, ColumnSource>>;

function without<T>(record: Readonly<Record<string, T>>, names: ReadonlySet<string>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.has(name)));
}

/**
 * Inputs that say nothing of columns which the files lack: a field that no data file has is no field of the plan, one that some
 * lack is blank there, and a join without its key is not made.
 */
export function pruneColumns(inputs: FrameInputs, missing: readonly MissingColumn[]): FrameInputs {
  const { plan } = inputs;
  const lacks = (table: Table, name: string): boolean =>
    missing.some(({ field, file }) => field === name && file === place(table));
  const named = new Set(missing.map(({ field }) => field));
  const gone = new Set([...named].filter((name) => inputs.data.every((table) => lacks(table, name))));
  const blankIn = (table: Table, columns: Columns): Columns => ({
    ...without(columns, gone),
    ...Object.fromEntries(
      [...named].filter((name) => !gone.has(name) && lacks(table, name)).map((name) => [name, ""]),
    ),
  });
  const joined = plan.joins.map((join, at) => ({
    ...join,
    columns: without(
      join.columns,
      new Set([...named].filter((name) => lacks(inputs.joins[at] as Table, name))),
    ),
  }));
  const kept = joined.map((join, at) =>
    join.key.every((name) => !gone.has(name) && !lacks(inputs.joins[at] as Table, name)),
  );
  return dropParts(
    {
      ...inputs,
      plan: {
        ...plan,
        columns: without(plan.columns, gone),
        data: plan.data.map((file, at) => ({
          ...file,
          columns: blankIn(inputs.data[at] as Table, file.columns),
        })),
        joins: joined,
        fields: without(plan.fields, gone),
      },
    },
    { joins: kept.map((keep) => !keep), gone },
  );
}

/**
 * Inputs without a file that cannot be joined or looked up.
 *
 * @param file - with its sheet
 */
export function dropFile(inputs: FrameInputs, file: string): FrameInputs {
  return dropParts(inputs, {
    joins: inputs.joins.map((table) => place(table) === file),
    lookups: inputs.lookups.map((table) => place(table) === file),
    gone: new Set(),
  });
}

function dropParts(
  inputs: FrameInputs,
  drop: {
    readonly joins: readonly boolean[];
    readonly lookups?: readonly boolean[];
    readonly gone: ReadonlySet<string>;
  },
): FrameInputs {
  const { plan } = inputs;
  const keptLookup = plan.lookups.map(({ from }, at) => drop.lookups?.[at] !== true && !drop.gone.has(from));
  const pruned: Plan = {
    ...plan,
    joins: plan.joins.filter((_, at) => drop.joins[at] !== true),
    lookups: plan.lookups.filter((_, at) => keptLookup[at]),
    fields: Object.fromEntries(
      Object.entries(plan.fields).filter(
        ([, field]) =>
          !("weeks_between" in field) || !field.weeks_between.some((name) => drop.gone.has(name)),
      ),
    ),
  };
  return {
    ...inputs,
    plan: pruned,
    joins: inputs.joins.filter((_, at) => drop.joins[at] !== true),
    lookups: inputs.lookups.filter((_, at) => keptLookup[at]),
  };
}
