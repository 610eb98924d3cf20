import { place } from "../frame/read-field.js";
import { headersOf } from "../frame/sources.js";
import { matchKey } from "../frame/text.js";
import { mappedFields } from "../plan/fields.js";
import type { ColumnSource, DataFile, Plan } from "../plan/types.js";
import { headerKey } from "../table/table.js";
import type { ExportFile } from "./export-file.js";
import type { Proposal } from "./proposal.js";
import type { ProposedValue } from "./propose-values.js";

/** What is proposed now and stands neither in an edited plan nor in the files beside it. */
export interface News {
  /** Fields that the plan does not map, with the header that fits. */
  readonly columns: readonly { readonly path: string; readonly field: string; readonly header: string }[];
  /** Headers that were not there when the list of headers was written. */
  readonly headers: readonly { readonly path: string; readonly header: string; readonly how: string }[];
  readonly values: readonly ProposedValue[];
  /** Files that the plan does not name, and sheets of workbooks of which it names others. */
  readonly files: readonly string[];
  /** The value map beside the plan, where it has values and the plan names none. */
  readonly valueMap?: string;
  /** Of a plan that was kept. */
  readonly standing?: Standing;
}

/** How far an edited plan has got with what a starter plan leaves to a person. */
export interface Standing {
  /** What the plan now has. */
  readonly taken: Proposed;
  /** What it does not have. */
  readonly open: Proposed;
  /** Lines of the plan with a comment that asks to DECIDE something: as they were written, whatever the plan has by now. */
  readonly decide: readonly number[];
}

/** What a starter plan writes out and leaves to a person. */
export interface Proposed {
  /** Files to join. */
  readonly joins: readonly string[];
  /** Headers that could be a field; of those that the plan reads, as which. */
  readonly columns: readonly {
    readonly path: string;
    readonly header: string;
    readonly fields: readonly string[];
  }[];
  /** Whether it says who may be sampled. */
  readonly cohort: boolean;
  /** Whether it says the observation window. */
  readonly observed: boolean;
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

/**
 * Holds a proposal against a plan that somebody has edited.
 *
 * @param text - of the plan
 */
export function newsFor(
  plan: Plan,
  proposal: Proposal,
  { text, ...known }: KnownFiles & { readonly text: string },
): News {
  const mapped = new Set<string>(mappedFields(plan));
  const used = fieldsByHeader(plan);
  const listed = new Set(
    known.headers.map((each) => JSON.stringify([each.path, each.sheet, headerKey(each.header)])),
  );
  const parts = [...plan.data, ...plan.joins, ...plan.lookups];
  const columns = proposal.files.flatMap(({ path, fields }) =>
    [...fields].flatMap(([field, header]) =>
      mapped.has(field) || field === "case_name" || used.has(headerKey(header))
        ? []
        : [{ path, field, header }],
    ),
  );
  const told = new Set(columns.map(({ path, header }) => JSON.stringify([path, header])));
  const hasMap = plan.value_map !== undefined || proposal.values.length === 0;
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
    files: [
      ...new Set(
        proposal.files.flatMap((file) =>
          parts.some((part) => isNamed(part, file))
            ? []
            : [parts.some(({ path }) => path === file.path) ? place(file.table) : file.path],
        ),
      ),
    ],
    ...(hasMap ? {} : { valueMap: known.valueMap }),
    standing: standingOf(plan, proposal, text),
  };
}

/** Whether a part of a plan is this file, or this sheet; without a sheet it is whichever the workbook has. */
function isNamed({ path, sheet }: Pick<DataFile, "path" | "sheet">, file: ExportFile): boolean {
  const own = file.table.sheet;
  return (
    path === file.path && (sheet === undefined || own === undefined || headerKey(sheet) === headerKey(own))
  );
}

function standingOf(plan: Plan, proposal: Proposal, text: string): Standing {
  const isJoined = (file: ExportFile): boolean => plan.joins.some((join) => isNamed(join, file));
  const read = fieldsByHeader(plan);
  const joins = proposal.relations.joins.map(({ file }) => file);
  const several = new Set(
    proposal.files.map(({ path }) => path).filter((path, at, all) => all.indexOf(path) !== at),
  );
  const nameOf = ({ path, table }: ExportFile): string => (several.has(path) ? place(table) : path);
  const possible = proposal.files.flatMap(({ path, headers }) =>
    headers.flatMap(({ header, how, candidates }) => {
      const fields = read.get(headerKey(header));
      return how === "possible"
        ? [{ path, header, fields: fields ?? candidates, isRead: fields !== undefined }]
        : [];
    }),
  );
  const columns = (isRead: boolean): Proposed["columns"] =>
    possible
      .filter((each) => each.isRead === isRead)
      .map(({ path, header, fields }) => ({ path, header, fields }));
  const { include, exclude, ...others } = plan.cohort;
  const hasCohort = [include, exclude, others].some((part) => Object.keys(part).length > 0);
  const suggested = !("none" in proposal.window);
  const hasWindow = plan.observed !== undefined;
  return {
    taken: {
      joins: joins.filter(isJoined).map(nameOf),
      columns: columns(true),
      cohort: hasCohort,
      observed: suggested && hasWindow,
    },
    open: {
      joins: joins.filter((file) => !isJoined(file)).map(nameOf),
      columns: columns(false),
      cohort: !hasCohort,
      observed: suggested && !hasWindow,
    },
    decide: text
      .split("\n")
      .flatMap((line, at) => (/#.*\bDECIDE\b(?! ask something)/.test(line) ? [at + 1] : [])),
  };
}

/** Fields that a plan reads, by the header that gives each. */
function fieldsByHeader(plan: Plan): Map<string, string[]> {
  const given: (readonly [field: string, source: ColumnSource])[] = [
    ...[plan, ...plan.data, ...plan.joins].flatMap(({ columns }) => Object.entries(columns)),
    ...Object.entries(plan.fields).flatMap(([name, field]) =>
      "column" in field ? [[name, field.column] as const] : [],
    ),
    ...plan.lookups.flatMap(({ to }) => Object.entries(to)),
  ];
  const found = new Map<string, string[]>();
  for (const [field, source] of given) {
    for (const header of headersOf(source)) {
      const key = headerKey(header);
      const fields = found.get(key) ?? [];
      if (!fields.includes(field)) found.set(key, [...fields, field]);
    }
  }
  return found;
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
