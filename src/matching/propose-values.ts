import { type CodeSet, codeOf, codeSets } from "../frame/code-sets.js";
import { isFreeText, partFreeText } from "../frame/free-text.js";
import { cleanText, compareBytes, isBlank, matchKey, spellingKey } from "../frame/text.js";
import { thousands } from "../frame/words.js";
import type { StandardField } from "../plan/types.js";
import { countValues } from "./cells.js";
import { columnAt, type ExportFile } from "./export-file.js";

/** A value that the plan needs a code for; its code is blank where a person has to decide. */
export interface ProposedValue {
  readonly field: StandardField;
  readonly value: string;
  readonly count: number;
  readonly code: string;
}

/** Values of a field that are not listed one by one, because they look like free text. */
export interface UnlistedValues {
  readonly field: StandardField;
  readonly distinct: number;
  readonly count: number;
}

/** What is said of values that are not listed. */
export function unlistedWords({ field, distinct, count }: UnlistedValues): string {
  const values = distinct === 1 ? "1 unknown value" : `${thousands(distinct)} unknown values`;
  const looks = distinct === 1 ? "looks like free text and is" : "look like free text and are";
  return `${field} has ${values} in ${thousands(count)} row${count === 1 ? "" : "s"}, which ${looks} not listed: is its column the right one?`;
}

/** Categories whose spellings are brought together. People's names are left alone. */
const spelt: readonly StandardField[] = [
  "lead_application",
  "case_type",
  "team",
  "service_area",
  "local_authority",
  "court",
  "dfj_area",
  "region",
  "audit_grade",
];

/** Values without a code, by field, the most frequent first; and what looks like free text. */
export function proposeValues(files: readonly ExportFile[]): {
  readonly values: readonly ProposedValue[];
  readonly unlisted: readonly UnlistedValues[];
} {
  const values: ProposedValue[] = [];
  const unlisted: UnlistedValues[] = [];
  for (const field of Object.keys(codeSets) as StandardField[]) {
    const set = codeSets[field] as CodeSet;
    // By the key by which a value map is matched: one line of it then stands for every spelling of a group.
    const unknown = spellings(files, field, matchKey, (raw) => codeOf(set, raw) === undefined);
    const { codes, words } = partFreeText(unknown);
    if (words.length > 0) unlisted.push({ field, distinct: words.length, count: sumOf(words) });
    for (const { value, count, key } of codes) {
      values.push({ field, value, count, code: codeBesidePunctuation(set, key) });
    }
  }
  for (const field of spelt) {
    for (const { value: usual, variants } of spellings(files, field, spellingKey, () => true)) {
      for (const [value, count] of variants) {
        if (value !== usual && !isFreeText(value)) values.push({ field, value, count, code: usual });
      }
    }
  }
  return { values, unlisted };
}

/** Spellings of one value, which have one key. */
interface Spellings {
  readonly key: string;
  /** The most frequent one. */
  readonly value: string;
  readonly count: number;
  readonly variants: ReadonlyMap<string, number>;
}

function spellings(
  files: readonly ExportFile[],
  field: StandardField,
  keyOf: (raw: string) => string,
  wanted: (raw: string) => boolean,
): Spellings[] {
  const groups = new Map<string, Map<string, number>>();
  for (const { table, fields } of files) {
    const header = fields.get(field);
    if (header === undefined) continue;
    const column = columnAt(table, header);
    const counts = countValues(column);
    for (const [code, raw] of column.values.entries()) {
      if (isBlank(raw) || !wanted(raw)) continue;
      const key = keyOf(raw);
      const variants = groups.get(key) ?? new Map<string, number>();
      const value = cleanText(raw);
      variants.set(value, (variants.get(value) ?? 0) + (counts[code] as number));
      groups.set(key, variants);
    }
  }
  return [...groups]
    .map(([key, variants]): Spellings => {
      const sorted = [...variants].sort(
        ([a, n], [b, m]) => m - n || Number(isShouted(a)) - Number(isShouted(b)) || compareBytes(a, b),
      );
      const count = sorted.reduce((sum, [, each]) => sum + each, 0);
      return { key, value: (sorted[0] as [string, number])[0], count, variants: new Map(sorted) };
    })
    .sort((a, b) => b.count - a.count || compareBytes(a.value, b.value));
}

const isShouted = (text: string): boolean => text === text.toUpperCase() && text !== text.toLowerCase();
const sumOf = (groups: readonly Spellings[]): number => groups.reduce((sum, { count }) => sum + count, 0);

/**
 * The code of the only synonym that differs in punctuation alone: "White-British" is "White - British". "" where there is
 * none or where a letter or two could be several things.
 */
function codeBesidePunctuation(set: CodeSet, key: string): string {
  const text = spellingKey(key);
  if (text.length < 4) return "";
  const codes = new Set(
    [...set.synonyms].flatMap(([synonym, code]) => (spellingKey(synonym) === text ? [code] : [])),
  );
  return codes.size === 1 ? ([...codes][0] as string) : "";
}
