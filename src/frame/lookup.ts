import { CasedrawError } from "../errors.js";
import type { Lookup } from "../plan/types.js";
import { blankLevel, type Field, isBlankLevel, levelAt, mapLevels } from "./field.js";
import { isFreeText, partFreeText } from "./free-text.js";
import type { Note } from "./note.js";
import { placeOf, type Rows } from "./rows.js";
import { counted, someOf, thousands } from "./words.js";

/**
 * Gives rows the fields that a lookup file has for one of their values: a court's area, an area's region.
 *
 * @param lookupRows - the lookup file's rows: the field looked up and the new fields
 * @throws CasedrawError `LOOKUP_KEY_DUPLICATE` where the file has two rows for one value
 */
export function lookUp(
  rows: Rows,
  lookupRows: Rows,
  lookup: Lookup,
  notes: Note[],
): { readonly rows: Rows; readonly matched: number } {
  const from = rows.fields.get(lookup.from) as Field;
  const keys = lookupRows.fields.get(lookup.from) as Field;
  // A place may be named in a message; a person or a date may not.
  const named = from.kind === "category" && lookup.from !== "practitioner";
  const shown = (key: string): boolean => named && !isFreeText(key);
  const [place = lookup.path] = lookupRows.places.files;
  const rowFor = new Map<string, number>();
  for (let row = 0; row < lookupRows.count; row++) {
    const key = levelAt(keys, row);
    const first = rowFor.get(key);
    if (first !== undefined && !isBlankLevel(keys.kind, key)) {
      throw new CasedrawError(
        "LOOKUP_KEY_DUPLICATE",
        `Lookup has two rows for one value: ${lookup.from}${shown(key) ? ` "${key}"` : ""} stands at ${placeOf(lookupRows.places, first)} and ` +
          `${placeOf(lookupRows.places, row)}. Keep one of them.`,
        {
          file: place,
          ...(shown(key) ? { value: key } : {}),
          rows: [lookupRows.places.rowOf[first], lookupRows.places.rowOf[row]],
        },
      );
    }
    rowFor.set(key, row);
  }

  const counts = new Int32Array(from.levels.length);
  for (const code of from.codes) counts[code] = (counts[code] as number) + 1;
  const matchOf = from.levels.map((level) =>
    isBlankLevel(from.kind, level) ? undefined : rowFor.get(level),
  );
  const used = new Set(matchOf.filter((row, code) => row !== undefined && (counts[code] as number) > 0));
  const unmatched = from.levels.flatMap((value, code) =>
    matchOf[code] === undefined && !isBlankLevel(from.kind, value) && (counts[code] as number) > 0
      ? [{ value, count: counts[code] as number }]
      : [],
  );
  if (unmatched.length > 0) {
    const count = unmatched.reduce((sum, each) => sum + each.count, 0);
    // A column under the wrong header may hold names, although it should hold places.
    const listed = named ? partFreeText(unmatched).codes : [];
    const list =
      listed.length > 0
        ? `: ${someOf(listed.map((each) => `"${each.value}" (${thousands(each.count)} ×)`))}`
        : "";
    const noneMatches = used.size === 0;
    const said =
      noneMatches && count > 1
        ? `none of the ${thousands(count)} rows that have a ${lookup.from} has one that is in it`
        : `${counted(count, "row has", "rows have")} a ${lookup.from} that is not in it`;
    notes.push({
      code: "lookup-values-unmatched",
      text: `${lookup.path}: ${said}${list}.`,
      count,
      details: {
        file: lookup.path,
        field: lookup.from,
        none_matches: noneMatches,
        ...(named ? { values: listed } : {}),
      },
    });
  }

  const fields = new Map(rows.fields);
  for (const name of Object.keys(lookup.to)) {
    const given = lookupRows.fields.get(name) as Field;
    fields.set(name, {
      name,
      kind: given.kind,
      ...mapLevels(from, (_, code) => {
        const row = matchOf[code];
        return row === undefined ? blankLevel(given.kind) : levelAt(given, row);
      }),
    });
  }
  return { rows: { ...rows, fields }, matched: used.size };
}
