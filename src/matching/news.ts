import { headersOf } from "../frame/sources.js";
import { matchKey } from "../frame/text.js";
import { mappedFields } from "../plan/fields.js";
import type { ColumnSource, Plan } from "../plan/types.js";
import { headerKey } from "../table/table.js";
import type { Proposal } from "./proposal.js";
import type { ProposedValue } from "./propose-values.js";

/** What is proposed now and stands neither in an edited plan nor in the files beside it. */
export interface News {
  /** Fields that the plan does not map, with the header that fits. */
  readonly columns: readonly { readonly path: string; readonly field: string; readonly header: string }[];
  /** Headers that were not there when the list of headers was written. */
  readonly headers: readonly { readonly path: string; readonly header: string; readonly how: string }[];
  readonly values: readonly ProposedValue[];
  /** Files that the plan does not name. */
  readonly files: readonly string[];
  /** The value map beside the plan, where it has values and the plan names none. */
  readonly valueMap?: string;
}

/**
 * What the officer has beside the plan: headers that were listed before, and values of the value map as it now stands, coded
 * or not.
 */
export interface KnownFiles {
  /** As the plan would name it. */
  readonly valueMap: string;
  readonly headers: readonly { readonly path: string; readonly sheet: string; readonly header: string }[];
  readonly values: readonly { readonly field: string; readonly value: string }[];
}

/** Holds a proposal against a plan that somebody has edited. */
export function newsFor(plan: Plan, proposal: Proposal, known: KnownFiles): News {
  const mapped = new Set<string>(mappedFields(plan));
  const used = new Set(headersOfPlan(plan).map(headerKey));
  const listed = new Set(
    known.headers.map((each) => JSON.stringify([each.path, each.sheet, headerKey(each.header)])),
  );
  const named = new Set([...plan.data, ...plan.joins, ...plan.lookups].map(({ path }) => path));
  const columns = proposal.files.flatMap(({ path, fields }) =>
    [...fields].flatMap(([field, header]) =>
      mapped.has(field) || field === "case_name" || used.has(headerKey(header))
        ? []
        : [{ path, field, header }],
    ),
  );
  const told = new Set(columns.map(({ path, header }) => JSON.stringify([path, header])));
  const isNamed = plan.value_map !== undefined || proposal.values.length === 0;
  return {
    columns,
    headers: proposal.files.flatMap(({ path, table, headers }) =>
      headers.flatMap(({ header, how }) =>
        used.has(headerKey(header)) ||
        told.has(JSON.stringify([path, header])) ||
        listed.has(JSON.stringify([path, table.sheet ?? "", headerKey(header)]))
          ? []
          : [{ path, header, how }],
      ),
    ),
    values: newValues(proposal, known.values, plan.values),
    files: [...new Set(proposal.files.map(({ path }) => path))].filter((path) => !named.has(path)),
    ...(isNamed ? {} : { valueMap: known.valueMap }),
  };
}

/** Values that stand neither in a value map nor in the `values` of a plan. */
export function newValues(
  proposal: Proposal,
  lines: KnownFiles["values"],
  coded: Plan["values"] = {},
): ProposedValue[] {
  const known = new Set([
    ...lines.map(({ field, value }) => JSON.stringify([field, matchKey(value)])),
    ...Object.entries(coded).flatMap(([field, codes]) =>
      Object.keys(codes).map((value) => JSON.stringify([field, matchKey(value)])),
    ),
  ]);
  return proposal.values.filter(({ field, value }) => !known.has(JSON.stringify([field, matchKey(value)])));
}

function headersOfPlan(plan: Plan): string[] {
  const sources: ColumnSource[] = [plan, ...plan.data, ...plan.joins].flatMap(({ columns }) =>
    Object.values(columns),
  );
  const fields = Object.values(plan.fields).flatMap((field) => ("column" in field ? [field.column] : []));
  const looked = plan.lookups.flatMap(({ to }) => Object.values(to));
  return [...sources.flatMap(headersOf), ...fields, ...looked];
}
