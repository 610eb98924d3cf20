import { readFileSync, writeFileSync } from "node:fs";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

/**
 * Adds columns to one sheet of a workbook of casedraw's, as someone who fills it in: cells to the right of the header row, and of
 * each row below it. Other parts stay as they are.
 *
 * @param cells - for each row below the header, by its number from 0
 */
export function fillIn(
  from: string,
  to: string,
  added: {
    readonly sheet: string;
    readonly headers: readonly string[];
    readonly cells: (row: number) => readonly (string | number)[];
  },
): void {
  const parts = unzipSync(readFileSync(from));
  const names = [...strFromU8(parts["xl/workbook.xml"] as Uint8Array).matchAll(/<sheet name="([^"]+)"/g)].map(
    ([, name]) => name,
  );
  const path = `xl/worksheets/sheet${names.indexOf(added.sheet) + 1}.xml`;
  const xml = strFromU8(parts[path] as Uint8Array);
  const [header = ""] = xml.match(/<row r="3".*?<\/row>/s) ?? [];
  const width = [...header.matchAll(/<c /g)].length;
  const filled = xml.replace(/<row r="(\d+)"(.*?)<\/row>/gs, (row, digits: string) => {
    const number = Number(digits);
    if (number < 3) return row;
    const cells = number === 3 ? added.headers : added.cells(number - 4);
    return row.replace(
      /<\/row>$/,
      `${cells.map((cell, at) => cellXml(cell, columnOf(width + at), number)).join("")}</row>`,
    );
  });
  writeFileSync(to, zipSync({ ...parts, [path]: strToU8(filled) }));
}

function columnOf(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : `${columnOf(Math.floor(at / 26) - 1)}${last}`;
}

function cellXml(cell: string | number, column: string, row: number): string {
  if (cell === "") return "";
  return typeof cell === "number"
    ? `<c r="${column}${row}"><v>${cell}</v></c>`
    : `<c r="${column}${row}" t="inlineStr"><is><t>${cell}</t></is></c>`;
}
