import { CasedrawError } from "../errors.js";
import type { Join } from "../plan/types.js";
import {
  blankLevel,
  crossCodes,
  type Field,
  isBlankLevel,
  LevelBuilder,
  levelAt,
  listItems,
} from "./field.js";
import type { Note } from "./note.js";
import { listLevel } from "./read-field.js";
import { groupByCode, placeOf, type Rows } from "./rows.js";
import { counted, rowsAt, someOf, thousands } from "./words.js";

/** Between the parts of a key of several fields. */
const partSeparator = "\u001f";

/** Which rows of a joined file were taken: for who must say where a joined value stands. */
export interface JoinTrace {
  readonly joined: Rows;
  /** Per row of the data, the joined row that gives its fields; −1 where there is none, or where several are listed together. */
  readonly from: Int32Array;
  /** Per joined row, the one that was taken for its key: itself or another; −1 where the data lack the key. */
  readonly taken: Int32Array;
}

/**
 * Brings the fields of a joined file to the rows with the same key. The stacked files define the rows: a joined row
 * that matches none is counted and listed, and a row whose key the joined file lacks gets blanks and is counted.
 *
 * @param rows - the stacked rows; its key fields canonical
 * @param joined - the joined file's rows with the same key fields
 * @param options.traced - whether to keep which rows were taken
 * @throws CasedrawError `JOIN_KEY_DUPLICATE`, `JOIN_TIE`
 * @returns the rows with the joined fields, how many joined rows matched, and 1 per row that has none there
 */
export function joinRows(
  rows: Rows,
  joined: Rows,
  join: Join,
  { notes, traced }: { readonly notes: Note[]; readonly traced: boolean },
): {
  readonly rows: Rows;
  readonly matched: number;
  readonly lacks: Uint8Array;
  readonly trace?: JoinTrace;
} {
  for (const name of join.key) {
    if (!rows.fields.has(name))
      throw missingField(joined, name, "key", "the data or an earlier join must give it");
  }
  const rank = rankOf(join);
  if (rank !== undefined && !joined.fields.has(rank)) {
    throw missingField(joined, rank, "many", "the joined file itself must give it");
  }
  const left = keyTexts(rows, join.key);
  const right = keyTexts(joined, join.key);
  const groups = groupByCode(right.codes, right.texts.length);
  const groupOf = new Map(right.texts.map((text, code) => [text, code]));
  const groupOfLeft = Int32Array.from(left.texts, (text) => (text === "" ? -1 : (groupOf.get(text) ?? -1)));

  const used = new Uint8Array(right.texts.length);
  const lacks = new Uint8Array(rows.count);
  let withoutMatch = 0;
  for (let i = 0; i < lacks.length; i++) {
    const group = groupOfLeft[left.codes[i] as number] as number;
    if (group !== -1) used[group] = 1;
    else {
      lacks[i] = 1;
      withoutMatch++;
    }
  }
  const stray: number[] = [];
  let matched = 0;
  for (let group = 0; group < used.length; group++) {
    const members = groups.order.subarray(groups.starts[group], groups.starts[group + 1]);
    if (used[group] === 1) matched += members.length;
    else for (const row of members) stray.push(row);
  }
  reportUnmatched(joined, join, { stray, withoutMatch, rowCount: rows.count }, notes);

  const chosen =
    join.many === "list" ? undefined : chooseRows(joined, join, { texts: right.texts, used }, groups);
  const fields = new Map(rows.fields);
  for (const [name, field] of joined.fields) {
    if (join.key.includes(name)) continue;
    const asList = chosen === undefined;
    const kind = asList ? "list" : field.kind;
    const builder = new LevelBuilder();
    const blank = builder.code(blankLevel(kind));
    const levelOf = Int32Array.from(right.texts, (_, group) => {
      if (!asList) return builder.code(levelAt(field, chosen[group] as number));
      const members = groups.order.subarray(groups.starts[group], groups.starts[group + 1]);
      return builder.code(listLevel([...members].flatMap((row) => itemsOf(field, row))));
    });
    const codes = new Int32Array(rows.count);
    for (let i = 0; i < codes.length; i++) {
      const group = groupOfLeft[left.codes[i] as number] as number;
      codes[i] = group === -1 ? blank : (levelOf[group] as number);
    }
    fields.set(name, { name, kind, levels: builder.levels, codes });
  }
  const made = { rows: { ...rows, fields }, matched, lacks };
  if (!traced) return made;
  const giverOf = Int32Array.from(right.texts, (_, group) => {
    const start = groups.starts[group] as number;
    const several = (groups.starts[group + 1] as number) - start > 1;
    return chosen?.[group] ?? (several ? -1 : (groups.order[start] as number));
  });
  const from = left.codes.map((code) => {
    const group = groupOfLeft[code] as number;
    return group === -1 ? -1 : (giverOf[group] as number);
  });
  const taken = right.codes.map((group, row) => {
    if (used[group] === 0) return -1;
    return chosen === undefined ? row : (chosen[group] as number);
  });
  return { ...made, trace: { joined, from, taken } };
}

function itemsOf(field: Field, row: number): string[] {
  const level = levelAt(field, row);
  if (field.kind === "list") return listItems(level);
  return isBlankLevel(field.kind, level) ? [] : [level];
}

/** One text a distinct key; "" where any part is blank, which matches nothing. */
function keyTexts(rows: Rows, key: readonly string[]): { texts: string[]; codes: Int32Array } {
  const fields = key.map((name) => rows.fields.get(name) as Field);
  const crossed = crossCodes(rows.count, fields);
  const builder = new LevelBuilder();
  const target = crossed.firstRows.map((row) => {
    const parts = fields.map((field) => levelAt(field, row));
    const blank = fields.some((field, at) => isBlankLevel(field.kind, parts[at] as string));
    return builder.code(blank ? "" : parts.join(partSeparator));
  });
  return { texts: builder.levels, codes: crossed.codes.map((code) => target[code] as number) };
}

/** The field whose latest or earliest value chooses a row. */
function rankOf({ many }: Join): string | undefined {
  if (typeof many === "string") return undefined;
  return "latest" in many ? many.latest : many.earliest;
}

function missingField({ places }: Rows, field: string, key: string, rule: string): CasedrawError {
  const [file = ""] = places.files;
  return new CasedrawError(
    "FIELD_NOT_FOUND",
    `Join cannot be made: ${rule}, got ${key}: ${field} (${file}). Map ${field} there, or join by another field.`,
    { file, field },
  );
}

/** For each key, the one row that gives the fields. */
function chooseRows(
  joined: Rows,
  join: Join,
  keys: { readonly texts: readonly string[]; readonly used: Uint8Array },
  groups: { readonly order: Int32Array; readonly starts: Int32Array },
): Int32Array {
  const { many } = join;
  const [file] = joined.places.files;
  const rank = rankOf(join);
  const field = rank === undefined ? undefined : (joined.fields.get(rank) as Field);
  const sign = typeof many === "object" && "earliest" in many ? -1 : 1;
  return Int32Array.from(keys.texts, (text, group) => {
    const members = groups.order.subarray(groups.starts[group], groups.starts[group + 1]);
    const first = members[0] as number;
    if (text === "" || members.length === 1 || keys.used[group] === 0) return first;
    if (field === undefined) {
      throw new CasedrawError(
        "JOIN_KEY_DUPLICATE",
        `Joined file has several rows for one key: ${shownKey(join, text)} stands at ` +
          `${someOf([...members].map((row) => placeOf(joined.places, row)))}. Say which to take in the plan: ` +
          "many: list, many: { latest: FIELD } or many: { earliest: FIELD }.",
        { file, key: shownKey(join, text), rows: [...members].map((row) => joined.places.rowOf[row]) },
      );
    }
    let best = first;
    let tied: number | undefined;
    for (const row of members.subarray(1)) {
      const order = compareRank(field, row, best, sign);
      if (order > 0) {
        best = row;
        tied = undefined;
      } else if (order === 0) tied = row;
    }
    if (tied !== undefined) {
      throw new CasedrawError(
        "JOIN_TIE",
        `Joined rows tie: ${placeOf(joined.places, best)} and ${placeOf(joined.places, tied)} ` +
          `${isBlankLevel(field.kind, levelAt(field, best)) ? `have no ${rank}, so neither is` : "are both"} the ` +
          `${sign > 0 ? "latest" : "earliest"} ${rank} for ${shownKey(join, text)}. ` +
          "Correct the file, or join another field that tells them apart.",
        { file, key: shownKey(join, text), rows: [joined.places.rowOf[best], joined.places.rowOf[tied]] },
      );
    }
    return best;
  });
}

/** A key for messages: ids are shown, and of other fields only their names, because a birth date or a name may be one. */
function shownKey(join: Join, text: string): string {
  const parts = text.split(partSeparator);
  return join.key.map((name, at) => (name.endsWith("_id") ? `${name} ${parts[at]}` : name)).join(" + ");
}

/** Positive where row `a` goes before `b`. A blank rank is neither the latest nor the earliest. */
function compareRank(field: Field, a: number, b: number, sign: number): number {
  const [x, y] = [levelAt(field, a), levelAt(field, b)];
  if (x === "" || y === "") return Number(x !== "") - Number(y !== "");
  if (field.kind === "number") return sign * (Number(x) - Number(y));
  return x === y ? 0 : x > y ? sign : -sign;
}

function reportUnmatched(
  joined: Rows,
  join: Join,
  found: { readonly stray: readonly number[]; readonly withoutMatch: number; readonly rowCount: number },
  notes: Note[],
): void {
  const { stray, withoutMatch, rowCount } = found;
  if (stray.length > 0) {
    const rows = stray.map((row) => joined.places.rowOf[row] as number).sort((a, b) => a - b);
    notes.push({
      code: "join-rows-unmatched",
      text: `${join.path}: ${thousands(rows.length)} of ${counted(joined.count, "row")} ${rows.length === 1 ? "matches" : "match"} no row of the data (${rowsAt(rows)}); ${rows.length === 1 ? "it is" : "they are"} not used.`,
      count: rows.length,
      details: { file: join.path, rows },
    });
  }
  if (withoutMatch > 0) {
    notes.push({
      code: "join-keys-unmatched",
      text: `${join.path}: ${thousands(withoutMatch)} of ${counted(rowCount, "row")} of the data ${withoutMatch === 1 ? "has" : "have"} no row in it with the same ${join.key.join(" + ")}; its fields are blank ${withoutMatch === 1 ? "there" : "for them"}.`,
      count: withoutMatch,
      details: { file: join.path },
    });
  }
}
