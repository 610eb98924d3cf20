import { type StandardField, standardFields } from "../plan/types.js";
import { headerKey } from "../table/table.js";
import { headerSynonyms, possibleNames, stripped } from "./field-names.js";

/**
 * How surely a header is a field: its own name, a known synonym, or one of these with words that change nothing before or
 * after it (the anchored pattern).
 */
export type Surety = "exact" | "synonym" | "pattern";

/** What became of one header. */
export interface MatchedHeader {
  readonly header: string;
  /** The field that it was matched to. */
  readonly field?: StandardField;
  /**
   * `ambiguous`: two headers fit one field, or the header fits two fields, and a person has to choose; `possible`: it may
   * be the field, and a person has to say so; `unreadable`: its name says the field and its cells do not; `passed over`:
   * another header fits the field better.
   */
  readonly how: Surety | "ambiguous" | "possible" | "unreadable" | "passed over" | "unmatched";
  /** Fields that it could be, where none was chosen. */
  readonly candidates: readonly StandardField[];
  readonly note: string;
}

/**
 * A header for comparison: NFKC, lower case, apostrophes left out, everything else that is no letter or digit one blank, and
 * a blank between a small letter and a capital: "Child’s ID", "childs_id" and "ChildsID" are alike.
 */
export function nameKey(header: string): string {
  return headerKey(header.normalize("NFKC").replace(/([a-z\d])([A-Z])/g, "$1 $2"))
    .replaceAll("'", "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

const ownName = (field: StandardField): string => field.replaceAll("_", " ");

/** Every field of each name, and how surely. */
const known: ReadonlyMap<string, readonly (readonly [StandardField, Surety])[]> = knownNames();

function knownNames(): Map<string, [StandardField, Surety][]> {
  const names = new Map<string, [StandardField, Surety][]>();
  for (const field of standardFields) {
    for (const [name, surety] of [
      [ownName(field), "exact"] as const,
      ...headerSynonyms[field].map((synonym) => [synonym, "synonym"] as const),
    ]) {
      const fields = names.get(name);
      if (fields === undefined) names.set(name, [[field, surety]]);
      else fields.push([field, surety]);
    }
  }
  return names;
}

/**
 * Headers by which the header row of a file is found, in the forms in which exports write them. Where none stands in a file,
 * its first row that is not blank is the header.
 */
export const soughtNames: readonly string[] = [...known.keys()].flatMap((name) => [
  name,
  name.replaceAll(" ", "_"),
  name.replaceAll(" ", ""),
  ...["(Y/N)", "(Years)", "name", "code"].map((word) => `${name} ${word}`),
]);

/** The field of a header by its name alone; several where it fits several. */
export function fieldsOfHeader(header: string): readonly (readonly [StandardField, Surety])[] {
  const key = nameKey(header);
  if (key === "") return [];
  const found = known.get(key);
  if (found !== undefined) return found;
  return standardFields.flatMap((field): (readonly [StandardField, Surety])[] => {
    const text = stripped(key, field);
    if (text === key) return [];
    return (known.get(text) ?? []).some(([each]) => each === field) ? [[field, "pattern"]] : [];
  });
}

/** The fields that a header may be and that only a person can tell. */
export function possibleFields(header: string): readonly StandardField[] {
  const key = nameKey(header);
  return possibleNames.find(([pattern]) => pattern.test(key))?.[1] ?? [];
}

const rank: Readonly<Record<Surety, number>> = { exact: 0, synonym: 1, pattern: 2 };

/**
 * Matches the headers of one file to standard fields: the surest for each field, and none where two are equally sure or one
 * fits two fields.
 *
 * @param headers - as the file has them; blank ones are passed over
 * @param unreadable - says why a column's cells cannot be those of a field; undefined where they can
 * @returns one entry for each header that is not blank, in the file's order
 */
export function matchFields(
  headers: readonly string[],
  unreadable: (header: string, field: StandardField) => string | undefined = () => undefined,
): MatchedHeader[] {
  const named = headers.filter((header) => headerKey(header) !== "");
  const fits = new Map(named.map((header) => [header, fieldsOfHeader(header)]));
  const wrong = new Map<string, string>();
  const claims = new Map<StandardField, { header: string; surety: Surety }[]>();
  for (const [header, fields] of fits) {
    for (const [field, surety] of fields) {
      const why = unreadable(header, field);
      if (why !== undefined) wrong.set(header, why);
      else claims.set(field, [...(claims.get(field) ?? []), { header, surety }]);
    }
  }
  return named.map((header): MatchedHeader => {
    const fields = (fits.get(header) ?? []).filter(([field]) =>
      claims.get(field)?.some((claim) => claim.header === header),
    );
    const [first, ...more] = fields;
    if (first === undefined) {
      const known = fits.get(header)?.[0]?.[0];
      const possible = possibleFields(header).filter((field) => unreadable(header, field) === undefined);
      return unclaimed(header, known, wrong.get(header), possible);
    }
    if (more.length > 0) {
      const candidates = fields.map(([field]) => field);
      return { header, how: "ambiguous", candidates, note: `It could be ${candidates.join(" or ")}.` };
    }
    const [field, surety] = first;
    const rivals = (claims.get(field) ?? []).filter((claim) => claim.header !== header);
    const surer = rivals.find((claim) => rank[claim.surety] < rank[surety]);
    if (surer !== undefined) {
      const note = `It also fits ${field}, for which "${surer.header}" stands.`;
      return { header, how: "passed over", candidates: [field], note };
    }
    const equal = rivals.filter((claim) => claim.surety === surety).map((claim) => `"${claim.header}"`);
    if (equal.length > 0) {
      const note = `It fits ${field}, and so does ${equal.join(", ")}.`;
      return { header, how: "ambiguous", candidates: [field], note };
    }
    return { header, field, how: surety, candidates: [], note: "" };
  });
}

function unclaimed(
  header: string,
  field: StandardField | undefined,
  wrong: string | undefined,
  candidates: readonly StandardField[],
): MatchedHeader {
  if (field !== undefined && wrong !== undefined) {
    return { header, how: "unreadable", candidates: [field], note: wrong };
  }
  if (candidates.length === 0) return { header, how: "unmatched", candidates, note: "" };
  const how = candidates.length > 1 ? "ambiguous" : "possible";
  return { header, how, candidates, note: `It could be ${candidates.join(" or ")}.` };
}
