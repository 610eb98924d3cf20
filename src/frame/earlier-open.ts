import { cohortReasons } from "../plan/cohort-fields.js";
import { isStandardField } from "../plan/fields.js";
import type { Join, Plan } from "../plan/types.js";
import { type JoinedFields, unitsWithout } from "./blank-unmatched.js";
import type { Exclusion } from "./cohort.js";
import { isBlankLevel } from "./field.js";
import type { JoinTrace } from "./join.js";
import type { Note } from "./note.js";
import type { Rows } from "./rows.js";
import { counted } from "./words.js";

/** What may end a row of a joined file: the closing date, or a field of the plan's own for it. */
export function endFields({ delay }: Plan): string[] {
  return isStandardField(delay.to) ? ["closed_date"] : ["closed_date", delay.to];
}

/** The end by which the cohort goes, where the file gives it. */
function endField(plan: Plan, fields: readonly string[]): string | undefined {
  return endFields(plan).find((name) => fields.includes(name) && cohortReasons(plan, name).size > 0);
}

/** Whether the cohort goes by an end of which only the latest of several rows counts: then which rows were taken is kept. */
export function goesByLatestEnd(plan: Plan, join: Join, fields: readonly string[]): boolean {
  if (typeof join.many === "string" || !("latest" in join.many)) return false;
  return endField(plan, fields) !== undefined;
}

/** Rows of a joined file that a later one of the same key replaces, and that nobody has ended. */
export function leftOpenRows({ many }: Join, { joined, taken }: JoinTrace, end: string): Int32Array {
  const rank = typeof many !== "string" && "latest" in many ? joined.fields.get(many.latest) : undefined;
  const closing = joined.fields.get(end);
  if (closing?.kind !== "date" || rank === undefined) return new Int32Array(0);
  // Of a row without a rank nobody knows that it is the earlier one.
  const ranked = rank.levels.map((level) => !isBlankLevel(rank.kind, level));
  const open = closing.levels.map((level) => level === "");
  const rows: number[] = [];
  for (const [row, at] of taken.entries()) {
    if (at === -1 || at === row) continue;
    if (ranked[rank.codes[row] as number] && open[closing.codes[row] as number]) rows.push(row);
  }
  return Int32Array.from(rows);
}

/**
 * Says how many units the cohort leaves out or lets in because the latest row of a joined file is closed, while an earlier one
 * was never.
 *
 * @param ids - unit id of each row
 * @param options.unitIds - of each unit
 */
export function sayEarlierOpen(
  { rows, joined }: { readonly rows: Rows; readonly joined: readonly JoinedFields[] },
  ids: readonly string[],
  options: {
    readonly plan: Plan;
    readonly unitIds: readonly string[];
    readonly exclusion: Exclusion;
    readonly notes: Note[];
  },
): void {
  const { plan, unitIds, exclusion, notes } = options;
  for (const { join, fields, trace } of joined) {
    const end = endField(plan, fields);
    if (trace === undefined || end === undefined) continue;
    const reasons = cohortReasons(plan, end);
    const closing = trace.joined.fields.get(end);
    if (closing === undefined) continue;
    const isClosed = (row: number): boolean => closing.levels[closing.codes[row] as number] !== "";
    const hiding = new Set(
      [...leftOpenRows(join, trace, end)].map((row) => trace.taken[row] as number).filter(isClosed),
    );
    if (hiding.size === 0) continue;
    const marks = Uint8Array.from(trace.from, (row) => Number(hiding.has(row)));
    const hidden = unitsWithout(ids, marks, rows.places);
    let [out, letIn] = [0, 0];
    for (const [unit, id] of unitIds.entries()) {
      const code = exclusion.codes[unit] as number;
      if (!hidden.has(id)) continue;
      if (code === 0) letIn += 1;
      else if (reasons.has(exclusion.reasons[code - 1]?.reason as string)) out += 1;
    }
    if (out + letIn === 0) continue;
    notes.push({
      code: "cohort-earlier-row-open",
      text: openText(plan, { join, end }, { out, letIn }),
      count: out + letIn,
      details: { file: join.path, field: end, left_out: out, let_in: letIn },
    });
  }
}

function openText(
  { unit }: Plan,
  { join, end }: { readonly join: Join; readonly end: string },
  { out, letIn }: { readonly out: number; readonly letIn: number },
): string {
  const [one, many] = unit === "case" ? ["case", "cases"] : ["child", "children"];
  const said = [
    ...(out === 0 ? [] : [`${counted(out, `${one} is`, `${many} are`)} left out`]),
    ...(letIn === 0 ? [] : [`${counted(letIn, one, many)} may be sampled`]),
  ];
  return (
    `${said.join(" and ")} by the ${end} of the latest row of ${join.path} alone, although an earlier row of the same ` +
    `${join.key.join(" and ")} was never closed. casedraw check lists those rows (CHECK_EARLIER_ROW_OPEN).`
  );
}
