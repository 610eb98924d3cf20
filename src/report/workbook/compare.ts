import { unzipSync } from "fflate";
import { readSheetRows } from "../../readers/sheet-rows.js";
import type { WorkbookArchive } from "../../readers/workbook-archive.js";
import { mainPart, readWorkbookParts } from "../../readers/workbook-parts.js";

/**
 * Tells a workbook that a spreadsheet program only saved again from one whose content was changed: the same sheets, in
 * order, with the same text in each cell. How cells look, and how the file stores them, makes no difference; nor does
 * the last of a number's 16 or 17 digits, which some programs drop. A file that is no workbook any more is not the same.
 *
 * @param found - as it lies on the disk
 * @param written - as casedraw writes it
 */
export async function sameWorkbookContent(found: Uint8Array, written: Uint8Array): Promise<boolean> {
  const expected = await readContent(written);
  let actual: WorkbookContent;
  try {
    actual = await readContent(found);
  } catch {
    return false;
  }
  if (actual.length !== expected.length) return false;
  return expected.every(
    (sheet, i) => actual[i]?.name === sheet.name && sameCells(actual[i].cells, sheet.cells),
  );
}

type Cells = ReadonlyMap<string, string>;
type WorkbookContent = readonly { readonly name: string; readonly cells: Cells }[];

async function readContent(bytes: Uint8Array): Promise<WorkbookContent> {
  const archive = archiveOf(bytes);
  const main = await mainPart(archive);
  if (main === undefined) throw new Error("no workbook");
  const workbook = await readWorkbookParts(archive, main);
  const content: { name: string; cells: Map<string, string> }[] = [];
  for (const sheet of workbook.sheets) {
    const cells = new Map<string, string>();
    await readSheetRows(workbook, sheet, (row) => {
      row.cells.forEach((text, column) => {
        if (text !== "") cells.set(`${row.number} ${column}`, text);
      });
      for (const column of row.unvalued) cells.set(`${row.number} ${column}`, "a formula without a value");
      return true;
    });
    content.push({ name: sheet.name, cells });
  }
  return content;
}

/** No more than a workbook of ours can hold unpacked: what has grown beyond is another. */
const mostBytes = 1 << 30;

function archiveOf(bytes: Uint8Array): WorkbookArchive {
  let total = 0;
  const parts = unzipSync(bytes, {
    filter({ originalSize }) {
      total += originalSize;
      if (total > mostBytes) throw new RangeError("the workbook unpacks to too much");
      return true;
    },
  });
  const byName = new Map(Object.entries(parts).map(([name, part]) => [name.toLowerCase(), part]));
  return {
    file: "sample.xlsx",
    has: (part) => byName.has(part.toLowerCase()),
    async *read(part) {
      const content = byName.get(part.toLowerCase());
      if (content === undefined) throw new Error(`the part ${part} is missing`);
      yield Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    },
  };
}

function sameCells(found: Cells, written: Cells): boolean {
  if (found.size !== written.size) return false;
  for (const [at, text] of written) if (!sameText(found.get(at), text)) return false;
  return true;
}

function sameText(found: string | undefined, written: string): boolean {
  if (found === written) return true;
  const number = /^-?\d+(\.\d+)?$/;
  if (found === undefined || !number.test(found) || !number.test(written) || !written.includes("."))
    return false;
  return Math.abs(Number(found) - Number(written)) <= Math.abs(Number(written)) * 1e-14;
}
