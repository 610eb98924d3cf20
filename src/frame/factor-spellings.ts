import { partFreeText } from "./free-text.js";
import type { Note } from "./note.js";
import { cleanText, isBlank, matchKey, slug } from "./text.js";
import { counted, someOf } from "./words.js";

/** Where factors stand, for messages. */
interface FactorColumn {
  /** With its sheet. */
  readonly file: string;
  readonly column: string;
}

interface Spelling {
  readonly value: string;
  readonly from: FactorColumn;
}

const mostItems = 10_000;

/**
 * How the factors of all files are written, by their codes. Factors that differ in a sign such as "<" have one code all the same,
 * which may be wrong: no spelling of one name does that.
 */
export class FactorSpellings {
  /** By code, then by the signs of the spelling. */
  private readonly byCode = new Map<string, Map<string, Spelling>>();
  private items = 0;
  private rows = 0;

  /**
   * Takes in what a column lists, or the header of a column that flags one.
   *
   * @param items - those whose code comes from how they are written
   * @param rows - of the column; 0 for a header
   */
  add(items: readonly string[], rows: number, from: FactorColumn): void {
    this.items += items.length;
    this.rows += rows;
    for (const item of items) {
      if (isBlank(item)) continue;
      const code = slug(item);
      const spellings = this.byCode.get(code) ?? new Map<string, Spelling>();
      this.byCode.set(code, spellings);
      const signs = matchKey(item)
        .replace(/[\p{L}\p{N}\s_.,:;/&()'"-]+/gu, " ")
        .trim();
      if (!spellings.has(signs)) spellings.set(signs, { value: cleanText(item), from });
    }
  }

  /** What is to be said of them. */
  notes(): Note[] {
    // So many are somebody's words, of which a sign says nothing.
    if (this.items > mostItems) return [];
    const alike = [...this.byCode]
      .map(([code, spellings]) => ({ code, spellings: [...spellings.values()] }))
      .filter(({ spellings }) => spellings.length > 1);
    if (alike.length === 0) return [];
    const count = Math.floor(this.rows / this.byCode.size);
    const values = [...this.byCode.values()].flatMap((spellings) => [...spellings.values()]);
    const mayQuote = partFreeText(values.map(({ value }) => ({ value, count }))).words.length === 0;
    const said = mayQuote
      ? someOf(
          alike.map(
            ({ code, spellings }) => `${spellings.map(({ value }) => `"${value}"`).join(" and ")} (${code})`,
          ),
        )
      : `${counted(alike.length, "code")}, which may be somebody's words and are not shown`;
    const columns = new Map(
      alike.flatMap(({ spellings }) => spellings.map(({ from }) => [JSON.stringify(from), from])),
    );
    const places = [...columns.values()];
    return [
      {
        code: "factors-alike",
        text:
          `${places.map(({ file, column }) => `${file}, column "${column}"`).join(" and ")}: factors that differ in a sign only are counted as one: ${said}. ` +
          "Where they are not one, give each a code of its own in the plan (values: factors).",
        count: alike.length,
        details: {
          field: "factors",
          columns: places,
          ...(mayQuote ? { codes: alike.map(({ code }) => code) } : {}),
        },
      },
    ];
  }
}
