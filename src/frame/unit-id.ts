import { CasedrawError } from "../errors.js";
import type { Plan } from "../plan/types.js";
import { type Field, isBlankLevel, levelAt } from "./field.js";
import { placeOf, type Rows } from "./rows.js";
import { stableOrder } from "./stable-order.js";
import { compareBytes, compareUnits } from "./text.js";
import { someOf } from "./words.js";

/** What a spreadsheet would run as a formula. */
const formulaStart = /^[=+\-@]/;
const controlCharacter = /\p{Cc}/u;

/**
 * The unit id of each row: its parts joined by `_`, after the plan's prefix.
 *
 * @param parts - names of fields in `rows`
 * @throws CasedrawError `UNIT_ID_BLANK` (every row that lacks a part), `UNIT_ID_UNSAFE`
 */
export function unitIds(rows: Rows, parts: readonly string[], prefix: string): string[] {
  const fields = parts.map((name) => rows.fields.get(name) as Field);
  for (const field of fields) refuseBlank(rows, field);
  const ids: string[] = new Array(rows.count);
  const [first, ...others] = fields as [Field, ...Field[]];
  for (let i = 0; i < ids.length; i++) {
    let id = prefix + levelAt(first, i);
    for (const field of others) id += `_${levelAt(field, i)}`;
    ids[i] = id;
  }
  // Characters are looked for in the few levels and not in every id.
  const unsafe = fields.flatMap((field) => field.levels.filter((level) => controlCharacter.test(level)));
  const running = prefix === "" ? first.levels.filter((level) => formulaStart.test(level)) : [];
  if (unsafe.length > 0 || running.length > 0) refuseUnsafe(rows, ids, unsafe.length > 0);
  return ids;
}

function refuseBlank(rows: Rows, field: Field): void {
  const blank = field.levels.findIndex((level) => isBlankLevel(field.kind, level));
  if (blank === -1) return;
  const found: number[] = [];
  for (let i = 0; i < rows.count; i++) if (field.codes[i] === blank) found.push(i);
  if (found.length === 0) return;
  throw new CasedrawError(
    "UNIT_ID_BLANK",
    `Unit id is blank: every row needs ${field.name}, and ${found.length} row${found.length === 1 ? " has" : "s have"} none ` +
      `(${someOf(found.slice(0, 6).map((row) => placeOf(rows.places, row)))}${found.length > 6 ? ", …" : ""}). ` +
      "Ask the data's owner for the missing ids, or make the unit id from other fields.",
    {
      field: field.name,
      count: found.length,
      rows: found.slice(0, 100).map((row) => rows.places.rowOf[row]),
    },
  );
}

function refuseUnsafe(rows: Rows, ids: readonly string[], control: boolean): void {
  const found = ids.findIndex((id) => (control ? controlCharacter : formulaStart).test(id));
  if (found === -1) return;
  throw new CasedrawError(
    "UNIT_ID_UNSAFE",
    control
      ? `Unit id has a control character (${placeOf(rows.places, found)}). Ask the data's owner to correct it.`
      : `Unit id starts with "${(ids[found] as string)[0]}", which a spreadsheet would run as a formula ` +
          `(${placeOf(rows.places, found)}). Set unit_id_prefix in the plan, for example "C".`,
    { row: rows.places.rowOf[found] },
  );
}

/** Row numbers in byte order of their ids, equal ids in row order. */
export function byIdBytes(ids: readonly string[]): Int32Array {
  const joined = ids.join("");
  const compare = Buffer.byteLength(joined) === joined.length ? compareUnits : compareBytes; // ASCII needs no more
  return stableOrder(ids.length, (a, b) => compare(ids[a] as string, ids[b] as string));
}

/** The error for rows that are the same unit, with both places of each pair. */
export function duplicateUnits(
  rows: Rows,
  ids: readonly string[],
  pairs: readonly (readonly [number, number])[],
  plan: Pick<Plan, "prefer" | "joins" | "unit_id">,
): CasedrawError {
  const shown = pairs
    .slice(0, 10)
    .map(([a, b]) => `${ids[a]} (${placeOf(rows.places, a)} and ${placeOf(rows.places, b)})`);
  const repeated = new Set(pairs.map(([a]) => ids[a])).size;
  // A few are faults of a file of units; many are several rows for each. A join without `many` has each key once.
  const isUsual = repeated * 10 >= new Set(ids).size;
  const single = plan.joins.find(
    ({ key, many }) => isUsual && many === "error" && plan.unit_id.every((part) => key.includes(part)),
  );
  const acrossFiles = pairs.some(([a, b]) => rows.places.fileOf[a] !== rows.places.fileOf[b]);
  return new CasedrawError(
    "UNIT_ID_DUPLICATE",
    `Unit id is not unique: ${repeated} id${repeated === 1 ? "" : "s"} stand${repeated === 1 ? "s" : ""} ` +
      `more than once: ${shown.join("; ")}${pairs.length > 10 ? "; …" : ""}. ` +
      (single === undefined
        ? ""
        : `${single.path} has one row for each ${plan.unit_id.join(" and ")}: if a unit may have several rows in ${rows.places.files[0]}, name ` +
          `${single.path} under data and the other under joins. `) +
      (acrossFiles && plan.prefer === undefined
        ? "If a later file corrects an earlier one, set prefer: last_file; otherwise remove the repeated rows or add a field to unit_id."
        : "Ask the data's owner which row is right, or add a field to unit_id that tells them apart."),
    {
      count: pairs.length,
      duplicates: pairs
        .slice(0, 1000)
        .map(([a, b]) => ({ unit_id: ids[a], places: [placeOf(rows.places, a), placeOf(rows.places, b)] })),
    },
  );
}
