/** ASCII words one blank apart: text that no normal form changes. Most cells are. */
const plainText = /^(?:[!-~]+(?: [!-~]+)*)?$/;

/** A cell's text as casedraw keeps it: NFC, trimmed, every run of white space (non-breaking too) one blank. */
export function cleanText(raw: string): string {
  return plainText.test(raw) ? raw : raw.normalize("NFC").replace(/\s+/g, " ").trim();
}

/** What spreadsheets write where there is nothing. Words such as "N/A" and "Null" are not among them: they may mean something. */
const blankTokens = new Set(["", "#n/a"]);
const longestBlankToken = 4;

/** Whether a cell holds nothing: blank, white space only, or a spreadsheet's own mark for a missing value. */
export function isBlank(raw: string): boolean {
  return saidText(raw) === "";
}

/** A cell's text as {@link cleanText} has it; "" where the cell holds nothing. */
export function saidText(raw: string): string {
  const text = cleanText(raw);
  return text.length <= longestBlankToken && blankTokens.has(text.toLowerCase()) ? "" : text;
}

/**
 * Text for matching a value against a code set: NFKC, lower case, typographic apostrophes and dashes made plain,
 * white space run to one blank.
 */
export function matchKey(raw: string): string {
  if (plainText.test(raw)) return raw.toLowerCase();
  return cleanText(
    raw
      .normalize("NFKC")
      .replace(/[\u2018\u2019\u02bc]/g, "'")
      .replace(/[\u2010-\u2015]/g, "-"),
  ).toLowerCase();
}

/**
 * Text by which the spellings of one name meet: letters and digits only, "&" as "and". Where a name has neither, its
 * {@link matchKey}.
 */
export function spellingKey(raw: string): string {
  const key = matchKey(raw);
  const words = key
    .replace(/&/g, " and ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return words === "" ? key : words;
}

/** Lower case, every run of characters other than letters and digits one `_`: "Domestic abuse" is `domestic_abuse`. */
export function slug(raw: string): string {
  return cleanText(raw)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_");
}

/** Half of a character outside the basic plane. */
const surrogate = /[\ud800-\udfff]/;

/** Order by UTF-16 units, as JavaScript compares. */
export function compareUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Order by UTF-8 bytes, the only order that files and digests use. It is that of UTF-16 units unless a character
 * outside the basic plane meets one from U+E000 to U+FFFF.
 */
export function compareBytes(a: string, b: string): number {
  if (surrogate.test(a) || surrogate.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return compareUnits(a, b);
}
