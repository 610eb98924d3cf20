import { place } from "../frame/read-field.js";
import { counted, thousands } from "../frame/words.js";
import { isStandardField } from "../plan/fields.js";
import type { StandardField } from "../plan/types.js";
import { headerKey } from "../table/table.js";
import type { ExportFile } from "./export-file.js";
import type { LeadFile } from "./lead-file.js";
import { contested, type Proposal } from "./proposal.js";
import { isSure, type ProposedJoin, type ProposedLookup } from "./relate-files.js";
import { comment, commentedOut, flowMap, nameList, scalar } from "./yaml-text.js";

/** Lines of `data`, with what was found of each file. */
export function dataLines(proposal: Proposal): string[] {
  const { data, unused } = proposal.relations;
  const lines = ["data:"];
  const own = contested(proposal);
  for (const [at, file] of data.entries()) {
    const led = at === 0 && proposal.lead !== undefined ? ` ${leadWords(proposal.lead)}` : "";
    lines.push(...comment(`${aboutFile(file)}${led}`, "  "));
    lines.push(`  - path: ${scalar(file.path)}`);
    if (file.table.sheet !== undefined) lines.push(`    sheet: ${scalar(file.table.sheet)}`);
    const columns = ownColumns(proposal, file, at === 0 ? own : []);
    if (columns.length > 0) lines.push(`    columns: ${flowMap(columns)}`);
  }
  if (data.length > 1) {
    lines.push(
      ...comment(
        "These files have the same shape and are stacked: their rows follow one another. DECIDE whether that is right.",
      ),
    );
  }
  for (const { file, why } of unused) {
    lines.push(...comment(`Not used: ${place(file.table)}, because ${why}.`));
  }
  return lines;
}

/** Why a file goes before the one that was named first. */
export function leadWords({ file, named, key, ids, repeated }: LeadFile): string {
  return (
    `${place(file.table)} goes first, although ${place(named.table)} was named first: it has one row for each ${key.join(" and ")}, ` +
    `and that has several for ${thousands(repeated)} of ${thousands(ids)}.`
  );
}

function aboutFile(file: ExportFile): string {
  const { table } = file;
  const header = table.headerRow === undefined ? "" : `; the header is in row ${thousands(table.headerRow)}`;
  const rows = table.rowCount === 0 ? "No rows yet" : counted(table.rowCount, "row");
  return `${rows}${header}.`;
}

/** Headers of a stacked file where they differ from the plan's; "" where it has no such column. */
function ownColumns(
  { columns }: Proposal,
  file: ExportFile,
  named: readonly StandardField[],
): (readonly [string, string])[] {
  return [...columns].flatMap(([field, header]): (readonly [string, string])[] => {
    const own = file.fields.get(field);
    if (own === undefined) return [[field, ""]];
    return headerKey(own) === headerKey(header) && !named.includes(field) ? [] : [[field, own]];
  });
}

/** Extra fields that a join needs to choose a row: name and header. */
export function rankFields({ relations }: Proposal): (readonly [string, string])[] {
  return relations.joins.flatMap((join) => {
    const { rank, latest } = join;
    if (!isSure(join) || manyOf(join).kind !== "latest" || rank === undefined || isStandardField(rank))
      return [];
    return [[rank, (latest as NonNullable<ProposedJoin["latest"]>).header] as const];
  });
}

/** How a join takes a key that repeats. */
function manyOf({ repeatedInData, gives, latest }: ProposedJoin): {
  kind: "one" | "list" | "latest";
  why: string;
} {
  if (repeatedInData === 0) return { kind: "one", why: "" };
  if (gives.length > 0 && gives.every((field) => field === "factors")) {
    return { kind: "list", why: "a case has several factors, and all of them count" };
  }
  if (latest === undefined)
    return { kind: "list", why: "the file has no date by which one row could be chosen" };
  return latest.ties === 0
    ? { kind: "latest", why: `the row with the latest "${latest.header}" counts` }
    : {
        kind: "list",
        why: `the latest "${latest.header}" does not tell one row for ${counted(latest.ties, "key")}`,
      };
}

/** Lines of `joins`; those of which no column is sure are written out and left to be decided. */
export function joinLines({ relations }: Proposal): string[] {
  const active: string[] = [];
  const waiting: string[] = [];
  for (const join of relations.joins) {
    const sure = isSure(join);
    const many = manyOf(join);
    const columns = joinColumns(join);
    const lines = [
      `  - path: ${scalar(join.file.path)}`,
      ...(join.file.table.sheet === undefined ? [] : [`    sheet: ${scalar(join.file.table.sheet)}`]),
      `    key: ${nameList(join.key)}`,
      ...(many.kind === "one"
        ? []
        : [`    many: ${many.kind === "list" ? "list" : `{ latest: ${join.rank} }`}`]),
      `    columns: ${flowMap(columns)}`,
    ];
    const about = `${place(join.file.table)}: ${aboutJoin(join)}`;
    if (sure) {
      const chosen =
        many.kind === "one"
          ? ""
          : ` A key stands in several rows: DECIDE whether it is right that ${many.why}.`;
      active.push(...comment(`${about}${chosen}`, "  "), ...lines, ...notRead(join.file, columns));
      continue;
    }
    const why =
      join.matched === 0
        ? "no key of it stands in the data, so it is not joined."
        : "none of its columns is a standard field for sure, so it is not joined.";
    waiting.push(
      ...comment(
        `${about} But ${why} DECIDE whether you need it; if so, take the # away from these lines and correct them${
          columns.length === join.key.length ? ", and give its columns under fields" : ""
        }.`,
      ),
      ...commentedOut(["joins:", ...lines]),
      ...notRead(join.file, columns),
    );
  }
  return [...(active.length > 0 ? ["joins:", ...active] : []), ...waiting];
}

/** What a join is written to take: field and header, the key first. */
export function joinColumns(join: ProposedJoin): (readonly [field: string, header: string])[] {
  const { file, key, gives, latest, rank } = join;
  const named = (field: StandardField) => [field, file.fields.get(field) as string] as const;
  const ranked = rank !== undefined && latest !== undefined && manyOf(join).kind === "latest";
  const possible = file.headers.flatMap(({ header, how, candidates }) =>
    how === "possible" ? [[candidates[0] as string, header] as const] : [],
  );
  return distinctKeys([
    ...key.map(named),
    ...(ranked ? [[rank, latest.header] as const] : []),
    ...gives.map(named),
    ...(isSure(join) ? [] : possible),
  ]);
}

/** The columns of a joined file or a lookup that the plan takes nothing from. */
function notRead(
  { headers }: ExportFile,
  used: readonly (readonly [field: string, header: string])[],
): string[] {
  const read = new Set(used.map(([, header]) => header));
  const rest = headers
    .filter(({ header }) => !read.has(header))
    .map(({ header, field, candidates }) => {
      const might = candidates.length === 0 ? "" : ` (it could be ${candidates.join(" or ")})`;
      return `"${header}"${field === undefined || field === "case_name" ? might : ` (${field} comes from another file)`}`;
    });
  return rest.length === 0 ? [] : comment(`Not read: ${rest.join(", ")}.`, "  ");
}

function distinctKeys(entries: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  return [...new Map(entries)];
}

function aboutJoin(join: ProposedJoin): string {
  const { file, keys, repeated, dataMatched, dataRows, matched } = join;
  const several =
    repeated === 0
      ? "each key once"
      : `${thousands(repeated)} of its ${thousands(keys)} keys in several rows`;
  return (
    `by ${join.key.join(" and ")}, ${several}; ${thousands(dataMatched)} of ${thousands(dataRows)} rows of the data are found in it, and ` +
    `${thousands(matched)} of its ${thousands(file.table.rowCount)} rows in the data.`
  );
}

/** Lines of `lookups`. */
export function lookupLines({ relations, columns }: Proposal): string[] {
  if (relations.lookups.length === 0) return [];
  return [
    "lookups:",
    ...relations.lookups.flatMap(({ file, from, gives, values, matched }: ProposedLookup) => {
      const header = file.fields.get(from) as string;
      const shared = columns.get(from);
      const named = shared !== undefined && headerKey(shared) === headerKey(header);
      const to = gives.map((field) => [field, file.fields.get(field) as string] as const);
      return [
        ...comment(
          `${place(file.table)}: ${thousands(matched)} of the ${thousands(values)} values of ${from} in the data stand in it.`,
          "  ",
        ),
        `  - path: ${scalar(file.path)}`,
        ...(file.table.sheet === undefined ? [] : [`    sheet: ${scalar(file.table.sheet)}`]),
        `    from: ${named ? from : flowMap([[from, header]])}`,
        `    to: ${flowMap(to)}`,
        ...notRead(file, [[from, header], ...to]),
      ];
    }),
  ];
}
