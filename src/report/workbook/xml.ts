/** Text for an XML element or a double-quoted attribute. What XML cannot hold is written `_xHHHH_`, as spreadsheets do. */
export function xmlText(text: string): string {
  if (/^[ !#-%'-;=?-^`-~]*$/.test(text)) return text; // as most are: nothing in it to escape
  return (
    text
      // Text that only looks like such an escape, or would with the one after it.
      .replace(/_(?=x[0-9A-Fa-f]{4}(?:_|(?![\t\n])[\p{Cc}\p{Cs}\ufffe\uffff]))/gu, "_x005F_")
      .replace(/(?![\t\n])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, (character) => {
        return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;
      })
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}

/** A whole XML part. */
export function xmlPart(body: string): Uint8Array {
  return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${body}`);
}

/** A cell's address, both numbers counted from 1: (1, 28) is AB1. */
export function address(row: number, column: number): string {
  return `${columnLetters(column)}${row}`;
}

/** A column's letters, counted from 1: 28 is AB. */
export function columnLetters(column: number): string {
  let letters = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** The place of a sheet's first cell, as links and names write it. */
export function sheetReference(name: string, cells: string): string {
  return `'${name.replaceAll("'", "''")}'!${cells}`;
}

/** Every distinct text of a workbook, numbered as it first appears. */
export class SharedStrings {
  readonly #numbers = new Map<string, number>();
  #used = 0;

  number(text: string): number {
    this.#used += 1;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  part(): Uint8Array {
    const items = [...this.#numbers.keys()].map(
      (text) => `<si><t${/^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : ""}>${xmlText(text)}</t></si>`,
    );
    return xmlPart(
      `<sst xmlns="${mainNamespace}" count="${this.#used}" uniqueCount="${this.#numbers.size}">${items.join("")}</sst>`,
    );
  }
}

export const mainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
export const relationNamespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
