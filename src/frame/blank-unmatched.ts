import { blanksTaken } from "../plan/cohort-fields.js";
import type { Join, Plan } from "../plan/types.js";
import type { LackingRows } from "./frame.js";
import type { JoinTrace } from "./join.js";
import type { Note } from "./note.js";
import type { Rows } from "./rows.js";
import { thousands } from "./words.js";

/** What a join has brought, and to which rows it has brought nothing. */
export interface JoinedFields {
  readonly join: Join;
  /** Without the key. */
  readonly fields: readonly string[];
  /** Per row of the data, 1 where the joined file has no row for it. */
  readonly lacks: Uint8Array;
  /** Where it was asked for. */
  readonly trace?: JoinTrace;
}

/**
 * Says where the cohort takes the blank of a joined field for an answer ({@link blanksTaken}) and it is blank for units of which
 * the joined file has no row: of them nothing is known, and a date that nobody gave would count as a case that goes on.
 *
 * @param ids - unit id of each row
 * @param options.eligible - unit ids
 */
export function sayBlankUnmatched(
  { rows, joined }: { readonly rows: Rows; readonly joined: readonly JoinedFields[] },
  ids: readonly string[],
  options: { readonly plan: Plan; readonly eligible: readonly string[]; readonly notes: Note[] },
): void {
  const { plan, eligible, notes } = options;
  const asked = blanksTaken(plan);
  for (const { join, fields, lacks } of joined) {
    const blank = fields.filter((field) => asked.has(field));
    if (blank.length === 0 || !lacks.includes(1)) continue;
    const without = unitsWithout(ids, lacks, rows.places);
    const count = eligible.reduce((sum, id) => sum + Number(without.has(id)), 0);
    if (count === 0) continue;
    notes.push({
      code: "cohort-blank-unmatched",
      text: blankText(plan, { join, fields, blank }, { count, of: eligible.length }),
      count,
      details: { file: join.path, fields: blank },
    });
  }
}

/**
 * The units of which joined files have no row at all, for each file that lacks one.
 *
 * @param ids - unit id of each row
 * @param unitIds - of each unit
 */
export function lackingRows(
  { rows, joined }: { readonly rows: Rows; readonly joined: readonly JoinedFields[] },
  ids: readonly string[],
  unitIds: readonly string[],
): LackingRows[] {
  return joined.flatMap(({ join, fields, lacks }) => {
    if (!lacks.includes(1)) return [];
    const without = unitsWithout(ids, lacks, { fileOf: rows.places.fileOf, every: true });
    const units = Uint8Array.from(unitIds, (id) => Number(without.has(id)));
    return units.includes(1) ? [{ file: join.path, fields, units }] : [];
  });
}

/** Ids of the units of which a row is marked, as one that lacks a match, or every row; rows that a later file's row replaced do not count. */
export function unitsWithout(
  ids: readonly string[],
  lacks: Uint8Array,
  { fileOf, every = false }: { readonly fileOf: Int32Array; readonly every?: boolean },
): ReadonlySet<string> {
  const lastFile = new Map<string, number>();
  const without = new Set<string>();
  // Rows stand in the order of their files.
  for (const [row, id] of ids.entries()) {
    const file = fileOf[row] as number;
    const isFirst = lastFile.get(id) !== file;
    if (isFirst) without.delete(id);
    lastFile.set(id, file);
    if (lacks[row] === 0) {
      if (every) without.delete(id);
    } else if (isFirst || !every) without.add(id);
  }
  return without;
}

function blankText(
  plan: Plan,
  { join, fields, blank }: Omit<JoinedFields, "lacks" | "trace"> & { readonly blank: readonly string[] },
  { count, of }: { readonly count: number; readonly of: number },
): string {
  const [units, have, them, are] =
    plan.unit === "case"
      ? count === 1
        ? ["cases", "has", "it", "it is"]
        : ["cases", "have", "them", "they are"]
      : count === 1
        ? ["children", "has", "the child", "the child is"]
        : ["children", "have", "them", "they are"];
  const row =
    plan.unit === "case" ? `no row in ${join.path}, or a child without one` : `no row in ${join.path}`;
  const ends = blank.some((field) => field === "closed_date" || field === plan.delay.to);
  const beside = fieldBeside(
    plan,
    join,
    fields.filter((field) => !blank.includes(field)),
  );
  const remedy =
    beside === undefined
      ? `read another column of ${join.path} as a field, one that is never blank, and add it with { blank: false }`
      : `add ${beside}: { blank: false }`;
  return (
    `${thousands(count)} of the ${thousands(of)} ${units} that may be sampled ${have} ${row}. Their ${blank.join(" and ")} ` +
    `is blank because nothing is known of ${them} there${ends ? `: it is not known whether ${are} open` : ""}. ` +
    `To leave ${them} out, ${remedy} under include in the cohort.`
  );
}

/** A field of the joined file that tells whether it has a row: the beginning, or what chooses the row, or any other. */
function fieldBeside({ delay }: Plan, { many }: Join, others: readonly string[]): string | undefined {
  const rank = typeof many === "string" ? undefined : "latest" in many ? many.latest : many.earliest;
  return [delay.from, rank].find((field) => field !== undefined && others.includes(field)) ?? others[0];
}
